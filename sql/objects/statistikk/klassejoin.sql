-- klassejoin: how counts that a table's columns are told apart by find their classes, as the joins of a statement: of
-- each dimension the table d1, d2, … with kode and i_alt. Its names and codes come from the catalogue alone, as
-- literals. A class of ages or weeks has the base cell whose lowest value lies in it.

CREATE OR REPLACE FUNCTION statistikk.klassejoin(p_tabell text, p_dagdato date, p_inndeling date)
RETURNS TABLE (kolonner text, joins text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT string_agg(DISTINCT format('g.%I', k.kolonne), ', '),
    string_agg(format(CASE
        WHEN k.spenn THEN ' JOIN statistikk.i_bruk(%2$L, %4$L, %5$L) AS d%1$s'
            ' ON g.%3$I BETWEEN d%1$s.fra AND coalesce(d%1$s.til, g.%3$I)'
        ELSE ' JOIN (SELECT i.kode, i.i_alt, x.verdi FROM statistikk.i_bruk(%2$L, %4$L, %5$L) AS i'
            ' CROSS JOIN LATERAL unnest(i.verdier) AS x (verdi)) AS d%1$s ON d%1$s.verdi = g.%3$I::text' END,
        k.plass, k.gruppering, k.kolonne, p_dagdato, p_inndeling), '' ORDER BY k.plass)
FROM (
    SELECT d.plass, d.gruppering, g.kjennemerke IN ('alder', 'varighet') AS spenn,
        statistikk.grunnlagskolonne(d.gruppering) AS kolonne
    FROM statistikk.dimensjon AS d
    JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
    WHERE d.tabell = p_tabell
) AS k;
END;

COMMENT ON FUNCTION statistikk.klassejoin(text, date, date) IS
    'For a statement that counts a table''s cells from the base (g): the columns that its dimensions are told apart by, and joins that give each dimension''s class in use on day p_dagdato (i_bruk; p_inndeling: the day of a fixed division of regions), as d1, d2, … (spec.md 10, the catalogue).';
