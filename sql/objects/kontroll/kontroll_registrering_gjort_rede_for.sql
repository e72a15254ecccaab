-- kontroll_registrering_gjort_rede_for: the offending records, none in a sound database (spec.md 5.8).

CREATE OR REPLACE VIEW kontroll.kontroll_registrering_gjort_rede_for AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'registrering_gjort_rede_for';

COMMENT ON VIEW kontroll.kontroll_registrering_gjort_rede_for IS
    'Offending records of the control «Every registration from the start on has the one outcome that the rules give it: records in F_ARBSOK, a place in VRAK_ARBSOK, or neither where it confirms a running spell; those before the start have none.» (spec.md 5.8); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
