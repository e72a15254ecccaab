-- krev_fnr: refuses whoever may not take fødselsnummer out of the register. That is asked of the login and not of the
-- role that it has taken on: the functions that call this run with the owner's rights.

CREATE OR REPLACE FUNCTION leveranse.krev_fnr() RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT (
        pg_has_role(session_user, 'fdtrygd_utlevering', 'USAGE') AND pg_has_role(session_user, 'fdtrygd_fnr', 'USAGE')
    ) THEN
        RAISE EXCEPTION 'What microdata.no gets holds fødselsnummer: only a member of both fdtrygd_utlevering and '
            'fdtrygd_fnr makes it, and % is not.', session_user
            USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.krev_fnr() IS
    'Error FD007 unless the login is a member of both fdtrygd_utlevering and fdtrygd_fnr (spec.md 9, microdata.no).';
