-- varighet_opptelt: the lengths of the spells that a year's load ended, and of those that ran at its end (spec.md 6).
-- A spell that opened with kode 3 or 9 began in the series' first three months, so only the oldest are looked up.

CREATE OR REPLACE FUNCTION arbsok_lasting.varighet_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.varighet_tall
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH sensur AS (
        SELECT max(m.dagdato) AS til
        FROM trygdfob.maanedsfil AS m
        CROSS JOIN trygdfob.innstilling AS i
        WHERE m.mnddato < date_trunc('month', i.serie_start::timestamp) + interval '3 months'
    ),

    spell AS (
        SELECT f.lopenr, f.hoved, f.tilgdato, f.asoktilg, f.asokavg AS til, f.avgdato IS NOT NULL AS av_tilfellet,
            true AS avsluttet
        FROM trygdfob.f_arbsok AS f
        WHERE f.aargang = p_aargang AND f.kode = '0'
        UNION ALL
        SELECT p.lopenr, h.hoved, h.tilgdato, h.asoktilg, s.dagdato, true, false
        FROM trygdfob.h_arbsok AS h
        LEFT JOIN trygdfob.person AS p ON p.fnr = h.fnr
        CROSS JOIN (SELECT m.dagdato FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang AND m.maaned = 12) AS s
        WHERE h.aargang = p_aargang AND h.avgdato IS NULL
    ),

    merket AS (
        SELECT s.*, coalesce(o.fra_foer, false) AS tilfellet_sensurert
        FROM spell AS s
        CROSS JOIN sensur AS c
        LEFT JOIN LATERAL (
            SELECT true AS fra_foer
            FROM trygdfob.f_arbsok AS a
            WHERE s.tilgdato <= c.til AND a.lopenr = s.lopenr AND a.regdato = s.tilgdato AND a.kode IN ('3', '9')
            LIMIT 1
        ) AS o ON true
    )

    SELECT p_aargang, v.hoved, v.dager, v.venstresensurert, m.avsluttet, count(*)
    FROM merket AS m
    CROSS JOIN LATERAL (
        VALUES (m.hoved, m.til - m.asoktilg + 1, m.tilfellet_sensurert AND m.asoktilg = m.tilgdato, true),
            (NULL, m.til - m.tilgdato + 1, m.tilfellet_sensurert, m.av_tilfellet)
    ) AS v (hoved, dager, venstresensurert, gjelder)
    WHERE v.gjelder
    GROUP BY v.hoved, v.dager, v.venstresensurert, m.avsluttet;
END;

COMMENT ON FUNCTION arbsok_lasting.varighet_opptelt(integer) IS
    'The rows that varighet_tall must have for a loaded year, counted anew; spells that ran at its end are those of H_ARBSOK (spec.md 6).';
