-- rydd_arbeidstabeller: empties the work tables, before a load and after it, and drops what a killed load has left of
-- the year: months of the miniregister, its F_ARBSOK and its H_ARBSOK.

CREATE OR REPLACE FUNCTION arbsok_lasting.rydd_arbeidstabeller() RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tabell regclass;
BEGIN
    -- Their size is asked, and not their rows: those that were rolled back, as check-files does, take room too
    IF EXISTS (
        SELECT
        FROM pg_class AS c
        WHERE c.relnamespace = 'arbsok_lasting'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'u'
            AND pg_relation_size(c.oid) > 0
    ) THEN
        TRUNCATE arbsok_lasting.raa, arbsok_lasting.aarets_fil, arbsok_lasting.kodekombinasjon, arbsok_lasting.dagantall,
            arbsok_lasting.aarets_lagt_til_side, arbsok_lasting.registreringspar, arbsok_lasting.hendelse, arbsok_lasting.aarets_h,
            arbsok_lasting.tidligere_tilfelle, arbsok_lasting.aarets_person;
    END IF;
    FOR tabell IN
        SELECT k.tabell FROM arbsok_lasting.kladd_av_aargang AS k
    LOOP
        EXECUTE format('DROP TABLE %s', tabell);
    END LOOP;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.rydd_arbeidstabeller() IS
    'Empties the work tables of a load, and drops what a load that was killed has left of its year.';
