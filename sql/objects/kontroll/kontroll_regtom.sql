-- kontroll_regtom: the offending records, none in a sound database (spec.md 4, T12; the source's 5.9.12, lag_regtom).

CREATE OR REPLACE VIEW kontroll.kontroll_regtom AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'regtom';

COMMENT ON VIEW kontroll.kontroll_regtom IS
    'Offending records of the control «regtom is the day before the next change in the group spell, else asoktom; on an exit record regdato.» (spec.md 4, T12; the source''s 5.9.12, lag_regtom); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
