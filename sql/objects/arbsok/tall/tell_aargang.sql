-- tell_aargang: counts a year that has no sums: its miniregister, its records and the lengths of spells. A load has
-- them counted beside its controls (asok_konsistenskontroll); this is for years that were loaded before there were sums
-- (migrations/versions/0016_tall.py).

CREATE OR REPLACE FUNCTION arbsok_lasting.tell_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
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
    'Fills miniregister_tall, forlop_tall and varighet_tall for a loaded year that has no rows there; returns the rows of the last (spec.md 6).';
