-- kontroll_borte_og_tilbake: what makes a year suspicious (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_borte_og_tilbake AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'borte_og_tilbake';

COMMENT ON VIEW kontroll.kontroll_borte_og_tilbake IS
    'Warnings of the control «Few of a month''s persons were away for just the month before.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
