-- kontrollstatus: what the last run of the controls of each year found, beside the run before it and the year before.

CREATE OR REPLACE VIEW kontroll.kontrollstatus AS
WITH kjoring AS (
    SELECT k.aargang, k.kjoring, row_number() OVER (PARTITION BY k.aargang ORDER BY k.kjoring DESC) AS nummer
    FROM kontroll.kontrollkjoring AS k
    WHERE k.ferdig IS NOT NULL
),

siste AS (
    SELECT s.aargang, s.kjoring, f.kjoring AS forrige
    FROM kjoring AS s
    LEFT JOIN kjoring AS f ON f.aargang = s.aargang AND f.nummer = 2
    WHERE s.nummer = 1
)

SELECT s.aargang, k.kontroll, r.alvor, k.tittel, k.lover, k.kilde, k.visning, r.antall, r.godtatt,
    CASE WHEN s.forrige IS NOT NULL THEN r.antall - felles.antall END AS nye,
    CASE WHEN s.forrige IS NOT NULL THEN coalesce(f.antall, 0) - felles.antall END AS loeste,
    CASE WHEN s.forrige IS NOT NULL THEN felles.antall END AS fortsatt,
    a.antall AS forrige_aar,
    kontroll.sporring(k.visning, k.kontroll, s.aargang) AS sporring
FROM siste AS s
JOIN kontroll.kontrollresultat AS r ON r.kjoring = s.kjoring
JOIN kontroll.kontroll AS k ON k.kontroll = r.kontroll
LEFT JOIN kontroll.kontrollresultat AS f ON f.kjoring = s.forrige AND f.kontroll = r.kontroll
LEFT JOIN siste AS sa ON sa.aargang = s.aargang - 1
LEFT JOIN kontroll.kontrollresultat AS a ON a.kjoring = sa.kjoring AND a.kontroll = r.kontroll
CROSS JOIN LATERAL (
    SELECT count(*) AS antall
    FROM kontroll.kontrollfunn AS n
    JOIN kontroll.kontrollfunn AS g ON g.kjoring = s.forrige AND g.kontroll = n.kontroll AND g.noekkel = n.noekkel
    WHERE n.kjoring = s.kjoring AND n.kontroll = r.kontroll
) AS felles;

COMMENT ON VIEW kontroll.kontrollstatus IS
    'The last run of the controls of each year: the number of findings by control, how many of them are new, resolved or still there since the same year''s run before, record by record, and how many the last run of the year before found. The records are in kontrollfunn.';
