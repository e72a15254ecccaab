-- kontrollfunn_endret: the findings of each year's last run and of the run before it, with what became of each.

CREATE OR REPLACE VIEW kontroll.kontrollfunn_endret AS
WITH kjoring AS (
    SELECT k.aargang, k.kjoring, row_number() OVER (PARTITION BY k.aargang ORDER BY k.kjoring DESC) AS nummer
    FROM kontroll.kontrollkjoring AS k
    WHERE k.ferdig IS NOT NULL
)

SELECT f.aargang, f.kontroll, f.noekkel,
    CASE WHEN count(*) = 2 THEN 'fortsatt' WHEN min(f.nummer) = 1 THEN 'ny' ELSE 'loest' END AS endring,
    (array_agg(f.detalj ORDER BY f.nummer))[1] AS detalj
FROM (
    SELECT k.aargang, k.nummer, n.kontroll, n.noekkel, n.detalj
    FROM kjoring AS k
    JOIN kontroll.kontrollfunn AS n ON n.kjoring = k.kjoring
    WHERE k.nummer <= 2
) AS f
GROUP BY f.aargang, f.kontroll, f.noekkel;

COMMENT ON VIEW kontroll.kontrollfunn_endret IS
    'The findings of a year''s last two runs of the controls, and what became of each: ny (new), loest (resolved: the last run does not find it) or fortsatt (still there). The keys may hold fnr.';
