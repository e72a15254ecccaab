-- kontroll_mange_rettede_datoer: what makes a year suspicious (spec.md 2, dagdato, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_rettede_datoer AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_rettede_datoer';

COMMENT ON VIEW kontroll.kontroll_mange_rettede_datoer IS
    'Warnings of the control «Few of a file''s records have another extraction date than the month''s, or none.» (spec.md 2, dagdato, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
