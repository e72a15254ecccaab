-- varighet_opptelt: the lengths of the spells that a year's load ended, and of those that ran at its end (spec.md 6).
-- A spell that opened with kode 3 or 9 began in the series' first three months, so only the oldest are looked up.
-- Spells that the year ended, or that ran at its end, are whole in forlop_fra.

CREATE OR REPLACE FUNCTION arbsok_lasting.varighet_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.varighet_tall
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH sensur AS (
        SELECT max(m.dagdato) AS til
        FROM trygdfob.maanedsfil AS m
        CROSS JOIN trygdfob.innstilling AS i
        WHERE m.mnddato < date_trunc('month', i.serie_start::timestamp) + interval '3 months'
    ),

    spell AS (
        SELECT f.fnr, f.hoved, f.tilgdato, f.asoktilg, f.asokavg AS til, f.avgdato IS NOT NULL AS av_tilfellet,
            true AS avsluttet
        FROM arbsok_lasting.forlop_fra(p_aargang) AS f
        WHERE f.aargang = p_aargang AND f.kode = '0'
        UNION ALL
        SELECT h.fnr, h.hoved, h.tilgdato, h.asoktilg, s.dagdato, true, false
        FROM trygdfob.h_arbsok AS h
        CROSS JOIN (SELECT m.dagdato FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang AND m.maaned = 12) AS s
        WHERE h.aargang = p_aargang AND h.avgdato IS NULL
    ),

    -- Many spells are alike in all that is counted: so each is taken apart only once
    like_tilfeller AS (
        SELECT s.hoved, s.til - s.asoktilg + 1 AS dager_i_gruppen, s.til - s.tilgdato + 1 AS dager,
            s.asoktilg = s.tilgdato AS foerste_gruppe, coalesce(o.fra_foer, false) AS fra_foer, s.av_tilfellet,
            s.avsluttet, count(*) AS antall
        FROM spell AS s
        CROSS JOIN sensur AS c
        LEFT JOIN (
            SELECT a.fnr, a.regdato, true AS fra_foer
            FROM arbsok_lasting.forlop_fra(p_aargang) AS a
            WHERE a.kode IN ('3', '9')
            GROUP BY a.fnr, a.regdato
        ) AS o ON o.fnr = s.fnr AND o.regdato = CASE WHEN s.tilgdato <= c.til THEN s.tilgdato END
        GROUP BY s.hoved, dager_i_gruppen, dager, foerste_gruppe, o.fra_foer, s.av_tilfellet, s.avsluttet
    )

    SELECT p_aargang, v.hoved, v.dager, v.venstresensurert, l.avsluttet, sum(l.antall)::bigint
    FROM like_tilfeller AS l
    CROSS JOIN LATERAL (
        VALUES (l.hoved, l.dager_i_gruppen, l.fra_foer AND l.foerste_gruppe, true),
            (NULL, l.dager, l.fra_foer, l.av_tilfellet)
    ) AS v (hoved, dager, venstresensurert, gjelder)
    WHERE v.gjelder
    GROUP BY v.hoved, v.dager, v.venstresensurert, l.avsluttet;
END;

COMMENT ON FUNCTION arbsok_lasting.varighet_opptelt(integer) IS
    'The rows that varighet_tall must have for a loaded year, counted anew; spells that ran at its end are those of H_ARBSOK (spec.md 6).';
