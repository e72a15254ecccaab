-- lag_miniregister: the year's miniregister, a partition of its own: the steps before this one, put together.
-- SPEC.md 2; the source's 2.3. Records kept aside stay out.

CREATE OR REPLACE FUNCTION trygdfob.lag_miniregister(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    partisjon text := format('trygdfob.miniregister_%s', p_aargang);
    antall bigint;
BEGIN
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.miniregister INCLUDING COMMENTS, CHECK (aargang = %s))',
        partisjon, p_aargang);
    EXECUTE format('COMMENT ON TABLE %s IS %L', partisjon, format('The miniregister of %s.', p_aargang));
    EXECUTE format($sql$
        INSERT INTO %s (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
            mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang)
        SELECT s.fnr, s.hoved, s.hovedarbstat, s.tiltak, s.ytelse, s.dagdato, s.fdagdato, s.mnddato,
            s.mrk_sys, trygdfob.mrk_fnr(s.nummer, i.testnumre), s.mrk_dl, s.ant_d_as_n, s.henddato,
            s.as_f, s.as_gr, s.aargang
        FROM (
            -- OFFSET 0: the number is made once a record, not once for each of the control's digits. What is no
            -- number is kept aside below; a WHERE here would make the planner expect almost no records.
            SELECT m.*,
                CASE WHEN trygdfob.identifiserer(m.fnr) THEN m.fnr::bigint END AS nummer
            FROM trygdfob.mrk_sys AS m
            OFFSET 0
        ) AS s
        CROSS JOIN trygdfob.innstilling AS i
        WHERE NOT EXISTS (
            SELECT FROM trygdfob.lagt_til_side AS b
            WHERE b.aargang = %s AND b.mnddato = s.mnddato AND b.linje = s.linje
        )
        $sql$, partisjon, p_aargang);
    GET DIAGNOSTICS antall = ROW_COUNT;
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (fnr, mnddato, aargang)', partisjon);
    EXECUTE format('ALTER TABLE trygdfob.miniregister ATTACH PARTITION %s FOR VALUES IN (%s)', partisjon, p_aargang);
    EXECUTE format('ANALYZE %s', partisjon);
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.lag_miniregister(integer) IS
    'Writes the year''s miniregister as a new partition of miniregister; returns its number of records (SPEC.md 2; the source''s 2.3).';
