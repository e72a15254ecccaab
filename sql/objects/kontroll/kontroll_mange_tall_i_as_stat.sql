-- kontroll_mange_tall_i_as_stat: what makes a year suspicious (spec.md 2, T13, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_tall_i_as_stat AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_tall_i_as_stat';

COMMENT ON VIEW kontroll.kontroll_mange_tall_i_as_stat IS
    'Warnings of the control «No record is set aside because its as_stat has six or more digits in a row.» (spec.md 2, T13, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
