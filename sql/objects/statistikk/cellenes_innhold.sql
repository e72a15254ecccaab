-- cellenes_innhold: what each cell of a version is about, whatever table it stands in: its main groups, whether all
-- persons or those who are not resident, and its classes but for totals. Two cells with the same are about the same
-- persons, and so show the same (control 2 of spec.md 10).

CREATE OR REPLACE FUNCTION statistikk.cellenes_innhold(p_versjon integer)
RETURNS TABLE (
    tabell varchar, koder text[], verdi numeric, symbol varchar, hoved text[], bosatt boolean, klasser text[]
)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH celle AS (
    SELECT c.tabell, c.koder, c.verdi, c.symbol, coalesce(t.snitt_av, t.tabell) AS som, t.bosatt, t.lag, t.pakke
    FROM statistikk.celle AS c
    JOIN statistikk.tabell AS t ON t.tabell = c.tabell
    WHERE c.versjon = p_versjon
),

-- The main groups of a table's parts, of each class of its dimension of main groups or of that dimension's total
grupper AS (
    SELECT t.tabell, d.plass, k.kode, (
            SELECT array_agg(h.hoved ORDER BY h.hoved)
            FROM statistikk.pakke_lag AS l
            CROSS JOIN LATERAL unnest(l.hoved) AS h (hoved)
            WHERE l.pakke = t.pakke AND l.lag = ANY(t.lag) AND (k.verdier IS NULL OR h.hoved = ANY(k.verdier))
        ) AS hoved
    FROM (SELECT DISTINCT c.tabell, c.som, c.lag, c.pakke FROM celle AS c) AS t
    LEFT JOIN (
        SELECT m.tabell, m.plass, m.gruppering
        FROM statistikk.dimensjon AS m
        JOIN statistikk.gruppering AS g ON g.gruppering = m.gruppering AND g.kjennemerke = 'hoved'
    ) AS d ON d.tabell = t.som
    LEFT JOIN LATERAL (
        SELECT i.kode::text AS kode, i.verdier FROM statistikk.kategori AS i WHERE i.gruppering = d.gruppering
        UNION ALL
        SELECT 'T', CASE WHEN d.plass IS NOT NULL THEN array(
            SELECT x.verdi
            FROM statistikk.kategori AS i
            CROSS JOIN LATERAL unnest(i.verdier) AS x (verdi)
            WHERE i.gruppering = d.gruppering AND i.i_alt
        ) END
    ) AS k ON true
)

SELECT c.tabell, c.koder, c.verdi, c.symbol, p.hoved, c.bosatt, array(
        SELECT d.gruppering || '=' || c.koder[d.plass]
        FROM statistikk.dimensjon AS d
        WHERE d.tabell = c.som AND c.koder[d.plass] <> 'T' AND d.plass IS DISTINCT FROM p.plass
        ORDER BY d.gruppering
    )
FROM celle AS c
JOIN grupper AS p ON p.tabell = c.tabell AND (p.plass IS NULL OR p.kode = c.koder[p.plass]);
END;

COMMENT ON FUNCTION statistikk.cellenes_innhold(integer) IS
    'The cells of a version with what they are about: main groups (hoved), bosatt as in tabell, and the classes of the other dimensions but for totals, as grouping=code (control 2 of spec.md 10).';
