-- forrige_registrering: every record that is not simply unchanged, with the person's last registration before it,
-- however long ago: the month before, before a gap in the year, or in H_ARBSOK (SPEC.md 3, T10).

CREATE OR REPLACE VIEW trygdfob.forrige_registrering AS
SELECT p.*, false AS sist_avsluttet
FROM trygdfob.registreringspar AS p
WHERE p.dagdato IS NOT NULL AND p.sist_dagdato IS NOT NULL
UNION ALL
SELECT p.fnr, p.dagdato, p.fdagdato, p.mnddato, p.henddato, p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    p.mrk_sys, p.mrk_fnr, p.mrk_dl, p.ant_d_as_n, p.as_f, p.as_gr,
    CASE WHEN i_aaret THEN g.sist_dagdato ELSE h.dagdato END,
    CASE WHEN i_aaret THEN g.sist_fdagdato ELSE h.fdagdato END,
    CASE WHEN i_aaret THEN g.sist_henddato ELSE h.henddato END,
    CASE WHEN i_aaret THEN g.sist_hoved ELSE h.hoved END,
    CASE WHEN i_aaret THEN g.sist_hovedarbstat ELSE h.hovedarbstat END,
    CASE WHEN i_aaret THEN g.sist_tiltak ELSE h.tiltak END,
    CASE WHEN i_aaret THEN g.sist_ytelse ELSE h.ytelse END,
    CASE WHEN i_aaret THEN g.sist_mrk_sys ELSE h.mrk_sys END,
    CASE WHEN i_aaret THEN g.sist_mrk_fnr ELSE h.mrk_fnr END,
    CASE WHEN i_aaret THEN g.sist_as_f ELSE h.as_f END,
    CASE WHEN i_aaret THEN g.sist_as_gr ELSE h.as_gr END,
    NOT i_aaret AND h.avgdato IS NOT NULL
FROM trygdfob.registreringspar AS p
LEFT JOIN LATERAL (
    SELECT true AS funnet, e.*
    FROM trygdfob.registreringspar AS e
    WHERE e.dagdato IS NULL AND e.fnr = p.fnr AND e.sist_dagdato < p.dagdato
    ORDER BY e.sist_dagdato DESC
    LIMIT 1
) AS g ON true
CROSS JOIN LATERAL (SELECT g.funnet IS NOT NULL AS i_aaret) AS x
LEFT JOIN trygdfob.h_arbsok AS h ON h.fnr = p.fnr
WHERE p.dagdato IS NOT NULL AND p.sist_dagdato IS NULL;

COMMENT ON VIEW trygdfob.forrige_registrering IS
    'The records of the year being loaded that are not simply unchanged, each beside the person''s last registration (columns sist_…); sist_avsluttet says that the spell was closed at an earlier year''s end (SPEC.md 3, T10).';
