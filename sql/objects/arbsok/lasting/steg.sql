-- steg: the steps of a year's load, in running order. Each is a function of schema arbsok_lasting that returns a count:
-- f(year) where omfang is aar, f(year, month) where it is maaned, f(year, part of the persons) where it is del.
-- A step with side_om_side writes nothing but scratch of its own month or part, so that it can run beside the others on
-- a connection of its own. One without is run by the load's own connection, for one month or part after the other. The
-- program takes from here what it calls and shows (fdtrygd/lasting/load.py). By hand, a load is these functions in this
-- order, and before them tom_raa, COPY and registrer_fil for each month: sql/README.md, Trying a file.

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
    ('asok_kod_kjennemerker', 90, 'spells', 'del', true, 'Status and dates of each event'),
    ('oppdater_h_arbsok', 100, 'spells', 'del', true, 'The year''s H_ARBSOK, in a work table'),
    ('finn_tidligere_tilfelle', 110, 'spells', 'del', true, 'Spells that the year ends or goes on with'),
    ('gi_lopenummer', 120, 'spells', 'del', false, 'New persons get their number'),
    ('asok_insert_vrak', 130, 'spells', 'del', false, 'The rejected registrations into VRAK_ARBSOK'),
    ('oppdater_tidligere_tilfelle', 140, 'putting in place', 'aar', false, 'Ends of earlier records of F_ARBSOK'),
    ('asok_insert_forlop', 150, 'putting in place', 'aar', false, 'The year''s records into F_ARBSOK'),
    ('fest_miniregister', 160, 'putting in place', 'aar', false, 'The year''s miniregister, files, what was set aside'),
    ('fest_h_arbsok', 170, 'putting in place', 'aar', false, 'The year''s H_ARBSOK'),
    ('fest_aargang', 180, 'putting in place', 'aar', false, 'The year is loaded')
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
