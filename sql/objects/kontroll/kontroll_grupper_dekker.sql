-- kontroll_grupper_dekker: the offending records, none in a sound database (spec.md 5.3; the source's C.2.1).

CREATE OR REPLACE VIEW kontroll.kontroll_grupper_dekker AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'grupper_dekker';

COMMENT ON VIEW kontroll.kontroll_grupper_dekker IS
    'Offending records of the control «Group spells partition their main spell: each group exit is followed by a group entry on the next day.» (spec.md 5.3; the source''s C.2.1); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
