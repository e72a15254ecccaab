-- kommune_paa: what each code of a kommune, in each of its periods, is on a day (spec.md 10, V6). Where the code has
-- ended by then, its area is followed over all changes that have one successor (1:1 and n:1). Where a code was split,
-- nobody knows in which part of it a person lives: it has no row.

CREATE OR REPLACE FUNCTION befolkning.kommune_paa(p_dag date)
RETURNS TABLE (kommune varchar, fra date, til date, kommune_da varchar, fylke_da varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE etterfolger AS (
        SELECT e.kommune, e.til, min(e.ny) AS ny
        FROM befolkning.kommuneetterfolger AS e
        GROUP BY e.kommune, e.til
        HAVING count(*) = 1
    ),

    vei AS (
        SELECT k.kommune, k.fra, k.til, k.kommune AS da, k.fylke AS da_fylke, k.til AS da_til
        FROM befolkning.kommuneperiode AS k
        WHERE k.fra <= p_dag
        UNION ALL
        SELECT v.kommune, v.fra, v.til, n.kommune AS da, n.fylke AS da_fylke, n.til AS da_til
        FROM vei AS v
        JOIN etterfolger AS e ON e.kommune = v.da AND e.til = v.da_til
        JOIN befolkning.kommuneperiode AS n ON n.kommune = e.ny AND n.fra <= v.da_til + 1 AND n.til > v.da_til
        WHERE v.da_til < p_dag
    )

    SELECT v.kommune, v.fra, v.til, v.da, v.da_fylke
    FROM vei AS v
    WHERE v.da_til >= p_dag;
END;

COMMENT ON FUNCTION befolkning.kommune_paa(date) IS
    'What each kommune''s code, in each of its periods up to a day, is on that day: the code itself where it is in force, else its successor over all changes with one successor, and the fylke of that. A code that was split has no row (spec.md 10, V6).';
