-- kontroll_fra_serie_start: the offending records, none in a sound database (spec.md 2, start date).

CREATE OR REPLACE VIEW kontroll.kontroll_fra_serie_start AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'fra_serie_start';

COMMENT ON VIEW kontroll.kontroll_fra_serie_start IS
    'Offending records of the control «No spell begins before the start of the series.» (spec.md 2, start date); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
