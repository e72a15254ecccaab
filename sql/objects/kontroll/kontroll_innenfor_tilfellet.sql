-- kontroll_innenfor_tilfellet: the offending records, none in a sound database (spec.md 5.2).

CREATE OR REPLACE VIEW kontroll.kontroll_innenfor_tilfellet AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'innenfor_tilfellet';

COMMENT ON VIEW kontroll.kontroll_innenfor_tilfellet IS
    'Offending records of the control «The records of a main spell follow one another in time, group spell by group spell.» (spec.md 5.2); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
