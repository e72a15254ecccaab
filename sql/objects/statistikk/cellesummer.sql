-- cellesummer: the counts of a month's version in the cells of a table, before and after protection, where anybody is:
-- each class of each dimension, and the totals, of which a class that stands apart is no part (spec.md 10, R4). The
-- base is summed by the table's own columns first, so that classes and totals are looked up for few.

CREATE OR REPLACE FUNCTION statistikk.cellesummer(p_versjon integer, p_tabell text)
RETURNS TABLE (koder text[], antall bigint, beskyttet bigint)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t record;
    summer text;
    koden text;
    finnes text;
BEGIN
    SELECT x.lag, x.bosatt, k.kolonner, k.joins INTO STRICT t
    FROM statistikk.tabell AS x
    JOIN statistikk.versjon AS v ON v.pakke = x.pakke
    CROSS JOIN LATERAL statistikk.klassejoin(x.tabell, v.dagdato, (v.mal ->> 'inndeling')::date) AS k
    WHERE x.tabell = p_tabell AND v.versjon = p_versjon;
    SELECT string_agg(format(' CROSS JOIN LATERAL (VALUES (d%1$s.kode::text)%2$s) AS a%1$s (kode)', d.plass,
            CASE WHEN d.i_alt IS NOT NULL THEN format(', (CASE WHEN d%s.i_alt THEN ''T'' END)', d.plass) ELSE '' END),
            '' ORDER BY d.plass),
        string_agg(format('a%s.kode', d.plass), ', ' ORDER BY d.plass),
        string_agg(format('a%s.kode IS NOT NULL', d.plass), ' AND ' ORDER BY d.plass)
    INTO summer, koden, finnes
    FROM statistikk.dimensjon AS d
    WHERE d.tabell = p_tabell;
    RETURN QUERY EXECUTE format(
        'SELECT ARRAY[%1$s], sum(g.antall)::bigint, sum(g.beskyttet)::bigint'
        ' FROM (SELECT %2$s, sum(g.antall) AS antall, sum(g.beskyttet) AS beskyttet FROM statistikk.grunnlag AS g'
        ' WHERE g.versjon = $1 AND g.lag = ANY ($2) AND (g.bosatt = $3 OR $3 IS NULL) GROUP BY %2$s) AS g%3$s%4$s'
        ' WHERE %5$s GROUP BY 1', koden, t.kolonner, t.joins, summer, finnes)
    USING p_versjon, t.lag, t.bosatt;
END
$$;

COMMENT ON FUNCTION statistikk.cellesummer(integer, text) IS
    'The persons of a month''s version in the cells of a table, with its totals: as counted (antall) and as protected (beskyttet). Cells without anybody have no row (spec.md 10, R4).';
