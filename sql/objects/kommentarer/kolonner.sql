-- kolonner: what each column means, for analysts (the source's 5.11; spec.md 2 to 4). There are four lists:
-- felles    by column name, for every table, view and partition that has such a column
-- egne      by relation and column, where the name means something else than in felles
-- omregnet  F_ARBSOK's dates as numbers, made from felles
-- lik       relations that take another one's entries of egne
-- A partition goes by the name of the whole. A new column gets its entry here, in the list that fits:
-- tests/test_layout.py fails for one without.

DO $kolonner$
DECLARE
    k record;
BEGIN
    FOR k IN
        WITH felles (kolonne, tekst) AS (VALUES
            -- The person, the record, its spell
            ('lasting',
                'The load that wrote the record (lastet_aargang): its number where the load ended the record''s main '
                'spell, the number with a minus where that ran on at the load''s end.'),
            ('fnr',
                'Fødselsnummer or D-number of the person: 11 digits as text, leading zeros count. It may fail the '
                'check digits; mrk_fnr says so. It is part of every key of the register; in F_ARBSOK''s primary key '
                'lopenr stands for it (spec.md 2; the source''s 5.11).'),
            ('kode',
                'Hendelseskode, the event that the record stands for: 0 avgang (exit: from the register where '
                'avgdato is set, else only from the main group), 1 tilgang (entry: to the register where asoktilg = '
                'tilgdato, else to a new main group), 2 endring (hovedarbstat, tiltak or ytelse changed), 3 '
                'venstresensur (the spell is dated from the start of the series, though it ran before), 9 '
                'venstresensur, uoppgitt (met in the series'' first months; whether it ran before its tilgdato is '
                'not known). A main spell opens with 1, 3 or 9 (spec.md 4; the source''s 5.11).'),
            ('hoved',
                'Hovedgruppe, the main group of job seekers, as text: 1 helt ledige, 2 delvis sysselsatte, 3 '
                'ordinære tiltaksdeltakere, 4 andre arbeidssøkere, 5 yrkeshemmede, 7 andre som mottar '
                'service (also where NAV''s as_gr is blank), 8 uoppgitt, 9 ukjent (as_gr is -1). Two characters '
                'wide: from 2009 NAV''s groups go to 15, and other codes are kept as delivered. From October 2002 it '
                'is NAV''s as_gr, before that it is made from as_stat by the table hoved_koding: FS activities that '
                'the table does not have are 7 then, so groups 3 and 4 cannot be compared across that month unless '
                'it is completed (spec.md 2, T8; the source''s 2.2.1 and 5.11).'),
            ('regdato',
                'Registreringsdato, the date of the event: on an entry (kode 1, 3, 9) = asoktilg, on a change (kode '
                '2) the first day of the new values, on an exit (kode 0) = asokavg, the last day. Together with the '
                'person (fnr; for analysts lopenr) and kode it is the key. Sort a person''s records by regdato, and on '
                'the same day the exit last (spec.md 4; the source''s 3.3).'),
            ('tilgdato',
                'Tilgangsdato: first day of the main spell (tilfelle: registered as a job seeker at all). With the '
                'person (fnr; for analysts lopenr) it names the main spell and stands on all its records; a change '
                'of main group leaves it as it is. In a spell that opens with kode 3 or 9 it is the first day known '
                'in the series, not necessarily the real beginning (spec.md 1 and 4; the source''s 3.3).'),
            ('avgdato',
                'Avgangsdato: last day of the main spell. Set ONLY on the record that closes it (kode 0). Every '
                'other record of the spell has it empty: the opening one too, however long ago the spell ended, '
                'and also a group exit. An empty avgdato does not mean that the spell is running: use tomdato, '
                'which stands on all records (spec.md 4; the source''s 3.3).'),
            ('asoktilg',
                'Arbeidssøkergruppens tilgangsdato: first day of the group spell (gruppetilfelle: in one main group, '
                'hoved). With the person (fnr; for analysts lopenr) it names the group spell and stands on all its '
                'records. Equal to tilgdato in the first group of a main spell, and later than it after a change of '
                'group. So entries to the register are kode 1 with asoktilg = tilgdato, and entries to a main group '
                'all of kode 1; spells with 3 and 9 may have begun before (spec.md 1 and 4; the source''s 3.3).'),
            ('asokavg',
                'Arbeidssøkergruppens avgangsdato: last day of the group spell. Set only on exit records (kode 0): '
                'alone at a change of group (the next group spell begins the day after), equal to avgdato where the '
                'main spell ends. Empty on all other records: use asoktom, which stands on all of them (spec.md 4; '
                'the source''s 3.3).'),
            ('hovedarbstat',
                'Hovedarbeidssøkerstatus, the first two characters of NAV''s as_stat: HL helt ledig, DS delvis '
                'sysselsatt, FS tiltak for ordinære arbeidssøkere and some others, YH yrkeshemmet, AN andre, -- '
                'unknown. Code list: table arbeidssokerstatus; other codes are kept as delivered (view '
                'ukjente_koder). Empty where as_stat is blank (spec.md 2; the source''s 2.2.2).'),
            ('hovedarbdato',
                'Endringsdato for hovedarbstat: the day from which its value is dated. An entry, also one to a group, '
                'sets it to regdato whether or not the value changed; a change record sets it only where the value '
                'changed, and else keeps it (spec.md 4; the source''s 3.3).'),
            ('tiltak',
                'Tiltakstype or activity, what stands between the first two and the last two characters of as_stat: '
                'for HL and DS whether laid off (PE, PF permittert; IP ikke permittert), for FS and YH the labour '
                'market measure (AMO, LONNTILS, PRAKSORD ...). Read it together with hovedarbstat. Code list: table '
                'arbeidssokerstatus; other codes are kept as delivered (view ukjente_koder). Empty where as_stat has '
                'no such part (spec.md 2; the source''s 2.2.2).'),
            ('tiltakdato',
                'Endringsdato for tiltak: the day from which its value is dated. An entry, also one to a group, sets '
                'it to regdato whether or not the value changed; a change record sets it only where the value '
                'changed, and else keeps it (spec.md 4; the source''s 3.3).'),
            ('ytelse',
                'Stønadstype, the last two characters of as_stat, such as ID ikke dagpenger, SD søkt dagpenger, DP '
                'dagpenger, AT attføringspenger, SO sosialhjelp, SY sykepenger, UT uføretrygd, IS individstønad, VS '
                'ventestønad, SA søkt attføringspenger. Code list: table ytelse; other codes are kept as delivered '
                '(view ukjente_koder). Empty where as_stat has under four characters (spec.md 2; the source''s '
                '2.2.2).'),
            ('ytelsedato',
                'Endringsdato for ytelse: the day from which its value is dated. An entry, also one to a group, sets '
                'it to regdato whether or not the value changed; a change record sets it only where the value '
                'changed, and else keeps it (spec.md 4; the source''s 3.3).'),
            ('dagdato',
                'Dagens dato: the day of NAV''s extraction, the same for all records of a month. On a record of '
                'F_ARBSOK it is the extraction with the registration whose values the record has: on entries and '
                'changes the one that caused the record, on exits the spell''s last one. It says when something was '
                'seen; regdato says when it happened (spec.md 2 and 4; the source''s 5.11).'),
            ('fdagdato',
                'Forrige dagens dato: the day of the extraction of the month before dagdato''s, whether or not the '
                'person was in it. Empty only in the very first month known (spec.md 2; the source''s 5.11).'),
            ('henddato',
                'Hendelsesdato: dagdato minus the days in the status (ant_d_as_n), the day that the status began '
                'according to that one registration. Empty where the days are missing. It is what was reported, and '
                'may contradict earlier registrations or lie before tilgdato. The rules decide on a date, which is '
                'regdato, and status says by which rule (spec.md 2 and 3; the source''s 2.2.3).'),
            ('mrk_sys',
                'Miniregisterkontroll sysselsatte: 1 employed on dagdato according to the employment register (table '
                'sysselsetting), 0 not employed, empty where no register covers that day (spec.md 2; the source''s '
                '2.3).'),
            ('mrk_fnr',
                'Miniregisterkontroll fødselsnummer: 0 valid fødselsnummer, 1 valid D-number, 2 eleven digits that '
                'fail the check digits or the date. Whether test persons'' numbers count as valid is '
                'innstilling.testnumre (spec.md 2, fnr control).'),
            ('mrk_dl',
                'Miniregisterkontroll, dato lokal: 32 where the record''s own dagdato was another date, blank or no '
                'date and was corrected to the month''s; else empty (spec.md 2, dagdato).'),
            ('as_f',
                'Arbeidssøkerstatus fingruppe as NAV delivered it, one to three characters; code list: table '
                'arbeidssokerstatus. Empty where blank or not delivered (optional before October 2002; spec.md 2, '
                'the source''s 2.2.2).'),
            ('as_gr',
                'Arbeidssøkerstatus grovgruppe as NAV delivered it: 1 to 5, 7, from 2009 up to 15; -1 unknown. Empty '
                'where blank or not delivered (optional before October 2002). Analyse hoved instead, which has codes '
                'for blank and -1 and covers the months before October 2002 (spec.md 2; the source''s 2.2.2).'),
            ('status',
                'Status code, at most six characters: how the registration that caused the record met the one before '
                'it. First letter: F the person is new, N back after a closed spell, U no gap, Y a gap of at most 13 '
                'weeks with group 5 before or after it, sewn over, O any other gap. Second: K consistent, I '
                'inconsistent, X closed at a year''s end because the person had not been seen for 13 weeks. All '
                'codes, what they write and how they date it are in table statuskode, which has an a where Y codes '
                'here have the letter of the weeks begun, A = 1 to M = 13. Exit and entry of one transition have the '
                'same status (spec.md 3; the source''s 5.7).'),
            ('asoktom',
                'Last day of the group spell (its asokavg), on all records of the group spell; empty while it is '
                'running. The load of the year in which the spell ends writes its records anew with it (spec.md 4; the source''s '
                '5.9.14).'),
            ('tomdato',
                'Til og med dato: last day of the main spell (its avgdato), on all records of the spell; empty while '
                'it is running. This column tells running spells from ended ones, and tomdato - tilgdato + 1 is the '
                'number of days in the register. The load of the year in which the spell ends writes its records anew '
                'with it; spells running at the end of the last loaded year may still be closed by the next (spec.md 4; the '
                'source''s 3.3 and 5.9.13).'),
            ('regtom',
                'Last day that the record''s values held: the day before the next change in the same group spell, '
                'else asoktom; on an exit record regdato. Empty means that they still hold; a record that a change '
                'has succeeded has it filled also while the spell is running. Who is what on day D: kode <> ''0'' '
                'AND regdato <= D AND (regtom IS NULL OR regtom >= D) (spec.md 4, T12; the source''s 5.9.12).'),
            ('aargang',
                'Årgang, YYYY: the year of the miniregister that the row comes from, and so of the load that made it. '
                'Unloading that year takes the row out. It is not the year of the event: a record from January''s file '
                'can be dated in the December before, so count years by regdato (spec.md 4; the source''s 5.11).'),
            -- Month file and miniregister
            ('mnddato',
                'The month that the file represents, as its first day. From the file''s name; dagdato may lie some '
                'days outside it (spec.md 2; the source''s 5.11).'),
            ('maaned', 'Month of the year, 1 to 12.'),
            ('linje',
                'The record''s number in its month file: the first record is 1. A CSV file has a header, so there '
                'the line is one more (spec.md 2).'),
            ('as_stat',
                'NAV''s status code, at most 14 characters (6 before October 2002), trimmed: hovedarbstat, tiltak '
                'and ytelse in one (spec.md 2; the source''s 2.1).'),
            ('dagdato_tekst',
                'What stands as the record''s own extraction date in the file, untrimmed, '''' for nothing: a number '
                'YYMMDD; dagdato is the corrected one.'),
            ('as_stat_tekst', 'What stands as as_stat in the file, untrimmed, '''' for nothing.'),
            ('as_gr_tekst', 'What stands as as_gr in the file, untrimmed, '''' for nothing.'),
            ('as_f_tekst', 'What stands as as_f in the file, untrimmed, '''' for nothing.'),
            ('ant_d_as_tekst', 'What stands as ant_d_as in the file, untrimmed, '''' for nothing.'),
            ('lengste_fnr',
                'Number of characters in the longest fnr of the records that have the combination, blanks counted, by '
                'which kontroller_felt sees whether any of them is too long.'),
            ('lengste_mnd',
                'Number of characters in the longest mnd of the records that have the combination, blanks counted, by '
                'which kontroller_felt sees whether any of them is too long.'),
            ('ant_d_as',
                'Antall dager i statuskoden as delivered, text, trimmed; as a number: ant_d_as_n (spec.md 2; the '
                'source''s 2.2.3).'),
            ('ant_d_as_n',
                'Antall dager i statuskoden: the whole number of days that the status had stood on dagdato. Empty '
                'where the delivered text is anything but digits with at most a point or a comma and zeros behind '
                '(spec.md 2; the source''s 2.2.3).'),
            ('mnd',
                'Month as delivered in the file, text. Nothing is made from it, since the month is that of the file''s '
                'name (mnddato).'),
            ('grunn',
                'Why the record was set aside: ugyldig_fnr (fnr is not 11 digits and identifies nobody, T1), '
                'dublett (another record of the same person and month was kept, T2) or tall_i_as_stat (as_stat has '
                'six or more digits in a row, as if a fødselsnummer stood in it, T13).'),
            ('fil', 'Name of the month file, without its folder.'),
            ('bytes', 'Size of the month file in bytes.'),
            ('endringstid',
                'When the month file was last written, as its file system said when it was loaded; empty for years '
                'loaded by versions that did not ask.'),
            ('sett', 'When load-year saw the other file.'),
            ('sha256',
                'SHA-256 of the month file, 64 hexadecimal digits, by which a file is known to be byte for byte the '
                'same.'),
            ('reparert',
                'The text as a date where a day past the end of the month is repaired to its last day (31 September: '
                '30 September); equal to dato where that is set, and empty where the text is no date at all. These '
                'dates vote only where no record of the month has a dato.'),
            ('fradato', 'First day of the employment.'),
            ('tildato', 'Last day of the employment; empty or ''infinity'' while it lasts.'),
            ('dekket',
                'Whether the table sysselsetting has anybody on the month''s dagdato; where not, mrk_sys is missing '
                '(spec.md 2).'),
            ('sifre',
                'By digits 5 to 8 of the fnr (10000 entries), and behind them 9 to 11 (1000): the digits'' share of the '
                'first check digit''s sum, modulo 11, plus 32 times that of the second''s; plus 8192 in a leap year.'),
            ('godkjent',
                'The fnr''s mark (mrk_fnr), by its numbers in datoer and sifre added up, from 0.'),
            ('datoer',
                'By the fnr''s first four digits, from 0000: their share as in sifre, plus 1024 times 0 where they are no '
                'day and month, 1 a day and month, 2 the same with 40 added to the day (D-number), 3 and 4 the same '
                'for 29 February, which needs a leap year.'),
            ('variabel', 'The variable that the code stands in: hovedarbstat, tiltak, ytelse or as_gr.'),
            ('verdi', 'The code that no code list has, as delivered.'),
            ('foerste_maaned', 'First month of the year that has the code, as the first day of that month.'),
            -- What analysts read (arbsok/analyse)
            ('lopenr',
                'Løpenummer: the person''s number, 16 hexadecimal digits as text. It stands for fnr and never '
                'changes, in all tables and deliveries from this database. Only who may read table person can see '
                'whose it is.'),
            ('gjelder',
                'The days as a daterange: gjelder @> DATE ''2003-12-31'' asks for what holds on a day. Without an '
                'upper bound where the end is not known. What it says of days after endelig_til (view endelighet) '
                'may still change, and of days after siste_dagdato it says nothing at all. The upper bound that '
                'PostgreSQL shows is the day after the last one.'),
            ('begynte',
                'How it began: tilgang (entry to the register), venstresensur_kjent (it ran before the start of the '
                'series, from which it is dated), venstresensur_ukjent (met in the series'' first months: whether it '
                'ran before is not known), gruppeovergang (from another main group, the day before) or endring '
                '(another hovedarbstat, tiltak or ytelse, the day before). The two kinds of venstresensur are '
                'left-censored: the real beginning may be earlier (spec.md 3 and 4; the source''s 3.1.2).'),
            ('sluttet',
                'How it ended: avgang (exit from the register), avsluttet_13_uker (closed at a year''s end, on the '
                'last day that the person was seen, since nothing was seen for more than 13 weeks), gruppeovergang '
                '(to another main group, the day after), endring (another hovedarbstat, tiltak or ytelse, the day '
                'after) or loper (still running: the end is not known). Exits from the register are dated the last '
                'extraction that had the person. avgang and avsluttet_13_uker are not two ways of leaving: both are '
                'exits, and whoever has avgang came back later (docs/analyst.md; spec.md 4, T7; the source''s 3.3 '
                'and 5.7).'),
            ('status_inn',
                'Status code of the registration that opened it: the rule that fired. Code list: table statuskode, '
                'where the last letter of Y codes, here A to M for the weeks away, is written a (spec.md 3; the '
                'source''s 5.7).'),
            ('status_ut',
                'Status code of what ended it: the rule that fired, X in the second place where it was closed at a '
                'year''s end. Empty while it runs. Code list: table statuskode, where X codes are not listed, and '
                'the last letter of Y codes, here A to M for the weeks away, is written a (spec.md 3, T7; the '
                'source''s 5.7).'),
            ('slutt_observert',
                'Whether the end is in the register. False: it is still running there, which is right-censored, '
                'neither ended nor endless (spec.md 5).'),
            ('endelig_til',
                'The register is final up to and including this day: 31 December of the year before the last loaded '
                'one. The next year''s load may change what it says of later days, since it may close or sew running '
                'spells. Empty: no year is loaded (spec.md 5).'),
            ('siste_dagdato',
                'The last extraction date that is loaded. Nothing is known of the days after it, also where a spell '
                'is still running (spec.md 2).'),
            ('hoved_inn', 'Main group (hoved) in which the main spell began. Code list: view hovedgruppe.'),
            ('hoved_neste',
                'Main group (hoved) that the person passed to on the day after, in the same main spell. Empty where '
                'the group spell still runs or the main spell ended with it. Code list: view hovedgruppe (spec.md 1).'),
            ('hoved_ut',
                'Main group (hoved) in which the main spell ended. Empty while it runs. Code list: view hovedgruppe.'),
            ('nokkel',
                'The secret from which every lopenr is made. It was drawn when the database was made and goes with it, '
                'through pg_dump too. Without it the numbers of table person cannot be made again.'),
            ('brudd',
                'The day on which the series breaks: what lies before it cannot simply be compared with what comes '
                'from it on. Empty: the row is about the whole period of validity.'),
            ('merknad', 'What to know about it, or what breaks and how, in a sentence or two.'),
            ('merknad_norsk', 'What breaks and how, in Norwegian, as recipients of deliveries read it.'),
            -- Rules, settings, log
            ('en_rad', 'Always true: the table has exactly one row.'),
            ('serie_start',
                'Start of the series (default 2001-05-01; the pilot had 2003-01-01). Months before it are in the '
                'miniregister, but never in F_ARBSOK; spells that ran on this day are dated from it (kode 3). Fixed '
                'while a year is loaded (spec.md 2, T9).'),
            ('sammensying_dager',
                'Longest gap in days, from dagdato to dagdato, that is sewn over around main group 5 (presence Y): '
                'at most 91, 13 weeks. Fixed while a year is loaded (spec.md 3, T11).'),
            ('avslutning_dager',
                'A running spell whose last registration is more than this many days before the year''s last dagdato '
                'is closed on that registration (status with X): at least 91, 13 weeks (spec.md 4, T7).'),
            ('testnumre',
                'Whether numbers of test persons (40 or 80 added to the month) count as valid in mrk_fnr; false for '
                'real data (spec.md 2, fnr control).'),
            ('arbeidsminne_mb',
                'MB that the sorts and hash tables of all connections of a load may take together (512 unless set '
                'otherwise; at least 16): work_mem of each connection is this divided by four times their number. A '
                'population register that is loaded may keep as much again as half of it of its files. More '
                'makes a load faster until the largest month fits, and never changes its result.'),
            ('rekkefolge', 'Order in which the rows are tried: the first that fits decides (spec.md 3).'),
            ('fra_fil',
                'True: the row came with the product and follows its file; when it is taken out there, the next '
                'upgrade takes it out here. False: somebody has put it in or changed it here, and no upgrade touches '
                'it.'),
            ('individ',
                'The person''s presence when the record comes: ny (no record in F_ARBSOK), avsluttet (the last spell '
                'is closed), uten_opphold (running, no gap), uten_opphold_13_uker (a gap of at most 13 weeks, group '
                '5 on either side), med_opphold (any other gap) (spec.md 3).'),
            ('henddato_klasse',
                'How henddato lies to what was known. Running spell: uendret (within one day of the last '
                'registration''s), uoppgitt_eller_etter_dagdato, ikke_etter_fdagdato, endret, '
                'endret_dagen_etter_fdagdato (= fdagdato + 1). No running spell, in statuskode: etter_start, '
                'ikke_etter_start, etter_fdagdato, ikke_etter_fdagdato; elsewhere ''-'' (spec.md 3, T3 to T5).'),
            ('hoved_endret', 'Whether hoved differs from the last registration''s.'),
            ('arbstat_endret',
                'Whether at least one of hovedarbstat, tiltak and ytelse must differ from the last registration''s '
                '(true) or none may (false); empty where it does not matter.'),
            ('arbstat_sum', 'What changed, as a sum: ytelse 1, tiltak 2, hovedarbstat 4; so 0 to 7.'),
            ('seriemaaned', 'Month of the series, 1 the start''s month.'),
            ('handling',
                'What is done (table handling): venstresensur (opening record with kode 3 or 9), tilgang (opening '
                'record), ingen (nothing), endring (change record), gruppeovergang (group exit and group entry), '
                'avgang_tilgang (exit and a new main spell), vrak (nothing; the registration goes to VRAK_ARBSOK) '
                '(spec.md 4).'),
            ('gir_record', 'Whether records of F_ARBSOK are written.'),
            ('nytt_tilfelle', 'Whether a main spell begins.'),
            ('ny_gruppe', 'Whether a group spell begins; with a main spell one always does.'),
            ('avslutter_gruppe', 'Whether the running group spell ends: an exit record is written.'),
            ('avslutter_tilfelle', 'Whether the running main spell ends, and so the group spell.'),
            ('vrakes', 'Whether the registration goes to VRAK_ARBSOK instead.'),
            ('avgang_dato',
                'How the exit is dated: siste_dagdato (the last registration''s dagdato), dagdato-1, henddato-1 or '
                'fdagdato, of the record that causes it. Empty where nothing is closed (spec.md 4; the source''s '
                '5.7).'),
            ('tilgang_dato',
                'How the entry or change is dated: henddato (dagdato where it is missing or after dagdato, T5), '
                'serie_start, fdagdato+1 or dagdato. Empty where nothing is written (spec.md 4; the source''s 5.7).'),
            ('konsistens',
                'Class for the counts of events (spec.md 6; the source''s 4.3): konsistent, feil_datering, '
                'annen_inkonsistens or vraket.'),
            ('hovedgruppe_tekst', 'Name of the main group as_gr, in Norwegian.'),
            ('fingruppe_tekst', 'Name of the fine group as_f, in Norwegian.'),
            ('gyldig_fra',
                'First day that the row holds for; a month belongs to it by mnddato. Of several rows the newest '
                'decides (T8).'),
            ('gyldig_til', 'Last day that the row holds for; ''infinity'' where no end is set.'),
            ('filene',
                'Yearly average of persons in the group, counted in the source''s files (the source''s 4.2). Empty '
                'where not given.'),
            ('offisiell',
                'Yearly average of persons in the group as NAV published it (the source''s 4.2). Empty where nothing '
                'was published.'),
            ('kontroll', 'Name of the control.'),
            ('alvor',
                'How serious a finding is: feil (error: the year is not to be trusted, and a load refuses it), '
                'advarsel (warning: suspicious, not wrong).'),
            ('tittel', 'What the control is called in reports, in Norwegian.'),
            ('lover', 'What the control promises of a sound database, in English.'),
            ('lover_norsk', 'The same in Norwegian, as the report says it.'),
            ('setning',
                'The sentence about a finding, in English, into which format() puts the finding''s values. Empty for '
                'controls whose findings have no values.'),
            ('setning_norsk', 'The same sentence in Norwegian, as the report says it.'),
            ('vei_tilbake',
                'What can be done about a finding of a loaded year, in English: the sentence after setning, with the '
                'same values. Empty where nothing can.'),
            ('vei_tilbake_norsk', 'The same in Norwegian, as the report says it.'),
            ('verdier',
                'The values in the sentence about the finding, in the order in which kontroll.setning and '
                'kontroll.vei_tilbake take them.'),
            ('kilde', 'Where the promise comes from: the section of spec.md, the chapter of the source.'),
            ('visning', 'The view of schema kontroll that lists the offending records.'),
            ('sporring', 'The query that lists them, to be pasted into psql.'),
            ('anledning', 'What ran the controls: load (before the year was committed) or check (fdtrygd check).'),
            ('godtatt', 'Why findings of the control were accepted (--why), where they were; else empty.'),
            ('skjema', 'A schema of the product.'),
            ('innhold', 'What stands in it, which is also the schema''s comment.'),
            ('noekkel',
                'What names the offending record or group of records: the values of its key, with a space between '
                'them. It may hold a fnr.'),
            ('detalj', 'What is wrong with the record, in words.'),
            ('kontroller', 'Number of findings by control that the load''s run of the controls gave, as an object.'),
            ('advarsler', 'The warnings that the load gave, sentences in an array.'),
            ('utfall',
                'What became of the registration: foer_start (before the start of the series), bekreftet (confirmed a '
                'running spell, no record), ga_record (gave records in F_ARBSOK), vraket (rejected, in VRAK_ARBSOK) '
                '(spec.md 5.8).'),
            ('en_maaned_borte',
                'Whether the person was registered two months before and not in the month between.'),
            ('fra_hoved',
                'On the entry of a group transition: the main group that was left. Else empty.'),
            ('tilfelle',
                'Whether the record opens or closes a main spell (true), or is a change or one of the two records of a '
                'group transition (false).'),
            ('dager', 'Length in days, first and last day included.'),
            ('venstresensurert',
                'True where it is not known when the spell began (it opens with kode 3 or 9), so that its length is '
                'a lower bound.'),
            ('digest', 'Checksum of all files of sql/objects that the database runs, 16 hexadecimal digits.'),
            ('lagt_inn', 'When these objects were applied.'),
            ('version_num', 'Number of the newest migration that has been run.'),
            ('syntetisk',
                'Whether the year was made by the product''s own generator; such years are never mixed with others.'),
            ('satte_testnumre',
                'Whether the load of this year set innstilling.testnumre; unloading the year then resets it.'),
            ('lastet', 'When the year was loaded.'),
            ('kjoring', 'Number of the run, ascending.'),
            ('startet', 'When the run started.'),
            ('ferdig', 'When its row was written, at the end of the run''s transaction.'),
            ('bruker', 'The database role that ran it.'),
            ('produktversjon', 'Version of the product that ran it: its git tag, and what came after it.'),
            ('objektversjon',
                'Checksum of sql/objects at the run: which functions, views and rules made the rows (see table '
                'objektversjon).'),
            ('innstillinger', 'The row of innstilling that the run ended with, as an object.'),
            ('filer',
                'The year''s rows of maanedsfil (name, checksum, number of records, dates), as an array; empty for '
                'an unloading.'),
            ('sekunder',
                'Seconds by phase of the run, as an object. Under steps it has the seconds by step, added up over '
                'connections that worked side by side.'),
            -- Work tables and steps of a load
            ('del', 'The part of the persons, 0 to 7, that the row belongs to (function fnr_del).'),
            ('avgang',
                'Date of the exit that the registration causes, the last day of what it closes; empty where it '
                'closes nothing.'),
            ('tilgang', 'Date of the entry or change that the registration causes; empty where it causes none.'),
            ('sist_dagdato', 'dagdato of the person''s last registration before this one; empty where there is none.'),
            ('sist_fdagdato',
                'fdagdato of the person''s last registration before this one; empty where there is none.'),
            ('sist_henddato',
                'henddato of the person''s last registration before this one; empty where there is none.'),
            ('sist_hoved', 'hoved of the person''s last registration before this one; empty where there is none.'),
            ('sist_hovedarbstat',
                'hovedarbstat of the person''s last registration before this one; empty where there is none.'),
            ('sist_tiltak', 'tiltak of the person''s last registration before this one; empty where there is none.'),
            ('sist_ytelse', 'ytelse of the person''s last registration before this one; empty where there is none.'),
            ('sist_mrk_sys', 'mrk_sys of the person''s last registration before this one; empty where there is none.'),
            ('sist_mrk_fnr', 'mrk_fnr of the person''s last registration before this one; empty where there is none.'),
            ('sist_as_f', 'as_f of the person''s last registration before this one; empty where there is none.'),
            ('sist_as_gr', 'as_gr of the person''s last registration before this one; empty where there is none.'),
            ('sist_tilgdato',
                'tilgdato as it stood before this event; an exit record carries it. Empty where the person is new.'),
            ('sist_asoktilg',
                'asoktilg as it stood before this event; an exit record carries it. Empty where the person is new.'),
            ('sist_hovedarbdato',
                'hovedarbdato as it stood before this event; an exit record carries it. Empty where the person is '
                'new.'),
            ('sist_tiltakdato',
                'tiltakdato as it stood before this event; an exit record carries it. Empty where the person is new.'),
            ('sist_ytelsedato',
                'ytelsedato as it stood before this event; an exit record carries it. Empty where the person is new.'),
            ('foerste',
                'Whether it is the person''s first event of the year. It means something only where tilgang is set.'),
            ('neste_avgang',
                'avgdato of the first exit from the register that a later event of the year gives; empty where none '
                'does.'),
            ('neste_gruppeavgang',
                'asokavg of the first exit, from the register or from a group, that a later event of the year gives; '
                'empty where none does.'),
            ('neste_hendelse',
                'Last day before the person''s next exit, entry or change in the year, the exit''s own day counted; '
                'empty where there is none.'),
            ('gjaldt_tilgdato', 'tilgdato of the spell that ran when the year began; empty where none did.'),
            ('gjaldt_asoktilg', 'asoktilg of the group spell that ran when the year began; empty where none did.'),
            ('slutt_tomdato', 'tomdato as later events of the year give it; empty where none does.'),
            ('slutt_asoktom', 'asoktom as later events of the year give it; empty where none does.'),
            ('slutt_regtom', 'regtom as later events of the year give it; empty where none does.'),
            ('avsluttet',
                'Date on which the person''s last spell is closed at the year''s end (13-week closing); empty where '
                'it is not closed. A date that a later event of the year gives goes before it.'),
            ('etter_start',
                'Whether no spell runs and the effective henddato is after the start of the series.'),
            ('etter_fdagdato', 'Whether no spell runs and the effective henddato is after fdagdato.'),
            ('hoved_5', 'Whether no spell runs and hoved is 5 (yrkeshemmede).'),
            ('antall', 'Number of records.'),
            ('post',
                'What is counted: events (tilganger, venstresensurerte, endringer, gruppeoverganger, avganger), '
                'avsluttede (by the 13-week closing), vrakede, lopende (spells running at the year''s end); records '
                'set aside (ugyldig_fnr, dublett), those of the miniregister from the start of the series on '
                '(fra_start), and those of them without henddato (uten_henddato).'),
            -- Controls
            ('kontrollert_aargang',
                'The loaded year whose control finds it. Say which one in WHERE: each year costs seconds in a full '
                'register. More than one year''s control can find the same record.'),
            ('nye',
                'Findings that the year''s run of the controls before did not have; empty where there is none before.'),
            ('loeste', 'Findings of the run before that are gone; empty where there is none before.'),
            ('fortsatt', 'Findings that the run before had too; empty where there is none before.'),
            ('forrige_aar', 'Number of findings in the last run of the year before; empty where it was never checked.'),
            ('endring',
                'What became of the finding: ny (not in the run before), loest (only there) or fortsatt (in both).'),
            ('i_miniregisteret', 'Number of records in the miniregister.'),
            ('uten_henddato', 'Number of records in the miniregister whose henddato is missing.'),
            ('tall_i_as_stat',
                'Number of records set aside because as_stat has six or more digits in a row (spec.md 2, T13).'),
            ('ugyldig_fnr',
                'Number of records set aside because fnr is not 11 digits and identifies nobody (spec.md 2, T1).'),
            ('dublett',
                'Number of records set aside because another one of the same fnr and dagdato was kept (spec.md 2, '
                'T2).'),
            ('rettet_dagdato',
                'Number of records in the miniregister whose dagdato was corrected to the month''s (mrk_dl 32).'),
            ('feil_i_fnr', 'Number of records in the miniregister whose fnr fails its control (mrk_fnr 2).'),
            ('lengste_dager',
                'The largest number of days (ant_d_as_n) that more than a hundredth of the month''s records in the '
                'miniregister have or exceed; empty where none has a number of days.'),
            ('paa_lengste_dager',
                'Number of the month''s records in the miniregister with exactly lengste_dager days. There are many '
                'where days were cut off there.'),
            ('prosent', 'The product''s share in per cent, which every upgrade puts back.'),
            ('minst', 'The product''s smallest number, which every upgrade puts back.'),
            ('egen_prosent',
                'Your own share in per cent instead of prosent; empty: prosent holds. No upgrade touches it.'),
            ('egen_minst', 'Your own smallest number instead of minst; empty: minst holds. No upgrade touches it.'),
            ('gjelder_prosent', 'The share that holds: egen_prosent, else prosent.'),
            ('gjelder_minst', 'The smallest number that holds: egen_minst, else minst.'),
            -- Deliveries
            ('prosjekt',
                'Name of the project, in deliveries (spec.md 9, projects).'),
            ('bestilling',
                'Name of the order: with prosjekt and versjon it is one order, which never changes (spec.md '
                '9, orders).'),
            ('utlevering',
                'Number of the delivery in the log (spec.md 9, the log).'),
            ('form',
                'Form of the records that are ordered: hendelser, tilfelle, gruppetilfelle, periode, '
                'manedspanel, tverrsnitt (table form).'),
            ('ledetekst',
                'Label of the variable, in Norwegian, at most 80 characters: what files and lists show beside '
                'its name.'),
            ('kodeliste',
                'Code list of the variable (view kode); empty where its values are no codes.'),
            ('radsum',
                'Checksum (sha256) of the tables rows as CSV text without header, with ISO dates whatever '
                'form was ordered.')
        ), egne (relasjon, kolonne, tekst) AS (VALUES
            ('raa', 'fnr', 'Fødselsnummer as delivered, text, untrimmed; need not be 11 digits (spec.md 2, T1).'),
            ('raa', 'as_stat',
                'NAV''s status code as delivered, text, untrimmed, at most 14 characters (6 before October 2002; '
                'spec.md 2).'),
            ('raa', 'dagdato',
                'The record''s own extraction date as delivered: a number YYMMDD as text, leading zeros may be '
                'missing (10531 is 2001-05-31); it may be wrong or blank (spec.md 2).'),
            ('raa', 'ant_d_as', 'Antall dager i statuskoden as delivered, text, untrimmed (spec.md 2).'),
            ('raa', 'as_gr',
                'Arbeidssøkerstatus grovgruppe as delivered, text, untrimmed; optional before October 2002 (spec.md '
                '2).'),
            ('raa', 'as_f',
                'Arbeidssøkerstatus fingruppe as delivered, text, untrimmed; optional before October 2002 (spec.md '
                '2).'),
            ('lagt_til_side', 'fnr',
                'Fødselsnummer as delivered, text, untrimmed; need not be 11 digits (spec.md 2, T1).'),
            ('lagt_til_side', 'as_stat',
                'NAV''s status code as delivered, text, untrimmed, at most 14 characters (6 before October 2002; '
                'spec.md 2).'),
            ('lagt_til_side', 'dagdato',
                'The record''s own extraction date as delivered: a number YYMMDD as text, leading zeros may be '
                'missing (10531 is 2001-05-31); it may be wrong or blank (spec.md 2).'),
            ('lagt_til_side', 'ant_d_as', 'Antall dager i statuskoden as delivered, text, untrimmed (spec.md 2).'),
            ('lagt_til_side', 'as_gr',
                'Arbeidssøkerstatus grovgruppe as delivered, text, untrimmed; optional before October 2002 (spec.md '
                '2).'),
            ('lagt_til_side', 'as_f',
                'Arbeidssøkerstatus fingruppe as delivered, text, untrimmed; optional before October 2002 (spec.md '
                '2).'),
            ('sysselsetting', 'fnr', 'Fødselsnummer or D-number of the employed person, 11 digits as text.'),
            ('maanedsfil', 'dagdato',
                'The month''s right extraction date: the valid date that most of the file''s records have, and of '
                'several such dates the latest (spec.md 2). Empty only while the month is being read.'),
            ('maanedsfil', 'fdagdato',
                'The right extraction date of the month before; empty only in the very first month known (spec.md '
                '2).'),
            ('maanedsfil', 'antall', 'Number of records read from the file: all of them, those set aside too.'),
            ('maanedsfil', 'aargang', 'The year that the file''s name gives, and that it was loaded for.'),
            ('dagdato_i_fil', 'tekst',
                'A text that stands as dagdato in the month''s file, trimmed; empty for blank.'),
            ('dagdato_i_fil', 'dato',
                'The text as a date, empty where the calendar has no such date. These dates vote for the month''s '
                'right dagdato (spec.md 2).'),
            ('dagdato_i_fil', 'antall', 'Number of the month''s records that have this text.'),
            ('kodekombinasjon', 'antall', 'Number of the month''s records that have the combination.'),
            ('dagantall', 'antall', 'Number of the month''s records that have this text.'),
            ('aarets_ukjente_koder', 'antall',
                'Number of the year''s records that have the code, those set aside too.'),
            ('lagt_til_side', 'aargang', 'The year whose load set the record aside.'),
            ('lastet_aargang', 'lasting',
                'The number of the load that the year has, the year and two digits that count its loads: it says '
                'which partitions of forlopsdel are the year''s.'),
            ('lastet_aargang', 'aargang',
                'A year that is loaded; years are loaded in chronological order, and the last one is taken out '
                'first.'),
            ('miniregister', 'aargang',
                'Årgang, year YYYY: of the month files. The miniregister has a partition for each year, and in it '
                'one for each month.'),
            ('offisiell_statistikk', 'aargang', 'The calendar year of the averages.'),
            ('ukjente_koder', 'aargang', 'Year of the miniregister that has the code.'),
            ('ukjente_koder', 'antall', 'Number of the year''s records that have the code.'),
            ('offisiell_statistikk', 'kilde',
                'Where the figures come from: the source''s chapter 4.2, or the file that was imported. Rows of kap. '
                '4.2 follow the product''s file; no upgrade touches the others.'),
            ('handling', 'venstresensurert',
                'Whether the spell may have begun before the day that is written.'),
            ('statuskode', 'tekst', 'What the status means, in words, in Norwegian (the source''s 5.7).'),
            ('kontrollkjoring', 'aargang', 'The year that was checked.'),
            ('arbsok_aargang_funn', 'dato',
                'regdato of the record, which is part of its key; of a file the extraction date. Empty for a sum, a '
                'count and a person without a record.'),
            ('pagaende_arbeid', 'aargang', 'The year that is loaded, unloaded or checked; empty for an upgrade and for a delivery.'),
            ('pagaende_arbeid', 'handling', 'What runs: load, unload, check, upgrade or delivery.'),
            ('driftstatus', 'revisjon', 'Revision of the tables (alembic_version), for instance 0007.'),
            ('driftstatus', 'objekter',
                'Checksum of the installed functions, views and rules (objektversjon). Where the program''s own '
                'differs, the next load upgrades them.'),
            ('driftstatus', 'installert', 'When they were installed.'),
            ('driftstatus', 'siste_aargang', 'The last year that is loaded; empty where none is.'),
            ('driftstatus', 'antall_aarganger', 'Number of years that are loaded.'),
            ('driftstatus', 'siste_handling', 'What was done last: load or unload; empty where neither was.'),
            ('driftstatus', 'siste_handling_aargang', 'The year that it was done to.'),
            ('driftstatus', 'siste_handling_ferdig', 'When it was done. One that failed leaves no trace here.'),
            ('driftstatus', 'siste_kontroll_aargang', 'The year that was checked last, in its load or by check.'),
            ('driftstatus', 'siste_kontroll_ferdig', 'When that check ended; empty where it was broken off.'),
            ('driftstatus', 'feil',
                'Number of controls of severity feil that found something when the loaded years were last checked, and '
                'whose findings nobody has accepted.'),
            ('driftstatus', 'godtatte_feil', 'Number of such controls whose findings somebody has accepted.'),
            ('driftstatus', 'advarsler',
                'Number of controls of severity advarsel that found something when the loaded years were last '
                'checked.'),
            ('driftstatus', 'pagaar',
                'What runs now (pagaende_arbeid), for instance load 2003; empty when nothing does.'),
            ('driftstatus', 'pagaar_siden', 'When the phase or step that has run longest began.'),
            ('driftstatus', 'pagaar_venter_paa',
                'Numbers of the processes that it waits for (pg_blocking_pids); empty when it waits for none.'),
            ('driftstatus', 'kladd_bytes',
                'Bytes that the work tables take, without those that a load has locked at the moment. Little when '
                'they are empty.'),
            ('driftstatus', 'kladd_etter_avbrudd',
                'True where a killed load has left something in the work tables and nothing runs now. It takes room '
                'until the next load clears it away.'),
            ('driftstatus', 'f_arbsok_bytes',
                'Size of F_ARBSOK with its indexes in bytes, partitions among it that wait to be dropped '
                '(utgaatt_forlopsdel); empty while an upgrade has it locked.'),
            ('driftstatus', 'database_bytes', 'Size of the database in bytes.'),
            ('driftstatus', 'kun_lesing', 'True on a standby, which takes no changes.'),
            ('driftstatus', 'eldste_transaksjon',
                'When the oldest transaction of this database began, the reader''s own left out: an upgrade gives '
                'way to transactions that read, and a load or unload leaves partitions that they keep to the next '
                'one. Empty where there is none, or where the reader may not see '
                'those of others (pg_monitor may).'),
            ('driftstatus', 'blokkerte', 'Number of sessions of this database that wait for a lock.'),
            ('kontrollkjoring', 'ferdig', 'When the run ended.'),
            ('kontrollresultat', 'kjoring', 'Number of the run (kontrollkjoring).'),
            ('kontrollfunn', 'kjoring', 'Number of the run (kontrollkjoring).'),
            ('kontrollstatus', 'aargang', 'The year that was checked.'),
            ('kontrollstatus', 'antall', 'Number of offending records that the last run found.'),
            ('kontrollfunn_endret', 'aargang', 'The year that was checked.'),
            ('kontrollresultat', 'antall', 'Number of offending records that the run found.'),
            ('terskel', 'navn',
                'The control that the threshold belongs to, or what it decides in the view aarsendring.'),
            ('terskel', 'merknad', 'What is measured.'),
            ('tellepost', 'navn', 'The count''s name in kjorelogg.antall.'),
            ('tellepost', 'rekkefolge', 'Order in which the counts are shown.'),
            ('tellepost', 'kilde',
                'Where the count comes from: steg, what the step of that name returns, or aarets_tall, the view.'),
            ('tellepost', 'innrykk', 'Whether the count is a part of the one that it stands under.'),
            ('tellepost', 'recorder',
                'How many records of F_ARBSOK one of them gives; empty where the count is of something else.'),
            ('tellepost', 'tittel', 'What the count is called by the program.'),
            ('tellepost', 'tittel_norsk', 'What the count is called in the report, in Norwegian.'),
            ('steg', 'navn',
                'The step''s function, in schema arbsok_lasting. kjorelogg has its count and its seconds by this '
                'name.'),
            ('steg', 'rekkefolge', 'Order in which the steps run.'),
            ('steg', 'fase', 'The phase of the load that the step is part of, as in kjorelogg.sekunder.'),
            ('steg', 'omfang',
                'What one run of the step is about: aar the year, maaned a month, del a part of the persons '
                '(fnr_del), rekke a range of person numbers (lopenr_fra), tabell a key or index of its tables.'),
            ('steg', 'numre', 'The numbers of these: of months, parts, ranges or tables; empty where it is the year.'),
            ('steg', 'tittel', 'What the step does.'),
            ('maanedsfil_tall', 'aargang', 'The year that the file was loaded for.'),
            ('arbsok_filmaal', 'aargang', 'The year that the file was loaded for, or is being loaded for.'),
            ('arbsok_filmaal', 'kontroll', 'The control that judges it.'),
            ('arbsok_filmaal', 'antall', 'Number of records that the control counts.'),
            ('arbsok_filmaal', 'dager',
                'The number of days that the records of mange_like_dager have; empty for the other controls.'),
            ('miniregister_tall', 'aargang', 'Year of the miniregister.'),
            ('miniregister_tall', 'antall', 'Number of records of the miniregister.'),
            ('registrering_tall', 'aargang', 'Year of the miniregister that has the registrations.'),
            ('registrering_tall', 'status',
                'The status that the rules give the registrations; empty before the start of the series (spec.md 3).'),
            ('registrering_tall', 'antall', 'Number of registrations.'),
            ('forlop_tall', 'maaned', 'First day of the month that regdato lies in.'),
            ('forlop_tall', 'antall', 'Number of records of F_ARBSOK.'),
            ('varighet_tall', 'aargang', 'The year whose load ended the spells, or at whose end they ran (avsluttet).'),
            ('varighet_tall', 'hoved', 'Main group of the group spells; empty: the row is about main spells.'),
            ('varighet_tall', 'antall', 'Number of spells.'),
            ('varighet_tall', 'avsluttet',
                'Whether the spell has ended (true, counted in the year whose load ended it), or ran at the end of '
                'the year (false: dager counts to the year''s last extraction date).'),
            -- The tables of chapter 4
            ('miniregister_kontroll', 'ugyldig_fnr',
                'Number of them whose 11 digits are no valid number (mrk_fnr 2). They are in the miniregister, '
                'unlike those of slettet.'),
            ('asok_kontroll', 'aargang', 'The calendar year of the averages.'),
            ('asok_kontroll', 'filene',
                'Yearly average of persons in the group: the year''s records of the miniregister by twelve, one '
                'decimal. 0 where the files do not have the group.'),
            ('asok_kontroll', 'kilde', 'Where offisiell comes from; empty where offisiell_statistikk has no row.'),
            ('hendelser_konsistens', 'antall', 'Number of events.'),
            ('kontroll', 'rekkefolge', 'Order of the controls in lists and reports.'),
            ('sammensyinger_13_uker', 'rekkefolge', 'Order of the rows in the source''s table.'),
            ('sammensyinger_13_uker', 'antall', 'Number of registrations.'),
            ('oppsplittinger_sammensyinger', 'rekkefolge', 'Order of the rows in the source''s table.'),
            ('oppsplittinger_sammensyinger', 'antall', 'Number of registrations.'),
            ('tilganger_avganger', 'status',
                'Status code without its sixth character (table statuskode); Avsl: closed at a year''s end (X).'),
            ('tilganger_avganger', 'antall', 'Number of entries or exits.'),
            ('asok_status', 'aargang', 'The year whose load gave the status.'),
            ('asok_status', 'status',
                'Status code as in table statuskode (the letter of the weeks is an a); X codes as they stand in '
                'F_ARBSOK.'),
            ('asok_status', 'tekst', 'What the status means, in words, in Norwegian (the source''s 5.7).'),
            ('regnskap', 'aargang', 'The year that the file was loaded for.'),
            ('regnskap_aargang', 'aargang', 'The year that the files were loaded for.'),
            ('kodebruk', 'aargang', 'Year of the miniregister that has the code.'),
            ('kodebruk', 'verdi', 'The code, as delivered.'),
            ('kodebruk', 'antall', 'Number of the year''s records that have the code.'),
            ('varighet_kontroll', 'aargang', 'The year whose load ended the spells, or at whose end they ran.'),
            ('varighet_kontroll', 'hoved', 'Main group of the group spells; empty: the row is about main spells.'),
            ('varighet_kontroll', 'antall',
                'Number of spells that the year''s load ended and whose beginning is known. The quartiles are theirs.'),
            ('overlevelse', 'aargang', 'The last loaded year that the estimate takes into account.'),
            ('overlevelse', 'hoved', 'Main group of the group spells; empty: the row is about main spells.'),
            ('overlevelse', 'avsluttet', 'Number of spells that ended after exactly dager days.'),
            ('beholdning_maaned', 'aargang', 'Year of the miniregister.'),
            ('beholdning_maaned', 'antall', 'Number of persons registered.'),
            ('strom_maaned', 'maaned', 'First day of the month that the date of the event lies in.'),
            ('strom_maaned', 'fra_hoved',
                'Main group that was left; empty: the person came from outside the register.'),
            ('strom_maaned', 'til_hoved', 'Main group that was entered; empty: the person left the register.'),
            ('strom_maaned', 'antall', 'Number of entries, exits or transitions.'),
            ('aarsendring', 'aargang', 'The year that is compared with the one before it.'),
            ('aarsendring', 'post', 'The measure, in Norwegian; under Nye koder the variable.'),
            ('aarsendring', 'setning', 'The change as a sentence in Norwegian. Empty where it does not stand out.'),
            ('aarsendring', 'rekkefolge', 'Order of the measures in a report.'),
            ('kjorelogg', 'godtatt',
                'Controls whose findings were accepted (--accept), with the reason (--why), as an object.'),
            ('kjorelogg', 'aargang', 'The year that was loaded or unloaded.'),
            ('kjorelogg', 'handling', 'What was run: load or unload.'),
            ('kjorelogg', 'antall',
                'Counts by name, as an object: what each step returned, by the name of its function, and the posts '
                'of the view aarets_tall; for an unloading the number of F_ARBSOK records taken out.'),
            ('h_arbsok', 'aargang',
                'The year whose end the row describes, that is the load that made it; the last registration '
                '(dagdato) may be of the year before. Each loaded year is a partition, and a person stands in it '
                'once.'),
            ('h_arbsok', 'dagdato',
                'Extraction date of the person''s last registration up to the year''s end, also one that was '
                'rejected (VRAK_ARBSOK) or gave no record. The next year''s records are compared with it (spec.md 4, '
                'T10).'),
            ('h_arbsok', 'status',
                'Status of the person''s last record in F_ARBSOK as of the year''s end, with X for its second '
                'character where that closed the spell. It is not the status of the last registration, which may '
                'have given no record (spec.md 4).'),
            ('h_arbsok', 'avgdato',
                'Last day of the person''s last main spell, set where it was closed at this year''s end; empty where '
                'it ran on (spec.md 4).'),
            ('vrak_arbsok', 'status',
                'Why the registration was rejected: UI100 (no change but of henddato, to the day after fdagdato), '
                'UI300 and YI300 with a letter (no change, and henddato not after fdagdato). Table statuskode has '
                'handling = vrak for them (spec.md 3).'),
            ('statuskode', 'status',
                'The status code. A final a stands for the letter of the started weeks between two registrations (A '
                '= 1 to M = 13) that the records carry; X codes (closing at a year''s end) are not listed: they are '
                'the code of the spell''s last record with X for its second character (spec.md 3 and 4; the '
                'source''s 5.7).'),
            ('statusvalg', 'status', 'The status code of statuskode that these facts give; a final a as there.'),
            ('statuskode', 'hoved',
                '5: the row is only for main group 5 (yrkeshemmede). Empty: the group does not matter.'),
            ('statuskode', 'hoved_endret',
                'Whether hoved must differ from the last registration''s (true) or must not (false). Empty: it does '
                'not matter.'),
            ('statuskode', 'arbstat_sum',
                'Exactly what must have changed, as a sum: ytelse 1, tiltak 2, hovedarbstat 4. Empty where '
                'arbstat_endret says enough.'),
            ('statuskode', 'seriemaaned',
                'The months of the series that the row is for, a range; 1 is the start''s month. Empty: any month.'),
            ('statusvalg', 'seriemaaned',
                'The month of the series, 1 to 3, where no spell runs; 0 for any later month, and where a spell runs.'),
            ('statusvalg', 'hoved_endret',
                'Whether a spell runs and hoved differs from the last registration''s.'),
            ('statusvalg', 'arbstat_sum',
                'What changed where a spell runs, as a sum of ytelse 1, tiltak 2 and hovedarbstat 4; 0 where none '
                'runs.'),
            ('statuskode', 'kode',
                'kode of the record that is written: 1, 2, 3 or 9. Empty where no record is written (ingen, vrak), or '
                'an exit (0) and an entry (1) (spec.md 4).'),
            ('statusvalg', 'kode',
                'kode of the record that is written: 1, 2, 3 or 9. Empty where no record is written (ingen, vrak), or '
                'an exit (0) and an entry (1) (spec.md 4).'),
            ('hendelse', 'kode',
                'kode of the record that is written: 1, 2, 3 or 9. Empty where no record is written (ingen, vrak), or '
                'an exit (0) and an entry (1) (spec.md 4).'),
            ('hendelse', 'tilgdato',
                'tilgdato as it stands after this event; the entry or change record carries it (spec.md 4).'),
            ('hendelse', 'asoktilg',
                'asoktilg as it stands after this event; the entry or change record carries it (spec.md 4).'),
            ('hendelse', 'hovedarbdato',
                'hovedarbdato as it stands after this event; the entry or change record carries it (spec.md 4).'),
            ('hendelse', 'tiltakdato',
                'tiltakdato as it stands after this event; the entry or change record carries it (spec.md 4).'),
            ('hendelse', 'ytelsedato',
                'ytelsedato as it stands after this event; the entry or change record carries it (spec.md 4).'),
            ('ytelse', 'kode', 'The benefit code: the last two characters of as_stat (the source''s 2.2.2).'),
            ('ytelse', 'tekst', 'What the code means, in Norwegian.'),
            ('arbeidssokerstatus', 'as_gr',
                'Grovgruppe, the main group that NAV puts the combination in: 1 to 5, 7; -1 unknown.'),
            ('arbeidssokerstatus', 'as_f', 'Fingruppe, the fine group that NAV puts the combination in.'),
            ('arbeidssokerstatus', 'hovedarbstat', 'First two characters of as_stat; -- unknown.'),
            ('arbeidssokerstatus', 'tiltak',
                'What stands between the first two and the last two characters of as_stat; -- unknown.'),
            ('hoved_koding', 'hovedarbstat', 'First two characters of as_stat that the row is for.'),
            ('hoved_koding', 'tiltak', 'The activity that the row is for; * any activity that has no row of its own.'),
            ('hoved_koding', 'hoved', 'The main group that these get, in months before October 2002 (spec.md 2, T8).'),
            ('hoved_koding_maaned', 'hovedarbstat', 'First two characters of as_stat that the row is for.'),
            ('hoved_koding_maaned', 'tiltak',
                'The activity that the row is for; * any activity that has no row of its own.'),
            ('hoved_koding_maaned', 'hoved',
                'The main group that these get, in months before October 2002 (spec.md 2, T8).'),
            ('registreringspar', 'dagdato',
                'Dagens dato of the registration. Empty, like all columns without sist_, where the row is the last '
                'registration before a gap (spec.md 3).'),
            ('tidligere_tilfelle', 'tomdato', 'tomdato that the spell''s records get; empty where it runs on.'),
            ('tidligere_tilfelle', 'asoktom',
                'asoktom that the records of its last group spell get; empty where that runs on.'),
            ('tidligere_tilfelle', 'regtom',
                'regtom that the records get whose values still held when the year began.'),
            ('fnr_kontroll', 'testnumre',
                'Whether the tables accept test persons'' numbers (40 or 80 added to the month).'),
            ('kjent_kode', 'verdi', 'A code that a code list has.'),
            ('periode', 'regdato',
                'First day of the stretch, on which its values began to hold. lopenr + regdato is the key (spec.md '
                '4; the source''s 3.3).'),
            ('periode', 'regtom',
                'Last day of the stretch, inclusive. Empty: the values still hold, and the end is not known '
                '(slutt_observert is false). A later load may fill it in (spec.md 4, T12; the source''s 5.9.12).'),
            ('periode', 'dager',
                'Days of the stretch, first and last day counted. Empty where the end is not known: see the function '
                'varighet for durations with censoring (the source''s 3.2.2).'),
            ('gruppetilfelle', 'dager',
                'Days of the group spell, first and last day counted. Empty where the end is not known: see the '
                'function varighet for durations with censoring (the source''s 3.2.2).'),
            ('tilfelle', 'dager',
                'Days of the main spell, first and last day counted. Empty where the end is not known: see the '
                'function varighet for durations with censoring (the source''s 3.2.2).'),
            ('periode', 'tilgdato',
                'First day of the main spell that the stretch belongs to: lopenr + tilgdato names it. Not the first '
                'day of the stretch, which is regdato (spec.md 1 and 4; the source''s 3.3).'),
            ('periode', 'asoktilg',
                'First day of the group spell that the stretch belongs to: lopenr + asoktilg names it. Not the first '
                'day of the stretch, which is regdato (spec.md 1 and 4; the source''s 3.3).'),
            ('gruppetilfelle', 'tilgdato',
                'First day of the main spell that the group spell belongs to: lopenr + tilgdato names it. Equal to '
                'asoktilg in its first group (spec.md 1 and 4; the source''s 3.3).'),
            ('gruppetilfelle', 'asoktilg',
                'First day of the group spell. lopenr + asoktilg is the key. Where begynte is a venstresensur the real '
                'beginning may be earlier (spec.md 1 and 4; the source''s 3.3).'),
            ('gruppetilfelle', 'asoktom',
                'Last day of the group spell, inclusive. Empty: still running, the end is not known (slutt_observert '
                'is false). A later load may fill it in (spec.md 4; the source''s 5.9.14).'),
            ('gruppetilfelle', 'begynte',
                'How the group spell began: tilgang (entry to the register), venstresensur_kjent (it ran before the '
                'start of the series, from which it is dated), venstresensur_ukjent (met in the series'' first '
                'months: whether it ran before is not known) or gruppeovergang (from another main group, the day '
                'before). Count entries to the register on tilgang alone (spec.md 3 and 4; the source''s 3.1.2).'),
            ('gruppetilfelle', 'sluttet',
                'How the group spell ended: avgang (exit from the register), avsluttet_13_uker (closed at a year''s '
                'end, on the last day that the person was seen, since nothing was seen for more than 13 weeks), '
                'gruppeovergang (to another main group, the day after) or loper (still running: the end is not '
                'known). Count exits from the register on avgang and avsluttet_13_uker. Exits from the register are '
                'dated the last extraction that had the person. avgang and avsluttet_13_uker are not two ways of '
                'leaving: both are exits, and whoever has avgang came back later (docs/analyst.md; spec.md 4, T7; '
                'the source''s 3.3 and 5.7).'),
            ('tilfelle', 'tilgdato',
                'First day of the main spell. lopenr + tilgdato is the key. Where begynte is a venstresensur the real '
                'beginning may be earlier (spec.md 1 and 4; the source''s 3.3).'),
            ('tilfelle', 'tomdato',
                'Til og med dato: last day of the main spell, inclusive: the last extraction that had the person, '
                'who left between it and the next. Empty: still running, the end is not known (slutt_observert is '
                'false). A later load may fill it in (spec.md 4; the source''s 3.3 and 5.9.13).'),
            ('tilfelle', 'begynte',
                'How the main spell began: tilgang (entry), venstresensur_kjent (it ran before the start of the '
                'series, from which it is dated) or venstresensur_ukjent (met in the series'' first months: whether '
                'it ran before is not known). The last two are left-censored, no entries (spec.md 3 and 4; the '
                'source''s 3.1.2).'),
            ('tilfelle', 'sluttet',
                'How the main spell ended: avgang (exit), avsluttet_13_uker (closed at a year''s end, on the last '
                'day that the person was seen, since nothing was seen for more than 13 weeks) or loper (still '
                'running: the end is not known). Exits from the register are dated the last extraction that had the '
                'person. avgang and avsluttet_13_uker are not two ways of leaving: both are exits, and whoever has '
                'avgang came back later (docs/analyst.md; spec.md 4, T7; the source''s 3.3 and 5.7).'),
            ('f_arbsok_tall', 'tomdato',
                'Til og med dato: last day of the main spell (its avgdato), a number YYYYMMDD, on all records of the '
                'spell; empty while it is running. Tells running spells from ended ones. The difference of two such '
                'numbers is no number of days: take dager of tilfelle (spec.md 4; the source''s 3.3 and 5.9.13).'),
            ('f_arbsok_mnd', 'tomdato_mnd',
                'Month of tomdato, the last day of the main spell (its avgdato), a number YYYYMM, on all records of '
                'the spell; empty while it is running. Tells running spells from ended ones; days in the register: '
                'dager of tilfelle (spec.md 4; the source''s 3.3 and 5.9.13).'),
            ('f_arbsok_mnd', 'regtom_mnd',
                'Month of regtom, the last day that the record''s values held, a number YYYYMM; on an exit record '
                'that of regdato. Empty means that they still hold. Several records can hold in one month: who is '
                'what on a day is asked of periode (spec.md 4, T12; the source''s 5.9.12).'),
            ('dekning_regel', 'slag',
                'tabell, variabel or kodeliste; oversikt for what is about the register itself.'),
            ('dekning_regel', 'navn',
                'Name of the table, view or code list; * for every table of the list, or every one that has the '
                'variable.'),
            ('dekning_regel', 'variabel',
                'Name of the variable, without _mnd, _inn or _ut behind it. Empty where the row is about the whole.'),
            ('dekning_regel', 'gyldig_fra',
                'First day that it is valid for; empty: from the start of the series.'),
            ('dekning_regel', 'gyldig_til',
                'Last day that it is valid for; empty: until further notice.'),
            ('dekning', 'slag',
                'tabell (a table of spells or records), variabel (one of its columns), kodeliste (a code list) or '
                'oversikt (what is about the register itself).'),
            ('dekning', 'navn', 'Name of the table, view or code list.'),
            ('dekning', 'variabel', 'Name of the column; empty where the row is about the whole table or list.'),
            ('dekning', 'gyldig_fra',
                'First day that it is valid for: the start of the series (innstilling.serie_start), or later. Empty: '
                'holds for no days in particular.'),
            ('dekning', 'gyldig_til',
                'Last day that it is valid for: of tables and variables the last extraction date loaded, or earlier; '
                'of code lists empty where they hold until further notice. Empty for a table or variable: nothing is '
                'loaded. Days after endelig_til are not final.'),
            ('dekning', 'endelig_til',
                'Final up to and including this day: 31 December of the year before the last loaded one. Later days, '
                'up to gyldig_til, may be changed by the next year''s load. Empty: nothing of it is final, or it is '
                'a code list (spec.md 5).'),
            ('avvist_funn', 'aargang', 'The year that was refused.'),
            ('avvist_funn', 'avvist', 'When it was refused.'),
            ('utgaatt_forlopsdel', 'tabell', 'The partition.'),
            ('kladd_av_aargang', 'tabell', 'The table.'),
            ('person', 'aargang', 'Year (AARGANG) whose load met the person first.'),
            ('uttrekk_avstemt', 'status',
                'Status of the registration that the rule looks at, as statuskode has it: a final a stands for the '
                'letter of the weeks. Empty for like, and for venter_paa_neste_aargang: no status has been given yet.'),
            ('uttrekk_avstemt', 'antall', 'Number of persons.'),
            ('aarets_tall', 'antall', 'Number of events, records, registrations or spells (post).'),
            -- Deliveries
            ('form', 'rekkefolge',
                'Order in which forms are listed.'),
            ('form', 'tittel',
                'Title, in Norwegian, for recipients.'),
            ('form', 'tekst',
                'What a row is and how not to misread it, in Norwegian, for recipients.'),
            ('variabel', 'variabel',
                'Name of the variable, which is that of the column in a file.'),
            ('variabel', 'rekkefolge',
                'Order in which variables are listed.'),
            ('variabel', 'type',
                'Type: tekst, dato, heltall (whole number), logisk (true or false). Empty where it cannot be '
                'ordered.'),
            ('variabel', 'bredde',
                'Width of a text, in characters.'),
            ('variabel', 'som_heltall',
                'Whether its codes are whole numbers, and formats that label numbers get them so.'),
            ('variabel', 'bare_navngitt',
                'Whether a project has it only where it names it (the sources C.1.5).'),
            ('variabel', 'hvorfor_ikke',
                'Why it cannot be ordered, as the end of a sentence; empty where it can.'),
            ('variabel', 'tekst',
                'What the variable means, in Norwegian, for recipients.'),
            ('formvariabel', 'variabel',
                'Variable that the form has.'),
            ('formvariabel', 'plass',
                'Place among the forms columns.'),
            ('formvariabel', 'standard',
                'Whether it comes where an order names no variables.'),
            ('formvariabel', 'nokkel',
                'Whether it is a part of what a row is known by, beside lpnr.'),
            ('formvariabel', 'rolle',
                'What it is to the row: begynnelse (its first day), slutt (an end), vet_slutten (known with '
                'the end); else empty.'),
            ('formvariabel', 'ledetekst',
                'Label in this form, in Norwegian; empty: as in variabel.'),
            ('formvariabel', 'tekst',
                'What it means in this form, in Norwegian; empty: as in variabel.'),
            ('bestilt_variabel', 'variabel',
                'Name of the variable, which is that of the column.'),
            ('bestilt_variabel', 'type',
                'Type: tekst, dato, heltall, logisk.'),
            ('bestilt_variabel', 'bredde',
                'Width of a text, in characters.'),
            ('bestilt_variabel', 'tekst',
                'What the variable means, in Norwegian, for recipients.'),
            ('bestilt_variabel', 'nokkel',
                'Whether it is a part of what a row is known by, beside lpnr.'),
            ('bestilt_variabel', 'rolle',
                'What it is to the row: begynnelse, slutt, vet_slutten; else empty.'),
            ('bestilt_variabel', 'versjon',
                'Version of the order.'),
            ('bestilt_brudd', 'variabel', 'The variable that breaks; empty where it is the whole table.'),
            ('bestilt_brudd', 'versjon', 'Version of the order.'),
            ('bestilt_tabell', 'dager', 'The days of a tverrsnitt; empty for other forms.'),
            ('prosjektstatus', 'begynte', 'Deliveries that stand as begun: under way, or ended early.'),
            ('bestilt_tabell', 'versjon',
                'Version of the order.'),
            ('koderad', 'kode',
                'The code.'),
            ('koderad', 'rekkefolge',
                'Order within the list.'),
            ('koderad', 'tekst',
                'What the code means, in Norwegian.'),
            ('koderad', 'gyldig_fra',
                'First day on which the code is used; empty: always.'),
            ('koderad', 'gyldig_til',
                'Last day on which the code is used; empty: still.'),
            ('kode', 'sammen_med',
                'The value of hovedarbstat together with which a code of tiltak means this; empty in other '
                'lists.'),
            ('kode', 'kode',
                'The code.'),
            ('kode', 'rekkefolge',
                'Order within the list.'),
            ('kode', 'tekst',
                'What the code means, in Norwegian.'),
            ('kode', 'gyldig_fra',
                'First day on which the code is used; empty: always.'),
            ('kode', 'gyldig_til',
                'Last day on which the code is used; empty: still.'),
            ('flatfilfelt', 'felt',
                'Name of the field, which is the source''s.'),
            ('flatfilfelt', 'plass',
                'Place among the fields of a line.'),
            ('flatfilfelt', 'fra_aargang',
                'First year that has the field so.'),
            ('flatfilfelt', 'til_aargang',
                'Last year that has the field so; empty: still.'),
            ('flatfilfelt', 'bredde',
                'Width in characters.'),
            ('flatfilfelt', 'type',
                'tekst (to the left), heltall (to the right), dato (a number YYYYMMDD) or maaned (the number of the '
                'month of a day).'),
            ('flatfilfelt', 'kolonne',
                'Column of the miniregister that the field is made from.'),
            ('flatfilfelt', 'kodeliste',
                'Code list of deliveries that the field has; empty where it has none.'),
            ('flatfilfelt', 'ledetekst',
                'What the field is, in Norwegian, in the words of the source''s 2.3.'),
            ('populasjonsvilkar', 'nivaa',
                'Level of the criterion, which is a form.'),
            ('populasjonsvilkar', 'vilkar',
                'What the criterion asks for, as its key in the order.'),
            ('populasjonsvilkar', 'kolonne',
                'The levels column that is looked at.'),
            ('microdata', 'datasett',
                'Name of the dataset at microdata.no.'),
            ('microdata', 'rekkefolge',
                'Order in which the datasets are made.'),
            ('microdata', 'variabel',
                'The variable whose values the dataset has.'),
            ('microdata', 'navn',
                'What the variable is called, in Norwegian, for researchers.'),
            ('microdata', 'tekst',
                'What a row says, in Norwegian, for researchers.'),
            ('microdata', 'sensitivitet',
                'Its sensitivity, in a word of microdata.no.'),
            ('microdata', 'populasjon',
                'Who has a row in it, in Norwegian, for researchers.'),
            ('microdata', 'emner',
                'The subjects under which it stands, in Norwegian.'),
            ('microdata', 'utgave',
                'What the edition holds, in Norwegian: %s stands for its first and its last day.'),
            ('microdata', 'uoppgitt',
                'Stands for a missing value, since microdata.no takes no row without one (L12).'),
            ('microdata', 'uoppgitt_tekst',
                'What it is called, in Norwegian.'),
            ('microdata', 'ukjent_tekst',
                'What a code is called that no list has, in Norwegian.'),
            ('kode_en_gang', 'kode',
                'The code.'),
            ('kode_en_gang', 'rekkefolge',
                'Order within the list.'),
            ('kode_en_gang', 'tekst',
                'What the code means, in Norwegian; each meaning, where they are several.'),
            ('kode_en_gang', 'gyldig_fra',
                'First day on which the code is used; empty: always.'),
            ('kode_en_gang', 'gyldig_til',
                'Last day on which the code is used; empty: still.'),
            ('prosjekt', 'tittel',
                'What the project is called among people.'),
            ('prosjekt', 'vedtak',
                'The decision that allows the project to get data.'),
            ('prosjekt', 'gyldig_til',
                'Last day on which it may get a delivery.'),
            ('prosjekt', 'slettes_etter',
                'Day after which the recipients files are to be destroyed, and the projects key.'),
            ('prosjekt', 'former',
                'The forms that it may order.'),
            ('prosjekt', 'variabler',
                'The variables that it may order, and pick rows and persons by.'),
            ('prosjekt', 'populasjon',
                'The persons about whom it may get data, as in an order; a delivery is about those who are in '
                'the orders population too.'),
            ('prosjekt', 'tilstand',
                'apen (gets deliveries), lukket (only repeats) or slettet (its key is destroyed).'),
            ('prosjekt', 'opprettet',
                'When it was made.'),
            ('prosjekt', 'opprettet_av',
                'By which login.'),
            ('prosjekt', 'lukket',
                'When it was closed.'),
            ('prosjekt', 'lukket_av',
                'By which login.'),
            ('prosjekt', 'slettet',
                'When its key was destroyed.'),
            ('prosjekt', 'slettet_av',
                'By which login.'),
            ('bestilling', 'versjon',
                'Version of the order: a changed order is the next one.'),
            ('bestilling', 'innhold',
                'The order, as it was given.'),
            ('bestilling', 'liste_sha256',
                'Checksum of its list of persons: of the sorted, distinct numbers; empty where it has none.'),
            ('bestilling', 'lagret',
                'When it was stored.'),
            ('bestilling', 'lagret_av',
                'By which login.'),
            ('utlevering', 'slag',
                'leveranse (of an order), gjentakelse (of a delivery), flatfil (of a years miniregister) or '
                'microdata (for microdata.no).'),
            ('utlevering', 'tilstand',
                'begynt (under way, or ended early) or ferdig (its files were in place).'),
            ('utlevering', 'versjon',
                'Version of the order.'),
            ('utlevering', 'til',
                'The day on which the register was released: its last day.'),
            ('utlevering', 'aargang',
                'The year of a flat file.'),
            ('utlevering', 'gjentar',
                'The delivery that a repeat repeats.'),
            ('utlevering', 'begrunnelse',
                'Why, of what leaves without a project.'),
            ('utlevering', 'begynt',
                'When it was begun; the deliverys date.'),
            ('utlevering', 'ferdig',
                'When its files were in place.'),
            ('utlevering', 'bruker',
                'The login that made it.'),
            ('utlevering', 'kjoring',
                'The last run of the run log (kjorelogg) when it was begun: it says which years were loaded.'),
            ('utlevering', 'personer',
                'Number of persons whom it is about.'),
            ('utlevering', 'tall',
                'Further counts, as JSON: of its population, of its list.'),
            ('utlevering', 'versjoner',
                'What it was made with: versions of the program, the objects, the writers.'),
            ('utlevert_tabell', 'tabell',
                'Name of the table, as in the order.'),
            ('utlevert_tabell', 'rader',
                'Number of its rows.'),
            ('utlevert_tabell', 'personer',
                'Number of persons who have a row in it.'),
            ('utlevert_fil', 'fil',
                'Name of the file in the deliverys folder.'),
            ('utlevert_fil', 'bytes',
                'Its size.'),
            ('utlevert_fil', 'sha256',
                'Its checksum.'),
            ('avslag', 'avslag',
                'Number of the refusal.'),
            ('avslag', 'tid',
                'When an order was refused for reasons of its project.'),
            ('avslag', 'bruker',
                'The login that ordered.'),
            ('avslag', 'grunner',
                'The sentences with which it was refused.'),
            ('prosjektnokkel', 'nokkel',
                'The secret with which the projects person numbers (lpnr) are made. Nobody but the owner '
                'reads it.'),
            ('person_i_liste', 'versjon',
                'Version of the order; 0 for a list of the project itself.'),
            ('person_i_liste', 'fnr',
                'A number of the list, 11 digits, whether or not the register has the person.'),
            ('liste_inn', 'linje',
                'A line of a list of persons, on its way in.'),
            ('liste_inn', 'transaksjon',
                'The transaction that has copied the line in: nobody else takes it on.'),
            ('prosjektstatus', 'tittel',
                'What the project is called among people.'),
            ('prosjektstatus', 'vedtak',
                'The decision that allows the project to get data.'),
            ('prosjektstatus', 'tilstand',
                'apen, lukket or slettet.'),
            ('prosjektstatus', 'gyldig_til',
                'Last day on which it may get a delivery.'),
            ('prosjektstatus', 'slettes_etter',
                'Day after which its key is to be destroyed.'),
            ('folkeregisterversjon', 'folkeregisterversjon',
                'Number of the register version, in the order of loading.'),
            ('folkeregisterversjon', 'gjelder_til',
                'The last day that the register knows: an extraction after it cannot be computed.'),
            ('folkeregisterversjon', 'syntetisk',
                'Whether the register is of nobody. A synthetic one goes with synthetic years only.'),
            ('folkeregisterversjon', 'lastet',
                'When it was loaded.'),
            ('folkeregisterversjon', 'bruker',
                'The login that loaded it.'),
            ('folkeregisterversjon', 'produktversjon',
                'Version of the program that loaded it.'),
            ('folkeregisterversjon', 'objektversjon',
                'State of sql/objects that loaded it.'),
            ('folkeregisterversjon', 'filer',
                'The files, as JSON: name, bytes, sha256, number of rows.'),
            ('folkeregisterversjon', 'tall',
                'What was in them, as JSON: counts of rows, of persons set aside by reason, of findings.'),
            ('folkeregisterperson', 'kjonn',
                'Sex: 1 man, 2 woman.'),
            ('folkeregisterperson', 'fodselsdato',
                'Date of birth.'),
            ('bosted', 'fnr',
                'The person''s number.'),
            ('bosted', 'fradato',
                'First day of the residence.'),
            ('bosted', 'tildato',
                'Last day; empty while it lasts.'),
            ('bosted', 'kommune',
                'The kommune, as the register has it: by the division of the first day.'),
            ('status', 'fnr',
                'The person''s number.'),
            ('status', 'fradato',
                'First day of the status.'),
            ('status', 'tildato',
                'Last day; empty while it lasts.'),
            ('status', 'regstatus',
                'bosatt (resident), utvandret (emigrated), dod (dead), forsvunnet (missing), ikke_bosatt (not '
                'resident, for instance with a D-number), opphort (ended).'),
            ('personlenke', 'fnr',
                'A number of the person''s, the current one included.'),
            ('personlenke', 'gjeldende',
                'The person''s current number: the end of the chain.'),
            ('personlenke', 'fradato',
                'When the number became the current one''s, as the file says; the link itself holds for all '
                'periods.'),
            ('satt_til_side', 'fnr',
                'The person''s number.'),
            ('satt_til_side', 'grunn',
                'What contradicts what.'),
            ('satt_til_side', 'fil',
                'The file with the row.'),
            ('satt_til_side', 'linje',
                'The row''s line in the file, the header being line 1.'),
            ('kommune', 'kommune',
                'The kommune''s number.'),
            ('kommune', 'gyldig_fra',
                'First day in force.'),
            ('kommune', 'gyldig_til',
                'Last day in force; empty where it still is. Klass gives the day after.'),
            ('kommune', 'tekst',
                'Its name.'),
            ('kommune', 'fylke',
                'The fylke that it lies in.'),
            ('fylke', 'fylke',
                'The fylke''s number.'),
            ('fylke', 'gyldig_fra',
                'First day in force.'),
            ('fylke', 'gyldig_til',
                'Last day in force; empty where it still is.'),
            ('fylke', 'tekst',
                'Its name.'),
            ('kommune_endring', 'fra_kommune',
                'The number until the day before.'),
            ('kommune_endring', 'til_kommune',
                'A number from the day on.'),
            ('kommune_endring', 'dato',
                'The day of the change.'),
            ('koderetting', 'kodeliste',
                'regstatus or kommune.'),
            ('koderetting', 'fra_kode',
                'The code as it is delivered.'),
            ('koderetting', 'til_kode',
                'The code that it stands for.'),
            ('koderetting', 'fra_fil',
                'Whether the row came with the product; yours have false.'),
            ('kjennemerkesett', 'sett',
                'Number of the set.'),
            ('kjennemerkesett', 'mnddato',
                'The month.'),
            ('kjennemerkesett', 'dagdato',
                'Its extraction date, on which everything is looked up.'),
            ('kjennemerkesett', 'folkeregisterversjon',
                'The version of the population register.'),
            ('kjennemerkesett', 'laget',
                'When it was made.'),
            ('kjennemerkesett', 'antall',
                'Number of rows: those of the miniregister''s month.'),
            ('kjennemerkesett', 'tall',
                'Counts of them, as JSON: by bosted_grunn; delt_kommune (of uten_bosted: in a kommune that was split), '
                'annet_nummer (another number of the person''s counts), kvinner, under_15, over_74.'),
            ('registerfunn', 'folkeregisterversjon',
                'The version of the population register.'),
            ('registerfunn', 'mnddato',
                'The month whose records it is about; empty where it is about the register itself.'),
            ('registerfunn', 'funn',
                'Of the register: nummer_kjonn, nummer_fodselsdato (numbers that say something else), lenket_ulik '
                '(linked numbers that differ), bosted_uten_person, status_uten_person (residences and statuses of numbers that '
                'are not in person). Of a month: as in kjennemerkesett.tall.'),
            ('registerfunn', 'antall',
                'How many numbers, residences, statuses or records.'),
            ('registerfunn', 'av',
                'Of how many.'),
            ('registerfunn', 'prosent',
                'The same in per cent.'),
            ('registerfunn', 'forrige_prosent',
                'The per cent of the month before, in its last set, by whatever version; empty where it has none.'),
            ('registerfunn', 'advarsel_mange',
                'Whether there are more persons not found, dead or without a residence than terskel says.'),
            ('registerfunn', 'advarsel_flyttet',
                'Whether the share moved more from the month before than terskel says.'),
            ('kommuneperiode', 'kommune',
                'The kommune''s number.'),
            ('kommuneperiode', 'fylke',
                'The fylke that it lies in.'),
            ('kommuneperiode', 'fra',
                'First day; -infinity where the code was in force on the first day of the list.'),
            ('kommuneperiode', 'til',
                'Last day; infinity where it still is.'),
            ('kommuneetterfolger', 'kommune',
                'The kommune''s number.'),
            ('kommuneetterfolger', 'til',
                'Last day of the period (kommuneperiode).'),
            ('kommuneetterfolger', 'ny',
                'The number of a kommune that has the area, or a part of it, on the day after.'),
            ('kjennemerke', 'sett',
                'The set (kjennemerkesett).'),
            ('kjennemerke', 'fnr',
                'The person''s number in the miniregister.'),
            ('kjennemerke', 'mnddato',
                'The month.'),
            ('kjennemerke', 'kjonn',
                'Sex: 1 man, 2 woman, 9 where the register does not have the person.'),
            ('kjennemerke', 'alder',
                'Whole years on the extraction date; empty where the register does not have the person.'),
            ('kjennemerke', 'kommune',
                'The kommune of residence on that day, by the division in force then; 9999 where there is none '
                '(bosted_grunn).'),
            ('kjennemerke', 'fylke',
                'Its fylke; 99 where there is none.'),
            ('kjennemerke', 'bosted_grunn',
                'bosatt, or why there is no residence: ugyldig_fnr, ikke_i_register, dod, ikke_bosatt, uten_bosted, '
                'the first that holds.'),
            ('kjennemerke', 'telles',
                'Whether the record counts: of a person''s numbers on one extraction the current one does.'),
            ('gruppering', 'gruppering',
                'Name of the grouping.'),
            ('gruppering', 'kjennemerke',
                'What it groups: hoved, region, kjonn, alder, varighet or bosatt.'),
            ('gruppering', 'tekst',
                'What it is called, in Norwegian.'),
            ('klasse', 'gruppering',
                'The grouping.'),
            ('klasse', 'kode',
                'Code of the class, as published.'),
            ('klasse', 'rekkefolge',
                'Its place in tables.'),
            ('klasse', 'tekst',
                'Its text, in Norwegian.'),
            ('klasse', 'fra',
                'Of ages (years) and durations (weeks): the lowest; -1 stands for unknown.'),
            ('klasse', 'til',
                'The highest, included; empty: open.'),
            ('klasse', 'verdier',
                'Of other groupings: the values that belong to it.'),
            ('klasse', 'i_alt',
                'Whether it is counted in the total.'),
            ('klasse', 'symbol',
                'What stands in its cells whatever is counted: .. where nothing is published; empty else.'),
            ('klasse', 'gyldig_fra',
                'First day on which the class is in use; empty: always.'),
            ('klasse', 'gyldig_til',
                'Last day on which it is; empty: still.'),
            ('pakke', 'pakke',
                'Name of the package.'),
            ('pakke', 'tittel',
                'What it is called, in Norwegian.'),
            ('pakke', 'metode',
                'How it is protected: avrunding, rounding of small counts.'),
            ('pakke', 'terskel',
                'The least count that is shown: 3.'),
            ('pakke', 'minste_rettelse',
                'Persons whose counts must have changed in each fylke that changes, before a correction is '
                'published (R5b).'),
            ('pakke', 'inndeling',
                'The day whose division into kommuner is used, no earlier than the extraction dates; empty: the one in '
                'force on each extraction date.'),
            ('pakke', 'finnes_eksakt',
                'Whether a table of it is published exactly elsewhere: then rounding does not protect it, and '
                'publishing asks why.'),
            ('pakke_lag', 'pakke',
                'The package.'),
            ('pakke_lag', 'lag',
                'Name of the part.'),
            ('pakke_lag', 'hoved',
                'The main groups that belong to it.'),
            ('pakke_lag', 'tekst',
                'What it is called, in Norwegian.'),
            ('pakke_base', 'pakke',
                'The package.'),
            ('pakke_base', 'lag',
                'The part.'),
            ('pakke_base', 'gruppering',
                'The grouping.'),
            ('tabell', 'tabell',
                'Name of the table; its files are called so.'),
            ('tabell', 'rekkefolge',
                'Its place on the page.'),
            ('tabell', 'pakke',
                'The package that it is made from.'),
            ('tabell', 'maal',
                'beholdning (persons on the extraction date) or aarsgjennomsnitt (mean of the year''s twelve).'),
            ('tabell', 'snitt_av',
                'Of an average: the table whose months it is the mean of, and whose dimensions it has.'),
            ('tabell', 'lag',
                'The parts of the population that it counts.'),
            ('tabell', 'bosatt',
                'false: only who is not resident; empty: everybody.'),
            ('tabell', 'tittel',
                'Its title, in Norwegian.'),
            ('tabell', 'enhet',
                'What is counted, in Norwegian.'),
            ('tabell', 'ekstern_id',
                'Number of the table in Statbank, where it has one.'),
            ('tabell', 'kontakt',
                'Whom readers ask.'),
            ('tabell', 'gyldig_fra',
                'First day of the table''s series.'),
            ('tabell', 'gyldig_til',
                'Last day; empty: still published.'),
            ('dimensjon', 'tabell',
                'The table.'),
            ('dimensjon', 'plass',
                'The dimension''s place, from 1.'),
            ('dimensjon', 'gruppering',
                'The grouping whose classes it has.'),
            ('dimensjon', 'tekst',
                'What it is called, in Norwegian.'),
            ('dimensjon', 'i_alt',
                'What the total is called; empty where there is none.'),
            ('note', 'note',
                'Name of the footnote.'),
            ('note', 'rekkefolge',
                'Its place.'),
            ('note', 'tabell',
                'The table, and the averages of it; empty: all.'),
            ('note', 'maal',
                'Of tables with this measure alone; empty: all.'),
            ('note', 'kjennemerke',
                'Of tables that tell persons apart by this alone; empty: all.'),
            ('note', 'hoved',
                'Of tables that count persons of one of these main groups alone; empty: all.'),
            ('note', 'fra_periode',
                'First period, as in versjon; empty: always.'),
            ('note', 'til_periode',
                'Last period; empty: still.'),
            ('note', 'tekst',
                'What it says, in Norwegian.'),
            ('versjon', 'versjon',
                'Number of the version.'),
            ('versjon', 'pakke',
                'The package.'),
            ('versjon', 'periode',
                '2003M04 of a month, 2003 of a year''s averages.'),
            ('versjon', 'nummer',
                '1 for the first version of the period, 2 for its first correction, and so on.'),
            ('versjon', 'grunn',
                'Why it was made, in Norwegian.'),
            ('versjon', 'tilstand',
                'utkast, godkjent or publisert.'),
            ('versjon', 'mnddato',
                'The month; empty for a year.'),
            ('versjon', 'dagdato',
                'Its extraction date.'),
            ('versjon', 'folkeregisterversjon',
                'The population register that it rests on.'),
            ('versjon', 'syntetisk',
                'Whether it is about nobody.'),
            ('versjon', 'kjoring',
                'The last run of the run log before it was made.'),
            ('versjon', 'produktversjon',
                'Version of the program that made it.'),
            ('versjon', 'objektversjon',
                'State of sql/objects that made it.'),
            ('versjon', 'kodelister',
                'Checksums of the code lists that it was made with, as JSON.'),
            ('versjon', 'mal',
                'How its base is told apart, as JSON: another one is a break, and starts anew.'),
            ('versjon', 'laget',
                'When it was made.'),
            ('versjon', 'laget_av',
                'By whom.'),
            ('versjon', 'godkjent',
                'When it was approved.'),
            ('versjon', 'godkjent_av',
                'By whom.'),
            ('versjon', 'publisert',
                'When it was published: the time stamp in all its files.'),
            ('versjon', 'publisert_av',
                'By whom.'),
            ('versjon', 'alene',
                'Why one person did both, where one did.'),
            ('versjon', 'eksakt',
                'Why it was published although a table of the package is published exactly elsewhere.'),
            ('versjon', 'katalog',
                'What the catalogue said of it when it was published, as JSON: its files are made of that.'),
            ('versjon', 'kontroller',
                'How much each control found when they were run last, as JSON.'),
            ('statistikkontroll', 'kontroll',
                'Name of the promise.'),
            ('statistikkontroll', 'rekkefolge',
                'Its place.'),
            ('statistikkontroll', 'alvor',
                'feil: a version that breaks it is neither approved nor published; advarsel: it is told.'),
            ('statistikkontroll', 'tittel',
                'Its title, in Norwegian.'),
            ('statistikkontroll', 'lover',
                'The promise.'),
            ('statistikkontroll', 'lover_norsk',
                'The promise, in Norwegian.'),
            ('statistikkontroll', 'kilde',
                'Where it comes from.'),
            ('rettelse', 'tabell',
                'The table.'),
            ('rettelse', 'periode',
                '2003M04 of a month, 2003 of a year''s averages.'),
            ('rettelse', 'koder',
                'The codes of its dimensions in their order; T for a total.'),
            ('rettelse', 'nummer',
                '1 for the first version of the period, 2 for its first correction, and so on.'),
            ('rettelse', 'grunn',
                'Why the version was made, in Norwegian.'),
            ('rettelse', 'publisert',
                'When it was published.'),
            ('rettelse', 'verdi',
                'The figure.'),
            ('rettelse', 'symbol',
                'The symbol in its place.'),
            ('grunnlag', 'versjon',
                'The version.'),
            ('grunnlag', 'celle',
                'Number of the cell in it.'),
            ('grunnlag', 'lag',
                'The part of the population.'),
            ('grunnlag', 'hoved',
                'Main group.'),
            ('grunnlag', 'fylke',
                'Fylke of residence, by the fixed division where there is one; 99 where there is none, or it is not known.'),
            ('grunnlag', 'kommune',
                'Kommune of residence, likewise; 9999 where there is none, or it was split later (then the fylke may be '
                'known); empty where the part is not told apart by it.'),
            ('grunnlag', 'kjonn',
                'Sex: 1, 2, 9 unknown; empty where the part is not told apart by it.'),
            ('grunnlag', 'alder',
                'The lowest age of the class, in years; -1 unknown; empty where the part is not told apart by it.'),
            ('grunnlag', 'uker',
                'The fewest weeks of the class; -1 unknown; empty where the part is not told apart by it.'),
            ('grunnlag', 'bosatt',
                'Whether resident; empty where the part is not told apart by it.'),
            ('grunnlag', 'antall',
                'Persons.'),
            ('grunnlag', 'beskyttet',
                'The count that is used: 0 or 3 for 1 and 2, else antall. Empty until it is chosen.'),
            ('versjonsregnskap', 'versjon',
                'The version.'),
            ('versjonsregnskap', 'hoved',
                'Main group.'),
            ('versjonsregnskap', 'hva',
                'talt, annet_nummer or utenfor.'),
            ('versjonsregnskap', 'antall',
                'Records.'),
            ('celle', 'versjon',
                'The version.'),
            ('celle', 'tabell',
                'The table.'),
            ('celle', 'koder',
                'The codes of its dimensions in their order; T for a total.'),
            ('celle', 'verdi',
                'The figure, as computed from protected counts and not rounded further.'),
            ('celle', 'symbol',
                '. cannot occur, .. not available, : confidential, - nil; empty beside a figure.'),
            ('snitt_av_versjon', 'versjon',
                'The version of the year.'),
            ('snitt_av_versjon', 'maaned',
                'That of a month.'),
            ('avsloringskontroll', 'versjon',
                'The version.'),
            ('avsloringskontroll', 'kjort',
                'When.'),
            ('avsloringskontroll', 'kjort_av',
                'By whom.'),
            ('avsloringskontroll', 'smaa',
                'Small cells, with 1 or 2 persons, that were attacked.'),
            ('avsloringskontroll', 'avslort',
                'Of these worked out exactly.'),
            ('avsloringskontroll', 'kjent_liten',
                'Of these known to be 1 or 2.'),
            ('avsloringskontroll', 'resultat',
                'What was given to the attacker and what came out, as JSON, in counts.'),
            ('publisert_fil', 'versjon',
                'The version.'),
            ('publisert_fil', 'fil',
                'The file, by its place in the folder.'),
            ('publisert_fil', 'bytes',
                'Its size.'),
            ('publisert_fil', 'sha256',
                'Its checksum.'),
            ('offisiell_celle', 'kilde',
                'Who, and where.'),
            ('offisiell_celle', 'tabell',
                'The table here that it is like.'),
            ('offisiell_celle', 'periode',
                'The period.'),
            ('offisiell_celle', 'koder',
                'The codes of its dimensions in their order.'),
            ('offisiell_celle', 'verdi',
                'The figure.'),
            ('offisiell_celle', 'symbol',
                'The symbol in its place.'),
            ('avrundingsnokkel', 'en_rad',
                'Always true: there is one row.'),
            ('avrundingsnokkel', 'nokkel',
                'The secret, 64 hex digits.'),
            ('gruppering', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('klasse', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('pakke', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('pakke_lag', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('pakke_base', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('tabell', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('dimensjon', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('note', 'fra_fil',
                'Whether the row came with the product; yours have false, and no upgrade takes them away.'),
            ('kategori', 'gruppering',
                'The grouping.'),
            ('kategori', 'kjennemerke',
                'What it groups: hoved, region, kjonn, alder, varighet or bosatt.'),
            ('kategori', 'kode',
                'Code of the class, as published.'),
            ('kategori', 'rekkefolge',
                'Its place in tables.'),
            ('kategori', 'tekst',
                'Its text, in Norwegian.'),
            ('kategori', 'fra',
                'Of ages (years) and durations (weeks): the lowest; -1 stands for unknown.'),
            ('kategori', 'til',
                'The highest, included; empty: open.'),
            ('kategori', 'verdier',
                'Of other groupings: the values that belong to it.'),
            ('kategori', 'i_alt',
                'Whether it is counted in the total.'),
            ('kategori', 'symbol',
                'What stands in its cells whatever is counted; empty else.'),
            ('kategori', 'gyldig_fra',
                'First day on which the class is in use; empty: always.'),
            ('kategori', 'gyldig_til',
                'Last day on which it is; empty: still.')
        ), omregnet (relasjon, kolonne, tekst) AS (
            -- F_ARBSOK with its dates as numbers
            SELECT 'f_arbsok_tall', f.kolonne,
                'A number YYYYMMDD: compare it, do not subtract. ' || f.tekst
            FROM felles AS f
            JOIN pg_catalog.pg_attribute AS a ON a.attname = f.kolonne AND a.atttypid = 'date'::regtype
            WHERE a.attrelid = 'trygdfob.f_arbsok'::regclass
            UNION ALL
            SELECT 'f_arbsok_mnd', f.kolonne || '_mnd',
                format('Month of %s, a number YYYYMM: compare it, do not subtract. Of the day: ', f.kolonne) || f.tekst
            FROM felles AS f
            JOIN pg_catalog.pg_attribute AS a ON a.attname = f.kolonne AND a.atttypid = 'date'::regtype
            WHERE a.attrelid = 'trygdfob.f_arbsok'::regclass
        ), lik (relasjon, som) AS (VALUES
            ('aarets_fil', 'maanedsfil'),
            ('aarets_h', 'h_arbsok'),
            ('aarets_forlop', 'forlopsdel'),
            ('aarets_lagt_til_side', 'lagt_til_side'),
            ('fnr_kontroll_utledet', 'fnr_kontroll'),
            ('statusvalg_utledet', 'statusvalg')
        )
        SELECT c.oid::regclass AS relasjon, c.relname, a.attname, coalesce(e.tekst, o.tekst, f.tekst) AS tekst
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_class AS hel ON hel.oid = coalesce(pg_catalog.pg_partition_root(c.oid), c.oid)
        LEFT JOIN lik AS l ON l.relasjon = hel.relname
        LEFT JOIN felles AS f ON f.kolonne = a.attname
        LEFT JOIN egne AS e ON e.relasjon = coalesce(l.som, hel.relname) AND e.kolonne = a.attname
        LEFT JOIN omregnet AS o ON o.relasjon = hel.relname AND o.kolonne = a.attname
        WHERE c.relnamespace IN (SELECT s.skjema FROM trygdfob.skjema AS s)
            AND c.relkind IN ('r', 'p', 'v', 'm')
            AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
            AND coalesce(e.tekst, o.tekst, f.tekst) <> coalesce(pg_catalog.col_description(c.oid, a.attnum), '')
        ORDER BY c.relname, a.attnum
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', k.relasjon, k.attname, k.tekst);
    END LOOP;
END
$kolonner$;
