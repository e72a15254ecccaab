-- oppdater_h_arbsok: H_ARBSOK brought up to the year's end: everybody's last registration, and the spell it belongs to.
-- SPEC.md 4 and T10 (the source's 5.9.3): the last registration, not the last record, is what the next year meets.

CREATE OR REPLACE FUNCTION trygdfob.oppdater_h_arbsok(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    siste_maaned date := (SELECT max(mnddato) FROM trygdfob.l_arbsok);
    antall bigint;
BEGIN
    INSERT INTO trygdfob.h_arbsok AS h (fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        tilgdato, avgdato, asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
    SELECT r.fnr, r.hoved, r.hovedarbstat, coalesce(a.hovedarbdato, g.hovedarbdato),
        r.tiltak, coalesce(a.tiltakdato, g.tiltakdato), r.ytelse, coalesce(a.ytelsedato, g.ytelsedato),
        coalesce(a.tilgdato, g.tilgdato), NULL, coalesce(a.asoktilg, g.asoktilg),
        r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr,
        coalesce(a.status, g.status), p_aargang
    FROM (
        SELECT fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr
        FROM trygdfob.l_arbsok
        WHERE mnddato = siste_maaned
        UNION ALL
        -- Not there in the year's last month: the last registration before the last gap
        (SELECT DISTINCT ON (p.fnr) p.fnr, p.sist_hoved, p.sist_hovedarbstat, p.sist_tiltak, p.sist_ytelse,
            p.sist_dagdato, p.sist_fdagdato, p.sist_henddato, p.sist_mrk_sys, p.sist_mrk_fnr, p.sist_as_f, p.sist_as_gr
        FROM trygdfob.registreringspar AS p
        WHERE p.dagdato IS NULL
            AND p.sist_dagdato >= (SELECT min(l.dagdato) FROM trygdfob.l_arbsok AS l)
            AND NOT EXISTS (SELECT FROM trygdfob.l_arbsok AS l WHERE l.mnddato = siste_maaned AND l.fnr = p.fnr)
        ORDER BY p.fnr, p.sist_dagdato DESC)
    ) AS r
    LEFT JOIN (
        SELECT DISTINCT ON (fnr) fnr, hovedarbdato, tiltakdato, ytelsedato, tilgdato, asoktilg, status
        FROM trygdfob.aarets_rekord
        WHERE kode <> '0'
        ORDER BY fnr, regdato DESC
    ) AS a ON a.fnr = r.fnr
    LEFT JOIN trygdfob.h_arbsok AS g ON g.fnr = r.fnr
    ON CONFLICT (fnr) DO UPDATE SET
        hoved = excluded.hoved,
        hovedarbstat = excluded.hovedarbstat,
        hovedarbdato = excluded.hovedarbdato,
        tiltak = excluded.tiltak,
        tiltakdato = excluded.tiltakdato,
        ytelse = excluded.ytelse,
        ytelsedato = excluded.ytelsedato,
        tilgdato = excluded.tilgdato,
        avgdato = excluded.avgdato,
        asoktilg = excluded.asoktilg,
        dagdato = excluded.dagdato,
        fdagdato = excluded.fdagdato,
        henddato = excluded.henddato,
        mrk_sys = excluded.mrk_sys,
        mrk_fnr = excluded.mrk_fnr,
        as_f = excluded.as_f,
        as_gr = excluded.as_gr,
        status = excluded.status,
        aargang = excluded.aargang;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.oppdater_h_arbsok(integer) IS
    'Brings H_ARBSOK up to the end of the year being loaded: each person''s last registration and the state of the spell; returns the number of persons registered in the year (SPEC.md 4, T10).';
