-- dimensjon: the dimensions of each table (spec.md 10, the catalogue). An average has those of the table it is of.

WITH regel (tabell, plass, gruppering, tekst, i_alt) AS (VALUES
    ('hovedgruppe_kjonn', 1, 'hovedgruppe', 'Hovedgruppe', 'I alt'),
    ('hovedgruppe_kjonn', 2, 'fylke', 'Region', 'Hele landet'),
    ('hovedgruppe_kjonn', 3, 'kjonn', 'Kjønn', 'Begge kjønn'),
    ('ledige_kommune_kjonn', 1, 'kommune', 'Region', 'Hele landet'),
    ('ledige_kommune_kjonn', 2, 'kjonn', 'Kjønn', 'Begge kjønn'),
    ('ledige_kommune_alder', 1, 'kommune', 'Region', 'Hele landet'),
    ('ledige_kommune_alder', 2, 'alder_to', 'Alder', 'Alle aldre'),
    ('ledige_fylke_alder', 1, 'fylke', 'Region', 'Hele landet'),
    ('ledige_fylke_alder', 2, 'kjonn', 'Kjønn', 'Begge kjønn'),
    ('ledige_fylke_alder', 3, 'alder_seks', 'Alder', 'Alle aldre'),
    ('ledige_fylke_varighet', 1, 'fylke', 'Region', 'Hele landet'),
    ('ledige_fylke_varighet', 2, 'kjonn', 'Kjønn', 'Begge kjønn'),
    ('ledige_fylke_varighet', 3, 'varighet', 'Varighet', 'All varighet'),
    ('ikke_bosatte', 1, 'hovedgruppe', 'Hovedgruppe', 'I alt')
),

borte AS (
    DELETE FROM statistikk.dimensjon AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.tabell = x.tabell AND r.plass = x.plass)
)

INSERT INTO statistikk.dimensjon AS x (tabell, plass, gruppering, tekst, i_alt, fra_fil)
SELECT r.tabell, r.plass, r.gruppering, r.tekst, r.i_alt::text, true FROM regel AS r
ON CONFLICT (tabell, plass) DO UPDATE SET
    gruppering = excluded.gruppering,
    tekst = excluded.tekst,
    i_alt = excluded.i_alt
WHERE x.fra_fil;
