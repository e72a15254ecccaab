-- kontroll_faa_gjengangere: what makes a year suspicious (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_faa_gjengangere AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'faa_gjengangere';

COMMENT ON VIEW kontroll.kontroll_faa_gjengangere IS
    'Warnings of the control «A month and the month before have many of their persons in common.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
