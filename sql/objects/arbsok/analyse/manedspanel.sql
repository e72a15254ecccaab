-- manedspanel: a row for each person and month, with the state at its end and the days in each main group (spec.md 5).
-- It does not ask kan_besvares: manedstilstand, which it reads, does, and says the NOTICEs.

CREATE OR REPLACE FUNCTION arbsok.manedspanel(p_fra timestamp, p_til timestamp)
RETURNS TABLE (
    lopenr varchar, maaned date, sluttdato date, dager integer, registrert_ved_slutten boolean,
    hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar, tilgdato date, asoktilg date,
    dager_1 integer, dager_2 integer, dager_3 integer, dager_4 integer, dager_5 integer, dager_7 integer,
    dager_annen integer, endelig boolean
)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT d.lopenr, d.maaned,
    max(d.sluttdato),
    sum(d.dager)::integer,
    bool_or(d.ved_slutten),
    max(d.hoved) FILTER (WHERE d.ved_slutten),
    max(d.hovedarbstat) FILTER (WHERE d.ved_slutten),
    max(d.tiltak) FILTER (WHERE d.ved_slutten),
    max(d.ytelse) FILTER (WHERE d.ved_slutten),
    max(d.tilgdato) FILTER (WHERE d.ved_slutten),
    max(d.asoktilg) FILTER (WHERE d.ved_slutten),
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '1'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '2'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '3'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '4'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '5'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved = '7'), 0)::integer,
    coalesce(sum(d.dager) FILTER (WHERE d.hoved NOT IN ('1', '2', '3', '4', '5', '7')), 0)::integer,
    bool_and(d.endelig)
FROM arbsok.manedstilstand(p_fra, p_til) AS d
GROUP BY d.lopenr, d.maaned;
END;

COMMENT ON FUNCTION arbsok.manedspanel(timestamp, timestamp) IS
    'Person by month: one row for each person and month in which the person was registered on at least one day of the range. '
    'p_fra, p_til: first and last day of the range, inclusive, dates or timestamps without a time of day; of its first and last month only the days in it count. '
    'lopenr: the person. maaned: first day of the month. sluttdato: the day of the state, the last day of the month, or p_til or the last extraction where that comes first. '
    'dager: days registered in the month. registrert_ved_slutten: whether the person was registered on sluttdato; exits are dated the last extraction that had the person, so who was last seen on the month''s extraction is not, unless that is sluttdato. '
    'hoved, hovedarbstat, tiltak, ytelse, tilgdato, asoktilg: state and first days of the main and group spell on sluttdato; empty where not registered then. '
    'dager_1, dager_2, dager_3, dager_4, dager_5, dager_7, dager_annen: days of dager in each main group, the others in the last; they add up to dager. For days with a benefit or a measure: manedstilstand. '
    'endelig: whether sluttdato is in the part of the register that no later load changes. '
    'NOTICE: the range goes past what is final, past the last extraction, begins before the series, has a sluttdato that is no extraction date, or crosses a day on which hoved, hovedarbstat, tiltak or ytelse breaks (view dekning). The same as rows: forbehold. Error FD004: no date, one with a time, p_fra after p_til (spec.md 4 and 5; the source''s 3.3).';
