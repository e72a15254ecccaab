-- fest_forlop: the year's two tables become partitions of forlopsdel. Nobody sees their records before the year's row
-- is in lastet_aargang (view f_arbsok), and nobody who reads is waited for.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_forlop(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer integer := arbsok_lasting.lastenummer(p_aargang);
    tabell text;
    lasting integer;
BEGIN
    FOREACH lasting IN ARRAY ARRAY[nummer, -nummer] LOOP
        tabell := arbsok_lasting.forlopstabell(lasting);
        EXECUTE format('ALTER TABLE arbsok_lasting.aarets_forlop DETACH PARTITION %s', tabell);
        EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY USING INDEX %s_pkey',
            tabell, substr(tabell, length('trygdfob.') + 1));
        EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)', tabell);
        EXECUTE format('ALTER TABLE trygdfob.forlopsdel ATTACH PARTITION %s FOR VALUES IN (%s)', tabell, lasting);
    END LOOP;
    -- A load of the same year that was taken back, and whose partition somebody has kept the loads from dropping since
    -- then: its records must not come back with this year's row
    FOR tabell IN
        SELECT u.tabell FROM arbsok_lasting.utgaatt_forlopsdel AS u WHERE u.lasting BETWEEN 1 AND nummer - 1
    LOOP
        EXECUTE format('DELETE FROM %s', tabell);
    END LOOP;
    RETURN 2;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_forlop(integer) IS
    'Makes the tables that the year being loaded has filled partitions of forlopsdel; returns how many.';
