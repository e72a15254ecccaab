-- kontroll_alle_registreringer_gjort_rede_for: the offending records, none in a sound database. SPEC.md 5.8.

CREATE OR REPLACE VIEW trygdfob.kontroll_alle_registreringer_gjort_rede_for AS
SELECT m.fnr, m.dagdato, m.aargang
FROM trygdfob.miniregister AS m
LEFT JOIN trygdfob.vrak_arbsok AS v ON v.fnr = m.fnr AND v.dagdato = m.dagdato
LEFT JOIN (
    SELECT fnr, dagdato FROM trygdfob.f_arbsok WHERE kode <> '0' GROUP BY fnr, dagdato
) AS f ON f.fnr = m.fnr AND f.dagdato = m.dagdato
LEFT JOIN (
    SELECT fnr, tilgdato, max(avgdato) AS avgdato FROM trygdfob.f_arbsok GROUP BY fnr, tilgdato
) AS t ON t.fnr = m.fnr AND m.dagdato BETWEEN t.tilgdato AND coalesce(t.avgdato, 'infinity')
WHERE m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
    AND (t.fnr IS NULL OR (f.fnr IS NOT NULL AND v.fnr IS NOT NULL));

COMMENT ON VIEW trygdfob.kontroll_alle_registreringer_gjort_rede_for IS
    'Offending records of the control «Every record of the miniregister from the start on gave records in F_ARBSOK, stands in VRAK_ARBSOK (never both), or lies in a spell that covers its dagdato.» (SPEC.md 5.8); none in a sound database.';
