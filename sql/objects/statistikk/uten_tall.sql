-- uten_tall: the kommuner and fylker of a fixed division that have no figures on a day: a kommune that has a part of
-- one that is split after that day, and a fylke that shares such a one with another fylke (spec.md 10, V6). The view of
-- classes in use (i_bruk) asks for it wherever it is used, and so by whoever uses it: hence with the owner's rights.

CREATE OR REPLACE FUNCTION statistikk.uten_tall(p_dagdato date, p_inndeling date)
RETURNS TABLE (kode varchar, tall_fra date)
LANGUAGE sql STABLE STRICT
SECURITY DEFINER
BEGIN ATOMIC
WITH delt AS (
    SELECT d.kommune, d.til, d.kommune_da, d.fylke_da FROM befolkning.kommune_delt(p_inndeling) AS d
    WHERE d.til >= p_dagdato
)

SELECT d.kommune_da, max(d.til) + 1
FROM delt AS d
GROUP BY d.kommune_da
UNION ALL
SELECT d.fylke_da, max(d.til) + 1
FROM delt AS d
JOIN (
    SELECT x.kommune, x.til FROM delt AS x GROUP BY x.kommune, x.til HAVING count(DISTINCT x.fylke_da) > 1
) AS f ON f.kommune = d.kommune AND f.til = d.til
GROUP BY d.fylke_da;
END;

COMMENT ON FUNCTION statistikk.uten_tall(date, date) IS
    'The kommuner and fylker of the division of day p_inndeling that have no figures on day p_dagdato, each with the first day from which it has (tall_fra). No rows without a fixed division (spec.md 10, V6).';
