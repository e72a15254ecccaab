-- skjema: the product's schemas, with the comment that each has. Owners, grants and comments of schemas are put in
-- place by this view. sql/ROOMS says which rooms make objects in them; tests/test_layout.py holds that both name the
-- same schemas.

CREATE OR REPLACE VIEW trygdfob.skjema AS
SELECT s.skjema::regnamespace AS skjema, s.innhold
FROM (VALUES
    ('trygdfob',
        'FD-Trygd: the register. F_ARBSOK, H_ARBSOK, VRAK_ARBSOK and the miniregister, as the source names them; code '
        'lists (arbeidssokerstatus, ytelse, statuskode), settings, and what all themes share. It holds fødselsnummer. '
        'Dates are of type date (the source has numbers YYYYMMDD); codes are text; an empty value is NULL. '
        '«spec.md n» in comments is section n of the product''s docs/spec.md.'),
    ('arbsok_lasting',
        'FD-Trygd, theme ARBSOK: what a load needs. Work tables, the steps, the sums of loaded years, and what '
        'explains a person''s records (forklar).'),
    ('arbsok',
        'FD-Trygd, theme ARBSOK, for analysts: NAV''s monthly snapshots of registered job seekers from 1 May 2001 as '
        'dated spells, by person number (lopenr). Read tilfelle, gruppetilfelle, periode and the functions tverrsnitt, '
        'beholdning, strom, manedspanel, manedstilstand, varighet; dekning says from when to when each variable holds. '
        'The code lists are hovedgruppe, and in schema trygdfob arbeidssokerstatus, ytelse and statuskode.'),
    ('kontroll',
        'FD-Trygd: the controls. The promises (kontroll), the passes over a loaded year, the runs and what they found '
        '(kontrollstatus).'),
    ('leveranse',
        'FD-Trygd: deliveries. What can be ordered (form, variabel, kode), the projects and their orders, and the log '
        'of what has left the register (utlevering).'),
    ('leveranse_nokkel',
        'FD-Trygd: the projects'' keys and lists of persons, and what works with them. No role but the owner''s has '
        'anything here.'),
    ('befolkning',
        'FD-Trygd: the population register as it was loaded last (person, bosted, status), the regions, and what each '
        'record of the miniregister gets from it on its extraction date (kjennemerke). It holds fødselsnummer.'),
    ('statistikk',
        'FD-Trygd: official statistics. What is published is rows (tabell, dimensjon, gruppering); each version of a '
        'period has its base of counts, protected against disclosure, and the cells that are made from it.')
) AS s (skjema, innhold);

COMMENT ON VIEW trygdfob.skjema IS
    'The product''s schemas, and what each is for (innhold, which is also the schema''s comment).';
