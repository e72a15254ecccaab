-- terskel: how much it takes before something is said to be suspicious, or to stand out (spec.md 6; docs/controls.md).
-- A threshold is a share in per cent and a smallest number, so that a few records in a small file are no warning. The
-- first rows have the name of the control that they belong to (kontroll/arbsok_aargang_mistenkelig.sql); the view
-- aarsendring reads the others. A user's own values are in egen_prosent and egen_minst: no upgrade changes them, but a
-- row that leaves this file takes them along.

WITH regel (navn, prosent, minst, merknad) AS (VALUES
    -- At most 1.2 per cent in both synthetic registers, which have no seasons. In the source some 13 per cent of a
    -- month's persons leave and as many enter (4.3), so that a month a tenth below its neighbours would have hardly any
    -- entries. Among two hundred persons a tenth can be chance
    ('maaned_for_liten', 10, 25,
        'How many registrations a month has less than the mean of the months beside it, in per cent of that mean.'),
    ('gruppe_borte', 1, 5,
        'Registrations of a main group that is gone the month after, in per cent of the month''s.'),
    ('borte_og_tilbake', 5, 5,
        'Persons who were away for just the month before, in per cent of the month''s.'),
    -- At least 89 per cent in the sample, and about 87 in the register by the source's events (4.3: over 93 per cent of
    -- group 5 stay, of the others 83 to 86). Over two thirds even where twice as many leave as on average
    ('faa_gjengangere', 50, 25,
        'Persons of the month before who are there again, in per cent of all of them, or of the month''s where these '
        'are fewer. A file is warned of where its share is below this one and so many persons are missing.'),
    -- 8 per cent in the sample, except in October 2002; about 24 in the source's years (4.3, events other than entries)
    ('mange_endringer', 60, 25,
        'Persons with another status code or main group, in per cent of those who were there the month before too.'),
    -- The largest share of a file in the full synthetic register and in the sample: 0.3 per cent
    ('mange_uten_dager', 1, 5,
        'Records without a number of days, in per cent of the file''s records in the miniregister.'),
    ('mange_ugyldige_fnr', 1, 5, 'Records set aside as ugyldig_fnr, in per cent of the file''s records.'),
    -- A single one counts: it may be a fødselsnummer, where analysts would have read it
    ('mange_tall_i_as_stat', 0, 1, 'Records set aside as tall_i_as_stat, in per cent of the file''s records.'),
    -- 0.4 per cent in the sample; the source has none (4.1)
    ('mange_dubletter', 1, 5, 'Records set aside as dublett, in per cent of the file''s records.'),
    -- 0.2 per cent in the sample, 0.003 in the full register and in the source (4.1)
    ('mange_rettede_datoer', 1, 5,
        'Records whose dagdato was corrected (mrk_dl 32), in per cent of the file''s records in the miniregister.'),
    -- 0.06 per cent in the sample, 0.002 in the full register and in the source (4.1)
    ('mange_feil_i_fnr', 1, 5,
        'Records whose fnr fails its control (mrk_fnr 2), in per cent of the file''s records in the miniregister.'),
    -- 3.5 per cent in January 2001, since the synthetic registers begin with spells of at most ten years
    ('mange_like_dager', 5, 25,
        'Records on the file''s largest number of days, strays left out (maanedsfil_tall.lengste_dager), in per cent '
        'of those that have one.'),
    -- About 0.3 per cent of a month in both synthetic registers, and 0.4 of the source's events of 2001 from the start
    -- of the series on (4.3)
    ('mange_vrakede', 1, 5, 'Rejected registrations, in per cent of the month''s from the start of the series on.'),
    -- From one whole year to the next the source's registers grow by 5 to 18 per cent (4.1), and most of its large
    -- groups and events by less. Less than 100 records are chance
    ('aarsendring_antall', 20, 100, 'How much a number differs from the year before, in per cent and in records.'),
    -- That is 100 persons all the year
    ('aarsendring_maaneder', 20, 1200,
        'How much the person-months of a main group differ from the year before, in per cent and in number.'),
    -- Twice what the source's share of inconsistent events differs between whole years (3.1, 3.1 and 3.3 per cent). One
    -- month without numbers of days makes eight points of its year
    ('aarsendring_andel', 0, 0.5,
        'How much a share differs from the year before, in per cent of it and in percentage points.'),
    ('aarsendring_dager', 20, 7, 'How much a median length differs from the year before, in per cent and in days.'),
    ('aarsendring_koder', 0, 1, 'New codes in a year.'),
    ('aarsendring_ung_serie', 5, 0,
        'Spells that had begun before the series, in per cent of those that ended the year before: from so many on a '
        'changed median length comes from the series'' being young.'),
    -- spec.md 10, the population register: one person's contradictions are that person's, many are the file's
    ('register_satt_til_side', 0.1, 10,
        'Numbers whose rows in a population register contradict one another, in per cent of its persons. They are set '
        'aside; a register with more of them, and at least so many, is refused.'),
    ('register_ikke_funnet', 1, 5,
        'Records of a month whose persons are not in the population register, are dead there, or live nowhere, in per '
        'cent of the month''s.'),
    ('register_andel_flyttet', 1, 5,
        'How much a share of a month''s records moves from the month before, in percentage points, and in records.'),
    -- A population grows, and keeps those who died or left; so does what is known of it
    ('register_mindre', 5, 5,
        'How many persons, residences, statuses or linked numbers less a population register has than the version '
        'before, in per cent of that one''s, and in number.')
),

borte AS (
    DELETE FROM trygdfob.terskel AS t WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.navn = t.navn)
)

INSERT INTO trygdfob.terskel (navn, prosent, minst, merknad)
SELECT r.navn, r.prosent, r.minst, r.merknad FROM regel AS r
ON CONFLICT (navn) DO UPDATE SET
    prosent = excluded.prosent,
    minst = excluded.minst,
    merknad = excluded.merknad;
