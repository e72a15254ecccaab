-- flatfilfelt: the fields of the flat file, in their order, with their widths and the years that have them so (spec.md
-- 9, the flat file; the source's 2.3). Names and widths are the source's; kolonne is the miniregister's column. From
-- 2009 on NAV's main groups go to 15, so hoved is a character wider (L5).

WITH regel (felt, plass, fra_aargang, til_aargang, bredde, type, kolonne, kodeliste, ledetekst) AS (VALUES
    ('fnr', 10, 1992, NULL, 11, 'tekst', 'fnr', NULL, 'Fødselsnummer'),
    ('hoved', 20, 1992, 2008, 1, 'tekst', 'hoved', 'hoved', 'Hovedgruppe'),
    ('hoved', 20, 2009, NULL, 2, 'tekst', 'hoved', 'hoved', 'Hovedgruppe'),
    ('arbstat', 30, 1992, NULL, 2, 'tekst', 'hovedarbstat', 'hovedarbstat', 'Arbeidssøkerstatus'),
    ('tiltaka', 40, 1992, NULL, 10, 'tekst', 'tiltak', 'tiltak', 'Aktivitetsstatus kode'),
    ('stonad', 50, 1992, NULL, 2, 'tekst', 'ytelse', 'ytelse', 'Stønadstype'),
    ('dagdato', 60, 1992, NULL, 8, 'dato', 'dagdato', NULL, 'Dagens dato'),
    ('fdagdato', 70, 1992, NULL, 8, 'dato', 'fdagdato', NULL, 'Forrige måneds dagens dato'),
    ('mnd', 80, 1992, NULL, 2, 'maaned', 'mnddato', NULL, 'Måned'),
    ('mrk_sys', 90, 1992, NULL, 1, 'tekst', 'mrk_sys', 'mrk_sys', 'Sysselsettingsmerking'),
    ('mrk_fnr', 100, 1992, NULL, 1, 'tekst', 'mrk_fnr', 'mrk_fnr', 'Fødselsnummerkontroll-merking'),
    ('mrk_dl', 110, 1992, NULL, 3, 'tekst', 'mrk_dl', NULL, 'Miniregisterkontroll, dato lokal'),
    ('ant_d_as_n', 120, 1992, NULL, 5, 'heltall', 'ant_d_as_n', NULL, 'Antall dager i statuskoden'),
    ('henddato', 130, 1992, NULL, 8, 'dato', 'henddato', NULL, 'Hendelsesdato (dagdato fratrukket ant_d_as_n)'),
    ('as_f', 140, 1992, NULL, 3, 'tekst', 'as_f', 'as_f', 'Arbeidssøkerstatus fingruppe'),
    ('as_gr', 150, 1992, NULL, 2, 'tekst', 'as_gr', 'as_gr', 'Arbeidssøkerstatus grovgruppe')
),

borte AS (
    DELETE FROM leveranse.flatfilfelt AS f
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.felt = f.felt AND r.fra_aargang = f.fra_aargang)
)

INSERT INTO leveranse.flatfilfelt AS f (felt, plass, fra_aargang, til_aargang, bredde, type, kolonne, kodeliste,
    ledetekst)
SELECT r.felt, r.plass, r.fra_aargang, r.til_aargang::integer, r.bredde, r.type, r.kolonne, r.kodeliste, r.ledetekst
FROM regel AS r
ON CONFLICT (felt, fra_aargang) DO UPDATE SET
    plass = excluded.plass,
    til_aargang = excluded.til_aargang,
    bredde = excluded.bredde,
    type = excluded.type,
    kolonne = excluded.kolonne,
    kodeliste = excluded.kodeliste,
    ledetekst = excluded.ledetekst;
