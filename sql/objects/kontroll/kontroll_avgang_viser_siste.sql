-- kontroll_avgang_viser_siste: the offending records, none in a sound database (spec.md 4).

CREATE OR REPLACE VIEW kontroll.kontroll_avgang_viser_siste AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'avgang_viser_siste';

COMMENT ON VIEW kontroll.kontroll_avgang_viser_siste IS
    'Offending records of the control «An exit record has the values and attribute dates of the record before it: the spell that it closes.» (spec.md 4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
