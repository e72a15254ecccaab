-- ta_tilbake_aargang: takes the last loaded year back; every table is as it was before that year was loaded.
-- The year's rows leave every table (AARGANG = YYYY), and earlier records are again what they were (spec.md 5.7; the
-- source's 5.9.15).

CREATE OR REPLACE FUNCTION arbsok_lasting.ta_tilbake_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    siste integer := (SELECT max(aargang) FROM trygdfob.lastet_aargang);
    antall bigint;
BEGIN
    IF siste IS DISTINCT FROM p_aargang THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD001',
            MESSAGE = CASE
                WHEN siste IS NULL THEN format('%s cannot be unloaded: no year is loaded.', p_aargang)
                WHEN EXISTS (SELECT FROM trygdfob.lastet_aargang WHERE aargang = p_aargang)
                    THEN format('%s cannot be unloaded before the years after it.', p_aargang)
                ELSE format('%s is not loaded.', p_aargang)
            END,
            HINT = CASE WHEN siste IS NULL THEN 'There is nothing to do.'
                ELSE format('Only the last loaded year can be taken back: make unload-year YEAR=%s.', siste) END;
    END IF;

    -- As the year's own sums have it: a count of the records would be the longest of what is done here
    SELECT coalesce(sum(t.antall), 0) INTO antall FROM arbsok_lasting.forlop_tall AS t WHERE t.aargang = p_aargang;

    -- The year's records go with its row in lastet_aargang, below, and those of the spells that ran when it began count
    -- again. The next load or unload drops the partitions
    PERFORM arbsok_lasting.gjenskap_lopende(p_aargang);
    DELETE FROM trygdfob.person WHERE aargang = p_aargang;
    DELETE FROM trygdfob.vrak_arbsok WHERE aargang = p_aargang;
    DELETE FROM trygdfob.lagt_til_side WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang = p_aargang;
    DELETE FROM trygdfob.maanedsfil WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.miniregister_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.registrering_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.forlop_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.varighet_tall WHERE aargang = p_aargang;
    EXECUTE format('DROP TABLE trygdfob.miniregister_%s', p_aargang);

    EXECUTE format('DROP TABLE trygdfob.h_arbsok_%s', p_aargang);

    UPDATE trygdfob.innstilling SET testnumre = false
    WHERE (SELECT satte_testnumre FROM trygdfob.lastet_aargang WHERE aargang = p_aargang);
    DELETE FROM trygdfob.lastet_aargang WHERE aargang = p_aargang;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.ta_tilbake_aargang(integer) IS
    'Takes back the last loaded year (error FD001 for any other): every table is as before it was loaded; returns the number of F_ARBSOK records taken out (spec.md 5.7; the source''s 5.9.15).';
