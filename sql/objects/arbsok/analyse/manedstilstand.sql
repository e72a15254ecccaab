-- manedstilstand: a row for each person, month and stretch in which nothing changed, with the days of the month on
-- which it held (spec.md 5). manedspanel is the same, added up to a row for each person and month.
-- The dates of the months come first, clipped to what is known; a running stretch lasts through the last of them. They
-- are made from a series of numbers, which is at least long enough: its length the planner knows from p_fra and p_til,
-- while it takes every series of dates to be a thousand long. OFFSET 0 has their dates worked out once, and not
-- for each stretch that they are compared with.

CREATE OR REPLACE FUNCTION arbsok.manedstilstand(p_fra timestamp, p_til timestamp)
RETURNS TABLE (
    lopenr varchar, maaned date, sluttdato date, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar,
    tilgdato date, asoktilg date, regdato date, dager integer, ved_slutten boolean, endelig boolean
)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT p.lopenr, k.maaned, k.sluttdato, p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    p.tilgdato, p.asoktilg, p.regdato,
    least(p.regtom, k.sluttdato) - greatest(p.regdato, k.startdato) + 1,
    coalesce(p.regtom >= k.sluttdato, true),
    k.sluttdato <= (SELECT e.endelig_til FROM arbsok.endelighet AS e)
FROM arbsok.periode AS p
JOIN (
    SELECT b.maaned,
        greatest(b.maaned, p_fra::date, e.serie_start) AS startdato,
        least((b.maaned + interval '1 month')::date - 1, p_til::date, e.siste_dagdato) AS sluttdato
    FROM arbsok.endelighet AS e
    CROSS JOIN generate_series(
        0, (
            least(greatest(p_fra::date, p_til::date, '1992-01-01'), '2100-12-31')
            - least(greatest(p_fra::date, '1992-01-01'), '2100-12-31')
        ) / 28 + 1
    ) AS n (nr)
    CROSS JOIN LATERAL (
        SELECT (date_trunc('month', greatest(p_fra::date, e.serie_start)::timestamp) + n.nr * interval '1 month')::date
    ) AS b (maaned)
    WHERE b.maaned <= least(p_til::date, e.siste_dagdato)
    OFFSET 0
) AS k ON p.regdato <= k.sluttdato AND (p.regtom >= k.startdato OR p.regtom IS NULL)
-- greatest lets a range that ends before it begins through to kan_besvares, which refuses it
WHERE p.regdato <= coalesce(greatest(p_fra::date, p_til::date), 'infinity')
    AND (p.regtom >= coalesce(p_fra::date, '-infinity') OR p.regtom IS NULL)
    AND (SELECT arbsok.kan_besvares('manedstilstand', p_fra, p_til));
END;

COMMENT ON FUNCTION arbsok.manedstilstand(timestamp, timestamp) IS
    'Person by month and state: one row for each person, month and stretch in which nothing changed (view periode), for days with a benefit, a measure or a status. In a month with a change a person has more than one row; manedspanel has one row for each person and month. '
    'p_fra, p_til: first and last day of the range, inclusive, dates or timestamps without a time of day; of its first and last month only the days in it count. '
    'lopenr: the person. maaned: first day of the month. sluttdato: the last day of the month, or p_til or the last extraction where that comes first. '
    'hoved, hovedarbstat, tiltak, ytelse: the state. tilgdato, asoktilg, regdato: first day of the main spell, of the group spell and of the stretch, perhaps in an earlier month. '
    'dager: days of the month on which the state held; over a person''s rows of a month they add up to dager of manedspanel. ved_slutten: whether it held on sluttdato. '
    'endelig: whether sluttdato is in the part of the register that no later load changes. '
    'NOTICE: as manedspanel; the same as rows: forbehold. Error FD004: no date, one with a time, p_fra after p_til (spec.md 4 and 5; the source''s 3.3).';
