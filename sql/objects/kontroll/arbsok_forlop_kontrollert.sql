-- arbsok_forlop_kontrollert: the records of F_ARBSOK that break a promise about dates, codes or levels (spec.md 4, 5).
-- Original program: asok_konsistenskontroll.sql. It is one pass in the order of events, each record beside the one
-- before.
--
-- A year's control reads the records that its load made, and the records of other years in the same spells, which ran
-- when the year began or ended. What stood before a spell is the business of the year in which it began.
-- Each record is compared with the ones beside it and with the end of its spells, so that it is the wrong record that
-- is shown. Where a record breaks several promises it shows the first, since the others may follow from that one.
-- A load first asks arbsok_forlop_silt, at a third of the cost, whether anybody has a wrong record: what is promised
-- here is asked for there too (tests/kontroll/test_arbsok_forlop_silt.py).

CREATE OR REPLACE FUNCTION kontroll.arbsok_forlop_kontrollert(p_aargang integer, p_fnr text [])
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT b.kontroll,
        concat_ws(' ', b.fnr, b.regdato, b.kode),
        b.fnr, b.regdato, b.kode,
        concat_ws(', ', 'kode ' || b.kode, 'regdato ' || b.regdato, 'tilgdato ' || b.tilgdato,
            'asoktilg ' || b.asoktilg, 'asokavg ' || b.asokavg, 'avgdato ' || b.avgdato, 'status ' || b.status,
            'tomdato ' || b.tomdato, 'asoktom ' || b.asoktom, 'regtom ' || b.regtom)
        || concat_ws(', ', '; of its main spell: avgdato ' || coalesce(b.tilfellets_avgdato::text, 'empty'),
            'of its group spell: asokavg ' || coalesce(b.gruppens_asokavg::text, 'empty'))
        || CASE WHEN b.f_kode IS NULL THEN ''
            ELSE concat_ws(', ', '; before it: kode ' || b.f_kode, 'regdato ' || b.f_regdato,
                'tilgdato ' || b.f_tilgdato, 'asoktilg ' || b.f_asoktilg) END
    FROM (
        SELECT r.*,
            CASE
                WHEN (r.f_regdato = r.regdato AND r.f_kode = r.kode) OR (r.n_regdato = r.regdato AND r.n_kode = r.kode)
                    THEN 'nokkel_entydig'
                WHEN CASE WHEN r.samme_tilfelle
                        THEN r.kode IN ('3', '9') OR (r.kode = '1' AND r.asoktilg = r.tilgdato)
                        ELSE r.kode NOT IN ('1', '3', '9') OR r.regdato <> r.tilgdato
                    END THEN 'en_apning'
                WHEN r.samme_tilfelle AND r.f_slag = 'A' THEN 'en_avgang'
                WHEN r.samme_tilfelle AND r.regdato < r.f_regdato THEN 'innenfor_tilfellet'
                WHEN NOT r.samme_tilfelle AND r.f_slag IS NOT NULL
                    AND (r.f_slag <> 'A' OR r.f_regdato >= r.tilgdato)
                    THEN 'ingen_overlapp'
                WHEN r.samme_gruppe AND (r.f_slag = 'G' OR r.kode IN ('1', '3', '9'))
                    OR (r.samme_tilfelle AND NOT r.samme_gruppe
                        AND NOT (r.f_slag = 'G' AND r.kode = '1' AND r.regdato = r.f_regdato + 1))
                    OR (r.slag = 'G' AND r.sist_i_tilfellet)
                    THEN 'grupper_dekker'
                WHEN r.samme_tilfelle AND (r.f_verdier[1] = r.verdier[1]) <> r.samme_gruppe THEN 'en_hovedgruppe'
                WHEN r.kode IN ('1', '3', '9') AND NOT r.regdato = ALL (r.datoer) THEN 'datoer_ved_tilgang'
                WHEN r.kode = '2' AND (r.regdato <> ALL (r.datoer)
                        OR (r.datoer[1] = r.regdato) <> (r.verdier[2] IS DISTINCT FROM r.f_verdier[2])
                        OR (r.datoer[2] = r.regdato) <> (r.verdier[3] IS DISTINCT FROM r.f_verdier[3])
                        OR (r.datoer[3] = r.regdato) <> (r.verdier[4] IS DISTINCT FROM r.f_verdier[4]))
                    THEN 'endring_er_endring'
                WHEN r.kode = '2' AND (r.datoer[1] NOT IN (r.regdato, r.f_datoer[1])
                        OR r.datoer[2] NOT IN (r.regdato, r.f_datoer[2])
                        OR r.datoer[3] NOT IN (r.regdato, r.f_datoer[3]))
                    THEN 'uendret_beholder_dato'
                WHEN r.kode = '0' AND (r.verdier IS DISTINCT FROM r.f_verdier OR r.datoer IS DISTINCT FROM r.f_datoer)
                    THEN 'avgang_viser_siste'
                WHEN r.tomdato IS DISTINCT FROM r.tilfellets_avgdato THEN 'tomdato'
                WHEN r.asoktom IS DISTINCT FROM r.gruppens_asokavg THEN 'asoktom'
                WHEN r.regtom IS DISTINCT FROM
                    CASE WHEN r.sist_i_gruppen THEN r.asokavg ELSE r.n_regdato - (r.n_kode <> '0')::integer END
                    THEN 'regtom'
                WHEN NOT r.egen THEN NULL
                WHEN r.tilgdato < r.serie_start THEN 'fra_serie_start'
                WHEN CASE
                        WHEN r.status LIKE '_X%' THEN r.slag <> 'A'
                        WHEN r.kode = '0'
                            THEN (r.avslutter_gruppe AND r.avslutter_tilfelle = (r.slag = 'A')) IS NOT TRUE
                        WHEN r.kode = '1' AND NOT r.samme_tilfelle
                            THEN (r.nytt_tilfelle AND NOT r.venstresensurert) IS NOT TRUE
                        WHEN r.kode = '1' THEN (r.ny_gruppe AND NOT r.nytt_tilfelle) IS NOT TRUE
                        ELSE r.regelkode IS DISTINCT FROM r.kode
                    END THEN 'status_og_kode'
                WHEN r.regdato IS DISTINCT FROM
                    CASE
                        WHEN r.kode <> '0'
                            THEN arbsok_lasting.regeldato(r.tilgang_dato, r.dagdato, r.fdagdato, r.henddato, NULL, r.serie_start)
                        WHEN r.slag = 'A' THEN r.dagdato
                        ELSE r.regdato
                    END THEN 'datering'
                WHEN CASE
                        WHEN r.slag <> 'X' THEN r.status NOT LIKE '_X%' AND r.n_status IS DISTINCT FROM r.status
                        WHEN r.samme_tilfelle THEN false
                        WHEN r.f_status IS NULL THEN r.individ <> 'ny'
                        WHEN r.f_status LIKE '_X%' THEN r.individ <> 'avsluttet'
                        ELSE r.utenfor[2] <> r.status
                    END THEN 'ny_eller_kjent'
                WHEN r.kode <> '0' AND NOT r.i_aargangen THEN 'aargang_er_registreringens'
                WHEN r.status LIKE '_X%' AND r.aargangens_siste - r.dagdato <= r.avslutning_dager THEN 'avslutning'
            END AS kontroll
        FROM (
            SELECT n.*,
                coalesce(n.l_slag, n.utenfor[1]) AS f_slag,
                coalesce(n.l_status, n.utenfor[2]) AS f_status,
                coalesce(n.f_tilgdato = n.tilgdato, false) AS samme_tilfelle,
                coalesce(n.f_tilgdato = n.tilgdato AND n.f_asoktilg = n.asoktilg, false) AS samme_gruppe,
                n.n_tilgdato IS DISTINCT FROM n.tilgdato AS sist_i_tilfellet,
                (n.n_tilgdato, n.n_asoktilg) IS DISTINCT FROM (n.tilgdato, n.asoktilg) AS sist_i_gruppen,
                s.nytt_tilfelle, s.ny_gruppe, s.avslutter_gruppe, s.avslutter_tilfelle, s.venstresensurert,
                s.individ, s.kode AS regelkode, s.tilgang_dato, m.dagdato IS NOT NULL AS i_aargangen,
                (SELECT i.serie_start FROM trygdfob.innstilling AS i) AS serie_start,
                (SELECT i.avslutning_dager FROM kontroll.arbsok_innstilling_ved_lasting(p_aargang) AS i)
                    AS avslutning_dager,
                (SELECT max(d.dagdato) FROM trygdfob.maanedsfil AS d WHERE d.aargang = p_aargang) AS aargangens_siste
            FROM (
                SELECT u.*,
                    -- The first record that the control sees of a person opens a spell: what ended the one before
                    CASE
                        WHEN lag(u.kode) OVER hendelser IS NOT NULL THEN NULL
                        WHEN u.egen THEN (
                            SELECT ARRAY[CASE WHEN g.avgdato IS NULL THEN 'G' ELSE 'A' END, g.status]
                            FROM trygdfob.f_arbsok AS g
                            WHERE g.lopenr = u.lopenr AND g.regdato < u.tilgdato
                            ORDER BY g.regdato DESC, g.kode
                            LIMIT 1
                        )
                    END AS utenfor,
                    lag(u.kode) OVER hendelser AS f_kode,
                    lag(u.slag) OVER hendelser AS l_slag,
                    lag(u.regdato) OVER hendelser AS f_regdato,
                    lag(u.tilgdato) OVER hendelser AS f_tilgdato,
                    lag(u.asoktilg) OVER hendelser AS f_asoktilg,
                    lag(u.verdier) OVER hendelser AS f_verdier,
                    lag(u.datoer) OVER hendelser AS f_datoer,
                    lag(u.status) OVER hendelser AS l_status,
                    lead(u.kode) OVER hendelser AS n_kode,
                    lead(u.regdato) OVER hendelser AS n_regdato,
                    lead(u.tilgdato) OVER hendelser AS n_tilgdato,
                    lead(u.asoktilg) OVER hendelser AS n_asoktilg,
                    lead(u.status) OVER hendelser AS n_status,
                    max(u.avgdato) OVER (PARTITION BY u.fnr, u.tilgdato) AS tilfellets_avgdato,
                    max(u.asokavg) OVER (PARTITION BY u.fnr, u.tilgdato, u.asoktilg) AS gruppens_asokavg
                FROM (
                    SELECT a.fnr, a.lopenr, a.kode, a.regdato, a.tilgdato, a.asoktilg, a.asokavg, a.avgdato, a.status,
                        a.dagdato, a.fdagdato, a.henddato, a.tomdato, a.asoktom, a.regtom,
                        ARRAY[a.hoved, a.hovedarbstat, a.tiltak, a.ytelse] AS verdier,
                        ARRAY[a.hovedarbdato, a.tiltakdato, a.ytelsedato] AS datoer,
                        -- A: closes the main spell, G: only the group spell
                        CASE WHEN a.kode <> '0' THEN 'X' WHEN a.avgdato IS NULL THEN 'G' ELSE 'A' END AS slag,
                        a.egen
                    FROM (
                        SELECT f.*, true AS egen
                        FROM arbsok_lasting.forlop_fra(p_aargang) AS f
                        WHERE f.aargang = p_aargang AND (p_fnr IS NULL OR f.fnr = ANY (p_fnr))
                        UNION ALL
                        SELECT f.*, false
                        FROM (
                            SELECT DISTINCT p.lopenr, h.tilgdato
                            FROM trygdfob.h_arbsok AS h
                            JOIN trygdfob.person AS p ON p.fnr = h.fnr
                            JOIN (SELECT max(e.aargang) AS aargang FROM trygdfob.lastet_aargang AS e) AS s
                                ON h.aargang = p_aargang - 1 OR h.aargang < s.aargang
                            WHERE h.aargang IN (p_aargang - 1, p_aargang) AND h.avgdato IS NULL
                                AND (p_fnr IS NULL OR h.fnr = ANY (p_fnr))
                        ) AS t
                        JOIN arbsok_lasting.forlop_fra(p_aargang) AS f
                            ON f.lopenr = t.lopenr AND f.tilgdato = t.tilgdato AND f.regdato >= t.tilgdato
                        WHERE f.aargang <> p_aargang
                    ) AS a
                ) AS u
                WINDOW hendelser AS (PARTITION BY u.fnr ORDER BY u.tilgdato, u.asoktilg, u.regdato, u.kode = '0')
                OFFSET 0
            ) AS n
            LEFT JOIN trygdfob.maanedsfil AS m ON m.aargang = p_aargang AND m.dagdato = n.dagdato
            LEFT JOIN (
                SELECT k.status, k.individ, k.kode, k.tilgang_dato, a.nytt_tilfelle, a.ny_gruppe, a.avslutter_gruppe,
                    a.avslutter_tilfelle, a.venstresensurert
                FROM trygdfob.statuskode AS k
                LEFT JOIN trygdfob.handling AS a ON a.handling = k.handling
                OFFSET 0
            ) AS s ON s.status = arbsok.uten_ukebokstav(n.status)
            OFFSET 0 -- each fact is worked out once a record
        ) AS r
    ) AS b
    WHERE b.kontroll IS NOT NULL;
END;

COMMENT ON FUNCTION kontroll.arbsok_forlop_kontrollert(integer, text []) IS
    'The records of F_ARBSOK that break a promise of the catalogue (table kontroll), each with the first one that it breaks, in the spells that the year''s load began, continued or ended, of the persons p_fnr (NULL: of everybody). No rows in a sound database (original asok_konsistenskontroll.sql; spec.md 4 and 5).';
