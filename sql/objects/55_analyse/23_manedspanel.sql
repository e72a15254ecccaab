-- manedspanel: a row for each person and month, with the state at its end and the days in each main group (SPEC.md 5).
-- The dates of the months come first, clipped to what is known; a running stretch lasts through the last of them. What
-- the caller does not select, such as tilstander, is not worked out.

CREATE OR REPLACE FUNCTION trygdfob.manedspanel(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, maaned date, sluttdato date, dager integer, registrert_ved_slutten boolean,
    hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar, tilgdato date, asoktilg date,
    dager_1 integer, dager_2 integer, dager_3 integer, dager_4 integer, dager_5 integer, dager_7 integer,
    dager_annen integer, tilstander jsonb, endelig boolean
)
LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$
SELECT m.lopenr, m.maaned, m.sluttdato, m.dager, m.registrert_ved_slutten,
    m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.tilgdato, m.asoktilg,
    m.dager_1, m.dager_2, m.dager_3, m.dager_4, m.dager_5, m.dager_7, m.dager_annen, m.tilstander,
    m.sluttdato <= (SELECT e.endelig_til FROM trygdfob.endelighet AS e)
FROM (
    SELECT d.lopenr, d.maaned,
        max(d.sluttdato) AS sluttdato,
        sum(d.dager)::integer AS dager,
        bool_or(d.ved_slutten) AS registrert_ved_slutten,
        max(d.hoved) FILTER (WHERE d.ved_slutten) AS hoved,
        max(d.hovedarbstat) FILTER (WHERE d.ved_slutten) AS hovedarbstat,
        max(d.tiltak) FILTER (WHERE d.ved_slutten) AS tiltak,
        max(d.ytelse) FILTER (WHERE d.ved_slutten) AS ytelse,
        max(d.tilgdato) FILTER (WHERE d.ved_slutten) AS tilgdato,
        max(d.asoktilg) FILTER (WHERE d.ved_slutten) AS asoktilg,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '1'), 0)::integer AS dager_1,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '2'), 0)::integer AS dager_2,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '3'), 0)::integer AS dager_3,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '4'), 0)::integer AS dager_4,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '5'), 0)::integer AS dager_5,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved = '7'), 0)::integer AS dager_7,
        coalesce(sum(d.dager) FILTER (WHERE d.hoved NOT IN ('1', '2', '3', '4', '5', '7')), 0)::integer AS dager_annen,
        jsonb_agg(
            jsonb_build_object(
                'hoved', d.hoved, 'hovedarbstat', d.hovedarbstat, 'tiltak', d.tiltak, 'ytelse', d.ytelse,
                'dager', d.dager
            ) ORDER BY d.regdato
        ) AS tilstander
    FROM (
        SELECT p.lopenr, k.maaned, k.sluttdato, p.tilgdato, p.asoktilg, p.regdato,
            p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
            least(p.regtom, k.sluttdato) - greatest(p.regdato, k.startdato) + 1 AS dager,
            coalesce(p.regtom >= k.sluttdato, true) AS ved_slutten
        FROM trygdfob.periode AS p
        JOIN (
            SELECT b.maaned::date AS maaned,
                greatest(b.maaned::date, p_fra, e.serie_start) AS startdato,
                least((b.maaned + interval '1 month')::date - 1, p_til, e.siste_dagdato) AS sluttdato
            FROM trygdfob.endelighet AS e
            CROSS JOIN generate_series(
                date_trunc('month', greatest(p_fra, e.serie_start)::timestamp),
                least(p_til, e.siste_dagdato)::timestamp, '1 month'
            ) AS b (maaned)
        ) AS k ON p.regdato <= k.sluttdato AND (p.regtom >= k.startdato OR p.regtom IS NULL)
        -- greatest: it is kan_besvares that refuses a range that ends before it begins
        WHERE p.gjelder && daterange(coalesce(p_fra, '-infinity'), greatest(p_fra, p_til), '[]')
    ) AS d
    GROUP BY d.lopenr, d.maaned
) AS m
WHERE (SELECT trygdfob.kan_besvares(p_fra, p_til) AND trygdfob.meld_brudd(p_fra, p_til, 'periode'))
$$;

COMMENT ON FUNCTION trygdfob.manedspanel(date, date) IS
    'Person by month: one row for each person and month in which the person was registered on at least one day of the range. '
    'p_fra, p_til: first and last day of the range, inclusive; of its first and last month only the days in it count. '
    'lopenr: the person. maaned: first day of the month. sluttdato: the day of the state, the last day of the month, or p_til or the last extraction where that comes first. '
    'dager: days registered in the month. registrert_ved_slutten: whether the person was registered on sluttdato; exits are dated the last extraction that had the person, so who was last seen on the month''s extraction is not, unless that is sluttdato. '
    'hoved, hovedarbstat, tiltak, ytelse, tilgdato, asoktilg: state and first days of the main and group spell on sluttdato; empty where not registered then. '
    'dager_1, dager_2, dager_3, dager_4, dager_5, dager_7, dager_annen: days of dager in each main group, the others in the last; they add up to dager. '
    'tilstander: jsonb, a list in order of time with an entry for each stretch in which nothing changed: hoved, hovedarbstat, tiltak, ytelse (null where empty) and dager, which add up to dager; a state that comes back has an entry each time. It is dear: select it only where needed. '
    'endelig: whether sluttdato is in the part of the register that no later load changes. '
    'NOTICE: the range goes past what is final, past the last extraction, begins before the series, or crosses a day on which hoved, hovedarbstat, tiltak or ytelse breaks (view dekning). Error FD004: no date, p_fra after p_til (SPEC.md 4 and 5; the source''s 3.3).';
