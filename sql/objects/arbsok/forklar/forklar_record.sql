-- forklar_record: a person's registrations and closings in all loaded years, in time order, with the records of
-- F_ARBSOK that the rules give for each. It has the facts alone; forklar puts them into words.
--
-- Everything is worked out from the registrations (registrering) and not read from F_ARBSOK, so that forklar can
-- compare the two. A registration without a record is one row, one with exit and entry is two. The closing at a year's
-- end is an event of its own (handling 'avslutning') after the last registration, by the limit with which the year was
-- loaded. The dates of a person's events only ever increase, so that tilgang says which event it was.

CREATE OR REPLACE FUNCTION arbsok_lasting.forklar_record(p_fnr text)
RETURNS TABLE (
    fnr varchar, nr bigint, aargang integer, mnddato date, fra_start boolean,
    dagdato date, fdagdato date, henddato date, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar,
    mrk_dl integer, ant_d_as_n integer,
    sist_dagdato date, sist_henddato date, sist_hoved varchar, sist_hovedarbstat varchar, sist_tiltak varchar,
    sist_ytelse varchar, individ text, henddato_klasse text,
    hoved_endret boolean, hovedarbstat_endret boolean, tiltak_endret boolean, ytelse_endret boolean,
    statuskode varchar, status text, handling varchar, siste_dagdato date, avslutning_dager integer,
    forrige_avslutning date,
    kode text, regdato date, tilgdato date, avgdato date, asoktilg date, asokavg date,
    hovedarbdato date, tiltakdato date, ytelsedato date, tomdato date, asoktom date, regtom date,
    tilgdato_fra text, asoktilg_fra text, hovedarbdato_fra text, tiltakdato_fra text, ytelsedato_fra text,
    tomdato_av text, asoktom_av text, regtom_av text, regtom_handling varchar
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH registrert AS MATERIALIZED (
    SELECT r.*, l.aargang
    FROM trygdfob.lastet_aargang AS l
    CROSS JOIN LATERAL arbsok_lasting.registrering(l.aargang, p_fnr, p_fnr || ' ') AS r
), rekke AS (
    SELECT r.*, lead(r.aargang) OVER (PARTITION BY r.fnr ORDER BY r.dagdato) AS neste_aargang
    FROM registrert AS r
), hendelse AS (
    SELECT r.fnr, r.aargang, r.mnddato, r.fra_start, r.dagdato, r.fdagdato, r.henddato, r.hoved, r.hovedarbstat,
        r.tiltak, r.ytelse, r.mrk_dl, r.ant_d_as_n, r.sist_dagdato, r.sist_henddato, r.sist_hoved,
        r.sist_hovedarbstat, r.sist_tiltak, r.sist_ytelse, r.individ, r.henddato_klasse, r.hoved_endret,
        r.hovedarbstat_endret, r.tiltak_endret, r.ytelse_endret, r.statuskode, r.status, r.handling, r.kode,
        r.avgang, r.tilgang, false AS avslutning, NULL::date AS siste_dagdato, NULL::integer AS avslutning_dager
    FROM rekke AS r
    UNION ALL
    -- The closing: the person is not seen again up to the end of the year that closes the spell
    SELECT r.fnr, a.aargang, NULL, true, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, r.dagdato, r.henddato, r.hoved,
        r.hovedarbstat, r.tiltak, r.ytelse, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, 'avslutning', NULL,
        a.avsluttet, NULL, true, a.dagdato, a.avslutning_dager
    FROM rekke AS r
    CROSS JOIN LATERAL (
        SELECT f.aargang, f.dagdato, g.avslutning_dager,
            arbsok_lasting.asok_avslutt(r.dagdato, f.dagdato, g.avslutning_dager) AS avsluttet
        FROM trygdfob.maanedsfil AS f
        CROSS JOIN trygdfob.innstilling AS i
        CROSS JOIN LATERAL (
            SELECT coalesce((
                SELECT (k.innstillinger ->> 'avslutning_dager')::integer
                FROM trygdfob.kjorelogg AS k
                WHERE k.handling = 'load' AND k.aargang = f.aargang
                ORDER BY k.kjoring DESC
                LIMIT 1
            ), i.avslutning_dager) AS avslutning_dager
        ) AS g
        WHERE f.maaned = 12 AND f.aargang >= r.aargang AND (r.neste_aargang IS NULL OR f.aargang < r.neste_aargang)
            AND f.dagdato > r.dagdato + g.avslutning_dager
        ORDER BY f.aargang
        LIMIT 1
    ) AS a
    WHERE r.fra_start AND r.aargang IS DISTINCT FROM r.neste_aargang
), etter AS (
    -- The dates that hold after each event
    SELECT h.*, h.avslutning OR t.avslutter_tilfelle AS avslutter_tilfelle,
        row_number() OVER per_person AS nr,
        count(h.tilgang) OVER hittil AS nummer,
        max(h.avgang) FILTER (WHERE h.avslutning) OVER hittil AS forrige_avslutning,
        max(h.tilgang) FILTER (WHERE t.nytt_tilfelle) OVER hittil AS ny_tilgdato,
        max(h.tilgang) FILTER (WHERE t.ny_gruppe) OVER hittil AS ny_asoktilg,
        max(h.tilgang) FILTER (WHERE t.ny_gruppe OR h.hovedarbstat_endret) OVER hittil AS ny_hovedarbdato,
        max(h.tilgang) FILTER (WHERE t.ny_gruppe OR h.tiltak_endret) OVER hittil AS ny_tiltakdato,
        max(h.tilgang) FILTER (WHERE t.ny_gruppe OR h.ytelse_endret) OVER hittil AS ny_ytelsedato
    FROM hendelse AS h
    LEFT JOIN trygdfob.handling AS t ON t.handling = h.handling
    WINDOW per_person AS (PARTITION BY h.fnr ORDER BY coalesce(h.dagdato, h.sist_dagdato), h.avslutning),
        hittil AS (PARTITION BY h.fnr ORDER BY coalesce(h.dagdato, h.sist_dagdato), h.avslutning
            ROWS UNBOUNDED PRECEDING)
), begge AS (
    -- and those from before it, which an exit has
    SELECT e.*,
        CASE WHEN e.avslutning
            THEN overlay(max(e.status) FILTER (WHERE e.tilgang IS NOT NULL) OVER siste PLACING 'X' FROM 2 FOR 1)
            ELSE e.status
        END AS egen_status,
        lag(e.ny_tilgdato) OVER per_person AS foer_tilgdato,
        lag(e.ny_asoktilg) OVER per_person AS foer_asoktilg,
        lag(e.ny_hovedarbdato) OVER per_person AS foer_hovedarbdato,
        lag(e.ny_tiltakdato) OVER per_person AS foer_tiltakdato,
        lag(e.ny_ytelsedato) OVER per_person AS foer_ytelsedato
    FROM etter AS e
    WINDOW per_person AS (PARTITION BY e.fnr ORDER BY e.nr), siste AS (PARTITION BY e.fnr, e.nummer)
), record AS (
    -- Exits
    SELECT b.fnr, b.nr, '0' AS kode, b.avgang AS regdato, b.foer_tilgdato AS tilgdato,
        CASE WHEN b.avslutter_tilfelle THEN b.avgang END AS avgdato,
        b.foer_asoktilg AS asoktilg, b.avgang AS asokavg,
        b.foer_hovedarbdato AS hovedarbdato, b.foer_tiltakdato AS tiltakdato, b.foer_ytelsedato AS ytelsedato
    FROM begge AS b
    WHERE b.avgang IS NOT NULL
    UNION ALL
    -- Entries and changes
    SELECT b.fnr, b.nr, coalesce(b.kode, '1'), b.tilgang, b.ny_tilgdato, NULL, b.ny_asoktilg, NULL,
        b.ny_hovedarbdato, b.ny_tiltakdato, b.ny_ytelsedato
    FROM begge AS b
    WHERE b.tilgang IS NOT NULL
), fra AS (
    -- The event that a date comes from, in words
    SELECT b.fnr, b.tilgang, format('%s of %s', b.egen_status, b.tilgang) AS tekst
    FROM begge AS b
    WHERE b.tilgang IS NOT NULL
)

SELECT b.fnr, b.nr, b.aargang, b.mnddato, b.fra_start,
    b.dagdato, b.fdagdato, b.henddato, b.hoved, b.hovedarbstat, b.tiltak, b.ytelse, b.mrk_dl, b.ant_d_as_n,
    b.sist_dagdato, b.sist_henddato, b.sist_hoved, b.sist_hovedarbstat, b.sist_tiltak, b.sist_ytelse,
    b.individ, b.henddato_klasse, b.hoved_endret, b.hovedarbstat_endret, b.tiltak_endret, b.ytelse_endret,
    CASE WHEN b.avslutning THEN s.statuskode ELSE b.statuskode END,
    b.egen_status, b.handling, b.siste_dagdato, b.avslutning_dager, b.forrige_avslutning,
    r.kode, r.regdato, r.tilgdato, r.avgdato, r.asoktilg, r.asokavg, r.hovedarbdato, r.tiltakdato, r.ytelsedato,
    coalesce(r.avgdato, t.avgang), coalesce(r.asokavg, g.avgang), coalesce(r.asokavg, n.avgang, n.tilgang - 1),
    ft.tekst, fa.tekst, fh.tekst, fi.tekst, fy.tekst,
    CASE WHEN r.kode IS NOT NULL AND r.avgdato IS NULL THEN t.tekst END,
    CASE WHEN r.kode <> '0' THEN g.tekst END,
    CASE WHEN r.kode <> '0' THEN n.tekst END,
    CASE WHEN r.kode <> '0' THEN n.handling END
FROM begge AS b
LEFT JOIN record AS r ON r.fnr = b.fnr AND r.nr = b.nr
LEFT JOIN LATERAL (
    SELECT a.statuskode FROM begge AS a
    WHERE a.fnr = b.fnr AND b.avslutning AND a.nummer = b.nummer AND a.tilgang IS NOT NULL
) AS s ON true
-- The events from which a record has its dates
LEFT JOIN fra AS ft ON ft.fnr = r.fnr AND ft.tilgang = r.tilgdato
LEFT JOIN fra AS fa ON fa.fnr = r.fnr AND fa.tilgang = r.asoktilg
LEFT JOIN fra AS fh ON fh.fnr = r.fnr AND fh.tilgang = r.hovedarbdato
LEFT JOIN fra AS fi ON fi.fnr = r.fnr AND fi.tilgang = r.tiltakdato
LEFT JOIN fra AS fy ON fy.fnr = r.fnr AND fy.tilgang = r.ytelsedato
-- The events that end the main spell, the group spell, the values
LEFT JOIN LATERAL (
    SELECT a.avgang, format('%s of %s', a.egen_status, a.avgang) AS tekst FROM begge AS a
    WHERE a.fnr = r.fnr AND a.nr > r.nr AND a.avslutter_tilfelle
    ORDER BY a.nr LIMIT 1
) AS t ON true
LEFT JOIN LATERAL (
    SELECT a.avgang, format('%s of %s', a.egen_status, a.avgang) AS tekst FROM begge AS a
    WHERE a.fnr = r.fnr AND a.nr > r.nr AND a.avgang IS NOT NULL
    ORDER BY a.nr LIMIT 1
) AS g ON true
LEFT JOIN LATERAL (
    SELECT a.avgang, a.tilgang, a.handling, format('%s of %s', a.egen_status, coalesce(a.avgang, a.tilgang)) AS tekst
    FROM begge AS a
    WHERE a.fnr = r.fnr AND a.nr > r.nr AND coalesce(a.avgang, a.tilgang) IS NOT NULL
    ORDER BY a.nr LIMIT 1
) AS n ON true;
END;

COMMENT ON FUNCTION arbsok_lasting.forklar_record(text) IS
    'The facts behind forklar: a person''s registrations of all loaded years and the closings at year''s ends, numbered in time order, with the records that the rules give for each, worked out anew, and the events that each of their dates comes from (spec.md 3, 4).';
