-- kontroll_datering: the offending records, none in a sound database (spec.md 4; the source's 5.7).

CREATE OR REPLACE VIEW kontroll.kontroll_datering AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'datering';

COMMENT ON VIEW kontroll.kontroll_datering IS
    'Offending records of the control «regdato is the date that the row of the rule table names, worked out from the record''s own dagdato, fdagdato and henddato.» (spec.md 4; the source''s 5.7); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
