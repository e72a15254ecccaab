-- kontroll_mange_ugyldige_fnr: what makes a year suspicious (spec.md 2, T1, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_ugyldige_fnr AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_ugyldige_fnr';

COMMENT ON VIEW kontroll.kontroll_mange_ugyldige_fnr IS
    'Warnings of the control «Few of a file''s records are set aside because their fnr is not 11 digits.» (spec.md 2, T1, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
