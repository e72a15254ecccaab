-- kontroll_ny_eller_kjent: the offending records, none in a sound database (spec.md 3; the source's 5.7).

CREATE OR REPLACE VIEW kontroll.kontroll_ny_eller_kjent AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'ny_eller_kjent';

COMMENT ON VIEW kontroll.kontroll_ny_eller_kjent IS
    'Offending records of the control «Who is called new (F) has no spell before; who is back (N) has one closed at a year''s end; exit and entry of one event have one status.» (spec.md 3; the source''s 5.7); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
