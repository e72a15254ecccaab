-- kontroll_en_apning: the offending records, none in a sound database (spec.md 5.2; the source's 3.3).

CREATE OR REPLACE VIEW kontroll.kontroll_en_apning AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'en_apning';

COMMENT ON VIEW kontroll.kontroll_en_apning IS
    'Offending records of the control «A main spell begins with its one opening record: kode 1, 3 or 9 with regdato = tilgdato.» (spec.md 5.2; the source''s 3.3); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
