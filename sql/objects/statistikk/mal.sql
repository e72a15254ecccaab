-- mal: how a package's base is told apart, as the catalogue says it now: of each part its main groups, whether region,
-- sex and residence count, and where its classes of age and weeks begin. Groupings that overlap are refined: every
-- class of each begins somewhere here (spec.md 10, R1). A version keeps it, and another one is a break.

CREATE OR REPLACE FUNCTION statistikk.mal(p_pakke text) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH grunn AS (
    SELECT b.lag, b.gruppering, g.kjennemerke
    FROM statistikk.pakke_base AS b
    JOIN statistikk.gruppering AS g ON g.gruppering = b.gruppering
    WHERE b.pakke = p_pakke
),

kutt AS (
    SELECT k.lag, k.kjennemerke, jsonb_agg(k.fra ORDER BY k.fra) AS kutt
    FROM (
        SELECT DISTINCT b.lag, b.kjennemerke, c.fra
        FROM grunn AS b
        JOIN statistikk.klasse AS c ON c.gruppering = b.gruppering
        WHERE b.kjennemerke IN ('alder', 'varighet')
    ) AS k
    GROUP BY k.lag, k.kjennemerke
)

SELECT jsonb_build_object('inndeling', p.inndeling, 'lag', coalesce((
    SELECT jsonb_agg(jsonb_build_object(
        'lag', l.lag, 'hoved', l.hoved,
        'region', (
            SELECT max(statistikk.regionniva(b.gruppering)) FROM grunn AS b
            WHERE b.lag = l.lag AND b.kjennemerke = 'region'
        ),
        'kjonn', EXISTS (SELECT FROM grunn AS b WHERE b.lag = l.lag AND b.kjennemerke = 'kjonn'),
        'bosatt', EXISTS (SELECT FROM grunn AS b WHERE b.lag = l.lag AND b.kjennemerke = 'bosatt'),
        'alder', (SELECT k.kutt FROM kutt AS k WHERE k.lag = l.lag AND k.kjennemerke = 'alder'),
        'varighet', (SELECT k.kutt FROM kutt AS k WHERE k.lag = l.lag AND k.kjennemerke = 'varighet')
    ) ORDER BY l.lag)
    FROM statistikk.pakke_lag AS l
    WHERE l.pakke = p.pakke
), '[]'))
FROM statistikk.pakke AS p
WHERE p.pakke = p_pakke;
END;

COMMENT ON FUNCTION statistikk.mal(text) IS
    'How the base of a package is told apart, as JSON: of each part (lag) its main groups, region (kommune or fylke), whether by sex and residence, and the lowest value of each class of age and weeks (spec.md 10, R1).';
