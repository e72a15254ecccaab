-- kontroll_avslutning: the offending records, none in a sound database (spec.md 4, T7; the source's 5.9.11).

CREATE OR REPLACE VIEW kontroll.kontroll_avslutning AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'avslutning';

COMMENT ON VIEW kontroll.kontroll_avslutning IS
    'Offending records of the control «A spell closed at the year''s end (X) was last registered more than avslutning_dager before the year''s last extraction date.» (spec.md 4, T7; the source''s 5.9.11); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
