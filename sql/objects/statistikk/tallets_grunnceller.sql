-- tallets_grunnceller: the base cells of a month's version that are summed in a figure of a table. Where they stand is
-- asked of today's catalogue: where that counts the table otherwise than when the version was published, they are not
-- known any more, and none is named.

CREATE OR REPLACE FUNCTION statistikk.tallets_grunnceller(p_versjon integer, p_tabell text, p_koder text[])
RETURNS TABLE (celle integer)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT
        FROM statistikk.versjon AS v
        WHERE v.versjon = p_versjon AND v.katalog IS NOT NULL
            AND statistikk.tabellens_personer(v.katalog, p_tabell)
            IS DISTINCT FROM statistikk.tabellens_personer(statistikk.katalog(p_versjon), p_tabell)
    ) THEN
        RAISE EXCEPTION 'Of % it is not known any more which base cells its figures are the sums of: the catalogue has '
            'become another one since.', p_tabell
            USING ERRCODE = 'FD009', HINT = 'Its dimensions and classes are others than when the version was made.';
    END IF;
    RETURN QUERY
    SELECT p.celle
    FROM statistikk.plassert(p_versjon, p_tabell) AS p
    WHERE statistikk.i_tallet(p_koder, p.koder, p.i_alt);
END
$$;

COMMENT ON FUNCTION statistikk.tallets_grunnceller(integer, text, text[]) IS
    'The base cells (celle) that a figure of a month''s version is the sum of. Error FD009: the catalogue has become another one since, so that they are not known (spec.md 10, lineage).';
