-- asok_kontroll: yearly averages per main group against official statistics, the source's table 4.2 (spec.md 6).
-- Original program: asok_kontroll.sql. In 2001 too the average is over twelve months: the source's groups add up to a
-- twelfth of all that year's records.

CREATE OR REPLACE VIEW arbsok.asok_kontroll AS
SELECT u.aargang, u.hoved, coalesce(g.gruppe, 'Hovedgruppe ' || u.hoved) AS gruppe,
    round(u.snitt, 1) AS filene,
    u.offisiell, d.differanse,
    round(100 * (u.snitt - u.offisiell) / nullif(u.offisiell, 0), 1) AS differanse_prosent,
    coalesce(abs(d.differanse) >= 1 AND abs(d.differanse) >= 0.01 * u.offisiell, false) AS avvik,
    u.kilde
FROM (
    SELECT coalesce(m.aargang, o.aargang) AS aargang, coalesce(m.hoved, o.hoved) AS hoved,
        coalesce(m.antall, 0) / 12.0 AS snitt, o.offisiell, o.kilde
    FROM (
        SELECT aargang, hoved, sum(antall) AS antall FROM arbsok_lasting.miniregister_tall GROUP BY aargang, hoved
    ) AS m
    FULL JOIN (
        SELECT s.* FROM trygdfob.offisiell_statistikk AS s
        WHERE s.aargang IN (SELECT t.aargang FROM arbsok_lasting.miniregister_tall AS t)
    ) AS o ON o.aargang = m.aargang AND o.hoved = m.hoved
) AS u
CROSS JOIN LATERAL (SELECT round(u.snitt - u.offisiell) AS differanse) AS d
LEFT JOIN arbsok.hovedgruppe AS g ON g.hoved = u.hoved;

COMMENT ON VIEW arbsok.asok_kontroll IS
    'Yearly average of persons per main group in the files, beside what NAV published, with a row for every group that a loaded year or its official statistics have. Before October 2002 groups 3 and 4 are right only where the table hoved_koding is complete (spec.md 6, T8; the source''s 4.2). Internal: its counts are exact, and not controlled for disclosure (spec.md 10, R8).';
COMMENT ON COLUMN arbsok.asok_kontroll.gruppe IS 'Name of the main group, in Norwegian.';
COMMENT ON COLUMN arbsok.asok_kontroll.differanse IS
    'filene - offisiell, in whole persons. Empty where nothing was published.';
COMMENT ON COLUMN arbsok.asok_kontroll.differanse_prosent IS 'The difference in per cent of offisiell.';
COMMENT ON COLUMN arbsok.asok_kontroll.avvik IS
    'Whether differanse is at least 1 per cent of offisiell, and at least one person; false where nothing was published.';
