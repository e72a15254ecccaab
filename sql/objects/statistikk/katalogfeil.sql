-- katalogfeil: what is wrong with the catalogue of a package on a day: its rows are users' own as well as the
-- product's, and no statistics are made from rows that contradict one another (spec.md 10, the catalogue).

CREATE OR REPLACE FUNCTION statistikk.katalogfeil(p_pakke text, p_dagdato date)
RETURNS TABLE (hva text, feil text)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH tabell AS (
    SELECT t.* FROM statistikk.tabell AS t WHERE t.pakke = p_pakke AND t.maal = 'beholdning'
),

brukt AS (
    SELECT b.gruppering FROM statistikk.pakke_base AS b WHERE b.pakke = p_pakke
    UNION
    SELECT d.gruppering FROM statistikk.dimensjon AS d JOIN tabell AS t ON t.tabell = d.tabell
),

klasse AS (
    SELECT u.gruppering, g.kjennemerke, k.kode, k.fra, k.til, k.verdier,
        lag(k.til) OVER w AS forrige_til, lag(k.fra) OVER w AS forrige_fra, lead(k.fra) OVER w AS neste_fra
    FROM brukt AS u
    JOIN statistikk.gruppering AS g ON g.gruppering = u.gruppering
    JOIN statistikk.pakke AS p ON p.pakke = p_pakke
    CROSS JOIN LATERAL statistikk.i_bruk(u.gruppering, p_dagdato, p.inndeling) AS k
    WINDOW w AS (PARTITION BY u.gruppering ORDER BY k.fra)
)

SELECT p_pakke, 'it has no part (pakke_lag)' WHERE NOT EXISTS (
    SELECT FROM statistikk.pakke_lag AS l WHERE l.pakke = p_pakke
)
UNION ALL
SELECT p_pakke, 'it has no table of maal beholdning' WHERE NOT EXISTS (SELECT FROM tabell)
UNION ALL
SELECT format('%s, part %s', p_pakke, l.lag), format(
    'main group %s is in part %s of %s as well, and a person is in one base alone', h.hoved, a.lag, a.pakke)
FROM statistikk.pakke_lag AS l
CROSS JOIN LATERAL unnest(l.hoved) AS h (hoved)
JOIN statistikk.pakke_lag AS a ON h.hoved = ANY(a.hoved) AND (a.pakke, a.lag) <> (l.pakke, l.lag)
WHERE l.pakke = p_pakke
UNION ALL
SELECT format('%s, part %s', p_pakke, l.lag), 'its base is not told apart by main group (pakke_base)'
FROM statistikk.pakke_lag AS l
WHERE l.pakke = p_pakke AND NOT EXISTS (
    SELECT FROM statistikk.pakke_base AS b
    JOIN statistikk.gruppering AS g ON g.gruppering = b.gruppering
    WHERE b.pakke = l.pakke AND b.lag = l.lag AND g.kjennemerke = 'hoved'
)
UNION ALL
SELECT t.tabell, format('%s is no part of %s', l.lag, p_pakke)
FROM tabell AS t
CROSS JOIN LATERAL unnest(t.lag) AS l (lag)
WHERE NOT EXISTS (SELECT FROM statistikk.pakke_lag AS p WHERE p.pakke = p_pakke AND p.lag = l.lag)
UNION ALL
SELECT t.tabell, 'it has no dimension' FROM tabell AS t
WHERE NOT EXISTS (SELECT FROM statistikk.dimensjon AS d WHERE d.tabell = t.tabell)
UNION ALL
SELECT t.tabell, 'its dimensions are not numbered 1, 2, …' FROM tabell AS t
JOIN statistikk.dimensjon AS d ON d.tabell = t.tabell
GROUP BY t.tabell
HAVING count(*) <> max(d.plass)
UNION ALL
SELECT t.tabell, format('its dimension %s is finer than the base of part %s', d.gruppering, l.lag)
FROM tabell AS t
JOIN statistikk.dimensjon AS d ON d.tabell = t.tabell
CROSS JOIN LATERAL unnest(t.lag) AS l (lag)
WHERE NOT EXISTS (
    SELECT FROM statistikk.pakke_base AS b
    WHERE b.pakke = p_pakke AND b.lag = l.lag AND (
        b.gruppering = d.gruppering
        OR statistikk.regionniva(d.gruppering) = 'fylke' AND statistikk.regionniva(b.gruppering) = 'kommune'
    )
)
UNION ALL
SELECT t.tabell, format('it counts by residence, and the base of part %s does not', l.lag)
FROM tabell AS t
CROSS JOIN LATERAL unnest(t.lag) AS l (lag)
WHERE t.bosatt IS NOT NULL AND NOT EXISTS (
    SELECT FROM statistikk.pakke_base AS b
    JOIN statistikk.gruppering AS g ON g.gruppering = b.gruppering
    WHERE b.pakke = p_pakke AND b.lag = l.lag AND g.kjennemerke = 'bosatt'
)
UNION ALL
SELECT k.gruppering, format('class %s leaves a gap, or overlaps the one before', k.kode)
FROM klasse AS k
WHERE k.kjennemerke IN ('alder', 'varighet') AND (
    k.fra IS NULL OR coalesce(k.forrige_til + 1, -1) <> k.fra OR (k.til IS NULL) <> (k.neste_fra IS NULL)
)
UNION ALL
SELECT k.gruppering, format('%s is in more classes than one', v.verdi)
FROM klasse AS k
CROSS JOIN LATERAL unnest(k.verdier) AS v (verdi)
GROUP BY k.gruppering, v.verdi
HAVING count(*) > 1
UNION ALL
SELECT b.gruppering, format('main group %s of part %s is in no class', h.hoved, l.lag)
FROM statistikk.pakke_lag AS l
JOIN statistikk.pakke_base AS b ON b.pakke = l.pakke AND b.lag = l.lag
JOIN statistikk.gruppering AS g ON g.gruppering = b.gruppering AND g.kjennemerke = 'hoved'
CROSS JOIN LATERAL unnest(l.hoved) AS h (hoved)
WHERE l.pakke = p_pakke AND NOT EXISTS (
    SELECT FROM klasse AS k WHERE k.gruppering = b.gruppering AND h.hoved = ANY(k.verdier)
)
UNION ALL
SELECT k.gruppering, 'its class T has the code of a total' FROM klasse AS k WHERE k.kode = 'T';
END;

COMMENT ON FUNCTION statistikk.katalogfeil(text, date) IS
    'What is wrong with the catalogue of a package, as it is in use on day p_dagdato: where (hva) and a sentence (feil). No rows where statistics can be made from it (spec.md 10, the catalogue).';
