-- kontroll_kjorelogg_stemmer: the offending records, none in a sound database (spec.md 5.8 and 6; the source's 5.8).

CREATE OR REPLACE VIEW kontroll.kontroll_kjorelogg_stemmer AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_kontrollert(l.aargang) AS k
WHERE k.kontroll = 'kjorelogg_stemmer';

COMMENT ON VIEW kontroll.kontroll_kjorelogg_stemmer IS
    'Offending records of the control «The counts that the run log keeps for the load agree with the tables.» (spec.md 5.8 and 6; the source''s 5.8); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
