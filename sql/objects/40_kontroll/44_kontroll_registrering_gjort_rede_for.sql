-- kontroll_registrering_gjort_rede_for: the offending records, none in a sound database (SPEC.md 5.8).

CREATE OR REPLACE VIEW trygdfob.kontroll_registrering_gjort_rede_for AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL trygdfob.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'registrering_gjort_rede_for';

COMMENT ON VIEW trygdfob.kontroll_registrering_gjort_rede_for IS
    'Offending records of the control «Every registration from the start on has the one outcome that the rules give it: records in F_ARBSOK, a place in VRAK_ARBSOK, or neither where it confirms a running spell; those before the start have none.» (SPEC.md 5.8); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
