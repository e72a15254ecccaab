-- regioner: what each kommune of an extraction date is in a fixed division of regions (spec.md 10, V6). One that was
-- split in between is Uoppgitt; its fylke is that of its parts where these lie in one, else Uoppgitt as well. It is
-- strict so that it is not inlined: persons are joined to it, and a recursive query's number of rows is any guess.

CREATE OR REPLACE FUNCTION statistikk.regioner(p_dagdato date, p_inndeling date)
RETURNS TABLE (kommune varchar, kommune_da varchar, fylke_da varchar)
LANGUAGE sql STABLE STRICT
ROWS 500
BEGIN ATOMIC
SELECT p.kommune, p.kommune_da, p.fylke_da
FROM befolkning.kommune_paa(p_inndeling) AS p
WHERE p_dagdato BETWEEN p.fra AND p.til
UNION ALL
SELECT d.kommune, '9999', CASE WHEN count(DISTINCT d.fylke_da) = 1 THEN min(d.fylke_da) ELSE '99' END
FROM befolkning.kommune_delt(p_inndeling) AS d
WHERE p_dagdato BETWEEN d.fra AND d.til
GROUP BY d.kommune;
END;

COMMENT ON FUNCTION statistikk.regioner(date, date) IS
    'What each kommune of day p_dagdato is in the division of day p_inndeling, and its fylke there: 9999 where it was split in between. No rows without a fixed division (spec.md 10, V6).';
