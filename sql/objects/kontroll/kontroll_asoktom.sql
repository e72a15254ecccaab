-- kontroll_asoktom: the offending records, none in a sound database (spec.md 4; the source's 5.9.14, lag_asoktom).

CREATE OR REPLACE VIEW kontroll.kontroll_asoktom AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'asoktom';

COMMENT ON VIEW kontroll.kontroll_asoktom IS
    'Offending records of the control «asoktom is the asokavg of the group spell on all its records, and empty while it runs.» (spec.md 4; the source''s 5.9.14, lag_asoktom); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
