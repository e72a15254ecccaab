-- kontroll_maaneder_henger_sammen: the offending records, none in a sound database (spec.md 2, T9).

CREATE OR REPLACE VIEW kontroll.kontroll_maaneder_henger_sammen AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_kontrollert(l.aargang) AS k
WHERE k.kontroll = 'maaneder_henger_sammen';

COMMENT ON VIEW kontroll.kontroll_maaneder_henger_sammen IS
    'Offending records of the control «The year has twelve files; extraction dates lie within 10 days of their month, increase, and are the next month''s fdagdato.» (spec.md 2, T9); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
