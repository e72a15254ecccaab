-- terskel: how much it takes before something is said to be suspicious, or to stand out (spec.md 6; docs/controls.md).
-- A share in per cent, and a smallest number, so that small files do not shout. The first ones are named as the control
-- that they belong to (kontroll/arbsok_aargang_mistenkelig.sql); aarsendring_… are what view aarsendring asks.
-- A user's own values go to egen_prosent and egen_minst, which no upgrade touches; a row that leaves the file is gone.

WITH regel (navn, prosent, minst, merknad) AS (VALUES
    -- 1.2 per cent in both synthetic registers, which have no seasons. Some 13 per cent of a month's persons leave and
    -- as many enter (4.3): a month a tenth below its neighbours, or a last one a tenth below the one before it, would
    -- have hardly any entries. Of two hundred persons a tenth can be chance
    ('maaned_for_liten', 10, 25,
        'Registrations that a month has fewer than the mean of the months beside it, in per cent of that mean.'),
    ('gruppe_borte', 1, 5,
        'Registrations of a main group that is gone the month after, in per cent of the month''s.'),
    ('borte_og_tilbake', 5, 5,
        'Persons who were away for just the month before, in per cent of the month''s.'),
    -- At least 89 per cent in the sample. In the register about 87 by the source's events (4.3: of group 5 over 93 in a
    -- hundred stay, of the others 83 to 86), also where twice as many leave as on average over two thirds
    ('faa_gjengangere', 50, 25,
        'Persons of the month before who are there again, in per cent of all of them, or of the month''s where these '
        'are fewer: below it, and where so many are missing, something is said.'),
    -- 8 per cent in the sample, but for October 2002; about 24 in the source's years (4.3, events but entries)
    ('mange_endringer', 60, 25,
        'Persons with another status code or main group, in per cent of those who were there the month before too.'),
    -- The largest share of a file in the full synthetic register and in the sample: 0.3 per cent
    ('mange_uten_dager', 1, 5,
        'Records without a number of days, in per cent of the file''s records in the miniregister.'),
    ('mange_ugyldige_fnr', 1, 5, 'Records set aside as ugyldig_fnr, in per cent of the file''s records.'),
    -- Any: somebody's fødselsnummer was where analysts would have read it
    ('mange_tall_i_as_stat', 0, 1, 'Records set aside as tall_i_as_stat, in per cent of the file''s records.'),
    -- 0.4 per cent in the sample; the source has none (4.1)
    ('mange_dubletter', 1, 5, 'Records set aside as dublett, in per cent of the file''s records.'),
    -- 0.2 per cent in the sample, 0.003 in the full register and in the source (4.1)
    ('mange_rettede_datoer', 1, 5,
        'Records whose dagdato was corrected (mrk_dl 32), in per cent of the file''s records in the miniregister.'),
    -- 0.06 per cent in the sample, 0.002 in the full register and in the source (4.1)
    ('mange_feil_i_fnr', 1, 5,
        'Records whose fnr fails its control (mrk_fnr 2), in per cent of the file''s records in the miniregister.'),
    -- 3.5 per cent in January 2001, where the synthetic registers begin with spells of at most ten years
    ('mange_like_dager', 5, 25,
        'Records on the file''s largest number of days but for strays (maanedsfil_tall.lengste_dager), in per cent '
        'of those that have one.'),
    -- 0.3 per cent of a month; of the source's events of 2001, months before the start left out, 0.4 (4.3)
    ('mange_vrakede', 1, 5, 'Rejected registrations, in per cent of the month''s from the start of the series on.'),
    -- Between whole years the source's registers grow by 5 to 18 per cent (4.1), and its large groups and events
    -- mostly by less; less than 100 records are chance
    ('aarsendring_antall', 20, 100, 'What a number moves against the year before, and by how many records.'),
    -- 100 persons all the year
    ('aarsendring_maaneder', 20, 1200,
        'What the person-months of a main group move against the year before, and by how many.'),
    -- Twice what the source's share of inconsistent events moves between whole years (3.1, 3.1 and 3.3 per cent). A
    -- month without numbers of days is eight points of its year
    ('aarsendring_andel', 0, 0.5, 'What a share moves against the year before, and by how many percentage points.'),
    ('aarsendring_dager', 20, 7, 'What a median length moves against the year before, and by how many days.'),
    ('aarsendring_koder', 0, 1, 'New codes in a year.'),
    ('aarsendring_ung_serie', 5, 0,
        'Of the spells that the year before ended, those that had begun before the series: from so many per cent on, '
        'a changed median length is the young series'' doing.')
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
