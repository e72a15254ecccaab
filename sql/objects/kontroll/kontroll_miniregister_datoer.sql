-- kontroll_miniregister_datoer: the offending records, none in a sound database (spec.md 2; the source's 2.2 and 2.3).

CREATE OR REPLACE VIEW kontroll.kontroll_miniregister_datoer AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'miniregister_datoer';

COMMENT ON VIEW kontroll.kontroll_miniregister_datoer IS
    'Offending records of the control «In a month every registration has the month''s dagdato and fdagdato, and henddato = dagdato - ant_d_as_n.» (spec.md 2; the source''s 2.2 and 2.3); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
