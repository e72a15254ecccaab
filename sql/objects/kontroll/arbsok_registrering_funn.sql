-- arbsok_registrering_funn: the registrations, and the records without one, that the control of a year finds
-- (spec.md 2, 4, 5.6, 5.8). Registrations that H_ARBSOK does not show are in arbsok_h_arbsok_funn.

CREATE OR REPLACE VIEW kontroll.arbsok_registrering_funn AS
SELECT l.aargang AS kontrollert_aargang, k.kontroll, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll <> 'h_er_siste_registrering';

COMMENT ON VIEW kontroll.arbsok_registrering_funn IS
    'The registrations that break a promise of the catalogue (table kontroll), each with the first one that it breaks, and the records and rejections that no registration gave, for which mnddato and utfall are NULL (spec.md 2, 4, 5.6, 5.8). No rows in a sound database. Say which year: WHERE kontrollert_aargang = 2004 AND kontroll = ''status_etter_reglene''.';
