-- tellepost: the counts of a load that people read. The program's closing table and the report show these rows in this
-- order, and fdtrygd status takes its words from here. navn is what the count is called in kjorelogg.antall. kilde says
-- where it comes from: what the step of that name returns, or view aarets_tall. With innrykk it is a part of the one
-- above. recorder is how many records of F_ARBSOK each of them gives, where it gives any.

WITH regel (navn, rekkefolge, kilde, innrykk, recorder, tittel, tittel_norsk) AS (VALUES
    ('lagsasf', 10, 'steg', false, NULL, 'records read', 'Lest fra månedsfilene'),
    ('tall_i_as_stat', 20, 'aarets_tall', false, NULL, 'set aside: digits in as_stat',
        'Lagt til side: siffer i statuskoden'),
    ('ugyldig_fnr', 30, 'aarets_tall', false, NULL, 'set aside: fnr not 11 digits',
        'Lagt til side: fødselsnummer uten 11 siffer'),
    ('dublett', 40, 'aarets_tall', false, NULL, 'set aside: duplicates', 'Lagt til side: dubletter'),
    ('dagdato_ret', 50, 'steg', false, NULL, 'corrected dagdato (mrk_dl 32)', 'Rettet dagdato (mrk_dl 32)'),
    ('nokkel_miniregister', 60, 'steg', false, NULL, 'in the miniregister', 'I miniregisteret'),
    ('fra_start', 70, 'aarets_tall', false, NULL, 'from the series'' start on', 'Fra og med seriens start'),
    ('uten_henddato', 80, 'aarets_tall', true, NULL, 'without a number of days', 'av dem uten antall dager'),
    ('asok_insert_forlop', 90, 'steg', false, NULL, 'written to F_ARBSOK', 'Skrevet til F_ARBSOK'),
    ('tilganger', 100, 'aarets_tall', true, 1, 'entries', 'tilganger'),
    ('venstresensurerte', 110, 'aarets_tall', true, 1, 'left-censored entries', 'venstresensurerte tilganger'),
    ('endringer', 120, 'aarets_tall', true, 1, 'changes', 'endringer'),
    ('gruppeoverganger', 130, 'aarets_tall', true, 2, 'group transitions', 'gruppeoverganger'),
    ('avganger', 140, 'aarets_tall', true, 1, 'exits', 'avganger'),
    ('avsluttede', 150, 'aarets_tall', true, 1, 'exits by 13-week closing', 'avsluttet etter 13 uker (Avsl)'),
    ('vrakede', 160, 'aarets_tall', false, NULL, 'rejected (VRAK_ARBSOK)', 'Vraket (VRAK_ARBSOK)'),
    ('lopende', 170, 'aarets_tall', false, NULL, 'running at the year''s end', 'Løper ved årets utgang')
),

borte AS (
    DELETE FROM arbsok_lasting.tellepost AS t WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.navn = t.navn)
)

INSERT INTO arbsok_lasting.tellepost (navn, rekkefolge, kilde, innrykk, recorder, tittel, tittel_norsk)
SELECT r.navn, r.rekkefolge, r.kilde, r.innrykk, r.recorder::integer, r.tittel, r.tittel_norsk FROM regel AS r
ON CONFLICT (navn) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    kilde = excluded.kilde,
    innrykk = excluded.innrykk,
    recorder = excluded.recorder,
    tittel = excluded.tittel,
    tittel_norsk = excluded.tittel_norsk;
