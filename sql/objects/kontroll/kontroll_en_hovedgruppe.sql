-- kontroll_en_hovedgruppe: the offending records, none in a sound database (spec.md 1; the source's C.2.1).

CREATE OR REPLACE VIEW kontroll.kontroll_en_hovedgruppe AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'en_hovedgruppe';

COMMENT ON VIEW kontroll.kontroll_en_hovedgruppe IS
    'Offending records of the control «A group spell has one main group, and the next one in the same main spell another.» (spec.md 1; the source''s C.2.1); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
