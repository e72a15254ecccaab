-- varighet_kontroll: the lengths of spells by year and main group: quartiles of those that ended (spec.md 6).
-- A quartile is the length at which that share of the spells is reached, as in percentile_disc: a whole number of days
-- that some spell had.

CREATE OR REPLACE VIEW arbsok.varighet_kontroll AS
SELECT v.aargang, v.hoved,
    CASE WHEN v.hoved IS NULL THEN 'Hele tilfellet' ELSE coalesce(g.gruppe, 'Hovedgruppe ' || v.hoved) END AS gruppe,
    coalesce(sum(v.antall) FILTER (WHERE v.teller), 0)::bigint AS antall,
    min(v.dager) FILTER (WHERE v.teller AND 4 * v.til_og_med >= v.alle) AS kvartil_1,
    min(v.dager) FILTER (WHERE v.teller AND 2 * v.til_og_med >= v.alle) AS median,
    min(v.dager) FILTER (WHERE v.teller AND 4 * v.til_og_med >= 3 * v.alle) AS kvartil_3,
    coalesce(sum(v.antall) FILTER (WHERE v.avsluttet AND v.venstresensurert), 0)::bigint AS venstresensurerte,
    coalesce(sum(v.antall) FILTER (WHERE NOT v.avsluttet), 0)::bigint AS lopende
FROM (
    SELECT t.*, t.avsluttet AND NOT t.venstresensurert AS teller,
        sum(t.antall) OVER (
            PARTITION BY t.aargang, t.hoved, t.avsluttet, t.venstresensurert ORDER BY t.dager
        ) AS til_og_med,
        sum(t.antall) OVER (PARTITION BY t.aargang, t.hoved, t.avsluttet, t.venstresensurert) AS alle
    FROM arbsok_lasting.varighet_tall AS t
) AS v
LEFT JOIN arbsok.hovedgruppe AS g ON g.hoved = v.hoved
GROUP BY v.aargang, v.hoved, g.gruppe;

COMMENT ON VIEW arbsok.varighet_kontroll IS
    'Lengths in days of the main spells (hoved empty) and group spells that each year''s load ended, and how many could not be measured or ran on. The length of spells that began before the series is not known, so that its first years lack the long ones: the medians rise until the series is as long as spells are. View overlevelse says how long spells last, since it takes the running ones into account (spec.md 6).';
COMMENT ON COLUMN arbsok.varighet_kontroll.gruppe IS 'Name of the main group, in Norwegian; main spells are called Hele tilfellet.';
COMMENT ON COLUMN arbsok.varighet_kontroll.kvartil_1 IS
    'Length in days that a quarter of the spells of antall had at most; empty where there are none.';
COMMENT ON COLUMN arbsok.varighet_kontroll.median IS 'Length in days that half of the spells of antall had at most.';
COMMENT ON COLUMN arbsok.varighet_kontroll.kvartil_3 IS
    'Length in days that three quarters of the spells of antall had at most.';
COMMENT ON COLUMN arbsok.varighet_kontroll.venstresensurerte IS
    'Number of spells that the year''s load ended and whose beginning is not known (they opened with kode 3 or 9).';
COMMENT ON COLUMN arbsok.varighet_kontroll.lopende IS
    'Number of spells that ran at the end of the year, as it was when the year was loaded.';
