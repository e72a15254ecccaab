-- aarets_tall: what the year being loaded has given, counted before the work tables are emptied.

CREATE OR REPLACE VIEW trygdfob.aarets_tall AS
SELECT 'tilganger' AS post, count(*) AS antall
FROM trygdfob.aarets_rekord WHERE kode = '1' AND regdato = tilgdato
UNION ALL
SELECT 'venstresensurerte', count(*) FROM trygdfob.aarets_rekord WHERE kode IN ('3', '9')
UNION ALL
SELECT 'endringer', count(*) FROM trygdfob.aarets_rekord WHERE kode = '2'
UNION ALL
SELECT 'gruppeoverganger', count(*) FROM trygdfob.aarets_rekord WHERE kode = '0' AND avgdato IS NULL
UNION ALL
SELECT 'avganger', count(*) FROM trygdfob.aarets_rekord
WHERE avgdato IS NOT NULL AND substr(status, 2, 1) <> 'X'
UNION ALL
SELECT 'avsluttede', count(*) FROM trygdfob.aarets_rekord
WHERE avgdato IS NOT NULL AND substr(status, 2, 1) = 'X'
UNION ALL
SELECT g.grunn, count(b.grunn)
FROM (VALUES ('ugyldig_fnr'), ('dublett')) AS g (grunn)
LEFT JOIN trygdfob.lagt_til_side AS b
    ON b.grunn = g.grunn AND b.aargang = (SELECT max(m.aargang) FROM trygdfob.maanedsfil AS m)
GROUP BY g.grunn
UNION ALL
SELECT 'uten_henddato', count(*) FROM trygdfob.l_arbsok WHERE henddato IS NULL
UNION ALL
SELECT 'vrakede', count(*) FROM trygdfob.hendelse WHERE handling = 'vrak'
UNION ALL
SELECT 'lopende', count(*) FROM trygdfob.h_arbsok WHERE avgdato IS NULL;

COMMENT ON VIEW trygdfob.aarets_tall IS
    'While a year is being loaded: its records by event (a group transition is counted once, and gives two records), those kept aside by reason, those of L_ARBSOK without henddato, the rejected ones, and the spells running at its end. Kept in kjorelogg.';
