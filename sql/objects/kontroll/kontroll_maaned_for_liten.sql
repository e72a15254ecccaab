-- kontroll_maaned_for_liten: what makes a year suspicious (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_maaned_for_liten AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'maaned_for_liten';

COMMENT ON VIEW kontroll.kontroll_maaned_for_liten IS
    'Warnings of the control «No month is much smaller than the mean of the months beside it.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
