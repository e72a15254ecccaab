-- kontroll_nokkel_entydig: the offending records, none in a sound database (spec.md 5.1; the source's 5.11).

CREATE OR REPLACE VIEW kontroll.kontroll_nokkel_entydig AS
SELECT DISTINCT ON (l.aargang, f.ctid) l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'nokkel_entydig';

COMMENT ON VIEW kontroll.kontroll_nokkel_entydig IS
    'Offending records of the control «The key fnr, regdato, kode names one record of F_ARBSOK.» (spec.md 5.1; the source''s 5.11); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
