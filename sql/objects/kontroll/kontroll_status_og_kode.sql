-- kontroll_status_og_kode: the offending records, none in a sound database (spec.md 3 and 4; the source's 5.7).

CREATE OR REPLACE VIEW kontroll.kontroll_status_og_kode AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'status_og_kode';

COMMENT ON VIEW kontroll.kontroll_status_og_kode IS
    'Offending records of the control «The status stands in the rule table, and the record is of a kind that it writes; X closes a main spell.» (spec.md 3 and 4; the source''s 5.7); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
