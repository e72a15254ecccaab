-- krev_lastet: refuses a year that is not loaded.

CREATE OR REPLACE FUNCTION leveranse.krev_lastet(p_aargang integer) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM trygdfob.lastet_aargang AS l WHERE l.aargang = p_aargang) THEN
        RAISE EXCEPTION '% is not loaded.', p_aargang USING ERRCODE = 'FD007', HINT = 'make status says which years are.';
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.krev_lastet(integer) IS 'Error FD007 where the year is not loaded.';
