-- aarsendring: what changed against the year before, and what of it stands out (spec.md 6).
--
-- The rows aarsendring_… of table terskel decide what stands out; a median does so only where both years have at least
-- 100 spells. What the series has only from its start on is shown, but does not stand out against a year that it has
-- only a part of.
-- What stands out may have a known cause, which kjent_brudd names. It is a break that dekning_regel has in one of the
-- two years: of the main groups (except those that were the same before it, a row with tiltak '*' in hoved_koding), of
-- the events or of a variable. For lengths it is the start of the series, as long as a good part of the spells that the
-- year before ended had begun before it (aarsendring_ung_serie), so that the long ones are missing.

CREATE OR REPLACE VIEW arbsok.aarsendring AS
WITH grense AS (
    SELECT substr(t.navn, length('aarsendring_') + 1) AS slags, t.gjelder_prosent AS prosent, t.gjelder_minst AS minst
    FROM trygdfob.terskel AS t
    WHERE starts_with(t.navn, 'aarsendring_')
),

tap AS (
    SELECT l.aargang, 100.0 * s.uten_henddato / nullif(s.fra_start, 0) AS andel
    FROM trygdfob.lastet_aargang AS l
    CROSS JOIN LATERAL (
        SELECT (k.antall ->> 'uten_henddato')::bigint AS uten_henddato, (k.antall ->> 'fra_start')::bigint AS fra_start
        FROM trygdfob.kjorelogg AS k
        WHERE k.aargang = l.aargang AND k.handling = 'load'
        ORDER BY k.kjoring DESC
        LIMIT 1
    ) AS s
),

-- A code that a code list has counts as new only at a known break, not where a year merely has it for the first time
nye AS (
    SELECT n.aargang, n.variabel, n.kjent_brudd, count(*) AS antall,
        string_agg(n.verdi, ', ' ORDER BY n.nummer) FILTER (WHERE n.nummer <= 10)
            || CASE WHEN count(*) > 10 THEN format(' og %s til', count(*) - 10) ELSE '' END AS koder
    FROM (
        SELECT b.aargang, b.variabel, b.verdi, b.kjent_brudd,
            row_number() OVER (
                PARTITION BY b.aargang, b.variabel, b.kjent_brudd ORDER BY b.antall DESC, b.verdi
            ) AS nummer
        FROM arbsok.kodebruk AS b
        WHERE b.ny AND (NOT b.i_kodeliste OR b.kjent_brudd IS NOT NULL)
    ) AS n
    GROUP BY n.aargang, n.variabel, n.kjent_brudd
),

-- Main groups that are not the same on both sides of a break in hoved; 7 takes what no row covers (T8)
brutt AS (
    SELECT g.hoved
    FROM (SELECT DISTINCT hoved FROM arbsok_lasting.miniregister_tall) AS g
    WHERE g.hoved = '7'
        OR NOT EXISTS (SELECT FROM trygdfob.hoved_koding AS h WHERE h.hoved = g.hoved AND h.tiltak = '*')
),

-- serie        the figure counts from the start of the series on
-- grunnlag     how many it is made from, where it means nothing of a few
-- bryter       which breaks of dekning_regel may explain a change: those of a variable, or of all tables
-- kjent_brudd  the break that explains it for certain
-- fra_foer     how many per cent of the spells began before the series
maal (aargang, blokk, i_blokk, tema, post, slags, serie, verdi, grunnlag, koder, bryter, kjent_brudd, fra_foer) AS (
    SELECT r.aargang, 1, v.i_blokk, 'Miniregister', v.post, 'antall', false, v.verdi::numeric, NULL::bigint, NULL,
        NULL, NULL::date, NULL::numeric
    FROM arbsok.regnskap_aargang AS r
    CROSS JOIN LATERAL (
        VALUES ('1', 'Leste records', r.lest), ('2', 'Lagt til side, ugyldig fødselsnummer', r.ugyldig_fnr),
            ('3', 'Lagt til side, dubletter', r.dublett),
            ('3a', 'Lagt til side, siffer i statuskoden', r.tall_i_as_stat)
    ) AS v (i_blokk, post, verdi)
    UNION ALL
    SELECT t.aargang, 1, '4', 'Miniregister', 'Andel records uten antall dager', 'andel', false, t.andel, NULL, NULL,
        NULL, NULL, NULL
    FROM tap AS t
    UNION ALL
    SELECT m.aargang, 2, m.hoved, 'Personmåneder', coalesce(g.gruppe, 'Hovedgruppe ' || m.hoved), 'maaneder', false,
        sum(m.antall), NULL, NULL, CASE WHEN u.hoved IS NOT NULL THEN 'hoved' END, NULL, NULL
    FROM arbsok_lasting.miniregister_tall AS m
    LEFT JOIN arbsok.hovedgruppe AS g ON g.hoved = m.hoved
    LEFT JOIN brutt AS u ON u.hoved = m.hoved
    GROUP BY m.aargang, m.hoved, g.gruppe, u.hoved
    UNION ALL
    SELECT h.aargang, 3,
        CASE h.konsistens WHEN 'konsistent' THEN '1' WHEN 'feil_datering' THEN '2' WHEN 'vraket' THEN '4' ELSE '3' END,
        'Hendelser', h.tekst, 'antall', true, h.antall, NULL, NULL, 'tabell', NULL, NULL
    FROM arbsok.hendelser_konsistens AS h
    UNION ALL
    SELECT h.aargang, 3, '5', 'Hendelser', 'Andel inkonsistente hendelser', 'andel', true,
        100 * sum(h.antall) FILTER (WHERE h.konsistens IN ('feil_datering', 'annen_inkonsistens'))
        / nullif(sum(h.antall), 0), NULL, NULL, 'tabell', NULL, NULL
    FROM arbsok.hendelser_konsistens AS h
    GROUP BY h.aargang
    UNION ALL
    SELECT t.aargang, 4, v.i_blokk, 'Tilganger og avganger', v.post, 'antall', true, sum(t.antall), NULL, NULL,
        NULL, NULL, NULL
    FROM arbsok_lasting.forlop_tall AS t
    CROSS JOIN LATERAL (
        SELECT CASE WHEN t.kode = '1' THEN 1 WHEN t.status NOT LIKE '_X%' THEN 2 ELSE 3 END AS nummer
    ) AS n
    JOIN (VALUES (1, '1', 'Tilganger'), (2, '2', 'Avganger'), (3, '3', 'Avsl (X)')) AS v (nummer, i_blokk, post)
        ON v.nummer = n.nummer
    WHERE t.tilfelle AND t.kode IN ('0', '1')
    GROUP BY t.aargang, v.i_blokk, v.post
    UNION ALL
    SELECT s.aargang, 5, s.rekkefolge::text, 'Sammensyinger etter 13-ukersregelen', s.hendelsestype, 'antall', true,
        s.antall, NULL, NULL, 'tabell', NULL, NULL
    FROM arbsok.sammensyinger_13_uker AS s
    UNION ALL
    SELECT o.aargang, 6, o.rekkefolge::text, 'Oppsplittinger og sammensyinger', o.hendelsestype, 'antall', true,
        o.antall, NULL, NULL, 'tabell', NULL, NULL
    FROM arbsok.oppsplittinger_sammensyinger AS o
    UNION ALL
    SELECT v.aargang, 7, coalesce(v.hoved, ''), 'Median varighet i dager', v.gruppe, 'dager', true, v.median, v.antall,
        NULL, CASE WHEN u.hoved IS NOT NULL THEN 'hoved' END, NULL,
        100.0 * v.venstresensurerte / (v.venstresensurerte + v.antall)
    FROM arbsok.varighet_kontroll AS v
    LEFT JOIN brutt AS u ON u.hoved = v.hoved
    WHERE v.median IS NOT NULL
    UNION ALL
    SELECT n.aargang, 8, concat(n.variabel, n.kjent_brudd), 'Nye koder',
        concat(n.variabel, to_char(n.kjent_brudd, '" ved bruddet" FMDD.FMMM.YYYY')), 'koder', false,
        n.antall, NULL, n.koder, NULL, n.kjent_brudd, NULL
    FROM nye AS n
),

par AS (
    SELECT aa.aargang, p.blokk, p.i_blokk, p.tema, p.post, p.slags,
        -- A count that is missing is 0; a share or a median that is missing is not known
        CASE WHEN p.slags IN ('antall', 'maaneder', 'koder') THEN coalesce(f.verdi, 0)
            ELSE trim_scale(round(f.verdi, 2)) END AS forrige,
        CASE WHEN p.slags IN ('antall', 'maaneder', 'koder') THEN coalesce(d.verdi, 0)
            ELSE trim_scale(round(d.verdi, 2)) END AS denne,
        aa.forrige_er_hel OR NOT p.serie AS sammenlignbar,
        coalesce(least(f.grunnlag, d.grunnlag), 100) >= 100 AS nok,
        d.koder, d.kjent_brudd, f.fra_foer, coalesce(d.bryter, f.bryter) AS bryter, aa.serie_start
    FROM (
        SELECT r.aargang, make_date(r.aargang - 1, 1, 1) >= i.serie_start AS forrige_er_hel, i.serie_start
        FROM (SELECT DISTINCT aargang FROM arbsok_lasting.registrering_tall) AS r
        CROSS JOIN trygdfob.innstilling AS i
        WHERE r.aargang - 1 IN (SELECT f.aargang FROM arbsok_lasting.registrering_tall AS f)
    ) AS aa
    CROSS JOIN (SELECT DISTINCT blokk, i_blokk, tema, post, slags, serie FROM maal) AS p
    LEFT JOIN maal AS f ON f.aargang = aa.aargang - 1 AND f.blokk = p.blokk AND f.i_blokk = p.i_blokk
    LEFT JOIN maal AS d ON d.aargang = aa.aargang AND d.blokk = p.blokk AND d.i_blokk = p.i_blokk
)

SELECT p.aargang, p.tema, p.post, p.forrige, p.denne, e.endring_prosent, e.skiller_seg_ut,
    CASE
        WHEN NOT e.skiller_seg_ut THEN NULL
        WHEN p.slags = 'koder' THEN format(
            '%s i %s i %s, som ingen tidligere årgang har: %s.',
            CASE WHEN p.denne = 1 THEN '1 ny kode' ELSE e.denne || ' nye koder' END, p.post, p.aargang, p.koder
        )
        WHEN p.slags = 'andel' THEN format(
            '%s: %s prosent i %s mot %s prosent i %s, %s %s prosentpoeng.',
            p.post, e.denne, p.aargang, e.forrige, p.aargang - 1,
            CASE WHEN p.denne > p.forrige THEN 'opp' ELSE 'ned' END,
            arbsok.norsk_tall(abs(p.denne - p.forrige))
        )
        WHEN p.forrige = 0 THEN format(
            '%s, %s: %s i %s, ingen i %s.', p.tema, p.post, e.denne, p.aargang, p.aargang - 1
        )
        ELSE format(
            '%s, %s: %s i %s mot %s i %s, %s på %s prosent.',
            p.tema, p.post, CASE WHEN p.denne = 0 THEN 'ingen' ELSE e.denne END, p.aargang, e.forrige, p.aargang - 1,
            CASE WHEN p.denne > p.forrige THEN 'en oppgang' ELSE 'en nedgang' END,
            arbsok.norsk_tall(abs(e.endring_prosent))
        )
    END AS setning,
    dense_rank() OVER (ORDER BY p.blokk, p.i_blokk)::integer AS rekkefolge,
    CASE WHEN e.skiller_seg_ut THEN coalesce(
        p.kjent_brudd,
        (
            SELECT max(r.brudd)
            FROM arbsok.dekning_regel AS r
            WHERE r.navn = '*' AND coalesce(r.variabel, r.slag) = p.bryter AND r.brudd > p.serie_start
                AND r.brudd > make_date(p.aargang - 1, 1, 1) AND r.brudd <= make_date(p.aargang, 12, 31)
        ),
        CASE
            WHEN p.fra_foer >= (SELECT u.prosent FROM grense AS u WHERE u.slags = 'ung_serie') THEN p.serie_start
        END
    ) END AS kjent_brudd
FROM par AS p
JOIN grense AS g ON g.slags = p.slags
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN p.slags <> 'koder' THEN round(100 * (p.denne - p.forrige) / nullif(p.forrige, 0), 1) END
            AS endring_prosent,
        coalesce(
            p.sammenlignbar AND p.nok AND CASE
                WHEN p.slags = 'koder' THEN p.denne >= g.minst
                ELSE abs(p.denne - p.forrige) >= g.minst AND abs(p.denne - p.forrige) >= g.prosent / 100.0 * p.forrige
            END,
            false
        ) AS skiller_seg_ut,
        arbsok.norsk_tall(p.denne) AS denne,
        arbsok.norsk_tall(p.forrige) AS forrige
) AS e
WHERE p.forrige > 0 OR p.denne > 0;

COMMENT ON VIEW arbsok.aarsendring IS
    'What changed against the year before, a row for each measure, for every loaded year with a loaded one before it. Counted by aargang, the year of the load. The rows aarsendring_... of table terskel decide what stands out: a number that differs by so many per cent and records, a share by so many percentage points, a median (of at least 100 spells) by so many per cent and days, and new codes that no code list has. Events, flows and lengths do not stand out against a year in which the series starts, or one before it. In the first years medians rise, since no spell with a known beginning can be long yet. Measures that neither year has are left out (spec.md 6).';
COMMENT ON COLUMN arbsok.aarsendring.tema IS 'What the measure is about, in Norwegian.';
COMMENT ON COLUMN arbsok.aarsendring.forrige IS
    'The measure in the year before: a number, a share in per cent or a number of days. Empty where the year has no such share or median.';
COMMENT ON COLUMN arbsok.aarsendring.denne IS 'The measure in this year, as in forrige.';
COMMENT ON COLUMN arbsok.aarsendring.endring_prosent IS
    'The change in per cent of forrige, also for a share. Empty where forrige is 0 or empty, and for new codes.';
COMMENT ON COLUMN arbsok.aarsendring.skiller_seg_ut IS
    'Whether the change is so large that somebody should look at it, unless kjent_brudd explains it.';
COMMENT ON COLUMN arbsok.aarsendring.kjent_brudd IS
    'The known break (table dekning_regel) in one of the two years that explains why the measure stands out; for a length, while the series is young, its start. Empty where no known break does: then somebody should look.';
