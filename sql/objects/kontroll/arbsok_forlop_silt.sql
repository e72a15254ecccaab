-- arbsok_forlop_silt: a screen before arbsok_forlop_kontrollert, arbsok_h_arbsok_kontrollert and
-- arbsok_lopenr_kontrollert. It answers with the persons who may have a wrong record of F_ARBSOK, a wrong row of
-- H_ARBSOK or a wrong number, at a third of what those cost; which it is, and which promise it breaks, they say.
-- It also answers, without a person, with how many rows of the year's H_ARBSOK have a number in the range.
--
-- Each record is right by itself and beside the one before, or the person is suspected: so it takes one window, whose
-- rows come in the order of the key. tomdato and asoktom, which are those of the last record of the spell, are held
-- against the next record's, and on an exit against its own date: where all hold, all are the last one's.
-- A status is looked up together with what the record does (art), so that a match says that the two fit.
-- What is neither the first record of the year's control, nor the last one of a year, needs no join.
-- It may suspect too many, and never too few: whoever changes a promise changes it here too. What is NULL and should
-- not be makes the condition NULL, and the person suspected.

CREATE OR REPLACE FUNCTION kontroll.arbsok_forlop_silt(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (fnr varchar, siste bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off -- the key has the persons in order: only each one's own records are sorted
AS $$
DECLARE
    start date := (SELECT i.serie_start FROM trygdfob.innstilling AS i);
    ventetid integer := (SELECT i.avslutning_dager FROM kontroll.arbsok_innstilling_ved_lasting(p_aargang) AS i);
    siste_aargang integer := (SELECT max(l.aargang) FROM trygdfob.lastet_aargang AS l);
    dager date [] := ARRAY(
        SELECT m.dagdato FROM trygdfob.maanedsfil AS m
        WHERE m.aargang = p_aargang AND m.dagdato IS NOT NULL
        ORDER BY m.dagdato
    );
    siste_dag date := dager[cardinality(dager)];
BEGIN
    RETURN QUERY
    WITH h AS MATERIALIZED (
        -- The year's rows, and whose spell ran when it began
        SELECT p.lopenr, a.fnr, a.aargang, a.tilgdato, a.asoktilg, a.hovedarbdato, a.tiltakdato,
            a.ytelsedato, a.avgdato, a.status, a.dagdato
        FROM trygdfob.h_arbsok AS a
        JOIN trygdfob.person AS p ON p.fnr = a.fnr
        WHERE p.lopenr >= p_fra AND p.lopenr < p_til
            AND (a.aargang = p_aargang OR (a.aargang = p_aargang - 1 AND a.avgdato IS NULL))
    ),
    statusart AS (
        -- What a record with a status may do. A status with the letter of the weeks has thirteen rows
        SELECT DISTINCT s.status, t.art, s.individ, s.tilgang_dato
        FROM (
            SELECT k.individ, k.tilgang_dato, k.kode, d.*,
                CASE
                    WHEN arbsok.uten_ukebokstav(k.status) LIKE 'Y%a' THEN left(k.status, 5) || u.bokstav
                    ELSE k.status
                END AS status
            FROM trygdfob.statuskode AS k
            LEFT JOIN trygdfob.handling AS d ON d.handling = k.handling
            CROSS JOIN unnest('{A,B,C,D,E,F,G,H,I,J,K,L,M}'::text []) AS u (bokstav)
        ) AS s
        CROSS JOIN LATERAL (VALUES
            (s.status, CASE WHEN s.avslutter_gruppe THEN CASE WHEN s.avslutter_tilfelle THEN 'A' ELSE 'G' END END),
            (s.status, CASE WHEN s.nytt_tilfelle AND NOT s.venstresensurert THEN 'ny' END),
            (s.status, CASE WHEN s.ny_gruppe AND NOT s.nytt_tilfelle THEN 'ny gruppe' END),
            (s.status, CASE WHEN s.kode <> '1' THEN s.kode END)
        ) AS t (status, art)
        WHERE t.art IS NOT NULL AND t.status NOT LIKE '_X%'
    )

    SELECT NULL, count(*) FROM h WHERE h.aargang = p_aargang
    UNION ALL
    SELECT DISTINCT coalesce(k.fnr, ny.fnr, g.fnr, h.fnr), NULL::bigint
    FROM (
        SELECT d.*
        FROM (
            SELECT r.*, s.individ,
                (r.rett AND (NOT r.egen OR CASE
                    WHEN r.slag = 'A' AND r.status LIKE '_X%' THEN true
                    WHEN s.status IS NULL THEN false
                    WHEN r.slag IN ('A', 'G') THEN true
                    ELSE (NOT r.etter_x OR s.individ = 'avsluttet')
                        AND r.regdato = arbsok_lasting.regeldato(
                            s.tilgang_dato, r.dagdato, r.fdagdato, r.henddato, NULL, start)
                END)) IS NOT TRUE AS feil
            FROM (
                SELECT w.fnr, w.lopenr, w.slag, w.regdato, w.tilgdato, w.asoktilg, w.hovedarbdato, w.tiltakdato,
                    w.ytelsedato, w.avgdato, w.dagdato, w.fdagdato, w.henddato, w.status, w.aargang = p_aargang AS egen,
                    CASE
                        WHEN w.slag <> '1' THEN w.slag
                        WHEN (w.f).tilgdato = w.tilgdato THEN 'ny gruppe'
                        ELSE 'ny'
                    END AS art,
                    coalesce(
                        w.regdato = w.tilgdato AND (w.f).tilgdato <> w.tilgdato AND (w.f).status LIKE '_X%', false
                    ) AS etter_x,
                    -- The number of the person, on his first record, if it is the year's own; on the last one that the
                    -- year before left of a running spell; on the last one as of the year's end
                    CASE WHEN w.aargang = p_aargang AND w.regdato = w.tilgdato AND (w.f).kode IS NULL
                        THEN w.lopenr END AS lopenr_forste,
                    CASE WHEN w.aargang < p_aargang AND w.slag <> 'A' AND coalesce(w.n_aargang >= p_aargang, true)
                        THEN w.lopenr END AS lopenr_foer,
                    CASE WHEN w.aargang <= p_aargang AND coalesce(w.n_aargang > p_aargang, true)
                        THEN w.lopenr END AS lopenr_siste,
                    CASE
                        WHEN (w.f).tilgdato = w.tilgdato AND (w.f).asoktilg = w.asoktilg THEN
                            (w.f).kode NOT IN ('A', 'G') AND w.regdato >= (w.f).regdato AND w.hoved = (w.f).hoved
                            AND w.tomdato IS NOT DISTINCT FROM (w.f).tomdato
                            AND w.asoktom IS NOT DISTINCT FROM (w.f).asoktom
                            AND w.aargang >= (w.f).aargang
                            AND CASE w.kode
                                WHEN '2' THEN
                                    (w.f).regtom = w.regdato - 1 AND (w.regdato > (w.f).regdato OR (w.f).kode <> '2')
                                    AND w.regdato IN (w.hovedarbdato, w.tiltakdato, w.ytelsedato)
                                    AND CASE
                                        WHEN w.hovedarbstat IS DISTINCT FROM (w.f).hovedarbstat
                                            THEN w.hovedarbdato = w.regdato
                                        ELSE w.hovedarbdato = (w.f).hovedarbdato AND w.hovedarbdato <> w.regdato
                                    END
                                    AND CASE
                                        WHEN w.tiltak IS DISTINCT FROM (w.f).tiltak THEN w.tiltakdato = w.regdato
                                        ELSE w.tiltakdato = (w.f).tiltakdato AND w.tiltakdato <> w.regdato
                                    END
                                    AND CASE
                                        WHEN w.ytelse IS DISTINCT FROM (w.f).ytelse THEN w.ytelsedato = w.regdato
                                        ELSE w.ytelsedato = (w.f).ytelsedato AND w.ytelsedato <> w.regdato
                                    END
                                WHEN '0' THEN
                                    (w.f).regtom = w.regdato AND w.hovedarbdato = (w.f).hovedarbdato
                                    AND w.tiltakdato = (w.f).tiltakdato AND w.ytelsedato = (w.f).ytelsedato
                                    AND w.hovedarbstat IS NOT DISTINCT FROM (w.f).hovedarbstat
                                    AND w.tiltak IS NOT DISTINCT FROM (w.f).tiltak
                                    AND w.ytelse IS NOT DISTINCT FROM (w.f).ytelse
                            END
                        ELSE w.hovedarbdato = w.regdato AND w.tiltakdato = w.regdato AND w.ytelsedato = w.regdato
                            AND CASE
                                WHEN (w.f).tilgdato = w.tilgdato THEN
                                    w.kode = '1' AND (w.f).kode = 'G' AND w.regdato = (w.f).regdato + 1
                                    AND w.asoktilg <> w.tilgdato AND w.hoved <> (w.f).hoved AND w.status = (w.f).status
                                    AND w.tomdato IS NOT DISTINCT FROM (w.f).tomdato AND w.aargang >= (w.f).aargang
                                ELSE w.kode IN ('1', '3', '9') AND w.regdato = w.tilgdato
                                    AND ((w.f).kode IS NULL OR (
                                        (w.f).kode = 'A' AND (w.f).regdato < w.tilgdato AND w.aargang >= (w.f).aargang
                                        AND ((w.f).status LIKE '_X%' OR w.status = (w.f).status)
                                    ))
                            END
                    END
                    AND CASE w.slag
                        WHEN 'G' THEN w.asoktom = w.asokavg AND w.regtom = w.asokavg AND w.n_aargang IS NOT NULL
                        WHEN 'A' THEN
                            w.tomdato = w.avgdato AND w.asoktom = w.asokavg AND w.regtom = w.asokavg
                            AND (w.aargang <> p_aargang OR (w.regdato = w.dagdato AND CASE
                                WHEN w.status LIKE '_X%' THEN siste_dag - w.dagdato > ventetid
                                ELSE w.n_aargang IS NOT NULL
                            END))
                        ELSE
                            w.avgdato IS NULL AND w.asokavg IS NULL
                            AND (w.n_aargang IS NOT NULL
                                OR (w.tomdato IS NULL AND w.asoktom IS NULL AND w.regtom IS NULL))
                            AND (w.dagdato = ANY (dager)) = (w.aargang = p_aargang)
                    END
                    AND w.aargang <= siste_aargang AND (w.tilgdato >= start OR w.aargang <> p_aargang) AS rett
                FROM (
                    SELECT u.*,
                        lag(ROW(
                            NULL, u.slag, u.hoved, u.regdato, u.tilgdato, NULL, u.asoktilg, NULL, u.hovedarbstat,
                            u.hovedarbdato, u.tiltak, u.tiltakdato, u.ytelse, u.ytelsedato, NULL, NULL, NULL, NULL,
                            NULL, NULL, NULL, u.status, u.asoktom, u.tomdato, u.regtom, u.aargang, NULL
                        )::trygdfob.f_arbsok) OVER hendelser AS f,
                        lead(u.aargang) OVER hendelser AS n_aargang
                    FROM (
                        SELECT f.lopenr, f.fnr, f.kode,
                            -- A: closes the main spell, G: only the group spell
                            CASE WHEN f.kode <> '0' THEN f.kode WHEN f.avgdato IS NULL THEN 'G' ELSE 'A' END AS slag,
                            f.regdato, f.tilgdato, f.asoktilg, f.tomdato, f.asoktom, f.regtom, f.aargang,
                            f.hovedarbdato, f.tiltakdato, f.ytelsedato, f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
                            f.status, f.asokavg, f.avgdato, f.dagdato, f.fdagdato, f.henddato
                        FROM arbsok_lasting.forlop_fra(p_aargang) AS f
                        WHERE f.lopenr >= p_fra AND f.lopenr < p_til
                            AND (f.aargang <= p_aargang OR f.tilgdato <= siste_dag)
                    ) AS u
                    WINDOW hendelser AS (
                        PARTITION BY u.lopenr, u.fnr ORDER BY u.tilgdato, u.asoktilg, u.regdato, u.kode = '0'
                    )
                ) AS w
                OFFSET 0 -- each fact is worked out once a record
            ) AS r
            LEFT JOIN statusart AS s ON s.status = r.status AND s.art = r.art
        ) AS d
        WHERE d.feil OR d.lopenr_forste IS NOT NULL OR d.lopenr_foer IS NOT NULL OR d.lopenr_siste IS NOT NULL
        OFFSET 0
    ) AS k
    FULL JOIN (
        SELECT p.lopenr, p.fnr
        FROM trygdfob.person AS p
        WHERE p.aargang = p_aargang AND p.lopenr >= p_fra AND p.lopenr < p_til
    ) AS ny ON ny.lopenr = k.lopenr_forste
    FULL JOIN (
        SELECT b.lopenr, b.fnr, b.tilgdato FROM h AS b WHERE b.aargang = p_aargang - 1
    ) AS g ON g.lopenr = k.lopenr_foer
    FULL JOIN (
        SELECT * FROM h AS b WHERE b.aargang = p_aargang
    ) AS h ON h.lopenr = k.lopenr_siste
    WHERE (
        NOT k.feil
        AND CASE
            WHEN k.lopenr_forste IS NULL THEN true
            WHEN ny.lopenr IS NOT NULL THEN k.individ = 'ny'
            ELSE k.individ = 'avsluttet' AND (
                SELECT e.avgdato IS NOT NULL AND e.status LIKE '_X%'
                FROM trygdfob.f_arbsok AS e
                WHERE e.lopenr = k.lopenr AND e.regdato < k.tilgdato
                ORDER BY e.regdato DESC, e.kode
                LIMIT 1
            )
        END
        AND (k.lopenr_foer IS NULL OR g.tilgdato = k.tilgdato)
        AND CASE
            WHEN k.lopenr_siste IS NULL THEN true
            -- Only a spell that was over when the year began is in F_ARBSOK alone
            WHEN h.fnr IS NULL THEN k.slag = 'A' AND NOT k.egen
            ELSE h.fnr = k.fnr AND h.tilgdato = k.tilgdato AND h.asoktilg = k.asoktilg
                AND h.hovedarbdato = k.hovedarbdato AND h.tiltakdato = k.tiltakdato AND h.ytelsedato = k.ytelsedato
                AND h.avgdato IS NOT DISTINCT FROM k.avgdato AND h.status = k.status
                AND CASE WHEN h.avgdato IS NULL THEN siste_dag - h.dagdato <= ventetid ELSE h.dagdato IS NOT NULL END
        END
    ) IS NOT TRUE;
END
$$;

COMMENT ON FUNCTION kontroll.arbsok_forlop_silt(integer, text, text) IS
    'The persons p_fra <= lopenr < p_til who may have a record of F_ARBSOK, or a row of the year''s H_ARBSOK, that breaks a promise of the catalogue (table kontroll), or a wrong number: a cheap question before arbsok_forlop_kontrollert, arbsok_h_arbsok_kontrollert and arbsok_lopenr_kontrollert, which say which one. Whoever has a wrong one is among them. The row without fnr has in siste how many rows of H_ARBSOK were looked at. Nobody in a sound database.';
