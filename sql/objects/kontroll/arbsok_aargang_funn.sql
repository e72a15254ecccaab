-- arbsok_aargang_funn: what the control of a year finds wrong with its files, sums, run log and person numbers
-- (spec.md 2, 5.1, 5.8, 6).

CREATE OR REPLACE VIEW kontroll.arbsok_aargang_funn AS
SELECT l.aargang AS kontrollert_aargang, k.kontroll, k.noekkel, k.detalj, k.fnr, k.dato, k.kode
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_aargang_kontrollert(l.aargang) AS k;

COMMENT ON VIEW kontroll.arbsok_aargang_funn IS
    'What breaks the promises of the catalogue (table kontroll) about a year as a whole: its files, its sums, its run log, the numbers of its persons; fnr, dato and kode are the key of a record whose person number is wrong (dato is its regdato, NULL for a person without a record); of a file dato is the extraction date (spec.md 2, 5.1, 5.8, 6). No rows in a sound database. Say which year: WHERE kontrollert_aargang = 2004 AND kontroll = ''summer_stemmer''.';
