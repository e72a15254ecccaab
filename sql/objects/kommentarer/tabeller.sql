-- tabeller: what the schemas (view skjema), their tables and their sequences are for (spec.md; the source's 5.10 and
-- 5.11). Views and functions have their comments in their own files, and columns in kolonner.sql.

DO $skjema$
DECLARE
    s record;
BEGIN
    FOR s IN SELECT * FROM trygdfob.skjema LOOP
        EXECUTE format('COMMENT ON SCHEMA %s IS %L', s.skjema, s.innhold);
    END LOOP;
END
$skjema$;

-- The register

COMMENT ON TABLE trygdfob.forlopsdel IS
    'Where the records of F_ARBSOK lie: read the view f_arbsok, which shows those that count. Each load makes two '
    'partitions, by its number (lasting): forlop_YYYY_NN with the records of the spells that it ended, which no later load '
    'changes, and lopende_YYYY_NN with those of the spells that run at its end, which the next load writes anew.';
COMMENT ON TABLE trygdfob.forlopsdel_ingen IS
    'Always empty: without any partition a query of F_ARBSOK would be answered before it says that no year is loaded.';
COMMENT ON TABLE trygdfob.h_arbsok IS
    'A partition for each year loaded, with one row for each person who was registered in it or whose spell ran when '
    'it began: the last registration so far, whether or not it gave a record, and the main and group spell it belongs '
    'to, as they stood at the year''s end. The next year''s first records are compared with it. A person stands here '
    'once for each such year: take one aargang (spec.md 3 and 4, T10; the source''s 5.9.3).';
COMMENT ON TABLE trygdfob.vrak_arbsok IS
    'Rejected registrations, as in the miniregister, with the status that says why. They give no record in F_ARBSOK, '
    'and the spell runs on. Key: fnr, dagdato (spec.md 4; the source''s 5.9.6 and 5.11).';
COMMENT ON TABLE trygdfob.miniregister IS
    'The month files'' records, controlled and recoded: one per person and month, a partition for each year, and in it '
    'one for each month. Months before the start of the series are here too. Records that were set aside are in '
    'lagt_til_side (spec.md 2; the source''s 2.3).';
COMMENT ON TABLE trygdfob.lagt_til_side IS
    'Records that are in a month file and not in the miniregister, as delivered, with the reason: no 11-digit fnr, '
    'a duplicate, or digits in as_stat (spec.md 2, T1, T2 and T13).';
COMMENT ON TABLE trygdfob.maanedsfil IS
    'One row per month file loaded: its name, checksum and number of records, and the month''s right extraction date '
    '(spec.md 2).';
COMMENT ON TABLE trygdfob.avvikende_fil IS
    'Month files of loaded years that are no longer what was loaded: what a later load-year saw in the folder in their '
    'place. A row goes when the file that was loaded is seen there again, or its year is unloaded (spec.md 6).';
COMMENT ON TABLE trygdfob.lastet_aargang IS
    'The years that are loaded. They are loaded in chronological order, and the last one is unloaded first '
    '(spec.md 5.7).';

COMMENT ON TABLE trygdfob.person IS
    'Everybody who has a record in F_ARBSOK, with the number (lopenr) by which analysts know them. Whoever may read '
    'this table can trace the numbers back.';
COMMENT ON TABLE trygdfob.lopenummer_nokkel IS
    'One row: the secret that lopenr is made with. Nobody but the owner reads it.';

-- Rules, code lists, settings

COMMENT ON TABLE trygdfob.innstilling IS
    'The database''s settings, in one row. Change them with UPDATE; the start of the series and the sewing limit are '
    'fixed while a year is loaded (spec.md 2 to 4, T7, T9, T11).';
COMMENT ON TABLE trygdfob.handling IS
    'What is done with a registration, by the handling of its status code (table statuskode): which records are '
    'written, what they open and what they close (spec.md 4).';
COMMENT ON TABLE trygdfob.statuskode IS
    'The rule table: for each status code the facts that give it, what is written and how it is dated. Rows come from '
    'sql/objects/arbsok/regler and are put back at every upgrade (spec.md 3 and 4; the source''s 5.7).';
COMMENT ON TABLE trygdfob.arbeidssokerstatus IS
    'NAV''s code list as of February 2004: main group (as_gr), fine group (as_f), status and activity, with their '
    'names. A combination of status and activity can be in more than one group. You may add rows; every '
    'upgrade puts those of the source back (spec.md 2; the source''s 2.2.2).';
COMMENT ON TABLE trygdfob.ytelse IS
    'Code list of ytelse, the benefit. You may add rows; every upgrade puts those of the source back '
    '(spec.md 2; the source''s 2.2.2).';
COMMENT ON TABLE trygdfob.hoved_koding IS
    'Main group by status and activity for months before October 2002, with a period of validity. You may '
    'add rows with another gyldig_fra: of those that cover the month the newest decides, and what none covers is '
    'main group 7 (spec.md 2, T8; the source''s 2.2.1).';
COMMENT ON TABLE arbsok.dekning_regel IS
    'What analysts read (slag oversikt, tabell, kodeliste), and for each of these and of their variables from when to '
    'when it is valid and where its series breaks. The rows come from sql/objects/arbsok/regler, and every upgrade puts '
    'them back. The view dekning shows them, and functions for analysts say in a NOTICE where the state breaks '
    '(spec.md 2, T8; the source''s 3.4).';
COMMENT ON TABLE trygdfob.offisiell_statistikk IS
    'Yearly averages per main group to compare with: counted in the source''s files, and as NAV published them. fdtrygd '
    'official import adds rows of your own, with their file in kilde. For group 5 in 2003 the source prints 72 444 '
    'under its files, a misprint: the year''s record count gives 77 645 (spec.md 6; the source''s 4.2).';
COMMENT ON TABLE trygdfob.sysselsetting IS
    'Spells of employment from an employment register, which you load yourself; mrk_sys is made from it. While the '
    'table is empty, so is mrk_sys (spec.md 2).';
COMMENT ON TABLE kontroll.kontroll IS
    'The check catalogue: what each control promises, how serious a finding is, and the view that lists the '
    'offending records. Rows come from sql/objects/kontroll and are put back at every upgrade (spec.md 5 and 6; '
    'the source''s 5.8, asok_konsistenskontroll.sql).';
COMMENT ON TABLE kontroll.avvist_funn IS
    'What the controls found in years that were refused, a row for each finding that refused it: the year itself left '
    'nothing else. They stay until the year is loaded or refused anew. The keys may hold fnr.';
COMMENT ON TABLE kontroll.kontrollkjoring IS
    'The runs of the controls: a row for each year each time it was checked, by a load before it was committed or by '
    'fdtrygd check. It is never emptied.';
COMMENT ON TABLE kontroll.kontrollresultat IS
    'What each control found in each run (kontrollkjoring): the number of offending records, 0 where all is well.';
COMMENT ON TABLE kontroll.kontrollfunn IS
    'The offending records that each run found, by a key that names the record, so that two runs can be compared '
    'record by record. It holds fnr.';

-- Sums of each loaded year, for tables and reports over many years

COMMENT ON TABLE arbsok_lasting.miniregister_tall IS
    'Number of records in the miniregister by month and every combination of codes and marks. The year''s load makes '
    'it, and a control compares it with the records (spec.md 6; the source''s 4.1 and 4.2).';
COMMENT ON TABLE trygdfob.terskel IS
    'The thresholds: from which share on, in per cent, and from which number on a control warns (one row for each such '
    'control), or a figure stands out against the year before (aarsendring_...). Write your own values to egen_prosent '
    'and egen_minst, which upgrades leave alone; set them to NULL to have the product''s back (spec.md 6).';
COMMENT ON TABLE arbsok_lasting.maanedsfil_tall IS
    'What each loaded month file gave, by which the controls judge it: records set aside by reason, in the '
    'miniregister, without henddato, with a corrected dagdato or an fnr that fails its control, and on the largest '
    'number of days (spec.md 6).';
COMMENT ON TABLE arbsok_lasting.registrering_tall IS
    'Number of registrations by month, outcome and status, also those that gave no record (UK000, YK000A ...). The '
    'year''s load makes it, and a control compares it with the records (spec.md 5.8 and 6).';
COMMENT ON TABLE arbsok_lasting.forlop_tall IS
    'Number of records in F_ARBSOK that each year''s load made, by month of regdato, status, kode and main group. That '
    'load makes it, and a control compares it with the records (spec.md 6; the source''s 4.3).';
COMMENT ON TABLE arbsok_lasting.varighet_tall IS
    'Number of main spells (hoved empty) and group spells by length in days: those that each year''s load ended, and '
    'those that ran at the year''s end, by their length at that time (spec.md 6).';

-- The runs, and what is installed

COMMENT ON TABLE trygdfob.kjorelogg IS
    'The run log: a row for each year loaded or unloaded, with who did it and when, the files (checksums), the settings '
    'and versions, counts and times. It is never emptied; a run that failed leaves no row (the source''s 5.8).';
COMMENT ON TABLE arbsok_lasting.steg IS
    'The steps of a year''s load, in running order: functions of schema arbsok_lasting that return a count. Each takes '
    'the year, and where omfang says so the month or the part of the persons. The rows come from sql/objects.';
COMMENT ON TABLE arbsok_lasting.tellepost IS
    'The counts of a load that people read, with their words, in the order of the closing table and the report. '
    'kjorelogg.antall has them by their navn, beside what the other steps return. The rows come from sql/objects.';
COMMENT ON TABLE trygdfob.objektversjon IS
    'Which state of sql/objects (functions, views, rules) the database has, in one row.';
COMMENT ON TABLE trygdfob.alembic_version IS
    'Which migration the tables have, in one row that Alembic keeps.';
COMMENT ON SEQUENCE trygdfob.kjorelogg_kjoring_seq IS
    'Numbers the runs in kjorelogg.';
COMMENT ON SEQUENCE kontroll.kontrollkjoring_kjoring_seq IS
    'Numbers the runs of the controls in kontrollkjoring.';

-- Work tables, which each load fills and empties; they are unlogged and hold no results of their own

COMMENT ON TABLE arbsok_lasting.raa IS
    'Work table: the year''s month files as delivered, a partition for each month; an empty field is '''' '
    'here (spec.md 2).';
COMMENT ON TABLE arbsok_lasting.registreringspar IS
    'Work table: the registrations that are not simply unchanged, each beside the one of the month before (columns '
    'sist_...), and the last registrations before a gap (dagdato empty) (spec.md 3).';
COMMENT ON TABLE arbsok_lasting.hendelse IS
    'Work table: the registrations that are not simply unchanged, with their status, what it opens and closes, the '
    'spell, group and attribute dates after and before (sist_...), and the ends that later ones give (neste_...) '
    '(spec.md 3 and 4; the source''s 5.9.8 and 5.9.9).';
COMMENT ON TABLE arbsok_lasting.tidligere_tilfelle IS
    'Work table: the spells that ran when the year being loaded began and met something in it, with the tomdato, '
    'asoktom and regtom that their records get (spec.md 4).';
COMMENT ON TABLE arbsok_lasting.aarets_h IS
    'Work table: H_ARBSOK of the year being loaded (spec.md 4).';
COMMENT ON TABLE arbsok_lasting.aarets_forlop IS
    'Work table: F_ARBSOK of the year being loaded, until its two partitions become partitions of forlopsdel (spec.md 4).';
COMMENT ON TABLE arbsok_lasting.aarets_person IS
    'Work table: the persons who are new in the year being loaded, with their numbers, on their way to person.';
COMMENT ON TABLE arbsok_lasting.aarets_fil IS
    'Work table: the month files of the year being loaded, on their way to maanedsfil (spec.md 2).';
COMMENT ON TABLE arbsok_lasting.kodekombinasjon IS
    'Work table: each combination of as_stat, dagdato, as_gr and as_f in a month''s file, as delivered, with its '
    'number of records. A combination is read and recoded once for all its records (spec.md 2).';
COMMENT ON TABLE arbsok_lasting.dagantall IS
    'Work table: each text that stands as ant_d_as in a month''s file, with its number of records (spec.md 2).';
COMMENT ON TABLE arbsok_lasting.aarets_lagt_til_side IS
    'Work table: the records of the year being loaded on their way to lagt_til_side (spec.md 2, T1, T2 and T13).';

DO $maaneder$
DECLARE
    maaned smallint;
    del smallint;
    tabell text;
BEGIN
    FOR maaned IN 1 .. 12 LOOP
        EXECUTE format('COMMENT ON TABLE arbsok_lasting.raa_%s IS %L', to_char(maaned, 'FM00'),
            format('Work table: the records of the file for month %s of the year being loaded, as delivered.', maaned));
        EXECUTE format('COMMENT ON SEQUENCE arbsok_lasting.raa_linje_%s IS %L', to_char(maaned, 'FM00'),
            'Numbers the records of a month file as they are read.');
    END LOOP;
    FOREACH tabell IN ARRAY ARRAY['registreringspar', 'hendelse', 'aarets_h', 'tidligere_tilfelle'] LOOP
        FOR del IN 0 .. 7 LOOP
            EXECUTE format('COMMENT ON TABLE arbsok_lasting.%I IS %L', tabell || '_' || del,
                format('Work table: part %s of %s (see fnr_del).', del, tabell));
        END LOOP;
    END LOOP;
END
$maaneder$;

-- Deliveries

COMMENT ON TABLE leveranse.form IS
    'The forms in which the register''s records can be ordered (spec.md 9, forms).';
COMMENT ON TABLE leveranse.variabel IS
    'The variables of deliveries: name, label, type, width, code list and what each means; and those that cannot be '
    'ordered, with the reason (spec.md 9, variables).';
COMMENT ON TABLE leveranse.formvariabel IS
    'Which variables each form of delivery has, in which order, and what each is to a row (spec.md 9, variables).';
COMMENT ON TABLE leveranse.koderad IS
    'Codes of deliveries that no code list of the register has (spec.md 9, variables).';
COMMENT ON TABLE leveranse.flatfilfelt IS
    'The fields of the flat file of a year''s miniregister, with their widths and the years that have them so (spec.md 9, '
    'the flat file; the source''s 2.3).';
COMMENT ON TABLE leveranse.populasjonsvilkar IS
    'What the criterion of a population can ask for, at which level (spec.md 9, populations).';
COMMENT ON TABLE leveranse.microdata IS
    'The datasets for microdata.no: names, and what their metadata says (spec.md 9, microdata.no).';
COMMENT ON TABLE leveranse.prosjekt IS
    'The projects that get data from the register: by which decision, until when, and what they may order (spec.md 9, '
    'projects).';
COMMENT ON TABLE leveranse.bestilling IS
    'The orders of the projects, as they were given. An order never changes: a changed one is another version (spec.md 9, '
    'orders).';
COMMENT ON TABLE leveranse.utlevering IS
    'The log of what has left the register: deliveries and their repeats, flat files, what microdata.no gets. A row comes '
    'before anything is made, and is done when its files are in place (spec.md 9, the log).';
COMMENT ON TABLE leveranse.utlevert_tabell IS
    'The tables of each delivery, with the checksum by which a repeat is held against it (spec.md 9, repeating).';
COMMENT ON TABLE leveranse.utlevert_fil IS
    'The files of each delivery, with their checksums (spec.md 9, the log).';
COMMENT ON TABLE leveranse.avslag IS
    'Orders that were refused since their project does not allow them: by whom and why (spec.md 9, the log).';
COMMENT ON TABLE leveranse_nokkel.prosjektnokkel IS
    'The secret key of each project that is not destroyed. Nobody but the owner reads it (spec.md 9, person numbers).';
COMMENT ON TABLE leveranse_nokkel.person_i_liste IS
    'The persons on the lists that orders and projects have brought. Nobody but the owner reads it (spec.md 9, '
    'populations).';
COMMENT ON TABLE leveranse_nokkel.liste_inn IS
    'Where a list of persons is copied to; the same transaction takes it on and empties it. Always empty to others.';
COMMENT ON SEQUENCE leveranse.utlevering_utlevering_seq IS 'Numbers the deliveries.';
COMMENT ON SEQUENCE leveranse.avslag_avslag_seq IS 'Numbers the refusals.';

-- The population register and official statistics

COMMENT ON TABLE befolkning.folkeregisterversjon IS
    'The population registers that were loaded, one after the other: files with checksums, what was in them, and '
    'the last day that each knows. Only the last one''s rows are kept (person, bosted, status, personlenke); what '
    'records got from an earlier one is in kjennemerke (spec.md 10, the population register).';
COMMENT ON TABLE befolkning.folkeregisterperson IS
    'The persons of the population register that was loaded last: sex and date of birth, which come from the '
    'register and never from the fødselsnummer (spec.md 10, V2).';
COMMENT ON TABLE befolkning.bosted IS
    'Where each person of the population register lived, from day to day, both included (spec.md 10, the population '
    'register).';
COMMENT ON TABLE befolkning.status IS
    'What each person is to the population register, from day to day, both included (spec.md 10, the population '
    'register).';
COMMENT ON TABLE befolkning.personlenke IS
    'The numbers that are one person''s, each with that person''s current number; who has one number alone has no '
    'row (spec.md 10, V3).';
COMMENT ON TABLE befolkning.satt_til_side IS
    'Persons whose rows in the population register contradict one another, with the reason. They are in none of its '
    'tables, and count as not in the register (spec.md 10, the population register).';
COMMENT ON TABLE befolkning.kommune IS
    'The kommuner, each from when to when its code was in force (Klass 131). A code may be used again for another '
    'area, so none is read without a date (spec.md 10, V6).';
COMMENT ON TABLE befolkning.fylke IS
    'The fylker, each from when to when its code was in force (Klass 104) (spec.md 10, V6).';
COMMENT ON TABLE befolkning.kommune_endring IS
    'What became of kommuner whose code changed: with one successor they are followed, with more than one (a split) '
    'never (spec.md 10, V6).';
COMMENT ON TABLE befolkning.koderetting IS
    'Codes of a delivered register that are not those of the product, with what they stand for. You may add rows; '
    'every upgrade puts those of the product back (spec.md 10, the population register).';
COMMENT ON TABLE befolkning.kjennemerkesett IS
    'The sets of kjennemerke: one for each month and version of the population register that statistics were made '
    'of. It goes with its month (spec.md 10, what a record gets).';
COMMENT ON TABLE befolkning.kjennemerke IS
    'What each record of the miniregister gets from the population register on its extraction date, frozen: a '
    'figure can be traced when the register has moved on (spec.md 10, what a record gets).';
COMMENT ON TABLE statistikk.gruppering IS
    'The groupings by which persons are told apart in statistics: groups, bands of age and of weeks, regions '
    '(spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.klasse IS
    'The classes of each grouping but those of regions, which are in the schema befolkning (view kategori has all) '
    '(spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.pakke IS
    'What is protected together: the persons of a day belong to one package, and all its tables are made from one '
    'base (spec.md 10, disclosure control).';
COMMENT ON TABLE statistikk.pakke_lag IS
    'The parts of a package''s population that differ in detail: the fully unemployed are told apart more finely '
    'than the others (spec.md 10, R1).';
COMMENT ON TABLE statistikk.pakke_base IS
    'By which groupings each part of a package''s base is told apart; several of one kind are refined into one '
    '(spec.md 10, R1).';
COMMENT ON TABLE statistikk.tabell IS
    'The tables that are published, a row each: a new one is a new row (spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.dimensjon IS
    'The dimensions of each table, in their order (spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.note IS
    'Footnotes: of which tables (all that is said of them holds), in which periods (spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.statistikkontroll IS
    'What is promised of a version of statistics, in two languages (spec.md 10, controls).';
COMMENT ON TABLE statistikk.versjon IS
    'Each version of a period''s statistics: a draft, then approved, then published. What is published never '
    'changes; a correction is another version (spec.md 10, versions).';
COMMENT ON TABLE statistikk.grunnlag IS
    'The base of a version: the persons of the day counted in the finest cells, before and after protection. '
    'Everything published is made from beskyttet (spec.md 10, R1 to R4).';
COMMENT ON TABLE statistikk.versjonsregnskap IS
    'What became of each record of the miniregister''s month in a version: counted, another number of a person who '
    'is counted, or outside the package (spec.md 10, controls).';
COMMENT ON TABLE statistikk.celle IS
    'The figures of each version''s tables: a number, or a symbol in its place (spec.md 10, symbols).';
COMMENT ON TABLE statistikk.snitt_av_versjon IS
    'The versions of months that a year''s averages are made of (spec.md 10, the catalogue).';
COMMENT ON TABLE statistikk.avsloringskontroll IS
    'Runs of the attack on a version, and what it disclosed (spec.md 10, the audit).';
COMMENT ON TABLE statistikk.publisert_fil IS
    'The files of each published version, with their checksums (spec.md 10, publication).';
COMMENT ON TABLE statistikk.offisiell_celle IS
    'What others have published of the same, to be held against it, and what an attacker may know (spec.md 10, '
    'controls).';
COMMENT ON TABLE statistikk.avrundingsnokkel IS
    'One row: the secret by which small counts are drawn. Nobody but the owner reads it (spec.md 10, R3).';
COMMENT ON SEQUENCE befolkning.folkeregisterversjon_folkeregisterversjon_seq IS 'Numbers the versions of the population register.';
COMMENT ON SEQUENCE befolkning.kjennemerkesett_sett_seq IS 'Numbers the sets.';
COMMENT ON SEQUENCE statistikk.versjon_versjon_seq IS 'Numbers the versions.';

-- Partitions that an upgrade has made, or a load that did not give them comments
DO $aargang$
DECLARE
    p record;
BEGIN
    FOR p IN
        SELECT c.oid::regclass AS tabell,
            CASE
                WHEN c.relname ~ '^h_arbsok' THEN 'H_ARBSOK of %s.'
                WHEN c.relname ~ '^lopende' THEN 'F_ARBSOK: the records of the spells that ran at the end of the load of %s.'
                ELSE 'F_ARBSOK: the records of the spells that were ended by the load of %s.'
            END AS tekst,
            substring(c.relname FROM '[0-9]+') AS aargang
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid
        WHERE i.inhparent IN ('trygdfob.h_arbsok'::regclass, 'trygdfob.forlopsdel'::regclass)
            AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
            AND pg_catalog.obj_description(c.oid, 'pg_class') IS NULL
    LOOP
        EXECUTE format('COMMENT ON TABLE %s IS %L', p.tabell, format(p.tekst, p.aargang));
    END LOOP;
END
$aargang$;

COMMENT ON INDEX trygdfob.forlopsdel_regtom IS
    'Finds what holds on a day or in a range of days: regdato <= day AND (regtom >= day OR regtom IS NULL).';
