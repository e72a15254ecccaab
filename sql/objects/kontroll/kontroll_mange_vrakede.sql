-- kontroll_mange_vrakede: what makes a year suspicious (spec.md 4 and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_vrakede AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_vrakede';

COMMENT ON VIEW kontroll.kontroll_mange_vrakede IS
    'Warnings of the control «Few of a month''s registrations are rejected.» (spec.md 4 and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
