-- fest_person: enters the year's new persons in table person, in the order of their numbers, so that the order of rows
-- says nothing about them.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_person(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    INSERT INTO trygdfob.person (fnr, lopenr, aargang)
    SELECT p.fnr, p.lopenr, p_aargang
    FROM arbsok_lasting.aarets_person AS p
    ORDER BY p.lopenr;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_person(integer) IS
    'Enters the year''s new persons, with the numbers that gi_lopenummer gave them, in table person; returns how many.';
