-- kombinasjoner: the cells that a table has on a day: every combination of the classes in use, and of the totals, with
-- the symbol that stands there whatever is counted, and the main groups that a dimension of them puts into the cell
-- (spec.md 10, symbols). Built up dimension by dimension. Regions are those of the fixed division, where there is one.

CREATE OR REPLACE FUNCTION statistikk.kombinasjoner(p_tabell text, p_dag date, p_inndeling date)
RETURNS TABLE (koder text[], symbol varchar, hoved text[])
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH RECURSIVE klasse AS (
    SELECT d.plass, d.i_alt IS NOT NULL AS med_sum, i.kode::text AS kode, i.symbol, i.i_alt,
        CASE WHEN g.kjennemerke = 'hoved' THEN i.verdier END AS hoved
    FROM statistikk.dimensjon AS d
    JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
    CROSS JOIN LATERAL statistikk.i_bruk(d.gruppering, p_dag, p_inndeling) AS i
    WHERE d.tabell = p_tabell
),

klasse_og_sum AS (
    SELECT k.plass, k.kode, k.symbol, k.hoved FROM klasse AS k
    UNION ALL
    SELECT k.plass, 'T', NULL, array_agg(h.hoved) FILTER (WHERE k.i_alt AND h.hoved IS NOT NULL)
    FROM klasse AS k
    LEFT JOIN LATERAL unnest(k.hoved) AS h (hoved) ON true
    WHERE k.med_sum
    GROUP BY k.plass
),

del (plass, koder, symbol, hoved) AS (
    SELECT 0, '{}'::text[], NULL::varchar, NULL::text[]
    UNION ALL
    SELECT k.plass, d.koder || k.kode, coalesce(d.symbol, k.symbol), coalesce(d.hoved, k.hoved)
    FROM del AS d
    JOIN klasse_og_sum AS k ON k.plass = d.plass + 1
)

SELECT d.koder, d.symbol, d.hoved
FROM del AS d
WHERE d.plass = (SELECT max(m.plass) FROM statistikk.dimensjon AS m WHERE m.tabell = p_tabell);
END;

COMMENT ON FUNCTION statistikk.kombinasjoner(text, date, date) IS
    'The cells that a table has on a day, with the regions of day p_inndeling where that is given: codes in the order of the dimensions, T for a total; the symbol of a class that is not published; and the main groups of its class or total, where it has such a dimension (spec.md 10, symbols).';
