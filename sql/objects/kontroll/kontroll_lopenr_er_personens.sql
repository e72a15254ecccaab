-- kontroll_lopenr_er_personens: the offending records, and persons without one; none in a sound database
-- (spec.md 5.1; migration 0004).

CREATE OR REPLACE VIEW kontroll.kontroll_lopenr_er_personens AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS regdato, k.kode
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_kontrollert(l.aargang) AS k
WHERE k.kontroll = 'lopenr_er_personens';

COMMENT ON VIEW kontroll.kontroll_lopenr_er_personens IS
    'Offending records of the control «Every record has the number that table person has for its fnr, so that its key is the one of spec.md 5: fnr, regdato, kode; and every person who is new in the year has a record of that year.» (spec.md 5.1; migration 0004); none in a sound database. A person without a record has neither regdato nor kode. Say which year: WHERE kontrollert_aargang = 2004.';
