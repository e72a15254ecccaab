-- gruppering: the groupings by which persons are told apart in statistics (spec.md 10, the catalogue). Those of regions
-- have their classes in the population register's lists, the others in klasse.

WITH regel (gruppering, kjennemerke, tekst) AS (VALUES
    ('hovedgruppe', 'hoved', 'Hovedgruppe'),
    ('fylke', 'region', 'Fylke'),
    ('kommune', 'region', 'Kommune'),
    ('kjonn', 'kjonn', 'Kjønn'),
    ('alder_to', 'alder', 'Alder, to grupper'),
    ('alder_seks', 'alder', 'Alder, seks grupper'),
    ('varighet', 'varighet', 'Varighet, uker'),
    ('bosatt', 'bosatt', 'Bosatt')
),

borte AS (
    DELETE FROM statistikk.gruppering AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.gruppering = x.gruppering)
)

INSERT INTO statistikk.gruppering AS x (gruppering, kjennemerke, tekst, fra_fil)
SELECT r.gruppering, r.kjennemerke, r.tekst, true FROM regel AS r
ON CONFLICT (gruppering) DO UPDATE SET
    kjennemerke = excluded.kjennemerke,
    tekst = excluded.tekst
WHERE x.fra_fil;
