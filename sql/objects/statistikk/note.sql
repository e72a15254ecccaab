-- note: the footnotes (spec.md 10, the catalogue). What a table must say is here, and nowhere in the program. A reader
-- knows nothing of base cells, and control avstand is a warning: so a note says what a figure is, and what is usual.

WITH regel (note, rekkefolge, maal, kjennemerke, hoved, fra_periode, til_periode, tekst) AS (VALUES
    ('beholdning', 10, 'beholdning', NULL, NULL, NULL, NULL,
        'Tallene er en beholdning: de som var registrert på én bestemt dag i måneden. Hvilken dag det er, står ved '
        'tallene.'),
    ('snitt', 20, 'aarsgjennomsnitt', NULL, NULL, NULL, NULL,
        'Årsgjennomsnittet er gjennomsnittet av årets tolv publiserte månedstall. Hvert av dem er antallet på én '
        'bestemt dag i måneden.'),
    ('helt_ledige', 30, NULL, NULL, '{1}', NULL, NULL,
        'Helt ledige er de som er registrert som arbeidssøkere hos Nav, har vært uten inntektsgivende arbeid de to '
        'siste ukene, og kan ta det arbeidet de søker. Helt permitterte er med.'),
    ('i_alt', 40, NULL, 'hoved', NULL, NULL, NULL,
        'I alt er hovedgruppene 1 til 5: helt ledige, delvis sysselsatte, ordinære tiltaksdeltakere, andre '
        'arbeidssøkere og yrkeshemmede. Ukjent er vist for seg, og er ikke med i I alt. Andre som mottar service '
        'publiseres ikke, og er vist som «..».'),
    ('avrunding', 50, NULL, NULL, NULL, NULL, NULL,
        'Små tall er avrundet, så ingen kan kjennes igjen. Alle er først delt i små grupper, etter alt som tabellene '
        'forteller om dem. Er det 1 eller 2 personer i en slik gruppe, regnes de som 0 eller 3. Et 0 betyr derfor '
        '«ingen, eller noen få».'),
    ('summer', 60, 'beholdning', NULL, NULL, NULL, NULL,
        'Alle tall for en måned er summer av de samme avrundede gruppene, så de stemmer med hverandre.'),
    ('summer_snitt', 70, 'aarsgjennomsnitt', NULL, NULL, NULL, NULL,
        'Hvert gjennomsnitt er rundet av til hele personer for seg. Delene kan derfor avvike med noen få fra summen.'),
    ('noyaktighet', 80, NULL, NULL, NULL, NULL, NULL,
        'Avrundingen flytter som regel et tall med 1 eller 2 personer, og et tall for en kommune eller et fylke med '
        'høyst 15. Summen for hele landet er som regel høyst 2 fra det uavrundede tallet, en hovedgruppe i hele '
        'landet høyst 6. Tallene er derfor ikke helt like dem som Nav offentliggjør, og at et tall går fra 3 til 0 '
        'eller fra 0 til 3, er ingen utvikling.'),
    ('uoppgitt', 90, NULL, 'region', NULL, NULL, NULL,
        'Uoppgitt region er personer som ikke er bosatt etter folkeregisteret, som ikke finnes der, eller som ikke lar '
        'seg plassere i én region. De er med i tallene for hele landet.'),
    ('koding_2002', 100, NULL, NULL, '{3,4}', NULL, '2002M09',
        'Til og med september 2002 er hovedgruppe avledet av arbeidssøkerstatus. Der koden ikke lar seg '
        'gruppere, er gruppe 3 (ordinære tiltaksdeltakere), gruppe 4 (andre arbeidssøkere) og alle summer de er med i, '
        'vist som «..».'),
    ('varighet_kjent', 110, NULL, 'varighet', NULL, NULL, NULL,
        'Varighet er regnet i hele uker fra registreringen begynte. Begynte den før serien (1. mai 2001), er '
        'den bare kjent når den er minst så lang som den lengste gruppen; ellers er den uoppgitt. Før serien er alle '
        'tall vist som «..».'),
    ('varighet_forste_aar', 120, NULL, 'varighet', NULL, '2001M05', '2002M05',
        'Det første året etter at serien begynte, er en gruppe ufullstendig til alle i den kan ha begynt etter '
        '1. mai 2001: de øvrige er med i uoppgitt. Et 0 i de lengste gruppene betyr da ikke at ingen har vært '
        'registrert så lenge, og tallene der er ingen utvikling. Det gjelder også gjennomsnitt av disse månedene.')
),

borte AS (
    DELETE FROM statistikk.note AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.note = x.note)
)

INSERT INTO statistikk.note AS x (
    note, rekkefolge, maal, kjennemerke, hoved, fra_periode, til_periode, tekst, fra_fil
)
SELECT r.note, r.rekkefolge, r.maal, r.kjennemerke, r.hoved::text[], r.fra_periode::varchar, r.til_periode, r.tekst,
    true
FROM regel AS r
ON CONFLICT (note) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    tabell = excluded.tabell,
    maal = excluded.maal,
    kjennemerke = excluded.kjennemerke,
    hoved = excluded.hoved,
    fra_periode = excluded.fra_periode,
    til_periode = excluded.til_periode,
    tekst = excluded.tekst
WHERE x.fra_fil;
