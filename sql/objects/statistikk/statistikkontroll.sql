-- statistikkontroll: what is promised of a version of statistics, and how serious it is where it does not hold: an
-- error keeps it from being approved and published (spec.md 10, controls). What finds it is statistikkontrollert.

WITH regel (kontroll, rekkefolge, alvor, tittel, lover, lover_norsk, kilde) AS (VALUES
    ('summer', 10, 'feil', 'Hvert tall er summen av delene',
        'Every total is the sum of its parts, and every fylke that of its kommuner, with those whom no kommune has.',
        'Hver sum er summen av delene sine, og hvert fylke summen av kommunene og av dem som ingen kommune har.',
        'control 1 of spec.md 10'),
    ('samme_tall', 20, 'feil', 'Samme tall overalt',
        'A figure that two tables of the package show is the same in both.',
        'Et tall som to av pakkens tabeller viser, er det samme i begge.',
        'control 2 of spec.md 10'),
    ('regnskap', 30, 'feil', 'Alle er gjort rede for',
        'The base and what is left out, by main group, are the persons on the extraction.',
        'Grunnlaget og det som er holdt utenfor, er etter hovedgruppe de som står på uttrekket.',
        'control 3 and 4 of spec.md 10'),
    ('smaa_tall', 40, 'feil', 'Ingen små tall',
        'No base cell shows 1 or 2, and only cells of 1 or 2 show anything but their count.',
        'Ingen grunncelle viser 1 eller 2, og bare celler med 1 eller 2 viser noe annet enn antallet.',
        'control 5 of spec.md 10'),
    ('fra_personene', 50, 'feil', 'Tallene fra personene',
        'Every figure worked out again from the persons, each with what his base cell shows of him, is the one in the '
        'table.',
        'Hvert tall regnet ut på nytt fra personene, hver med det hans grunncelle viser av ham, er det som står i '
        'tabellen.',
        'control 6 of spec.md 10'),
    ('koder', 60, 'feil', 'Alle koder som gjaldt, og ingen andre',
        'Every combination of classes in use has a cell, and no other; one of a class without figures has its symbol.',
        'Hver kombinasjon av klasser i bruk har en celle, og ingen andre; en klasse uten tall har tegnet sitt.',
        'control 7 of spec.md 10'),
    ('uendret', 70, 'feil', 'Det uendrede beholder tallet sitt',
        'A base cell whose count is that of the version before shows what it showed there.',
        'En grunncelle med samme antall som i forrige versjon viser det samme som der.',
        'control 10 of spec.md 10'),
    ('stor_nok', 80, 'feil', 'Ingen rettelse viser enkeltpersoner',
        'In every fylke that changed from the version before, the base cells of enough persons did (minste_rettelse of '
        'the package).',
        'I hvert fylke som er endret fra forrige versjon, er nok personers grunnceller endret (pakkens '
        'minste_rettelse).',
        'spec.md 10, controls, R5b'),
    ('endret', 85, 'feil', 'En rettelse retter noe',
        'A correction has another figure than the version before, or says something else of them.',
        'En rettelse har et annet tall enn forrige versjon, eller sier noe annet om dem.',
        'spec.md 10, controls'),
    ('snitt', 90, 'feil', 'Snittet av det publiserte',
        'An average is that of the last published versions of the year''s months.',
        'Et årsgjennomsnitt er snittet av de sist publiserte versjonene av årets måneder.',
        'spec.md 10, controls'),
    ('aarets_filer', 100, 'feil', 'Årets grunnlag er årets filer',
        'The year''s bases and what was left out, by main group, are on the average what the files have.',
        'Årets grunnlag og det som er holdt utenfor, er etter hovedgruppe i snitt det filene har.',
        'control 9 of spec.md 10'),
    ('avslort', 110, 'advarsel', 'Avsløringskontrollen fant ingen',
        'The last attack on the version, where one was run, worked nobody out.',
        'Det siste angrepet på versjonen, der et er kjørt, regnet ikke ut noen.',
        'control 11 of spec.md 10'),
    ('avstand', 120, 'advarsel', 'Tallene er nær de uavrundede',
        'The whole is at most 2 from the count, a main group of the country at most 6, any cell at most 15, and 1.6 on '
        'the average.',
        'Totalen er høyst 2 fra antallet, en hovedgruppe i landet høyst 6, en celle høyst 15, og 1,6 i snitt.',
        'control 12 of spec.md 10'),
    ('offisielle', 130, 'advarsel', 'Tallene er nær dem andre har publisert',
        'Figures are those that others have published, or less than 1 per cent, or less than 3 persons, from them.',
        'Tallene er dem andre har publisert, eller mindre enn 1 prosent, eller mindre enn 3 personer, fra dem.',
        'control 13 of spec.md 10')
),

borte AS (
    DELETE FROM statistikk.statistikkontroll AS x
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.kontroll = x.kontroll)
)

INSERT INTO statistikk.statistikkontroll (kontroll, rekkefolge, alvor, tittel, lover, lover_norsk, kilde)
SELECT r.kontroll, r.rekkefolge, r.alvor, r.tittel, r.lover, r.lover_norsk, r.kilde FROM regel AS r
ON CONFLICT (kontroll) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    alvor = excluded.alvor,
    tittel = excluded.tittel,
    lover = excluded.lover,
    lover_norsk = excluded.lover_norsk,
    kilde = excluded.kilde;
