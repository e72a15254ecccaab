-- plassert: where the base cells of a version stand in a table: the class of each dimension, and whether that class is
-- in the dimension's total.

CREATE OR REPLACE FUNCTION statistikk.plassert(p_versjon integer, p_tabell text)
RETURNS TABLE (celle integer, koder text[], i_alt boolean[])
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t record;
    koden text;
    teller text;
BEGIN
    SELECT x.lag, x.bosatt, k.joins INTO STRICT t
    FROM statistikk.tabell AS x
    JOIN statistikk.versjon AS v ON v.pakke = x.pakke
    CROSS JOIN LATERAL statistikk.klassejoin(x.tabell, v.dagdato, (v.mal ->> 'inndeling')::date) AS k
    WHERE x.tabell = p_tabell AND v.versjon = p_versjon;
    SELECT string_agg(format('d%s.kode::text', d.plass), ', ' ORDER BY d.plass),
        string_agg(format('d%s.i_alt', d.plass), ', ' ORDER BY d.plass)
    INTO koden, teller
    FROM statistikk.dimensjon AS d
    WHERE d.tabell = p_tabell;
    RETURN QUERY EXECUTE format('SELECT g.celle, ARRAY[%s], ARRAY[%s] FROM statistikk.grunnlag AS g%s'
        ' WHERE g.versjon = $1 AND g.lag = ANY ($2) AND (g.bosatt = $3 OR $3 IS NULL)', koden, teller, t.joins)
    USING p_versjon, t.lag, t.bosatt;
END
$$;

COMMENT ON FUNCTION statistikk.plassert(integer, text) IS
    'Where the base cells of a month''s version stand in a table of its package: the codes of the dimensions in their order, and of each whether it is in the total (spec.md 10, the catalogue).';
