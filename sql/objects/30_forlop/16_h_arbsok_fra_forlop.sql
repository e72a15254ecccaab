-- h_arbsok_fra_forlop: the last year's H_ARBSOK worked out anew from the miniregister (the last registration) and
-- F_ARBSOK (the spell). SPEC.md 4, T10. A control holds H_ARBSOK against it.

CREATE OR REPLACE VIEW trygdfob.h_arbsok_fra_forlop AS
WITH siste AS (
    SELECT max(l.aargang) AS aargang FROM trygdfob.lastet_aargang AS l
),

person AS (
    SELECT m.fnr
    FROM trygdfob.miniregister AS m
    WHERE m.aargang = (SELECT s.aargang FROM siste AS s)
        AND m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
    UNION
    -- ran when the year began: an earlier record of a spell that is still running, or that the year closed
    SELECT f.fnr
    FROM trygdfob.f_arbsok AS f
    WHERE f.aargang < (SELECT s.aargang FROM siste AS s)
        AND (f.tomdato IS NULL OR EXISTS (
            SELECT FROM trygdfob.f_arbsok AS a
            WHERE a.fnr = f.fnr AND a.tilgdato = f.tilgdato AND a.avgdato IS NOT NULL
                AND a.aargang = (SELECT s.aargang FROM siste AS s)
        ))
)

SELECT r.fnr, r.hoved, r.hovedarbstat, f.hovedarbdato, r.tiltak, f.tiltakdato, r.ytelse, f.ytelsedato,
    f.tilgdato, f.avgdato, f.asoktilg, r.dagdato, r.fdagdato, r.henddato,
    r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, f.status, s.aargang
FROM siste AS s
CROSS JOIN (
    SELECT DISTINCT ON (m.fnr) m.*
    FROM trygdfob.miniregister AS m
    WHERE m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
        AND m.fnr IN (SELECT p.fnr FROM person AS p)
    ORDER BY m.fnr, m.mnddato DESC
) AS r
JOIN (
    SELECT DISTINCT ON (a.fnr) a.*
    FROM trygdfob.f_arbsok AS a
    ORDER BY a.fnr, a.regdato DESC, a.kode = '0' DESC
) AS f ON f.fnr = r.fnr;

COMMENT ON VIEW trygdfob.h_arbsok_fra_forlop IS
    'What H_ARBSOK must hold for the last loaded year, worked out from the miniregister (last registration) and F_ARBSOK (last record of the last spell); SPEC.md 4, T10.';
