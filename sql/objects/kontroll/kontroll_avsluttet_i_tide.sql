-- kontroll_avsluttet_i_tide: the offending records, none in a sound database (spec.md 4, T7; the source's 5.9.11).

CREATE OR REPLACE VIEW kontroll.kontroll_avsluttet_i_tide AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.h_arbsok_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'avsluttet_i_tide';

COMMENT ON VIEW kontroll.kontroll_avsluttet_i_tide IS
    'Offending records of the control «No spell runs on at the year''s end that was last registered more than avslutning_dager before.» (spec.md 4, T7; the source''s 5.9.11); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
