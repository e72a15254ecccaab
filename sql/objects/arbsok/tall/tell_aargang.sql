-- tell_aargang: counts a year that has just been put in place: its miniregister, its records and the lengths of spells.
-- The sums of its registrations come from the controls, which work out what became of each (asok_konsistenskontroll).

CREATE OR REPLACE FUNCTION arbsok_lasting.tell_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO arbsok_lasting.miniregister_tall SELECT * FROM arbsok_lasting.miniregister_opptelt(p_aargang);
    INSERT INTO arbsok_lasting.forlop_tall SELECT * FROM arbsok_lasting.forlop_opptelt(p_aargang);
    INSERT INTO arbsok_lasting.varighet_tall SELECT * FROM arbsok_lasting.varighet_opptelt(p_aargang);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.tell_aargang(integer) IS
    'Fills miniregister_tall, forlop_tall and varighet_tall for a year that has just been loaded; returns the rows of the last (spec.md 6).';
