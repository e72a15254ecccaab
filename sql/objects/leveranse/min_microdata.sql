-- min_microdata: the day of the datasets for microdata.no that the caller has begun, and that are not done: only of
-- such rows can be read, by whoever may take fødselsnummer out, in a transaction that reads one state of the register.

CREATE OR REPLACE FUNCTION leveranse.min_microdata(p_utlevering integer) RETURNS date
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    u record := leveranse.min_utlevering(p_utlevering);
BEGIN
    PERFORM leveranse.krev_fnr();
    IF u.til IS NULL OR u.prosjekt IS NOT NULL THEN
        RAISE EXCEPTION 'Delivery % is none for microdata.no.', p_utlevering
            USING ERRCODE = 'FD007', HINT = 'Begin one with leveranse.begynn_microdata.';
    END IF;
    PERFORM leveranse.begynn_lesing(u.til);
    RETURN u.til;
END
$$;

COMMENT ON FUNCTION leveranse.min_microdata(integer) IS
    'The last day of the datasets for microdata.no that the caller has begun and that are not done. Error FD007: there are none, the login may not, or the transaction is not REPEATABLE READ (spec.md 9, microdata.no).';
