-- kategori: every class of every grouping, those of regions included, each with the days on which it is in use (spec.md
-- 10, the catalogue): what a table's dimension consists of.

CREATE OR REPLACE VIEW statistikk.kategori AS
SELECT k.gruppering, g.kjennemerke, k.kode, k.rekkefolge, k.tekst, k.fra, k.til, k.verdier, k.i_alt, k.symbol,
    k.gyldig_fra, k.gyldig_til
FROM statistikk.klasse AS k
JOIN statistikk.gruppering AS g ON g.gruppering = k.gruppering
UNION ALL
SELECT 'fylke', 'region', f.fylke, f.fylke::integer, f.tekst, NULL, NULL, ARRAY[f.fylke]::text[], true, NULL,
    f.gyldig_fra, f.gyldig_til
FROM befolkning.fylke AS f
UNION ALL
SELECT 'fylke', 'region', '99', 9999, 'Uoppgitt', NULL, NULL, '{99}', true, NULL, NULL, NULL
UNION ALL
SELECT 'kommune', 'region', k.kommune, k.kommune::integer, k.tekst, NULL, NULL, ARRAY[k.kommune]::text[], true, NULL,
    k.gyldig_fra, k.gyldig_til
FROM befolkning.kommune AS k
UNION ALL
SELECT 'kommune', 'region', '9999', 9999, 'Uoppgitt', NULL, NULL, '{9999}', true, NULL, NULL, NULL;

COMMENT ON VIEW statistikk.kategori IS
    'Every class of every grouping, regions included: code, place, text in Norwegian, what belongs to it (fra to til of ages and weeks, verdier of others), whether it is in the total, and the days on which it is in use (spec.md 10, the catalogue).';
