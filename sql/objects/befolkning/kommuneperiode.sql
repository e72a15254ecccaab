-- kommuneperiode: the periods of each code of a kommune in which its area loses nothing. A list does not go back for
-- ever: what began before its first day is read as the code in force on that day. A code that goes on when it gives a
-- part of its area away has another period from then on: who lived there before may live in that part.

CREATE OR REPLACE VIEW befolkning.kommuneperiode AS
SELECT p.kommune, p.fylke,
    CASE WHEN p.fra = min(p.fra) OVER () THEN '-infinity' ELSE p.fra END AS fra,
    coalesce(
        lead(p.fra) OVER (PARTITION BY p.kommune, p.gyldig_til ORDER BY p.fra) - 1, p.gyldig_til, 'infinity'
    ) AS til
FROM (
    SELECT k.kommune, k.fylke, k.gyldig_fra AS fra, k.gyldig_til FROM befolkning.kommune AS k
    UNION
    SELECT k.kommune, k.fylke, e.dato, k.gyldig_til
    FROM befolkning.kommune AS k
    JOIN befolkning.kommune_endring AS e
        ON e.fra_kommune = k.kommune AND e.til_kommune <> e.fra_kommune AND e.dato > k.gyldig_fra
        AND e.dato <= coalesce(k.gyldig_til, 'infinity')
) AS p;

COMMENT ON VIEW befolkning.kommuneperiode IS
    'The periods of each kommune''s code in which its area loses nothing, from day to day, both included: without a beginning where the code was in force on the first day of the list, without an end where it still is (spec.md 10, V6).';
