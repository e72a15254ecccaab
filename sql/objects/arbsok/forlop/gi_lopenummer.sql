-- gi_lopenummer: gives the year's new persons, who get their first record in F_ARBSOK, their number.
-- They are entered in the order of the numbers, so that the order of rows says nothing about the persons.

CREATE OR REPLACE FUNCTION arbsok_lasting.gi_lopenummer(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    INSERT INTO trygdfob.person (fnr, lopenr, aargang)
    SELECT k.fnr, trygdfob.lopenr(n.nokkel, k.fnr) AS lopenr, p_aargang
    FROM arbsok_lasting.hendelse AS k
    CROSS JOIN trygdfob.lopenummer_nokkel AS n
    WHERE k.del = p_del
        AND k.status IN (SELECT s.status FROM trygdfob.statuskode AS s WHERE s.individ = 'ny')
    ORDER BY lopenr;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.gi_lopenummer(integer, integer) IS
    'Enters the persons of one part who are new in F_ARBSOK in table person, each with the number (lopenr) that analysts see; returns how many.';
