-- gi_lopenummer: gives the year's new persons, who get their first record in F_ARBSOK, their number.

CREATE OR REPLACE FUNCTION arbsok_lasting.gi_lopenummer(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO arbsok_lasting.aarets_person (fnr, lopenr)
    SELECT k.fnr, k.lopenr
    FROM arbsok_lasting.hendelse AS k
    WHERE k.del = p_del
        AND k.status IN (SELECT s.status FROM trygdfob.statuskode AS s WHERE s.individ = 'ny');
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.gi_lopenummer(integer, integer) IS
    'Gives the persons of one part who are new in F_ARBSOK the number (lopenr) that analysts see, in aarets_person; returns how many.';
