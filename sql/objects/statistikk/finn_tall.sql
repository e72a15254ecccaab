-- finn_tall: the version that has a figure: the last one, or the one of that number; what is published goes before a
-- draft where no number is given.

CREATE OR REPLACE FUNCTION statistikk.finn_tall(
    p_tabell text, p_periode text, p_koder text[], p_nummer integer
) RETURNS integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    funnet integer;
BEGIN
    SELECT v.versjon INTO funnet
    FROM statistikk.versjon AS v
    JOIN statistikk.celle AS c ON c.versjon = v.versjon AND c.tabell = p_tabell AND c.koder = p_koder
    WHERE v.periode = p_periode AND (v.nummer = p_nummer OR p_nummer IS NULL)
    ORDER BY v.tilstand = 'publisert' DESC, v.nummer DESC
    LIMIT 1;
    IF funnet IS NULL THEN
        RAISE EXCEPTION '%', CASE
            WHEN NOT EXISTS (
                SELECT
                FROM statistikk.versjon AS x
                WHERE x.periode = p_periode AND (x.nummer = p_nummer OR p_nummer IS NULL)
            ) THEN
                format('There is no version%s of %s.', ' ' || p_nummer, left(p_periode, 20))
            WHEN NOT EXISTS (
                SELECT
                FROM statistikk.versjon AS x
                JOIN statistikk.celle AS c ON c.versjon = x.versjon AND c.tabell = p_tabell
                WHERE x.periode = p_periode AND (x.nummer = p_nummer OR p_nummer IS NULL)
            ) THEN format('No version of %s has a table %s.', left(p_periode, 20), left(p_tabell, 32))
            ELSE format('Table %s of %s has no cell of these codes.', left(p_tabell, 32), left(p_periode, 20)) END
            USING ERRCODE = 'FD009', HINT = 'The codes stand in the order of the dimensions, T for a total.';
    END IF;
    RETURN funnet;
END
$$;

COMMENT ON FUNCTION statistikk.finn_tall(text, text, text[], integer) IS
    'The version (versjon) that has a cell of a table and period; p_nummer: which one, NULL for the last. Error FD009: none has (spec.md 10, lineage).';
