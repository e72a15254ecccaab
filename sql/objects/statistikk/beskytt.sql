-- beskytt: the protected counts that were chosen for a draft's base are put in place, and its tables are made of them.
-- Whatever chose them, nothing goes on that is no protection (spec.md 10, R2 and R5).

CREATE OR REPLACE FUNCTION statistikk.beskytt(
    p_versjon integer, p_celler integer[], p_beskyttet integer[]
) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_nestloop = 'off' -- as when a version is made
AS $$
DECLARE
    galt bigint;
BEGIN
    PERFORM FROM statistikk.versjon AS v
    WHERE v.versjon = p_versjon AND v.tilstand = 'utkast' AND v.mnddato IS NOT NULL
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Version % is no draft of a month.', p_versjon
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    UPDATE statistikk.grunnlag AS g SET beskyttet = b.beskyttet
    FROM unnest(p_celler, p_beskyttet) AS b (celle, beskyttet)
    WHERE g.versjon = p_versjon AND g.celle = b.celle;
    SELECT count(*) INTO galt
    FROM statistikk.grunnlag AS g
    LEFT JOIN statistikk.like_celler(p_versjon, statistikk.forrige_versjon(p_versjon)) AS f ON f.celle = g.celle
    WHERE g.versjon = p_versjon AND (
        g.beskyttet IS NULL
        OR g.beskyttet <> g.antall AND (g.antall >= 3 OR g.beskyttet NOT IN (0, 3))
        OR g.beskyttet IN (1, 2)
        OR g.beskyttet <> f.beskyttet
    );
    IF galt > 0 THEN
        RAISE EXCEPTION 'The counts that were chosen protect nobody in % cells.', galt
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed. This is an error of the program: please report it.';
    END IF;
    RETURN statistikk.lag_celler(p_versjon);
END
$$;

COMMENT ON FUNCTION statistikk.beskytt(integer, integer[], integer[]) IS
    'Puts the protected counts of a draft''s base in place (numbers of cells, and a count for each), and makes its tables; returns the number of their cells. Error FD009: a cell has none, 1 or 2, another than 0 or 3 for 1 or 2, or another than the version before where the count is the same (spec.md 10, R2 and R5).';
