-- arbsok_mistenkelig_funn: what the control of a year finds suspicious, and files that are no longer what was loaded
-- (spec.md 6).

CREATE OR REPLACE VIEW kontroll.arbsok_mistenkelig_funn AS
SELECT l.aargang AS kontrollert_aargang, k.kontroll, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_aargang_mistenkelig(l.aargang) AS k
UNION ALL
SELECT l.aargang, k.kontroll, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_fil_avviker(l.aargang) AS k;

COMMENT ON VIEW kontroll.arbsok_mistenkelig_funn IS
    'What makes a year suspicious without being wrong: the warnings of the catalogue (table kontroll), each in a sentence; and the error tall_i_kode, about years loaded before T13 (spec.md 6). Say which year: WHERE kontrollert_aargang = 2004 AND kontroll = ''ny_kode''.';
