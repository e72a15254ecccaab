-- gjenskap_lopende: the records of the spells that ran when a loaded year began, as they stood then, made from those of
-- the year: what it did to tomdato, asoktom and regtom is undone (spec.md 4). A load keeps the table that had them;
-- after the year is taken back, the one of the year before that is needed to take back that one too, and it is made
-- anew. Every such spell lies whole in the two partitions of the year.

CREATE OR REPLACE FUNCTION arbsok_lasting.gjenskap_lopende(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer integer := (SELECT l.lasting FROM trygdfob.lastet_aargang AS l WHERE l.aargang = p_aargang);
    forrige integer := (SELECT -max(l.lasting) FROM trygdfob.lastet_aargang AS l WHERE l.aargang < p_aargang);
    tabell text := arbsok_lasting.forlopstabell(forrige);
    antall bigint;
BEGIN
    IF forrige IS NULL OR to_regclass(tabell) IS NOT NULL THEN
        RETURN 0;
    END IF;
    PERFORM arbsok_lasting.lag_forlopstabell(forrige);
    EXECUTE format($sql$
        INSERT INTO %s (lopenr, fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
            hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
            dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, asoktom, tomdato, regtom, aargang,
            lasting)
        SELECT r.lopenr, r.fnr, r.kode, r.hoved, r.regdato, r.tilgdato, r.avgdato, r.asoktilg, r.asokavg,
            r.hovedarbstat, r.hovedarbdato, r.tiltak, r.tiltakdato, r.ytelse, r.ytelsedato,
            r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, r.status,
            CASE WHEN NOT r.gruppen_endte THEN r.asoktom END,
            CASE WHEN NOT r.tilfellet_endte THEN r.tomdato END,
            CASE WHEN NOT (r.gruppen_gikk_videre AND r.nr = 1) THEN r.regtom END,
            r.aargang, $3
        FROM (
            SELECT f.*,
                bool_or(f.aargang = $1 AND f.avgdato IS NOT NULL) OVER (PARTITION BY f.lopenr, f.tilgdato)
                    AS tilfellet_endte,
                bool_or(f.aargang = $1 AND f.kode = '0') OVER gruppe AS gruppen_endte,
                bool_or(f.aargang = $1) OVER gruppe AS gruppen_gikk_videre,
                row_number() OVER (PARTITION BY f.lopenr, f.tilgdato, f.asoktilg, f.aargang < $1 ORDER BY f.regdato DESC)
                    AS nr
            FROM trygdfob.forlopsdel AS f
            WHERE f.lasting IN ($2, -$2)
            WINDOW gruppe AS (PARTITION BY f.lopenr, f.tilgdato, f.asoktilg)
        ) AS r
        WHERE r.aargang < $1
        ORDER BY r.lopenr, r.regdato, r.kode
        $sql$, tabell)
    USING p_aargang, nummer, forrige;
    GET DIAGNOSTICS antall = ROW_COUNT;
    EXECUTE format('ANALYZE %s', tabell);
    EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)', tabell);
    -- ATTACH builds the key and the index that every partition has
    EXECUTE format('ALTER TABLE trygdfob.forlopsdel ATTACH PARTITION %s FOR VALUES IN (%s)', tabell, forrige);
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.gjenskap_lopende(integer) IS
    'Makes the partition of forlopsdel with the spells that ran when the last loaded year began, as their records stood then, where it is there no more; returns its number of records, 0 where it is there (spec.md 5.7).';
