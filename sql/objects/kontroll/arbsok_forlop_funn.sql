-- arbsok_forlop_funn: the records of F_ARBSOK that the control of a year finds (spec.md 4 and 5).

CREATE OR REPLACE VIEW kontroll.arbsok_forlop_funn AS
SELECT l.aargang AS kontrollert_aargang, k.kontroll, k.noekkel, k.detalj, k.fnr, k.dato AS regdato, k.kode
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_forlop_kontrollert(l.aargang, NULL) AS k;

COMMENT ON VIEW kontroll.arbsok_forlop_funn IS
    'The records of F_ARBSOK that break a promise of the catalogue (table kontroll), each with the first one that it breaks; fnr, regdato and kode are its key (spec.md 4 and 5). No rows in a sound database. Say which year: WHERE kontrollert_aargang = 2004 AND kontroll = ''tomdato''.';
