-- kontroll_record_har_registrering: the offending records, none in a sound database (spec.md 5.8).

CREATE OR REPLACE VIEW kontroll.kontroll_record_har_registrering AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'record_har_registrering';

COMMENT ON VIEW kontroll.kontroll_record_har_registrering IS
    'Offending records of the control «Every record that opens or changes, and every rejected one, comes from a registration in the year''s miniregister.» (spec.md 5.8); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
