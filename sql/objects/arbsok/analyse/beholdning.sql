-- beholdning: the stock, how many are registered on each day of a series, by main group (spec.md 5 and 6).
-- It reads the group spells once, whatever the number of dates. Each spell counts +1 on its first day and -1 on the day
-- after its last; the sums by day are put beside the dates asked for, and added up. (GROUPING SETS would take less
-- work, but can neither be read in parallel nor take in a condition on hoved.)

CREATE OR REPLACE FUNCTION arbsok.beholdning(p_fra timestamp, p_til timestamp, p_steg text DEFAULT 'uttrekk')
RETURNS TABLE (dato date, hoved varchar, hovedgruppe text, antall bigint, endelig boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT s.dag, s.hoved, h.gruppe, s.antall, s.dag <= (SELECT e.endelig_til FROM arbsok.endelighet AS e)
FROM (
    SELECT g.hoved, r.dag, r.er_dato,
        (sum(r.netto) OVER (PARTITION BY g.hoved ORDER BY r.dag))::bigint AS antall
    FROM (
        SELECT n.hoved, array_agg(n.dag) AS dager, array_agg(n.netto) AS nettoer
        FROM (
            SELECT t.hoved, v.dag, sum(v.netto) AS netto
            FROM arbsok.gruppetilfelle AS t
            CROSS JOIN LATERAL (VALUES (greatest(t.asoktilg, p_fra::date), 1), (t.asoktom + 1, -1)) AS v (dag, netto)
            WHERE t.asoktilg <= coalesce(p_til::date, 'infinity')
                AND (t.asoktom >= coalesce(p_fra::date, '-infinity') OR t.asoktom IS NULL)
                AND v.dag <= coalesce(p_til::date, 'infinity')
            GROUP BY t.hoved, v.dag
        ) AS n
        GROUP BY n.hoved
    ) AS g
    CROSS JOIN LATERAL (
        SELECT u.dag, u.netto, false AS er_dato
        FROM unnest(g.dager, g.nettoer) AS u (dag, netto)
        UNION ALL
        SELECT d.dag, 0, true
        FROM arbsok.stegdato(p_fra::date, p_til::date, p_steg) AS d
    ) AS r
) AS s
LEFT JOIN arbsok.hovedgruppe AS h ON h.hoved = s.hoved
WHERE s.er_dato
    AND (SELECT arbsok.kan_besvares('beholdning', p_fra, p_til, p_steg));
END;

COMMENT ON FUNCTION arbsok.beholdning(timestamp, timestamp, text) IS
    'The stock: how many persons are registered, by main group, on each date of a series. '
    'p_fra, p_til: first and last day of the range, inclusive, dates or timestamps without a time of day. '
    'p_steg: the dates in it, ''uttrekk'' (default) the extraction dates (view uttrekksdato), ''dag'' every day, ''uke'' Sundays (last day of the ISO week), ''maaned'' last days of months. '
    'dato: the date. hoved, hovedgruppe: main group and its name. antall: number of persons; 0 on the dates on which a group that has somebody in the range has nobody, so that series have no holes. '
    'endelig: whether dato is in the part of the register that no later load changes. '
    'Exits are dated the last extraction that had the person: on other days than those of the view uttrekksdato the stock is too low, so that month ends go up and down with the calendar. Take ''uttrekk'' for a level (docs/analyst.md). '
    'A person is in one group on a day: the sum over groups is the number of persons. A running spell counts up to the last extraction. '
    'NOTICE: the range goes past what is final, past the last extraction, begins before the series, holds no date of the step, counts on days that are no extraction dates, or crosses a day on which hoved breaks (view dekning). The same as rows: forbehold. Error FD004: no date, one with a time, p_fra after p_til, an unknown step (spec.md 5 and 6; the source''s 4.2). Internal: its counts are exact, and not controlled for disclosure (spec.md 10, R8).';
