-- kommune_delt: what kommune_paa has no row for: each code of a kommune, in each of its periods, whose area was split
-- before a day, with all the kommuner of that day that have a part of it (spec.md 10, V6).

CREATE OR REPLACE FUNCTION befolkning.kommune_delt(p_dag date)
RETURNS TABLE (kommune varchar, fra date, til date, kommune_da varchar, fylke_da varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE etterfolger AS (
        SELECT e.kommune, e.til, e.ny, count(*) OVER (PARTITION BY e.kommune, e.til) > 1 AS delt
        FROM befolkning.kommuneetterfolger AS e
    ),

    vei AS (
        SELECT k.kommune, k.fra, k.til, k.kommune AS da, k.fylke AS da_fylke, k.til AS da_til, false AS delt
        FROM befolkning.kommuneperiode AS k
        WHERE k.til < p_dag
        UNION
        SELECT v.kommune, v.fra, v.til, n.kommune AS da, n.fylke AS da_fylke, n.til AS da_til, v.delt OR e.delt
        FROM vei AS v
        JOIN etterfolger AS e ON e.kommune = v.da AND e.til = v.da_til
        JOIN befolkning.kommuneperiode AS n ON n.kommune = e.ny AND n.fra <= v.da_til + 1 AND n.til > v.da_til
        WHERE v.da_til < p_dag
    )

    SELECT v.kommune, v.fra, v.til, v.da, v.da_fylke
    FROM vei AS v
    WHERE v.da_til >= p_dag AND v.delt;
END;

COMMENT ON FUNCTION befolkning.kommune_delt(date) IS
    'Each kommune''s code, in each of its periods, whose area was split before a day, with a row for every kommune of that day that has a part of it, and the fylke of that (spec.md 10, V6).';
