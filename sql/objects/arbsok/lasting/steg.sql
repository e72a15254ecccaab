-- steg: the steps of a year's load, in running order. Each is a function of schema arbsok_lasting that returns a count:
-- f(year) where omfang is aar, f(year, month) where it is maaned, f(year, part of the persons) where it is del, f(year,
-- range of person numbers) where it is rekke, and f(year, which of its tables) where it is tabell.
-- A step with side_om_side writes nothing but scratch of its own month or part, so that it can run beside the others on
-- a connection of its own. One without is run by the load's own connection. The program takes from here what it calls and
-- shows (fdtrygd/lasting/load.py). By hand, a load is these functions in this order, and before them tom_raa, COPY and
-- registrer_fil for each month: sql/README.md, Trying a file.

WITH regel (navn, rekkefolge, fase, omfang, side_om_side, tittel) AS (VALUES
    -- The first two run as soon as a month's file is read, the next two when all twelve are
    ('lagsasf', 10, 'reading files', 'maaned', true, 'What the file consists of'),
    ('kontroller_felt', 20, 'reading files', 'maaned', true, 'Refuses a file whose fields cannot be right'),
    ('dagdato_ret', 30, 'reading files', 'aar', false, 'Each month''s extraction date'),
    ('kontroller_dagdato', 40, 'reading files', 'aar', false, 'Refuses extraction dates that cannot be right'),
    ('lag_miniregister', 50, 'miniregister', 'maaned', true, 'The month''s records, recoded'),
    ('sjekkfnr_dub', 60, 'miniregister', 'maaned', true, 'Sets aside who is nobody, and duplicates'),
    ('nokkel_miniregister', 70, 'miniregister', 'maaned', true, 'The month''s key and counts'),
    ('asok_oppdater', 80, 'comparing months', 'maaned', true, 'The month against the month before'),
    ('lag_aarets_tabeller', 90, 'spells', 'aar', false, 'Tables for the year''s F_ARBSOK and H_ARBSOK'),
    ('asok_kod_kjennemerker', 100, 'spells', 'del', true, 'Status and dates of each event'),
    ('oppdater_h_arbsok', 110, 'spells', 'del', true, 'The year''s H_ARBSOK, in a work table'),
    ('lag_h_arbsok', 120, 'spells', 'del', true, 'The year''s H_ARBSOK, in a table of its own'),
    ('finn_tidligere_tilfelle', 130, 'spells', 'del', true, 'Spells that the year ends or goes on with'),
    ('gi_lopenummer', 140, 'spells', 'del', true, 'New persons get their number'),
    ('asok_insert_forlop', 150, 'writing', 'rekke', true, 'The year''s records of F_ARBSOK, and running spells'),
    ('nokkel_aarets_tabeller', 160, 'writing', 'tabell', true, 'Keys and indexes of these'),
    ('fest_person', 170, 'putting in place', 'aar', false, 'New persons into table person'),
    ('asok_insert_vrak', 180, 'putting in place', 'aar', false, 'The rejected registrations into VRAK_ARBSOK'),
    ('fest_forlop', 190, 'putting in place', 'aar', false, 'The year''s records become a part of F_ARBSOK'),
    ('fest_h_arbsok', 200, 'putting in place', 'aar', false, 'The year''s H_ARBSOK'),
    ('fest_miniregister', 210, 'putting in place', 'aar', false, 'The year''s miniregister, files, what was set aside'),
    ('fest_aargang', 220, 'putting in place', 'aar', false, 'The year is loaded'),
    ('tell_aargang', 230, 'controls', 'aar', false, 'The year''s sums')
),

borte AS (
    DELETE FROM arbsok_lasting.steg AS s WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.navn = s.navn)
)

INSERT INTO arbsok_lasting.steg (navn, rekkefolge, fase, omfang, side_om_side, tittel)
SELECT r.navn, r.rekkefolge, r.fase, r.omfang, r.side_om_side, r.tittel FROM regel AS r
ON CONFLICT (navn) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    fase = excluded.fase,
    omfang = excluded.omfang,
    side_om_side = excluded.side_om_side,
    tittel = excluded.tittel;
