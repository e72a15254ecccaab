-- cellesummer: the counts of a month's version in the cells of a table, before and after protection, where anybody is:
-- each class of each dimension, and the totals, of which a class that stands apart is no part (spec.md 10, R4).

CREATE OR REPLACE FUNCTION statistikk.cellesummer(p_versjon integer, p_tabell text)
RETURNS TABLE (koder text[], antall bigint, beskyttet bigint)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    summer text;
    koden text;
    finnes text;
BEGIN
    SELECT string_agg(format(' CROSS JOIN LATERAL (VALUES (f.koder[%1$s])%2$s) AS a%1$s (kode)', d.plass,
            CASE WHEN d.i_alt IS NOT NULL THEN format(', (CASE WHEN f.i_alt[%s] THEN ''T'' END)', d.plass) ELSE '' END),
            '' ORDER BY d.plass),
        string_agg(format('a%s.kode', d.plass), ', ' ORDER BY d.plass),
        string_agg(format('a%s.kode IS NOT NULL', d.plass), ' AND ' ORDER BY d.plass)
    INTO summer, koden, finnes
    FROM statistikk.dimensjon AS d
    WHERE d.tabell = p_tabell;
    RETURN QUERY EXECUTE format(
        'SELECT ARRAY[%s], sum(f.antall)::bigint, sum(f.beskyttet)::bigint'
        ' FROM (SELECT p.koder, p.i_alt, sum(g.antall) AS antall, sum(g.beskyttet) AS beskyttet'
        ' FROM statistikk.plassert($1, $2) AS p'
        ' JOIN statistikk.grunnlag AS g ON g.versjon = $1 AND g.celle = p.celle GROUP BY p.koder, p.i_alt) AS f%s'
        ' WHERE %s GROUP BY 1', koden, summer, finnes)
    USING p_versjon, p_tabell;
END
$$;

COMMENT ON FUNCTION statistikk.cellesummer(integer, text) IS
    'The persons of a month''s version in the cells of a table, with its totals: as counted (antall) and as protected (beskyttet). Cells without anybody have no row (spec.md 10, R4).';
