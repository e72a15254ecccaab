-- fest_h_arbsok: makes the year's H_ARBSOK a partition.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_h_arbsok(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('ALTER TABLE trygdfob.h_arbsok_%s RESET (autovacuum_enabled)', p_aargang);
    EXECUTE format('ALTER TABLE trygdfob.h_arbsok ATTACH PARTITION trygdfob.h_arbsok_%s FOR VALUES IN (%s)',
        p_aargang, p_aargang);
    RETURN 1;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_h_arbsok(integer) IS
    'Makes the table with the year''s H_ARBSOK a partition of h_arbsok; returns 1 (spec.md 4, T10).';
