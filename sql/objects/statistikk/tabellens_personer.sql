-- tabellens_personer: what decides which persons are in which cell of a table, out of what the catalogue says of a
-- version: its parts and residence, its dimensions, and what belongs to their classes. Texts and order decide nothing.

CREATE OR REPLACE FUNCTION statistikk.tabellens_personer(p_katalog jsonb, p_tabell text) RETURNS jsonb
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
SELECT jsonb_build_array(t.tabell -> 'lag', t.tabell -> 'bosatt', jsonb_agg(jsonb_build_array(
    d.dimensjon -> 'gruppering', d.dimensjon ->> 'i_alt' IS NULL, (
        SELECT jsonb_agg(k.klasse - '{rekkefolge,tekst,gyldig_fra,gyldig_til}'::text[] ORDER BY k.klasse ->> 'kode')
        FROM jsonb_array_elements(
            p_katalog -> 'grupperinger' -> (d.dimensjon ->> 'gruppering') -> 'klasser'
        ) AS k (klasse)
    )
) ORDER BY d.plass))
FROM jsonb_array_elements(p_katalog -> 'tabeller') AS t (tabell)
CROSS JOIN LATERAL jsonb_array_elements(t.tabell -> 'dimensjoner') WITH ORDINALITY AS d (dimensjon, plass)
WHERE t.tabell ->> 'tabell' = p_tabell
GROUP BY t.tabell;
END;

COMMENT ON FUNCTION statistikk.tabellens_personer(jsonb, text) IS
    'What decides which persons are in which cell of a table, as JSON, out of what function katalog gives: equal for two catalogues that count alike; NULL where there is no such table.';
