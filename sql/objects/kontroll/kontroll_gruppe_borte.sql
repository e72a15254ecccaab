-- kontroll_gruppe_borte: what makes a year suspicious (spec.md 6; the source's 2.2.1).

CREATE OR REPLACE VIEW kontroll.kontroll_gruppe_borte AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'gruppe_borte';

COMMENT ON VIEW kontroll.kontroll_gruppe_borte IS
    'Warnings of the control «No main group with more than a few of a month''s registrations is missing the month after.» (spec.md 6; the source''s 2.2.1); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
