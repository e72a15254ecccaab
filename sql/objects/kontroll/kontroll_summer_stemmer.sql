-- kontroll_summer_stemmer: the offending records, none in a sound database (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_summer_stemmer AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_kontrollert(l.aargang) AS k
WHERE k.kontroll = 'summer_stemmer';

COMMENT ON VIEW kontroll.kontroll_summer_stemmer IS
    'Offending records of the control «The sums of the year (tables ..._tall), which the tables of chapter 4 are made of, agree with the rows.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
