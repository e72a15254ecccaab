-- kontroll_aargang_er_registreringens: the offending records, none in a sound database (spec.md 4).

CREATE OR REPLACE VIEW kontroll.kontroll_aargang_er_registreringens AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'aargang_er_registreringens';

COMMENT ON VIEW kontroll.kontroll_aargang_er_registreringens IS
    'Offending records of the control «aargang is the year whose files have the extraction date dagdato.» (spec.md 4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
