-- steg: the steps of a year's load, in running order. Each is a function of schema arbsok_lasting that returns a count:
-- f(year) where omfang is aar, and else f(year, number), for each number of numre: the month, the part of the persons
-- (del), the range of person numbers (rekke), or which of the year's tables.
-- The latter write nothing but scratch of their own month, part, range or table, so that they can run beside each other
-- on connections of their own; a step of the year is run by the load's own connection. The program takes from here what
-- it calls and shows (fdtrygd/lasting/load.py). By hand, a load is these functions in this order, and before them
-- tom_raa, COPY and registrer_fil for each month: sql/README.md, Trying a file.

WITH regel (navn, rekkefolge, fase, omfang, tittel) AS (VALUES
    -- The first two run as soon as a month's file is read, the next two when all twelve are
    ('lagsasf', 10, 'reading files', 'maaned', 'What the file consists of'),
    ('kontroller_felt', 20, 'reading files', 'maaned', 'Refuses a file whose fields cannot be right'),
    ('dagdato_ret', 30, 'reading files', 'aar', 'Each month''s extraction date'),
    ('kontroller_dagdato', 40, 'reading files', 'aar', 'Refuses extraction dates that cannot be right'),
    ('lag_miniregister', 50, 'miniregister', 'maaned', 'The month''s records, recoded'),
    ('sjekkfnr_dub', 60, 'miniregister', 'maaned', 'Sets aside who is nobody, and duplicates'),
    ('nokkel_miniregister', 70, 'miniregister', 'maaned', 'The month''s key and counts'),
    ('asok_oppdater', 80, 'comparing months', 'maaned', 'The month against the month before'),
    ('lag_aarets_tabeller', 90, 'spells', 'aar', 'Tables for the year''s F_ARBSOK and H_ARBSOK'),
    ('asok_kod_kjennemerker', 100, 'spells', 'del', 'Status and dates of each event'),
    ('oppdater_h_arbsok', 110, 'spells', 'del', 'The year''s H_ARBSOK, in a work table'),
    ('lag_h_arbsok', 120, 'spells', 'del', 'The year''s H_ARBSOK, in a table of its own'),
    ('finn_tidligere_tilfelle', 130, 'spells', 'del', 'Spells that the year ends or goes on with'),
    ('gi_lopenummer', 140, 'spells', 'del', 'New persons get their number'),
    ('asok_insert_forlop', 150, 'writing', 'rekke', 'The year''s records of F_ARBSOK, and running spells'),
    ('nokkel_aarets_tabeller', 160, 'writing', 'tabell', 'Keys and indexes of these'),
    ('fest_person', 170, 'putting in place', 'aar', 'New persons into table person'),
    ('asok_insert_vrak', 180, 'putting in place', 'aar', 'The rejected registrations into VRAK_ARBSOK'),
    ('fest_forlop', 190, 'putting in place', 'aar', 'The year''s records become a part of F_ARBSOK'),
    ('fest_h_arbsok', 200, 'putting in place', 'aar', 'The year''s H_ARBSOK'),
    ('fest_miniregister', 210, 'putting in place', 'aar', 'The year''s miniregister, files, what was set aside'),
    ('fest_aargang', 220, 'putting in place', 'aar', 'The year is loaded')
),

borte AS (
    DELETE FROM arbsok_lasting.steg AS s WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.navn = s.navn)
)

INSERT INTO arbsok_lasting.steg (navn, rekkefolge, fase, omfang, numre, tittel)
SELECT r.navn, r.rekkefolge, r.fase, r.omfang, o.numre, r.tittel
FROM regel AS r
LEFT JOIN unnest('{maaned,del,rekke,tabell}'::text[], '{"[1,12]","[0,7]","[0,3]","[0,4]"}'::int4range[])
    AS o (omfang, numre) ON o.omfang = r.omfang
ON CONFLICT (navn) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    fase = excluded.fase,
    omfang = excluded.omfang,
    numre = excluded.numre,
    tittel = excluded.tittel;
