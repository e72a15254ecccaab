-- kontroll_alle_innleste_gjort_rede_for: the offending records; none in a sound one (spec.md 5.8; the source's 4.1).

CREATE OR REPLACE VIEW kontroll.kontroll_alle_innleste_gjort_rede_for AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_kontrollert(l.aargang) AS k
WHERE k.kontroll = 'alle_innleste_gjort_rede_for';

COMMENT ON VIEW kontroll.kontroll_alle_innleste_gjort_rede_for IS
    'Offending records of the control «Every record read is in the miniregister or set aside with its reason, file by file.» (spec.md 5.8; the source''s 4.1); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
