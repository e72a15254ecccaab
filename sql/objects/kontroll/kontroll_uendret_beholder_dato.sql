-- kontroll_uendret_beholder_dato: the offending records, none in a sound database (spec.md 4).

CREATE OR REPLACE VIEW kontroll.kontroll_uendret_beholder_dato AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'uendret_beholder_dato';

COMMENT ON VIEW kontroll.kontroll_uendret_beholder_dato IS
    'Offending records of the control «On a change record an attribute that did not change keeps its date.» (spec.md 4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
