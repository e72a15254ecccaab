-- kontroll_en_avgang: the offending records, none in a sound database (spec.md 5.2; the source's 3.3).

CREATE OR REPLACE VIEW kontroll.kontroll_en_avgang AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'en_avgang';

COMMENT ON VIEW kontroll.kontroll_en_avgang IS
    'Offending records of the control «A main spell has at most one closing record (avgdato set), and no record after it.» (spec.md 5.2; the source''s 3.3); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
