-- fest_miniregister: the year's months become partitions of the miniregister, and its files and what was set aside from
-- them are entered.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_miniregister(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    aaret text := format('trygdfob.miniregister_%s', p_aargang);
    m record;
    til_side bigint;
BEGIN
    -- With PARTITION OF instead of LIKE the columns would have no comments
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.miniregister INCLUDING COMMENTS) PARTITION BY LIST (mnddato)', aaret);
    EXECUTE format('ALTER TABLE trygdfob.miniregister ATTACH PARTITION %s FOR VALUES IN (%s)', aaret, p_aargang);
    EXECUTE format('COMMENT ON TABLE %s IS %L', aaret, format('The miniregister of %s.', p_aargang));
    FOR m IN SELECT maaned, mnddato FROM arbsok_lasting.aarets_fil ORDER BY maaned LOOP
        EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)',
            arbsok_lasting.miniregister_maaned(p_aargang, m.maaned));
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%L)',
            aaret, arbsok_lasting.miniregister_maaned(p_aargang, m.maaned), m.mnddato);
    END LOOP;
    PERFORM arbsok_lasting.fest_filer(p_aargang);
    INSERT INTO trygdfob.lagt_til_side
        (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
    SELECT aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd
    FROM arbsok_lasting.aarets_lagt_til_side;
    GET DIAGNOSTICS til_side = ROW_COUNT;
    RETURN til_side;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_miniregister(integer) IS
    'Makes the months of the year being loaded partitions of miniregister, and enters its files in maanedsfil, what they gave in maanedsfil_tall, and the records set aside in lagt_til_side; returns the number of the latter (spec.md 2).';
