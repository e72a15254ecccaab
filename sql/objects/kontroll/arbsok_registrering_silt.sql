-- arbsok_registrering_silt: a year's registrations counted, and how many of them must be looked at one by one.
-- It asks what arbsok_registrering_kontrollert asks, but only whether, and of all at once. That function then says
-- which, and of what; so this one must not pass by anything that it finds, and may stop at more
-- (tests/kontroll/test_arbsok_registrering_kontrollert.py).
--
-- Two registrations in three say what the one before said and have no record: they get no presence (individ), and are
-- compared with nothing else. All are grouped by the facts that the rules ask for and by what stands for them, and rule
-- table and files are asked once a group. Records, rejections and rows of H_ARBSOK that no registration gave are the
-- groups without mnddato.

CREATE OR REPLACE FUNCTION kontroll.arbsok_registrering_silt(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (
    mnddato date, utfall text, status text, handling varchar, en_maaned_borte boolean, antall bigint, mistenkte bigint
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH fnr_kontroll AS (
        -- || '{}' has each array unpacked once, not at each look-up
        SELECT true AS slaas_opp, l.sifre || '{}'::integer [] AS sifre, l.godkjent || '{}'::integer [] AS godkjent,
            l.datoer || '{}'::integer [] AS datoer
        FROM kontroll.arbsok_innstilling_ved_lasting(p_aargang) AS i
        JOIN trygdfob.fnr_kontroll AS l ON l.testnumre = i.testnumre
        OFFSET 0
    ),

    -- What a registration says of itself; asked for the months of the series and for those before it
    registrering AS NOT MATERIALIZED (
        SELECT m.fnr, m.dagdato, m.fdagdato, m.mnddato, m.henddato, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse,
            m.mrk_fnr,
            m.henddato IS DISTINCT FROM (m.dagdato - m.ant_d_as_n) OR coalesce(m.mrk_dl, 32) <> 32
            OR (m.mnddato >= arbsok_lasting.as_gr_fra()
                AND m.hoved <> arbsok_lasting.hoved_av_as_gr(m.as_gr)) AS feil
        FROM trygdfob.miniregister AS m
        WHERE m.aargang = p_aargang AND m.fnr >= p_fra AND m.fnr < p_til
    ),

    gruppe AS (
        SELECT r.mnddato, r.dagdato, r.fdagdato, r.sist_dagdato, r.individ, r.henddato_klasse, r.fakta, f.status,
            f.vraket, count(*) AS antall,
            count(*) FILTER (WHERE r.feil
                OR (f.fnr IS NOT NULL
                    AND (f.hoved = r.hoved AND f.fdagdato IS NOT DISTINCT FROM r.fdagdato
                        AND f.henddato IS NOT DISTINCT FROM r.henddato
                        AND f.hovedarbstat IS NOT DISTINCT FROM r.hovedarbstat
                        AND f.tiltak IS NOT DISTINCT FROM r.tiltak
                        AND f.ytelse IS NOT DISTINCT FROM r.ytelse
                        AND (f.mnddato = r.mnddato) IS NOT FALSE) IS NOT TRUE)
                OR (r.siste_dagdato IS NOT NULL
                    AND (h.hoved = r.hoved
                        AND h.fdagdato IS NOT DISTINCT FROM r.fdagdato
                        AND h.henddato IS NOT DISTINCT FROM r.henddato
                        AND h.hovedarbstat IS NOT DISTINCT FROM r.hovedarbstat
                        AND h.tiltak IS NOT DISTINCT FROM r.tiltak
                        AND h.ytelse IS NOT DISTINCT FROM r.ytelse) IS NOT TRUE)) AS feil
        FROM (
            SELECT e.fnr, e.mnddato, e.dagdato, e.fdagdato, e.henddato, e.hoved, e.hovedarbstat, e.tiltak, e.ytelse,
                e.sist_dagdato, e.individ,
                CASE WHEN e.individ IS NOT NULL THEN e.dagdato END AS endret_dagdato,
                CASE WHEN e.siste THEN e.dagdato END AS siste_dagdato,
                e.feil OR (k.slaas_opp IS NOT NULL
                    AND e.mrk_fnr <> trygdfob.mrk_fnr(e.fnr::bigint, k.sifre, k.godkjent, k.datoer)) AS feil,
                CASE WHEN e.individ NOT IN ('ny', 'avsluttet')
                    THEN arbsok_lasting.henddato_klasse(e.henddato, e.dagdato, e.fdagdato, e.sist_henddato)
                END AS henddato_klasse,
                -- The other facts (asok_bestem_status), a bit each; which ones decide says the presence
                CASE WHEN e.individ IN ('ny', 'avsluttet')
                    THEN (e.hoved = '5')::integer
                        + 2 * (arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato)
                            > (SELECT i.serie_start FROM trygdfob.innstilling AS i))::integer
                        + 4 * coalesce(
                            arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato) > e.fdagdato, false
                        )::integer
                    WHEN e.individ IS NOT NULL
                    THEN (e.sist_ytelse IS DISTINCT FROM e.ytelse)::integer
                        + 2 * (e.sist_tiltak IS DISTINCT FROM e.tiltak)::integer
                        + 4 * (e.sist_hovedarbstat IS DISTINCT FROM e.hovedarbstat)::integer
                        + 8 * (e.sist_hoved <> e.hoved)::integer
                END AS fakta
            FROM (
                SELECT u.*,
                    CASE WHEN (u.sist_dagdato >= u.fdagdato AND u.sist_hoved = u.hoved
                            AND u.sist_hovedarbstat IS NOT DISTINCT FROM u.hovedarbstat
                            AND u.sist_tiltak IS NOT DISTINCT FROM u.tiltak
                            AND u.sist_ytelse IS NOT DISTINCT FROM u.ytelse
                            AND arbsok_lasting.henddato_uendret(u.henddato, u.sist_henddato)
                            AND u.sist_mrk_fnr <> 'X') IS NOT TRUE
                        THEN arbsok_lasting.individ(
                            u.dagdato, u.fdagdato, u.hoved, u.sist_dagdato, u.sist_hoved,
                            CASE WHEN u.sist_dagdato IS NOT NULL THEN u.sist_mrk_fnr = 'X'
                                ELSE (
                                    SELECT true FROM trygdfob.person AS p WHERE p.fnr = u.fnr AND p.aargang < p_aargang
                                ) END,
                            (SELECT i.sammensying_dager FROM trygdfob.innstilling AS i)
                        ) END AS individ
                FROM (
                    SELECT q.*,
                        lag(q.dagdato) OVER per_person AS sist_dagdato,
                        lag(q.henddato) OVER per_person AS sist_henddato,
                        lag(q.hoved) OVER per_person AS sist_hoved,
                        lag(q.hovedarbstat) OVER per_person AS sist_hovedarbstat,
                        lag(q.tiltak) OVER per_person AS sist_tiltak,
                        lag(q.ytelse) OVER per_person AS sist_ytelse,
                        lag(q.mrk_fnr) OVER per_person AS sist_mrk_fnr,
                        lead(q.dagdato) OVER per_person IS NULL AS siste
                    FROM (
                        SELECT m.*
                        FROM registrering AS m
                        WHERE m.mnddato >= (
                            SELECT date_trunc('month', i.serie_start::timestamp)::date FROM trygdfob.innstilling AS i
                        )
                        UNION ALL
                        -- X: the spell was closed at the year's end, which no mark says
                        SELECT h.fnr, h.dagdato, NULL, NULL, h.henddato, h.hoved, h.hovedarbstat, h.tiltak,
                            h.ytelse, CASE WHEN h.avgdato IS NULL THEN h.mrk_fnr ELSE 'X' END, false
                        FROM trygdfob.h_arbsok AS h
                        WHERE h.aargang = p_aargang - 1 AND h.fnr >= p_fra AND h.fnr < p_til
                    ) AS q
                    WINDOW per_person AS (PARTITION BY q.fnr ORDER BY q.dagdato)
                ) AS u
                WHERE u.mnddato IS NOT NULL
                OFFSET 0 -- each fact is worked out once a registration
            ) AS e
            -- The number is controlled anew only where its mark differs from the last registration's
            LEFT JOIN fnr_kontroll AS k
                ON k.slaas_opp = CASE WHEN e.mrk_fnr IS DISTINCT FROM e.sist_mrk_fnr THEN true END
            OFFSET 0
        ) AS r
        FULL JOIN (
            SELECT a.fnr, a.dagdato, a.status, a.hoved, a.fdagdato, a.henddato, a.hovedarbstat, a.tiltak, a.ytelse,
                false AS vraket, NULL::date AS mnddato
            FROM arbsok_lasting.forlop_fra(p_aargang) AS a
            WHERE a.aargang = p_aargang AND a.kode <> '0' AND a.fnr >= p_fra AND a.fnr < p_til
            UNION ALL
            SELECT v.fnr, v.dagdato, v.status, v.hoved, v.fdagdato, v.henddato, v.hovedarbstat, v.tiltak, v.ytelse,
                true, v.mnddato
            FROM trygdfob.vrak_arbsok AS v
            WHERE v.aargang = p_aargang AND v.fnr >= p_fra AND v.fnr < p_til
        ) AS f ON f.fnr = r.fnr AND f.dagdato = r.endret_dagdato
        FULL JOIN (
            SELECT g.fnr, g.dagdato, g.fdagdato, g.henddato, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse
            FROM trygdfob.h_arbsok AS g
            WHERE g.aargang = p_aargang AND g.fnr >= p_fra AND g.fnr < p_til
                AND g.dagdato >= (SELECT min(a.dagdato) FROM trygdfob.maanedsfil AS a WHERE a.aargang = p_aargang)
            OFFSET 0
        ) AS h ON h.fnr = r.fnr AND h.dagdato = r.siste_dagdato
        GROUP BY r.mnddato, r.dagdato, r.fdagdato, r.sist_dagdato, r.individ, r.henddato_klasse, r.fakta, f.status,
            f.vraket
    ),

    -- Nothing is made of them and nothing may stand for them
    foer_start AS (
        SELECT r.mnddato, r.dagdato, r.fdagdato, r.sist_dagdato, count(*) AS antall,
            count(*) FILTER (WHERE r.feil
                OR r.mrk_fnr <> trygdfob.mrk_fnr(r.fnr::bigint, k.sifre, k.godkjent, k.datoer)) AS feil
        FROM (
            SELECT m.fnr, m.mnddato, m.dagdato, m.fdagdato, m.mrk_fnr, m.feil,
                lag(m.dagdato) OVER (PARTITION BY m.fnr ORDER BY m.dagdato) AS sist_dagdato
            FROM registrering AS m
            WHERE m.mnddato < (
                SELECT date_trunc('month', i.serie_start::timestamp)::date FROM trygdfob.innstilling AS i
            )
        ) AS r
        CROSS JOIN fnr_kontroll AS k
        GROUP BY r.mnddato, r.dagdato, r.fdagdato, r.sist_dagdato
    ),

    -- What the rules make of a group; of one that is unchanged too
    bedoemt AS (
        SELECT g.mnddato, g.dagdato, g.fdagdato, g.status AS har_status, g.vraket, g.antall, g.feil,
            CASE WHEN g.vraket THEN 'vraket' WHEN g.status IS NOT NULL THEN 'ga_record' ELSE 'bekreftet' END AS utfall,
            arbsok_lasting.med_ukebokstav(s.status, g.dagdato, g.sist_dagdato) AS status, s.handling, g.sist_dagdato
        FROM (
            SELECT a.*, coalesce(a.individ, 'uten_opphold') AS tilstede,
                coalesce(a.individ IN ('ny', 'avsluttet'), false) AS apner
            FROM gruppe AS a
        ) AS g
        LEFT JOIN arbsok_lasting.statusvalg AS s
            ON s.individ = g.tilstede
            AND s.henddato_klasse = CASE WHEN g.apner THEN '-' ELSE coalesce(g.henddato_klasse, 'uendret') END
            AND s.seriemaaned = CASE WHEN g.apner THEN arbsok_lasting.seriemaaned(
                g.mnddato, (SELECT i.serie_start FROM trygdfob.innstilling AS i)
            ) ELSE 0 END
            AND s.hoved_5 = (g.apner AND g.fakta & 1 > 0)
            AND s.etter_start = (g.apner AND g.fakta & 2 > 0)
            AND s.etter_fdagdato = (g.apner AND g.fakta & 4 > 0)
            AND s.arbstat_sum = CASE WHEN g.apner THEN 0 ELSE coalesce(g.fakta & 7, 0) END
            AND s.hoved_endret = (NOT g.apner AND coalesce(g.fakta & 8 > 0, false))
        UNION ALL
        SELECT b.mnddato, b.dagdato, b.fdagdato, NULL, NULL, b.antall, b.feil, 'foer_start', NULL, NULL, b.sist_dagdato
        FROM foer_start AS b
    )

    SELECT b.mnddato, b.utfall, b.status, b.handling, coalesce(b.sist_dagdato = e.fdagdato, false) AS en_maaned_borte,
        sum(b.antall)::bigint,
        coalesce(sum(b.antall) FILTER (WHERE b.mnddato IS NULL
            OR b.feil > 0
            OR (b.dagdato, b.fdagdato) IS DISTINCT FROM (d.dagdato, d.fdagdato)
            OR (b.utfall IN ('ga_record', 'vraket')) <> coalesce(t.gir_record OR t.vrakes, false)
            OR (b.utfall = 'vraket') <> coalesce(t.vrakes, false)
            OR b.har_status <> b.status), 0)::bigint
    FROM bedoemt AS b
    LEFT JOIN trygdfob.handling AS t ON t.handling = b.handling
    LEFT JOIN trygdfob.maanedsfil AS d ON d.mnddato = b.mnddato
    LEFT JOIN trygdfob.maanedsfil AS e ON e.mnddato = (b.mnddato - interval '1 month')::date
    GROUP BY b.mnddato, b.utfall, b.status, b.handling, en_maaned_borte;
END;

COMMENT ON FUNCTION kontroll.arbsok_registrering_silt(integer, text, text) IS
    'The registrations of a loaded year of the persons p_fra <= fnr < p_til, counted as in registrering_tall, and in mistenkte how many of them may break a promise: where none may, arbsok_registrering_kontrollert finds nothing. Records that no registration gave are counted without mnddato (spec.md 2, 4, 5.6, 5.8).';
