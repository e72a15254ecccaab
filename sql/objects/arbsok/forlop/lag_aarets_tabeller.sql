-- lag_aarets_tabeller: makes the tables that the year's load fills beside, and that become partitions when it is done:
-- its two of F_ARBSOK (for spells that have ended, and for spells that run) and its one of H_ARBSOK. Until then the
-- first two are partitions of the work table aarets_forlop, so that one statement can write to both.

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_aarets_tabeller(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer integer := coalesce(arbsok_lasting.lastenummer(p_aargang), p_aargang * 100) + 1;
    tabell text;
    lasting integer;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    FOREACH lasting IN ARRAY ARRAY[nummer, -nummer] LOOP
        EXECUTE format('ALTER TABLE arbsok_lasting.aarets_forlop ATTACH PARTITION %s FOR VALUES IN (%s)',
            arbsok_lasting.lag_forlopstabell(lasting), lasting);
    END LOOP;
    tabell := format('trygdfob.h_arbsok_%s', p_aargang);
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.h_arbsok INCLUDING COMMENTS,'
        ' CONSTRAINT h_arbsok_aargang CHECK (aargang = %s)) WITH (autovacuum_enabled = off)', tabell, p_aargang);
    EXECUTE format('COMMENT ON TABLE %s IS %L', tabell, format('H_ARBSOK of %s.', p_aargang));
    RETURN 3;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.lag_aarets_tabeller(integer) IS
    'Makes the tables of the year being loaded that its steps fill beside, and that become partitions of forlopsdel and h_arbsok when it is done; returns how many.';
