-- kontroll_ny_kode: what makes a year suspicious (spec.md 2, hoved; the source's 2.2.2).

CREATE OR REPLACE VIEW kontroll.kontroll_ny_kode AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'ny_kode';

COMMENT ON VIEW kontroll.kontroll_ny_kode IS
    'Warnings of the control «Every code is in a code list, was there in an earlier year, or is explained by a known break.» (spec.md 2, hoved; the source''s 2.2.2); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
