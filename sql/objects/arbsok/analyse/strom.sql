-- strom: the flow, entries, exits and transitions between main groups, by month (spec.md 5 and 6).
-- Each group spell counts its entry, on its first day, unless it continues another. It also counts what ended it: the
-- transition, on the first day of the group spell that follows, or the exit, on its own last day. So a break on the
-- first day of the range already counts (forbehold).

CREATE OR REPLACE FUNCTION arbsok.strom(p_fra timestamp, p_til timestamp)
RETURNS TABLE (maaned date, hendelse text, fra_hoved varchar, til_hoved varchar, antall bigint, endelig boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT s.maaned, s.hendelse, s.fra_hoved, s.til_hoved, s.antall,
    least((s.maaned + interval '1 month')::date - 1, p_til::date)
        <= (SELECT e.endelig_til FROM arbsok.endelighet AS e)
FROM (
    SELECT date_trunc('month', d.dag::timestamp)::date AS maaned, d.hendelse, d.fra_hoved, d.til_hoved,
        sum(d.antall)::bigint AS antall
    FROM (
        SELECT g.asoktilg AS dag, CASE g.begynte WHEN 'tilgang' THEN 'tilgang' ELSE 'venstresensur' END AS hendelse,
            NULL AS fra_hoved, g.hoved AS til_hoved, count(*) AS antall
        FROM arbsok.gruppetilfelle AS g
        WHERE g.asoktilg BETWEEN coalesce(p_fra::date, '-infinity') AND coalesce(p_til::date, 'infinity')
            AND g.begynte <> 'gruppeovergang'
        GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT u.dag, u.hendelse, u.hoved, u.hoved_neste, count(*)
        FROM (
            SELECT g.hoved, g.hoved_neste,
                g.asoktom + (g.hoved_neste IS NOT NULL)::integer AS dag,
                CASE WHEN g.hoved_neste IS NULL THEN 'avgang' ELSE 'overgang' END AS hendelse
            FROM arbsok.gruppetilfelle AS g
            WHERE g.asoktom BETWEEN coalesce(p_fra::date, '-infinity') - 1 AND coalesce(p_til::date, 'infinity')
        ) AS u
        WHERE u.dag BETWEEN coalesce(p_fra::date, '-infinity') AND coalesce(p_til::date, 'infinity')
        GROUP BY 1, 2, 3, 4
    ) AS d
    GROUP BY 1, 2, 3, 4
) AS s
WHERE (SELECT arbsok.kan_besvares('strom', p_fra, p_til));
END;

COMMENT ON FUNCTION arbsok.strom(timestamp, timestamp) IS
    'The flow: how many come in, go out and pass from one main group to another, by month. '
    'p_fra, p_til: first and last day of the range, inclusive, dates or timestamps without a time of day; of its first and last month only the days in it count. '
    'maaned: first day of the month. hendelse: ''tilgang'' entry to the register, counted on its first day; ''venstresensur'' the same where the spell may have begun before the series; ''avgang'' exit from the register, counted, as in the source, on its last day, which is the last extraction that had the person; closings by the 13-week rule are included; ''overgang'' from one main group to another, counted on the first day in the new one. '
    'fra_hoved, til_hoved: main group left and entered; NULL where there is none. antall: number of events; where there was none, there is no row. '
    'endelig: whether all of the month''s days in the range are in the part of the register that no later load changes. '
    'With beholdning: stock on day B = stock on an earlier day A + tilgang, venstresensur and overgang in strom(A + 1, B) - overgang out in it - avgang in strom(A, B - 1), for each group and in all. '
    'NOTICE: the range goes past what is final, past the last extraction, begins before the series, or holds a day on which hoved breaks (view dekning). The same as rows: forbehold. Error FD004: no date, one with a time, p_fra after p_til (spec.md 5 and 6; the source''s 3.3 and 4.3). Internal: its counts are exact, and not controlled for disclosure (spec.md 10, R8).';
