-- dekning_regel: for each table, variable and code list that analysts read, from when to when it holds, and where its
-- series breaks (spec.md 2, T8; spec.md 5). The view dekning shows these rows.
-- Each of them has one row without brudd, and one more for each break. navn '*' means every table, or for a variable
-- every table that has it; a row with the table's own name goes before it. A variable …_mnd, …_inn, …_ut or …_neste has
-- the row of the name without that ending. Where gyldig_fra is missing, the series begins with the register
-- (innstilling.serie_start). A break has its note in Norwegian too: it stands in what recipients of a delivery read
-- (spec.md 9). A row that is taken out here leaves the table as well.

WITH regel (slag, navn, variabel, gyldig_fra, gyldig_til, brudd, merknad, merknad_norsk) AS (VALUES
    -- About the register
    ('oversikt', 'endelighet', NULL, NULL, NULL, NULL,
        'The start of the series, how far it is final, how far anything is known.', NULL),
    ('oversikt', 'uttrekksdato', NULL, NULL, NULL, NULL,
        'The extraction dates of the loaded months.', NULL),
    ('oversikt', 'dekning', NULL, NULL, NULL, NULL,
        'This list.', NULL),

    -- Tables
    ('tabell', 'tilfelle', NULL, NULL, NULL, NULL,
        'Main spells: registered as a job seeker at all. Spells that ran at the start are left-censored (begynte).',
        NULL),
    ('tabell', 'tilfelle', NULL, NULL, NULL, '2002-10-01',
        'NAV''s as_stat and groups change. Main spells go on across it: only hoved_inn and hoved_ut break (T8).',
        'NAVs statuskode (as_stat) og grupper endres. Tilfellene går videre over dagen: bare hoved_inn og '
        'hoved_ut brytes.'),
    ('tabell', 'gruppetilfelle', NULL, NULL, NULL, NULL,
        'Spells in one main group.', NULL),
    ('tabell', 'periode', NULL, NULL, NULL, NULL,
        'Stretches in which hoved, hovedarbstat, tiltak and ytelse stand still.', NULL),
    ('tabell', 'f_arbsok_tall', NULL, NULL, NULL, NULL,
        'F_ARBSOK as event records, dates as numbers YYYYMMDD. For old programs; new work: tilfelle, '
        'gruppetilfelle, periode.', NULL),
    ('tabell', 'f_arbsok_mnd', NULL, NULL, NULL, NULL,
        'F_ARBSOK as event records, dates as numbers YYYYMM. For old programs; new work: tilfelle, gruppetilfelle, '
        'periode.', NULL),
    ('tabell', '*', NULL, NULL, NULL, '2001-05-01',
        'A new series. What ran on 2001-04-30 was ended in the old product (1992 to April 2001) and begins anew '
        'here: never add their spells or durations (the source''s 3.4 and 5.7).',
        'En ny serie. Det som løp 30. april 2001, ble avsluttet i det gamle produktet (1992 til april 2001) og '
        'begynner på nytt her: legg aldri sammen tilfeller eller varigheter fra de to.'),
    ('tabell', '*', NULL, NULL, NULL, '2001-11-01',
        'NAV defines entry and exit of group 5 anew: 13 weeks without registration. This register does so from its '
        'start on and has no step here; NAV''s published flows have (the source''s 3.4, C.1.2 and C.2.3).',
        'NAV definerer tilgang til og avgang fra hovedgruppe 5 på nytt: 13 uker uten registrering. Dette '
        'registeret gjør det slik fra begynnelsen av og har ikke noe hopp her; NAVs publiserte tall for tilgang '
        'og avgang har det.'),
    ('tabell', '*', NULL, NULL, NULL, '2002-10-01',
        'NAV''s as_stat grows from 6 to 14 characters, new code lists and groups: many records of 2002-10 are '
        'changes of hoved or tiltak that only the coding made (the source''s 3.4, C.1.1; T8).',
        'NAVs statuskode (as_stat) vokser fra 6 til 14 tegn, med nye kodelister og grupper: mange rader i oktober '
        '2002 er endringer av hoved eller tiltak som bare skyldes kodingen.'),

    -- Code lists
    ('kodeliste', 'hovedgruppe', NULL, '2001-05-01', NULL, NULL,
        'Names of hoved as of February 2004: groups that came later, up to 15 from 2009, have none, nor has 8 '
        '(uoppgitt in the source''s list; here only if NAV delivers it). 9 (ukjent) is as_gr -1. 1 to 5 are in '
        'NAV''s official statistics (the source''s 2.2.2, 4.2 and 5.11).', NULL),
    ('kodeliste', 'arbeidssokerstatus', NULL, '2002-10-01', NULL, NULL,
        'NAV''s list as of February 2004. The two-character activities of before October 2002 are not in it, unless '
        'somebody has added them (T8; the source''s 2.2.2).', NULL),
    ('kodeliste', 'ytelse', NULL, '2001-05-01', NULL, NULL,
        'As the source lists it in 2006; benefits that came later must be added by hand (the source''s 2.2.2).', NULL),
    ('kodeliste', 'statuskode', NULL, '2001-05-01', NULL, NULL,
        'The rules for status, the same for all years (the source''s 5.7).', NULL),
    ('kodeliste', 'hoved_koding', NULL, '2001-05-01', '2002-09-30', NULL,
        'How hoved is made from as_stat; from October 2002 it is NAV''s as_gr and this list is not used (T8).', NULL),

    -- Variables that say who
    ('variabel', '*', 'lopenr', NULL, NULL, NULL,
        'The same number for the same person in all years.', NULL),
    ('variabel', '*', 'mrk_fnr', NULL, NULL, NULL,
        'A 2, a number that fails its control, may be a mistyped one: leave it out where you need known persons.',
        NULL),

    -- Variables that say when
    ('variabel', '*', 'tilgdato', NULL, NULL, NULL,
        'Never before the start of the series: earlier beginnings are dated from it (kode 3, venstresensur_kjent). '
        'Spells met in the first months may be older than they look (kode 9, venstresensur_ukjent); for group 5 '
        'that goes on for three months.', NULL),
    ('variabel', '*', 'tomdato', NULL, NULL, NULL,
        'Filled in by later years'' loads. Not final after endelig_til.', NULL),
    ('variabel', '*', 'avgdato', NULL, NULL, NULL,
        'On closing records alone, in all years. Not final after endelig_til.', NULL),
    ('variabel', '*', 'asoktilg', NULL, NULL, NULL,
        'As tilgdato for the first group of a main spell.', NULL),
    ('variabel', '*', 'asoktilg', NULL, NULL, '2002-10-01',
        'Changes of group that only the new coding made are dated in the registration of October 2002 (T8).',
        'Skifter av hovedgruppe som bare skyldes den nye kodingen, er datert i registreringen for oktober 2002.'),
    ('variabel', '*', 'asoktom', NULL, NULL, NULL,
        'Filled in by later years'' loads. Not final after endelig_til.', NULL),
    ('variabel', '*', 'asoktom', NULL, NULL, '2002-10-01',
        'Group spells end here that only the new coding ended (T8).',
        'Her slutter gruppetilfeller som bare den nye kodingen avsluttet.'),
    ('variabel', '*', 'asokavg', NULL, NULL, NULL,
        'On exit records alone, in all years. Not final after endelig_til.', NULL),
    ('variabel', '*', 'asokavg', NULL, NULL, '2002-10-01',
        'Group spells end here that only the new coding ended (T8).',
        'Her slutter gruppetilfeller som bare den nye kodingen avsluttet.'),
    ('variabel', '*', 'regdato', NULL, NULL, NULL,
        'The event''s day as henddato gives it; dagdato where that is missing or impossible (T5).', NULL),
    ('variabel', '*', 'regtom', NULL, NULL, NULL,
        'Filled in by later years'' loads. Not final after endelig_til.', NULL),
    ('variabel', '*', 'gjelder', NULL, NULL, NULL,
        'As the dates that it is made of. Without an upper bound where the end is not known.', NULL),
    ('variabel', '*', 'dager', NULL, NULL, NULL,
        'As the dates that it is made of. Too short where the beginning is left-censored.', NULL),
    ('variabel', '*', 'hovedarbdato', NULL, NULL, NULL,
        'Not before the entry to the group, also where the value is older.', NULL),
    ('variabel', '*', 'tiltakdato', NULL, NULL, NULL,
        'Not before the entry to the group, also where the value is older.', NULL),
    ('variabel', '*', 'tiltakdato', NULL, NULL, '2002-10-01',
        'New activity codes look like changes of activity.',
        'Nye tiltakskoder ser ut som skifter av tiltak.'),
    ('variabel', '*', 'ytelsedato', NULL, NULL, NULL,
        'Not before the entry to the group, also where the value is older.', NULL),
    ('variabel', '*', 'dagdato', NULL, NULL, NULL,
        'One extraction date a month.', NULL),
    ('variabel', '*', 'fdagdato', NULL, NULL, NULL,
        'One extraction date a month. Empty in the very first month known.', NULL),
    ('variabel', '*', 'henddato', '2001-05-01', NULL, NULL,
        'From ant_d_as, which NAV delivers from May 2001. In the source''s files nearly complete in 2001 (5 '
        'missing); -1, which counts as missing, 759 times in 2003; with decimals in 2004 (10.00 is read as 10) (the '
        'source''s 3.4, C.1.1).', NULL),

    -- Variables that say how it began, ended and was written
    ('variabel', '*', 'begynte', NULL, NULL, NULL,
        'venstresensur occurs in the first three months of the series alone.', NULL),
    ('variabel', '*', 'begynte', NULL, NULL, '2001-11-01',
        'Group 5: NAV''s rule of 13 weeks for entries begins here. This register follows it from the start, NAV''s '
        'published entries do not (the source''s 3.4, C.1.2).',
        'Hovedgruppe 5: NAVs regel om 13 uker for tilgang begynner her. Dette registeret følger den fra '
        'begynnelsen av, NAVs publiserte tall for tilgang gjør det ikke.'),
    ('variabel', '*', 'sluttet', NULL, NULL, NULL,
        'avsluttet_13_uker is set by a year''s load, so loper is not final after endelig_til.', NULL),
    ('variabel', '*', 'sluttet', NULL, NULL, '2001-11-01',
        'Group 5: NAV''s rule of 13 weeks for exits begins here. This register follows it from the start, NAV''s '
        'published exits do not (the source''s 3.4, C.1.2).',
        'Hovedgruppe 5: NAVs regel om 13 uker for avgang begynner her. Dette registeret følger den fra '
        'begynnelsen av, NAVs publiserte tall for avgang gjør det ikke.'),
    ('variabel', '*', 'slutt_observert', NULL, NULL, NULL,
        'Not final after endelig_til.', NULL),
    ('variabel', '*', 'endelig_til', NULL, NULL, NULL,
        'The same day in all rows.', NULL),
    ('variabel', '*', 'status', NULL, NULL, NULL,
        'The same rules in all years. FK020 to FK060 occur in the first three months of the series alone.', NULL),
    ('variabel', '*', 'kode', NULL, NULL, NULL,
        '3 and 9 (venstresensur) occur in the first three months of the series alone.', NULL),
    ('variabel', '*', 'aargang', NULL, NULL, NULL,
        'The year that was loaded, not that of the event: cut on regdato.', NULL),

    -- Variables that say what the person was registered as
    ('variabel', '*', 'hoved', NULL, NULL, NULL,
        'NAV''s main groups. From 2009 they go to 15; other codes are kept as delivered (spec.md 2).', NULL),
    ('variabel', '*', 'hoved', NULL, NULL, '2001-05-01',
        'Other groups than in the old product, whose 6 (andre yrkeshemmede) and 7 (restgruppe) are not NAV''s (the '
        'source''s 3.4, C.1.3).',
        'Andre grupper enn i det gamle produktet, der 6 (andre yrkeshemmede) og 7 (restgruppe) ikke er NAVs.'),
    ('variabel', '*', 'hoved', NULL, NULL, '2002-10-01',
        'Before: made from as_stat, and what hoved_koding does not know is 7, so group 3 is empty or too small and '
        '7 too large. From here: NAV''s as_gr. Compare groups 3, 4 and 7 across this day only with the mapping '
        'filled in (T8).',
        'Før: laget av statuskoden, og det som omkodingen ikke kjenner, er 7, så gruppe 3 er tom eller for liten '
        'og gruppe 7 for stor. Fra denne dagen: NAVs egen grovgruppe. Sammenlign ikke gruppene 3, 4 og 7 over '
        'denne dagen.'),
    ('variabel', '*', 'hoved', NULL, NULL, '2009-01-01',
        'NAV''s groups go to 15 (spec.md 2).',
        'NAVs grupper går til 15 fra denne dagen.'),
    ('variabel', '*', 'hovedarbstat', NULL, NULL, NULL,
        'The same two characters in all years; -- is unknown.', NULL),
    ('variabel', '*', 'tiltak', NULL, NULL, NULL,
        'Read it together with hovedarbstat; other codes than the list has are kept as delivered.', NULL),
    ('variabel', '*', 'tiltak', NULL, NULL, '2002-10-01',
        'Before: two characters, those of measures mostly not in the code list arbeidssokerstatus. From here: two '
        'to ten, with other codes for the same measures. Do not compare measures across this day (the source''s 2.1 '
        'and 3.4, C.1.1).',
        'Før: to tegn, og kodene for tiltak står for det meste ikke i kodelisten. Fra denne dagen: to til ti '
        'tegn, med andre koder for de samme tiltakene. Sammenlign ikke tiltak over denne dagen.'),
    ('variabel', '*', 'ytelse', NULL, NULL, NULL,
        'The last two characters of as_stat in all years.', NULL),
    ('variabel', '*', 'as_gr', '2002-10-01', NULL, NULL,
        'NAV''s own groups; before October 2002 perhaps delivered, perhaps not. Analyse hoved instead.', NULL),
    ('variabel', '*', 'as_gr', NULL, NULL, '2009-01-01',
        'NAV''s groups go to 15 (spec.md 2).',
        'NAVs grupper går til 15 fra denne dagen.'),
    ('variabel', '*', 'as_f', '2002-10-01', NULL, NULL,
        'NAV''s own groups; before October 2002 perhaps delivered, perhaps not.', NULL),
    ('variabel', '*', 'mrk_sys', NULL, NULL, NULL,
        'Only for months whose dagdato an employment register covered when the year was loaded; else empty. Empty '
        'is not 0.', NULL)
),

borte AS (
    DELETE FROM arbsok.dekning_regel AS d
    WHERE NOT EXISTS (
        SELECT 1 FROM regel AS r
        WHERE r.slag = d.slag AND r.navn = d.navn AND r.variabel IS NOT DISTINCT FROM d.variabel
            AND r.brudd::date IS NOT DISTINCT FROM d.brudd
    )
)

INSERT INTO arbsok.dekning_regel (slag, navn, variabel, gyldig_fra, gyldig_til, brudd, merknad, merknad_norsk)
SELECT r.slag, r.navn, r.variabel, r.gyldig_fra::date, r.gyldig_til::date, r.brudd::date, r.merknad, r.merknad_norsk
FROM regel AS r
ON CONFLICT ON CONSTRAINT dekning_regel_noekkel DO UPDATE SET
    gyldig_fra = excluded.gyldig_fra,
    gyldig_til = excluded.gyldig_til,
    merknad = excluded.merknad,
    merknad_norsk = excluded.merknad_norsk;
