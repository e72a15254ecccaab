-- h_arbsok_fra_forlop: H_ARBSOK worked out anew from the miniregister (the last registration) and F_ARBSOK (the spell).
-- SPEC.md 4, T10. Unloading a year takes it from here; a control holds H_ARBSOK against it.

CREATE OR REPLACE VIEW trygdfob.h_arbsok_fra_forlop AS
SELECT r.fnr, r.hoved, r.hovedarbstat, f.hovedarbdato, r.tiltak, f.tiltakdato, r.ytelse, f.ytelsedato,
    f.tilgdato, f.avgdato, f.asoktilg, r.dagdato, r.fdagdato, r.henddato,
    r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, f.status, r.aargang
FROM (
    SELECT DISTINCT ON (m.fnr) m.*
    FROM trygdfob.miniregister AS m
    WHERE m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
    ORDER BY m.fnr, m.mnddato DESC
) AS r
JOIN (
    SELECT DISTINCT ON (a.fnr) a.*
    FROM trygdfob.f_arbsok AS a
    ORDER BY a.fnr, a.regdato DESC, a.kode = '0' DESC
) AS f ON f.fnr = r.fnr;

COMMENT ON VIEW trygdfob.h_arbsok_fra_forlop IS
    'What H_ARBSOK must hold, worked out from the miniregister (last registration) and F_ARBSOK (last record of the last spell); SPEC.md 4, T10.';
