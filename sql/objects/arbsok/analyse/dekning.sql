-- dekning: for everything that analysts read, from when to when it holds and where its series breaks.
-- The facts are rows (arbsok/regler/dekning_regel.sql); the variables come from PostgreSQL's catalog, and for one
-- without a row merknad is empty and tests/arbsok/analyse/test_analyse_visninger.py fails. What is loaded comes from
-- endelighet.

CREATE OR REPLACE VIEW arbsok.dekning AS
WITH liste AS (
    SELECT r.slag, r.navn
    FROM arbsok.dekning_regel AS r
    WHERE r.slag <> 'variabel' AND r.navn <> '*' AND r.brudd IS NULL
),

emne AS (
    SELECT l.slag, l.navn, NULL::text AS variabel, 0 AS nr FROM liste AS l
    UNION ALL
    SELECT 'variabel' AS slag, l.navn, a.attname::text AS variabel, a.attnum AS nr
    FROM liste AS l
    JOIN pg_catalog.pg_class AS c ON c.relname = l.navn AND c.relnamespace = 'arbsok'::regnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE l.slag = 'tabell'
),

fakta AS (
    -- The table's own row goes before the one for all tables
    SELECT DISTINCT ON (e.navn, e.nr, r.brudd)
        e.slag, e.navn, e.variabel, e.nr, r.gyldig_fra, r.gyldig_til, r.brudd, r.merknad
    FROM emne AS e
    LEFT JOIN arbsok.dekning_regel AS r
        ON r.slag = e.slag
            AND r.navn IN (e.navn, '*')
            AND (e.variabel IS NULL OR r.variabel IN (
                e.variabel, regexp_replace(e.variabel, '_(mnd|inn|ut|neste)$', '')
            ))
    ORDER BY e.navn, e.nr, r.brudd, r.navn = '*'
),

gyldig AS (
    -- Code lists also hold for years that are not loaded
    SELECT f.navn, f.nr,
        greatest(f.gyldig_fra, s.serie_start) AS fra,
        least(f.gyldig_til, s.siste_dagdato) AS til,
        least(f.gyldig_til, s.endelig_til) AS endelig_til
    FROM fakta AS f
    LEFT JOIN arbsok.endelighet AS s ON f.slag IN ('tabell', 'variabel')
    WHERE f.brudd IS NULL
)

SELECT f.slag::text AS slag, f.navn, f.variabel,
    g.fra AS gyldig_fra,
    CASE WHEN g.til >= g.fra THEN g.til END AS gyldig_til,
    CASE WHEN f.slag IN ('tabell', 'variabel') AND g.endelig_til >= g.fra THEN g.endelig_til END AS endelig_til,
    f.brudd, f.merknad
FROM fakta AS f
LEFT JOIN gyldig AS g ON g.navn = f.navn AND g.nr = f.nr
CROSS JOIN arbsok.endelighet AS s
WHERE f.brudd IS NULL OR f.brudd BETWEEN s.serie_start AND s.siste_dagdato
ORDER BY f.slag = 'kodeliste', f.navn, f.nr, f.brudd NULLS FIRST;

COMMENT ON VIEW arbsok.dekning IS
    'For every table, variable and code list that analysts read: from when to when it is valid, and where its series breaks. One row without brudd for each, and one more for each break in the years that are loaded. Look here before comparing two dates: SELECT variabel, brudd, merknad FROM dekning WHERE navn = ''periode'' AND brudd IS NOT NULL (spec.md 2, T8; the source''s 3.4).';
