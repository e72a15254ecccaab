-- kontroll_status_etter_reglene: the offending records, none in a sound database (spec.md 5.6; the source's 5.7).

CREATE OR REPLACE VIEW kontroll.kontroll_status_etter_reglene AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'status_etter_reglene';

COMMENT ON VIEW kontroll.kontroll_status_etter_reglene IS
    'Offending records of the control «The status in F_ARBSOK and VRAK_ARBSOK is the one that the rules give, taking each person''s registrations one by one.» (spec.md 5.6; the source''s 5.7); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
