-- fest_h_arbsok: makes the year's H_ARBSOK a partition, with key and statistics.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_h_arbsok(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tabell text := format('trygdfob.h_arbsok_%s', p_aargang);
    antall bigint;
BEGIN
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.h_arbsok INCLUDING COMMENTS)', tabell);
    EXECUTE format('COMMENT ON TABLE %s IS %L', tabell, format('H_ARBSOK of %s.', p_aargang));
    EXECUTE format($sql$
        INSERT INTO %s (fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
            tilgdato, avgdato, asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
        SELECT fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
            tilgdato, avgdato, asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang
        FROM arbsok_lasting.aarets_h
        $sql$, tabell);
    GET DIAGNOSTICS antall = ROW_COUNT;
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (fnr, aargang)', tabell);
    EXECUTE format('ALTER TABLE trygdfob.h_arbsok ATTACH PARTITION %s FOR VALUES IN (%s)', tabell, p_aargang);
    EXECUTE format('ANALYZE %s', tabell);
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_h_arbsok(integer) IS
    'Writes the year''s H_ARBSOK as a partition of its own; returns its number of rows (spec.md 4, T10).';
