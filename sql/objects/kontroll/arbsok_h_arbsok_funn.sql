-- arbsok_h_arbsok_funn: the rows of H_ARBSOK that the control of a year finds, and the last registrations
-- that it does not show (spec.md 4, T7, T10; the source's 5.9.3 and 5.9.11). It takes two passes to see them.

CREATE OR REPLACE VIEW kontroll.arbsok_h_arbsok_funn AS
SELECT l.aargang AS kontrollert_aargang, k.kontroll, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_h_arbsok_kontrollert(l.aargang, NULL) AS k
UNION ALL
-- The name stands here as a constant, so that whoever asks for the other control does not pay for this pass
SELECT l.aargang, 'h_er_siste_registrering', k.noekkel, k.detalj, k.fnr, k.dato
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'h_er_siste_registrering';

COMMENT ON VIEW kontroll.arbsok_h_arbsok_funn IS
    'The rows of H_ARBSOK that break a promise of the catalogue (table kontroll), and the last registrations that it does not show (spec.md 4, T7, T10; the source''s 5.9.3 and 5.9.11). No rows in a sound database. Say which year: WHERE kontrollert_aargang = 2004 AND kontroll = ''avsluttet_i_tide''.';
