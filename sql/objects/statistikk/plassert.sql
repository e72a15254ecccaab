-- plassert: where the base cells of a version stand in a table: the class of each dimension, and whether that class is
-- in the dimension's total. The statement is put together from the catalogue alone, its names and codes as literals.
-- A class of ages or weeks has the base cell whose lowest value lies in it.

CREATE OR REPLACE FUNCTION statistikk.plassert(p_versjon integer, p_tabell text)
RETURNS TABLE (celle integer, koder text[], i_alt boolean[])
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    gjelder record;
    klasser text;
    koden text;
    teller text;
BEGIN
    SELECT t.lag, t.bosatt, v.dagdato INTO STRICT gjelder
    FROM statistikk.tabell AS t
    JOIN statistikk.versjon AS v ON v.pakke = t.pakke
    WHERE t.tabell = p_tabell AND v.versjon = p_versjon;
    SELECT string_agg(format(
            CASE WHEN k.spenn THEN ' JOIN (SELECT i.kode, i.i_alt, x.verdi FROM statistikk.i_bruk(%2$L, $3) AS i'
                ' JOIN (SELECT DISTINCT g.%3$I AS verdi FROM statistikk.grunnlag AS g WHERE g.versjon = $1) AS x'
                ' ON x.verdi BETWEEN i.fra AND coalesce(i.til, x.verdi)) AS d%1$s ON d%1$s.verdi = g.%3$I'
            ELSE ' JOIN (SELECT i.kode, i.i_alt, x.verdi FROM statistikk.i_bruk(%2$L, $3) AS i'
                ' CROSS JOIN LATERAL unnest(i.verdier) AS x (verdi)) AS d%1$s ON d%1$s.verdi = g.%3$I::text' END,
            k.plass, k.gruppering, k.kolonne), '' ORDER BY k.plass),
        string_agg(format('d%s.kode::text', k.plass), ', ' ORDER BY k.plass),
        string_agg(format('d%s.i_alt', k.plass), ', ' ORDER BY k.plass)
    INTO klasser, koden, teller
    FROM (
        SELECT d.plass, d.gruppering, g.kjennemerke IN ('alder', 'varighet') AS spenn,
            CASE g.kjennemerke WHEN 'varighet' THEN 'uker' WHEN 'region' THEN statistikk.regionniva(d.gruppering)
                ELSE g.kjennemerke END AS kolonne
        FROM statistikk.dimensjon AS d
        JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
        WHERE d.tabell = p_tabell
    ) AS k;
    RETURN QUERY EXECUTE format('SELECT g.celle, ARRAY[%s], ARRAY[%s] FROM statistikk.grunnlag AS g%s'
        ' WHERE g.versjon = $1 AND g.lag = ANY ($2) AND (g.bosatt = $4 OR $4 IS NULL)', koden, teller, klasser)
    USING p_versjon, gjelder.lag, gjelder.dagdato, gjelder.bosatt;
END
$$;

COMMENT ON FUNCTION statistikk.plassert(integer, text) IS
    'Where the base cells of a month''s version stand in a table of its package: the codes of the dimensions in their order, and of each whether it is in the total (spec.md 10, the catalogue).';
