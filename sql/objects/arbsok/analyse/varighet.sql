-- varighet: the durations of spells with what survival analysis needs to know of their ends (spec.md 5).
-- avgang and avsluttet_13_uker are one word here, since what came after an exit has decided which of them it has.
-- Where the call names the level, two of the three views are dropped before anything is read. The last branch is for a
-- level that does not exist: with no branch left the planner would answer by itself, with no rows and no error.

CREATE OR REPLACE FUNCTION arbsok.varighet(
    p_nivaa text DEFAULT 'tilfelle', p_fra timestamp DEFAULT NULL, p_til timestamp DEFAULT NULL,
    p_observert_til timestamp DEFAULT NULL
)
RETURNS TABLE (
    lopenr varchar, tilgdato date, fradato date, tildato date, hoved varchar, dager integer, avsluttet boolean,
    sluttet text, venstresensurert text
)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT v.lopenr, v.tilgdato, v.fradato, least(v.slutt, v.observert_til), v.hoved,
    least(v.slutt, v.observert_til) - v.fradato + 1,
    coalesce(v.slutt <= v.observert_til, false),
    CASE WHEN v.slutt <= v.observert_til THEN replace(v.sluttet, 'avsluttet_13_uker', 'avgang') ELSE 'loper' END,
    CASE v.begynte WHEN 'venstresensur_kjent' THEN 'kjent' WHEN 'venstresensur_ukjent' THEN 'ukjent' END
FROM (
    SELECT s.*,
        (SELECT least(coalesce(p_observert_til::date, e.endelig_til), e.siste_dagdato) FROM arbsok.endelighet AS e)
            AS observert_til
    FROM (
        SELECT t.lopenr, t.tilgdato, t.tilgdato AS fradato, t.tomdato AS slutt, t.hoved_inn AS hoved,
            t.begynte, t.sluttet
        FROM arbsok.tilfelle AS t
        WHERE p_nivaa = 'tilfelle'
        UNION ALL
        SELECT g.lopenr, g.tilgdato, g.asoktilg, g.asoktom, g.hoved, g.begynte, g.sluttet
        FROM arbsok.gruppetilfelle AS g
        WHERE p_nivaa = 'gruppetilfelle'
        UNION ALL
        SELECT p.lopenr, p.tilgdato, p.regdato, p.regtom, p.hoved, p.begynte, p.sluttet
        FROM arbsok.periode AS p
        WHERE p_nivaa = 'periode'
        UNION ALL
        SELECT k.ord::varchar, k.ord::date, k.ord::date, k.ord::date, k.ord::varchar, k.ord AS begynte, k.ord AS sluttet
        FROM arbsok.kjent_valg(p_nivaa, '{tilfelle,gruppetilfelle,periode}') AS k (ord)
        WHERE (p_nivaa IN ('tilfelle', 'gruppetilfelle', 'periode')) IS NOT TRUE
    ) AS s
) AS v
WHERE v.fradato >= coalesce(p_fra::date, '-infinity')
    AND v.fradato <= least(p_til::date, v.observert_til)
    AND (
        SELECT arbsok.kan_besvares(
            'varighet', p_fra, p_til, p_nivaa => p_nivaa, p_observert_til => p_observert_til
        )
    );
END;

COMMENT ON FUNCTION arbsok.varighet(text, timestamp, timestamp, timestamp) IS
    'Durations of spells with their censoring, ready for survival analysis: one row for each spell that began in the range. '
    'p_nivaa: ''tilfelle'' (default) main spells, ''gruppetilfelle'' group spells, ''periode'' stretches in which nothing changed. '
    'p_fra, p_til: first and last day on which the spell began, inclusive, dates or timestamps without a time of day; NULL (default): no limit. '
    'p_observert_til: the last day that is looked at; NULL (default): the last final one (endelig_til in the view endelighet), so that no later load changes the answer. What happened after it is not used: a spell that ended later is censored there, one that began later is left out. '
    'lopenr: the person. tilgdato: first day of the main spell. fradato: first day of the spell. tildato: its last day, or the last day looked at where it ran on. '
    'hoved: main group, of a main spell the one it began in. dager: days from fradato to tildato, both counted. '
    'avsluttet: true where the end is observed, the event of survival analysis; false where the spell is right-censored on tildato. '
    'sluttet: how it ended: ''avgang'' exit from the register, ''gruppeovergang'' to another main group, ''endring'' another hovedarbstat, tiltak or ytelse; ''loper'' where censored. Exits are dated the last extraction that had the person, who left between it and the next (docs/analyst.md). '
    'venstresensurert: ''kjent'' where the spell had begun before its fradato, ''ukjent'' where it may have, else NULL. dager is or may be too few for both: for Kaplan-Meier take the entries, where it is NULL. '
    'NOTICE: p_observert_til is past what is final or past the last extraction; p_til is after p_observert_til; p_fra is before the series; nothing is final yet; hoved breaks on a day after p_fra, up to p_til, or, for ''gruppetilfelle'' and ''periode'', whose spells a new coding begins and ends, on a day from p_fra up to the one after the last that is looked at, for ''periode'' also hovedarbstat, tiltak or ytelse (view dekning). The same as rows: forbehold. Error FD004: a date with a time, p_fra after p_til, an unknown level (spec.md 4 and 5; the source''s 3.2.2 and 3.3).';
