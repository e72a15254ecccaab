-- oppdater_h_arbsok: works out the year's H_ARBSOK, part by part, in the work table aarets_h; fest_h_arbsok puts it in
-- place. For everybody who was registered in the year, or whose spell ran when it began, a row has the last
-- registration, the spell it belongs to, and whether that is closed at the year's end (asok_avslutt).
-- It is the last registration, and not the last record, that the next year is compared with (spec.md 4 and T10; the
-- source's 5.9.3).

CREATE OR REPLACE FUNCTION arbsok_lasting.oppdater_h_arbsok(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    start date := (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling);
    antall bigint;
BEGIN
    IF make_date(p_aargang, 12, 1) < start THEN
        RETURN 0;
    END IF;
    EXECUTE format($sql$
        INSERT INTO arbsok_lasting.aarets_h
        SELECT $2, r.fnr, r.hoved, r.hovedarbstat, coalesce(k.hovedarbdato, r.hovedarbdato),
            r.tiltak, coalesce(k.tiltakdato, r.tiltakdato), r.ytelse, coalesce(k.ytelsedato, r.ytelsedato),
            coalesce(k.tilgdato, r.tilgdato), a.avgdato, coalesce(k.asoktilg, r.asoktilg),
            r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr,
            CASE WHEN a.avgdato IS NULL THEN coalesce(k.status, r.status)
                ELSE overlay(coalesce(k.status, r.status) PLACING 'X' FROM 2 FOR 1) END,
            $1, r.gjaldt_tilgdato, r.gjaldt_asoktilg,
            CASE WHEN a.avgdato IS NOT NULL OR r.gjaldt_tilgdato IS NOT NULL THEN trygdfob.lopenr(n.nokkel, r.fnr) END
        FROM (
            SELECT coalesce(d.fnr, h.fnr) AS fnr,
                CASE WHEN d.fnr IS NULL THEN h.hoved ELSE d.hoved END AS hoved,
                CASE WHEN d.fnr IS NULL THEN h.hovedarbstat ELSE d.hovedarbstat END AS hovedarbstat,
                CASE WHEN d.fnr IS NULL THEN h.tiltak ELSE d.tiltak END AS tiltak,
                CASE WHEN d.fnr IS NULL THEN h.ytelse ELSE d.ytelse END AS ytelse,
                CASE WHEN d.fnr IS NULL THEN h.dagdato ELSE d.dagdato END AS dagdato,
                CASE WHEN d.fnr IS NULL THEN h.fdagdato ELSE d.fdagdato END AS fdagdato,
                CASE WHEN d.fnr IS NULL THEN h.henddato ELSE d.henddato END AS henddato,
                CASE WHEN d.fnr IS NULL THEN h.mrk_sys ELSE d.mrk_sys END AS mrk_sys,
                CASE WHEN d.fnr IS NULL THEN h.mrk_fnr ELSE d.mrk_fnr END AS mrk_fnr,
                CASE WHEN d.fnr IS NULL THEN h.as_f ELSE d.as_f END AS as_f,
                CASE WHEN d.fnr IS NULL THEN h.as_gr ELSE d.as_gr END AS as_gr,
                h.hovedarbdato, h.tiltakdato, h.ytelsedato, h.tilgdato, h.asoktilg, h.status,
                CASE WHEN h.avgdato IS NULL THEN h.tilgdato END AS gjaldt_tilgdato,
                CASE WHEN h.avgdato IS NULL THEN h.asoktilg END AS gjaldt_asoktilg
            FROM (
                SELECT m.fnr, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.dagdato, m.fdagdato, m.henddato,
                    m.mrk_sys, m.mrk_fnr, m.as_f, m.as_gr
                FROM %1$s AS m
                WHERE m.fnr >= trygdfob.fnr_fra($2) AND m.fnr < trygdfob.fnr_fra($2 + 1)
                UNION ALL
                -- Who is not there in the year's last month has the last registration before the last gap
                (SELECT DISTINCT ON (p.fnr) p.fnr, p.sist_hoved, p.sist_hovedarbstat, p.sist_tiltak, p.sist_ytelse,
                    p.sist_dagdato, p.sist_fdagdato, p.sist_henddato, p.sist_mrk_sys, p.sist_mrk_fnr,
                    p.sist_as_f, p.sist_as_gr
                FROM arbsok_lasting.registreringspar AS p
                WHERE p.del = $2 AND p.dagdato IS NULL
                    AND p.sist_dagdato >= (SELECT min(f.dagdato) FROM arbsok_lasting.aarets_fil AS f WHERE f.mnddato >= $3)
                    AND NOT EXISTS (
                        SELECT FROM %1$s AS m
                        WHERE m.fnr = p.fnr AND m.fnr >= trygdfob.fnr_fra($2) AND m.fnr < trygdfob.fnr_fra($2 + 1)
                    )
                ORDER BY p.fnr, p.sist_dagdato DESC)
            ) AS d
            FULL JOIN (
                SELECT *
                FROM trygdfob.h_arbsok AS f
                WHERE f.aargang = $1 - 1 AND f.fnr >= trygdfob.fnr_fra($2) AND f.fnr < trygdfob.fnr_fra($2 + 1)
            ) AS h ON h.fnr = d.fnr
            WHERE d.fnr IS NOT NULL OR h.avgdato IS NULL
        ) AS r
        LEFT JOIN (
            SELECT * FROM arbsok_lasting.hendelse AS e
            WHERE e.del = $2 AND e.tilgang IS NOT NULL AND e.neste_hendelse IS NULL
        ) AS k ON k.fnr = r.fnr
        CROSS JOIN LATERAL (SELECT arbsok_lasting.asok_avslutt(r.dagdato, $4, $5) AS avgdato) AS a
        CROSS JOIN trygdfob.lopenummer_nokkel AS n
        $sql$, arbsok_lasting.miniregister_maaned(p_aargang, 12))
    USING p_aargang, p_del, start,
        (SELECT f.dagdato FROM arbsok_lasting.aarets_fil AS f WHERE f.maaned = 12),
        (SELECT i.avslutning_dager FROM trygdfob.innstilling AS i);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.oppdater_h_arbsok(integer, integer) IS
    'Makes the year''s H_ARBSOK for one part of the persons, in aarets_h: each one''s last registration, the spell it belongs to, and its closing date where it is closed at the year''s end; returns how many (spec.md 4, T10).';
