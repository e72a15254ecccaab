-- kontroll_endring_er_endring: the offending records, none in a sound database (spec.md 5.4).

CREATE OR REPLACE VIEW kontroll.kontroll_endring_er_endring AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'endring_er_endring';

COMMENT ON VIEW kontroll.kontroll_endring_er_endring IS
    'Offending records of the control «On a change record at least one attribute date is regdato, and exactly those attributes differ from the record before.» (spec.md 5.4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
