-- overlevelse: the share of spells that still run after so many days, as each year knew it: Kaplan-Meier (spec.md 6).
-- The product over the lengths is computed as a sum of logarithms. Where all at risk end at once, at the greatest
-- length, the share is 0, which has no logarithm.

CREATE OR REPLACE VIEW arbsok.overlevelse AS
WITH spell AS (
    SELECT a.aargang, t.hoved, t.dager,
        sum(t.antall) AS antall,
        coalesce(sum(t.antall) FILTER (WHERE t.avsluttet), 0) AS avsluttet
    FROM (SELECT DISTINCT aargang FROM arbsok_lasting.varighet_tall) AS a
    JOIN arbsok_lasting.varighet_tall AS t
        ON NOT t.venstresensurert
            AND (t.avsluttet AND t.aargang <= a.aargang OR NOT t.avsluttet AND t.aargang = a.aargang)
    GROUP BY a.aargang, t.hoved, t.dager
),

risiko AS (
    SELECT s.aargang, s.hoved, s.dager, s.avsluttet::bigint AS avsluttet,
        sum(s.antall) OVER (PARTITION BY s.aargang, s.hoved ORDER BY s.dager DESC)::bigint AS i_risiko
    FROM spell AS s
)

SELECT r.aargang, r.hoved, r.dager, r.i_risiko, r.avsluttet,
    CASE WHEN r.avsluttet = r.i_risiko THEN 0
        ELSE round(exp(
            sum(ln(1 - r.avsluttet / nullif(r.i_risiko, r.avsluttet)::double precision))
                OVER (PARTITION BY r.aargang, r.hoved ORDER BY r.dager)
        )::numeric, 6) END AS andel
FROM risiko AS r
WHERE r.avsluttet > 0;

COMMENT ON VIEW arbsok.overlevelse IS
    'Kaplan-Meier''s estimate of how long spells last: the share of main spells (hoved empty) or group spells that still run after dager days, as the loads up to and including aargang knew it. It counts spells with a known beginning: those that ended in a loaded year up to aargang, and those that ran at its end. The latter are censored: they are at risk up to the length that they had then, and also when others end at that length, and never count as ended. The share is the product over all lengths up to dager of 1 - avsluttet / i_risiko. There is a row for each length at which a spell ended; the share stays the same until the next row (spec.md 6).';
COMMENT ON COLUMN arbsok.overlevelse.i_risiko IS
    'Number of spells that lasted at least dager days: those that ended at that length or a greater one, and those that had it when they ran at the year''s end.';
COMMENT ON COLUMN arbsok.overlevelse.andel IS
    'Estimated share of spells that last longer than dager days, from 0 to 1 with six decimals.';
