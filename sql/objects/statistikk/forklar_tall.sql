-- forklar_tall: where a figure comes from: its table, notes and version, how it is computed, and of a month the base
-- cells that it is the sum of, of a year the months that it is the mean of (spec.md 10, lineage). Base cells are counts
-- before protection: this is of whoever makes the statistics, and never in a file.

CREATE OR REPLACE FUNCTION statistikk.forklar_tall(
    p_tabell text, p_periode text, p_koder text[], p_nummer integer DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_nestloop = 'off' -- as when a version is made
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v_versjon integer := statistikk.finn_tall(p_tabell, p_periode, p_koder, p_nummer);
    v record;
    t jsonb;
    c record;
    celler jsonb;
    maaneder jsonb;
    sperre text;
BEGIN
    SELECT x.* INTO STRICT v FROM statistikk.versjon AS x WHERE x.versjon = v_versjon;
    SELECT x.tabell INTO STRICT t
    FROM jsonb_array_elements(coalesce(v.katalog, statistikk.katalog(v_versjon)) -> 'tabeller') AS x (tabell)
    WHERE x.tabell ->> 'tabell' = p_tabell;
    SELECT x.* INTO STRICT c FROM statistikk.celle AS x WHERE x.versjon = v_versjon AND x.tabell = p_tabell AND x.koder = p_koder;
    IF v.mnddato IS NOT NULL THEN
        sperre := CASE WHEN NOT EXISTS (
            SELECT FROM befolkning.kjennemerkesett AS s
            WHERE s.mnddato = v.mnddato AND s.folkeregisterversjon = v.folkeregisterversjon
        ) THEN 'The month is not loaded any more as it was: it ends at the base.' END;
        BEGIN
            SELECT coalesce(jsonb_agg(to_jsonb(g) - 'versjon' ORDER BY g.celle), '[]') INTO celler
            FROM statistikk.tallets_grunnceller(v_versjon, p_tabell, p_koder) AS x
            JOIN statistikk.grunnlag AS g ON g.versjon = v_versjon AND g.celle = x.celle;
        EXCEPTION WHEN SQLSTATE 'FD009' THEN
            sperre := sqlerrm;
        END;
        IF c.symbol IS NOT NULL THEN
            celler := '[]';
            sperre := format('There is no figure but the symbol %s (spec.md 10, symbols): it is the sum of no base cells.', c.symbol);
        END IF;
    ELSE
        SELECT jsonb_agg(jsonb_build_object('periode', m.periode, 'nummer', m.nummer, 'verdi', d.verdi, 'symbol', d.symbol)
            ORDER BY m.periode) INTO maaneder
        FROM statistikk.snitt_av_versjon AS s
        JOIN statistikk.versjon AS m ON m.versjon = s.maaned
        LEFT JOIN statistikk.celle AS d ON d.versjon = s.maaned AND d.tabell = t ->> 'snitt_av' AND d.koder = p_koder
        WHERE s.versjon = v_versjon;
    END IF;
    RETURN jsonb_build_object(
        'tabell', p_tabell, 'tittel', t -> 'tittel', 'periode', p_periode, 'koder', p_koder, 'verdi', c.verdi, 'symbol', c.symbol,
        'noter', jsonb_path_query_array(t, '$.noter[*].tekst'),
        'versjon', to_jsonb(v) - '{mal,kodelister,katalog,kontroller}'::text[],
        'formel', CASE WHEN v.mnddato IS NULL THEN 'sum av verdi over maaneder / 12' ELSE 'sum av beskyttet over grunnceller' END,
        'grunnceller', celler, 'maaneder', maaneder, 'slutter', sperre
    );
END
$$;

COMMENT ON FUNCTION statistikk.forklar_tall(text, text, text[], integer) IS
    'Where a figure comes from, as JSON: notes, version, formula, and the base cells (grunnceller) or months (maaneder) that it is made of. p_koder: the codes of the cell in the order of the dimensions, T for a total; p_nummer: which version, else the last published one. slutter: why it goes no further. Error FD009: there is no such cell (spec.md 10, lineage).';
