-- kontroll_ingen_overlapp: the offending records, none in a sound database (spec.md 5.3).

CREATE OR REPLACE VIEW kontroll.kontroll_ingen_overlapp AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'ingen_overlapp';

COMMENT ON VIEW kontroll.kontroll_ingen_overlapp IS
    'Offending records of the control «A person''s main spells do not overlap: the one before is closed, on an earlier day.» (spec.md 5.3); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
