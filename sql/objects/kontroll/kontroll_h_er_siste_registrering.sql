-- kontroll_h_er_siste_registrering: the offending records; none in a sound one (spec.md 4, T10; the source's 5.9.3).

CREATE OR REPLACE VIEW kontroll.kontroll_h_er_siste_registrering AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.h_arbsok_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'h_er_siste_registrering'
UNION ALL
SELECT l.aargang, r.noekkel, r.detalj, r.fnr, r.dato
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS r
WHERE r.kontroll = 'h_er_siste_registrering';

COMMENT ON VIEW kontroll.kontroll_h_er_siste_registrering IS
    'Offending records of the control «H_ARBSOK has one row for each person who was registered in the year or whose spell ran when it began: the last registration, and the spell of the last record.» (spec.md 4, T10; the source''s 5.9.3); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
