-- note: the footnotes (spec.md 10, the catalogue). What a table must say is here, and nowhere in the program.

WITH regel (note, rekkefolge, tabell, fra_periode, til_periode, tekst) AS (VALUES
    ('avrunding', 10, NULL, NULL, NULL,
        'Små tall er avrundet: i de fineste gruppene er 1 og 2 personer vist som 0 eller 3. Et 0 kan derfor '
        'være 0, 1 eller 2 per grunncelle. Alle tall i tabellene er summer av de avrundede, så de stemmer med '
        'hverandre.'),
    ('noyaktighet', 20, NULL, NULL, NULL,
        'Summen for hele landet avviker høyst 2 fra det uavrundede tallet, en hovedgruppe i hele landet høyst '
        '6. Tallene er derfor ikke helt like dem som Nav offentliggjør.'),
    ('uoppgitt', 30, NULL, NULL, NULL,
        'Uoppgitt region er personer som ikke er bosatt etter folkeregisteret, eller som ikke finnes der. De '
        'er med i tallene for hele landet.'),
    ('koding_2002', 40, 'hovedgruppe_kjonn', NULL, '2002M09',
        'Til og med september 2002 er hovedgruppe avledet av arbeidssøkerstatus. Der koden ikke lar seg '
        'gruppere, er gruppe 3, 4 og I alt vist som «..».'),
    ('varighet_kjent', 50, 'ledige_fylke_varighet', NULL, NULL,
        'Varighet er regnet i hele uker fra registreringen begynte. Begynte den før serien (1. mai 2001), er '
        'den bare kjent når den er minst så lang som den lengste gruppen; ellers er den uoppgitt.')
),

borte AS (
    DELETE FROM statistikk.note AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.note = x.note)
)

INSERT INTO statistikk.note AS x (note, rekkefolge, tabell, fra_periode, til_periode, tekst, fra_fil)
SELECT r.note, r.rekkefolge, r.tabell::varchar, r.fra_periode::varchar, r.til_periode::varchar, r.tekst, true
FROM regel AS r
ON CONFLICT (note) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    tabell = excluded.tabell,
    fra_periode = excluded.fra_periode,
    til_periode = excluded.til_periode,
    tekst = excluded.tekst
WHERE x.fra_fil;
