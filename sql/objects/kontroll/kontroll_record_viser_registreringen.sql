-- kontroll_record_viser_registreringen: the offending records, none in a sound database (spec.md 4).

CREATE OR REPLACE VIEW kontroll.kontroll_record_viser_registreringen AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'record_viser_registreringen';

COMMENT ON VIEW kontroll.kontroll_record_viser_registreringen IS
    'Offending records of the control «A record that opens or changes, and a rejected one, has the values of the registration that caused it.» (spec.md 4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
