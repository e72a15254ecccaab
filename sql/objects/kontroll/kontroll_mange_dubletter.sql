-- kontroll_mange_dubletter: what makes a year suspicious (spec.md 2, T2, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_dubletter AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_dubletter';

COMMENT ON VIEW kontroll.kontroll_mange_dubletter IS
    'Warnings of the control «Few of a file''s records are set aside because another one of the same person is kept.» (spec.md 2, T2, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
