-- kontroll: the check catalogue: what is promised of a loaded year, how serious it is when it does not hold, and where
-- the promise comes from. visning is the view of the pass that finds the offending records. Original:
-- asok_konsistenskontroll.sql (spec.md 5 and 6; the source's 5.8). What spec.md 5.5 and 5.7 promise is about loads and
-- not about rows, so that tests hold it and no control does.

WITH regel (kontroll, rekkefolge, alvor, visning, tittel, lover, lover_norsk, kilde) AS (VALUES
    ('nokkel_entydig', 10, 'feil', 'arbsok_forlop_funn', 'Nøkkelen er entydig',
        'The key fnr, regdato, kode names one record of F_ARBSOK.',
        'Nøkkelen fnr, regdato, kode peker ut én record i F_ARBSOK.',
        'spec.md 5.1; the source''s 5.11'),
    ('en_apning', 20, 'feil', 'arbsok_forlop_funn', 'Ett tilfelle, én åpning',
        'A main spell begins with its one opening record: kode 1, 3 or 9 with regdato = tilgdato.',
        'Et tilfelle begynner med sin ene åpnende record: kode 1, 3 eller 9 med regdato = tilgdato.',
        'spec.md 5.2; the source''s 3.3'),
    ('en_avgang', 30, 'feil', 'arbsok_forlop_funn', 'Høyst én avgang, og den er sist',
        'A main spell has at most one closing record (avgdato set), and no record after it.',
        'Et tilfelle har høyst én avsluttende record (avgdato er satt), og ingen record etter den.',
        'spec.md 5.2; the source''s 3.3'),
    ('innenfor_tilfellet', 40, 'feil', 'arbsok_forlop_funn', 'Hendelsene kommer i rekkefølge',
        'The records of a main spell follow one another in time, group spell by group spell.',
        'Et tilfelles records følger hverandre i tid, gruppetilfelle for gruppetilfelle.',
        'spec.md 5.2'),
    ('ingen_overlapp', 50, 'feil', 'arbsok_forlop_funn', 'Tilfeller overlapper ikke',
        'A person''s main spells do not overlap: the one before is closed, on an earlier day.',
        'En persons tilfeller overlapper ikke: det forrige er avsluttet, på en tidligere dag.',
        'spec.md 5.3'),
    ('grupper_dekker', 60, 'feil', 'arbsok_forlop_funn', 'Gruppetilfellene dekker tilfellet',
        'Group spells partition their main spell: each group exit is followed by a group entry on the '
        'next day.',
        'Gruppetilfellene deler tilfellet uten hull: hver gruppeavgang følges av en gruppetilgang dagen etter.',
        'spec.md 5.3; the source''s C.2.1'),
    ('en_hovedgruppe', 70, 'feil', 'arbsok_forlop_funn', 'Ett gruppetilfelle, én hovedgruppe',
        'A group spell has one main group, and the next one in the same main spell another.',
        'Et gruppetilfelle har én hovedgruppe, og det neste i samme tilfelle en annen.',
        'spec.md 1; the source''s C.2.1'),
    ('datoer_ved_tilgang', 80, 'feil', 'arbsok_forlop_funn', 'Alle datoer settes ved tilgang',
        'At every entry, also to a group, hovedarbdato, tiltakdato and ytelsedato are regdato.',
        'Ved hver tilgang, også til en gruppe, er hovedarbdato, tiltakdato og ytelsedato lik regdato.',
        'spec.md 4'),
    ('endring_er_endring', 90, 'feil', 'arbsok_forlop_funn', 'En endringsrecord endrer noe',
        'On a change record at least one attribute date is regdato, and exactly those attributes differ '
        'from the record before.',
        'På en endringsrecord er minst én kjennemerkedato lik regdato, og nettopp de kjennemerkene er andre enn på '
        'recorden før.',
        'spec.md 5.4'),
    ('uendret_beholder_dato', 100, 'feil', 'arbsok_forlop_funn', 'Det uendrede beholder sin dato',
        'On a change record an attribute that did not change keeps its date.',
        'På en endringsrecord beholder et kjennemerke som ikke er endret, datoen sin.',
        'spec.md 4'),
    ('avgang_viser_siste', 110, 'feil', 'arbsok_forlop_funn', 'Avgangen viser det som gjaldt',
        'An exit record has the values and attribute dates of the record before it: the spell that it '
        'closes.',
        'En avgangsrecord har verdiene og kjennemerkedatoene til recorden før: det tilfellet som den avslutter.',
        'spec.md 4'),
    ('tomdato', 120, 'feil', 'arbsok_forlop_funn', 'tomdato er tilfellets avgdato',
        'tomdato is the avgdato of the main spell on all its records, and empty while it runs.',
        'tomdato er tilfellets avgdato på alle records i det, og blank så lenge det løper.',
        'spec.md 4; the source''s 5.9.13, lag_tomdato'),
    ('asoktom', 130, 'feil', 'arbsok_forlop_funn', 'asoktom er gruppetilfellets asokavg',
        'asoktom is the asokavg of the group spell on all its records, and empty while it runs.',
        'asoktom er gruppetilfellets asokavg på alle records i det, og blank så lenge det løper.',
        'spec.md 4; the source''s 5.9.14, lag_asoktom'),
    ('regtom', 140, 'feil', 'arbsok_forlop_funn', 'regtom er siste dag verdiene gjaldt',
        'regtom is the day before the next change in the group spell, else asoktom; on an exit record '
        'regdato.',
        'regtom er dagen før neste endring i gruppetilfellet, ellers asoktom; på en avgangsrecord regdato.',
        'spec.md 4, T12; the source''s 5.9.12, lag_regtom'),
    ('fra_serie_start', 150, 'feil', 'arbsok_forlop_funn', 'Ingenting før seriens start',
        'No spell begins before the start of the series.',
        'Ingen tilfeller begynner før seriens start.',
        'spec.md 2, start date'),
    ('status_og_kode', 160, 'feil', 'arbsok_forlop_funn', 'Status og hendelseskode passer sammen',
        'The status stands in the rule table, and the record is of a kind that it writes; X closes a '
        'main spell.',
        'Statusen står i regeltabellen, og recorden er av et slag som den skriver; X avslutter et tilfelle.',
        'spec.md 3 and 4; the source''s 5.7'),
    ('datering', 170, 'feil', 'arbsok_forlop_funn', 'Datert etter regelen',
        'regdato is the date that the row of the rule table names, worked out from the record''s own '
        'dagdato, fdagdato and henddato.',
        'regdato er den datoen som raden i regeltabellen nevner, regnet ut av recordens egne dagdato, fdagdato og '
        'henddato.',
        'spec.md 4; the source''s 5.7'),
    ('ny_eller_kjent', 180, 'feil', 'arbsok_forlop_funn', 'Ny er ny, kjent er kjent',
        'Whoever is called new (F) has no earlier spell; whoever is back (N) has one closed at a year''s end; '
        'exit and entry of one event have the same status.',
        'Den som kalles ny (F), har ikke noe tilfelle fra før; den som er tilbake (N), har ett som er avsluttet ved '
        'en årgangs slutt; avgang og tilgang i én hendelse har samme status.',
        'spec.md 3; the source''s 5.7'),
    ('aargang_er_registreringens', 190, 'feil', 'arbsok_forlop_funn', 'Årgangen er registreringens',
        'aargang is the year whose files have the extraction date dagdato.',
        'aargang er den årgangen som har en fil med uttrekksdatoen dagdato.',
        'spec.md 4'),
    ('avslutning', 200, 'feil', 'arbsok_forlop_funn', 'Bare det som er gammelt, avsluttes',
        'A spell closed at the year''s end (X) was last registered more than avslutning_dager before '
        'the year''s last extraction date.',
        'Et tilfelle som er avsluttet ved årgangens slutt (X), var sist registrert mer enn avslutning_dager før '
        'årgangens siste uttrekksdato.',
        'spec.md 4, T7; the source''s 5.9.11'),
    ('record_har_registrering', 210, 'feil', 'arbsok_registrering_funn', 'Hver record har sin registrering',
        'Every record that opens or changes, and every rejected one, comes from a registration in the '
        'year''s miniregister.',
        'Hver record som åpner eller endrer, og hver vraket record, kommer fra en registrering i årgangens '
        'miniregister.',
        'spec.md 5.8'),
    ('miniregister_datoer', 220, 'feil', 'arbsok_registrering_funn', 'Miniregisterets datoer',
        'In a month every registration has the month''s dagdato and fdagdato, and henddato = dagdato - '
        'ant_d_as_n.',
        'I en måned har hver registrering månedens dagdato og fdagdato, og henddato = dagdato - ant_d_as_n.',
        'spec.md 2; the source''s 2.2 and 2.3'),
    ('miniregister_koder', 230, 'feil', 'arbsok_registrering_funn', 'Miniregisterets koder',
        'mrk_fnr is the result of the fnr control, mrk_dl is 32 or empty, and from October 2002 hoved '
        'is as_gr.',
        'mrk_fnr er svaret fra fødselsnummerkontrollen, mrk_dl er 32 eller blank, og fra oktober 2002 er hoved lik '
        'as_gr.',
        'spec.md 2; the source''s 2.2.1 and 2.2.2'),
    ('registrering_gjort_rede_for', 240, 'feil', 'arbsok_registrering_funn', 'Hver registrering har ett utfall',
        'Every registration from the start on has the one outcome that the rules give it: records in '
        'F_ARBSOK, a place in VRAK_ARBSOK, or neither where it confirms a running spell; those before '
        'the start have none.',
        'Hver registrering fra og med seriens start har det ene utfallet som reglene gir: records i F_ARBSOK, en '
        'plass i VRAK_ARBSOK, eller ingen av delene der den bekrefter et løpende tilfelle; de fra før starten har '
        'ikke noe.',
        'spec.md 5.8'),
    ('status_etter_reglene', 250, 'feil', 'arbsok_registrering_funn', 'Status er den reglene gir',
        'The status in F_ARBSOK and VRAK_ARBSOK is the one that the rules give, taking each person''s '
        'registrations one by one.',
        'Statusen i F_ARBSOK og VRAK_ARBSOK er den som reglene gir når en persons registreringer tas én for én.',
        'spec.md 5.6; the source''s 5.7'),
    ('record_viser_registreringen', 260, 'feil', 'arbsok_registrering_funn', 'Recorden viser registreringen',
        'A record that opens or changes, and a rejected one, has the values of the registration that '
        'caused it.',
        'En record som åpner eller endrer, og en vraket record, har verdiene til registreringen som var årsaken til '
        'den.',
        'spec.md 4'),
    ('h_er_siste_registrering', 270, 'feil', 'arbsok_h_arbsok_funn', 'H_ARBSOK er siste registrering',
        'H_ARBSOK has one row for each person who was registered in the year or whose spell ran when it '
        'began: the last registration, and the spell of the last record.',
        'H_ARBSOK har én rad for hver person som ble registrert i årgangen eller hadde et løpende tilfelle da den '
        'begynte: den siste registreringen, og tilfellet til den siste recorden.',
        'spec.md 4, T10; the source''s 5.9.3'),
    ('avsluttet_i_tide', 280, 'feil', 'arbsok_h_arbsok_funn', 'Det som er gammelt, er avsluttet',
        'No spell that was last registered more than avslutning_dager before the year''s last '
        'extraction date runs on.',
        'Ingen tilfeller løper videre ved årgangens slutt når de sist var registrert mer enn avslutning_dager før.',
        'spec.md 4, T7; the source''s 5.9.11'),
    ('maaneder_henger_sammen', 290, 'feil', 'arbsok_aargang_funn', 'Månedene henger sammen',
        'The year has twelve files; extraction dates lie within 10 days of their month, increase, and '
        'are the next month''s fdagdato.',
        'Årgangen har tolv filer; uttrekksdatoene ligger innen 10 dager fra måneden sin, stiger, og er neste måneds '
        'fdagdato.',
        'spec.md 2, T9'),
    ('alle_innleste_gjort_rede_for', 300, 'feil', 'arbsok_aargang_funn', 'Alle innleste er gjort rede for',
        'Every record read is in the miniregister or set aside with its reason, file by file.',
        'Hver innleste record er i miniregisteret eller lagt til side med en grunn, fil for fil.',
        'spec.md 5.8; the source''s 4.1'),
    ('summer_stemmer', 310, 'feil', 'arbsok_aargang_funn', 'Summene stemmer med radene',
        'The sums of the year (tables ..._tall), which the tables of chapter 4 are made of, agree with '
        'the rows.',
        'Årgangens summer (tabellene ..._tall), som tabellene i kapittel 4 er laget av, stemmer med radene.',
        'spec.md 6'),
    ('kjorelogg_stemmer', 320, 'feil', 'arbsok_aargang_funn', 'Kjøreloggen stemmer med radene',
        'The counts that the run log keeps for the load agree with the tables.',
        'Antallene som kjøreloggen har for lastingen, stemmer med tabellene.',
        'spec.md 5.8 and 6; the source''s 5.8'),
    ('lopenr_er_personens', 330, 'feil', 'arbsok_aargang_funn', 'Løpenummeret er personens',
        'Every record has the number that table person has for its fnr, so that its key is the one of spec.md 5: '
        'fnr, regdato, kode; and every person who is new in the year has a record of that year.',
        'Hver record har det nummeret som tabellen person har for dens fnr, så nøkkelen er den samme som fnr, '
        'regdato, kode; og hver person som er ny i årgangen, har en record i den.',
        'spec.md 5.1; migration 0004'),
    ('tall_i_kode', 340, 'feil', 'arbsok_mistenkelig_funn', 'Koder med seks siffer på rad',
        'No status code in the miniregister has six or more digits in a row, which may be a fødselsnummer: a load '
        'sets such records aside, and years that were loaded before it did must be loaded again.',
        'Ingen statuskode i miniregisteret har seks eller flere siffer på rad, som kan være et fødselsnummer: '
        'lastingen legger slike records til side, og årganger som ble lastet før den gjorde det, må lastes på nytt.',
        'spec.md 2, T13'),
    ('maaned_for_liten', 350, 'advarsel', 'arbsok_mistenkelig_funn', 'En måned er mye mindre enn naboene',
        'No month is much smaller than the mean of the months beside it.',
        'Ingen måned er mye mindre enn gjennomsnittet av månedene ved siden av.',
        'spec.md 6'),
    ('gruppe_borte', 360, 'advarsel', 'arbsok_mistenkelig_funn', 'En hovedgruppe forsvinner',
        'No main group with more than a few of a month''s registrations is missing the month after.',
        'Ingen hovedgruppe med mer enn noen få av en måneds registreringer mangler måneden etter.',
        'spec.md 6; the source''s 2.2.1'),
    ('ny_kode', 370, 'advarsel', 'arbsok_mistenkelig_funn', 'En kode som ikke er sett før',
        'Every code is in a code list, was there in an earlier year, or is explained by a known break.',
        'Hver kode står i en kodeliste, fantes i en tidligere årgang eller er forklart av et kjent brudd.',
        'spec.md 2, hoved; the source''s 2.2.2'),
    ('borte_og_tilbake', 380, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange er borte og tilbake',
        'Few of a month''s persons were away for just the month before.',
        'Få av en måneds personer var borte bare i måneden før.',
        'spec.md 6'),
    ('faa_gjengangere', 385, 'advarsel', 'arbsok_mistenkelig_funn', 'Få fra måneden før er med',
        'A month and the month before have many of their persons in common.',
        'En måned og måneden før har mange av personene sine felles.',
        'spec.md 6'),
    ('mange_endringer', 387, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange har en annen status',
        'Few of the persons who were there the month before too have another status, except at known breaks.',
        'Få av personene som også var med måneden før, har en annen status, unntatt ved kjente brudd.',
        'spec.md 6'),
    ('mange_uten_dager', 390, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange records uten antall dager',
        'Few of a file''s records have no number of days.',
        'Få av recordene i en fil er uten antall dager.',
        'spec.md 2, ant_d_as_n, and 6'),
    ('mange_ugyldige_fnr', 400, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange records uten fødselsnummer',
        'Few of a file''s records are set aside because their fnr is not 11 digits.',
        'Få av recordene i en fil legges til side fordi fødselsnummeret ikke er 11 siffer.',
        'spec.md 2, T1, and 6'),
    ('mange_tall_i_as_stat', 410, 'advarsel', 'arbsok_mistenkelig_funn', 'Siffer i statuskoden',
        'No record is set aside because its as_stat has six or more digits in a row.',
        'Ingen record legges til side fordi statuskoden har seks eller flere siffer på rad.',
        'spec.md 2, T13, and 6'),
    ('mange_dubletter', 420, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange dubletter',
        'Few of a file''s records are set aside because another one of the same person is kept.',
        'Få av recordene i en fil legges til side fordi en annen record for samme person beholdes.',
        'spec.md 2, T2, and 6'),
    ('mange_rettede_datoer', 430, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange rettede uttrekksdatoer',
        'Few of a file''s records have another extraction date than the month''s, or none.',
        'Få av recordene i en fil har en annen uttrekksdato enn måneden, eller ingen.',
        'spec.md 2, dagdato, and 6'),
    ('mange_feil_i_fnr', 440, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange ugyldige fødselsnummer',
        'Few of a file''s records have an fnr that fails its control.',
        'Få av recordene i en fil har et fødselsnummer som ikke består kontrollen.',
        'spec.md 2, fnr control, and 6'),
    ('mange_like_dager', 450, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange står på samme antall dager',
        'Few of a file''s records stand on its largest number of days.',
        'Få av recordene i en fil står på filens største antall dager.',
        'spec.md 6'),
    ('mange_vrakede', 460, 'advarsel', 'arbsok_mistenkelig_funn', 'Mange vrakede registreringer',
        'Few of a month''s registrations are rejected.',
        'Få av registreringene i en måned vrakes.',
        'spec.md 4 and 6'),
    ('fil_endret', 470, 'advarsel', 'arbsok_mistenkelig_funn', 'En fil er ikke lenger den som ble lastet',
        'No month file was seen again with other content than what was loaded.',
        'Ingen månedsfil er sett igjen med annet innhold enn det som ble lastet.',
        'spec.md 6')
),

borte AS (
    DELETE FROM kontroll.kontroll AS k
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.kontroll = k.kontroll)
),

-- The sentence about a finding, in English and in Norwegian. format() puts in the values of the finding, which
-- arbsok_fil_mistenkelig, arbsok_aargang_mistenkelig and arbsok_fil_avviker list. Where a corrected file could be
-- loaded instead, aar says which of the values is the year
setning (kontroll, setning, setning_norsk, aar) AS (VALUES
    ('tall_i_kode',
        '%1$s: six or more digits in a row in the status code of %2$s of its records in the miniregister, which may '
        'be a fødselsnummer that analysts can read: the year was loaded before T13.',
        '%1$s: %2$s av dens records i miniregisteret har seks eller flere siffer på rad i statuskoden, som kan være '
        'et fødselsnummer som analytikere kan lese: årgangen ble lastet før T13.',
        NULL::integer),
    ('maaned_for_liten',
        '%1$s: %2$s of the %3$s registrations that the months beside it have on average: %5$s per cent fewer. Is the '
        'file cut off, or only a part of the delivery?',
        '%1$s: %2$s av de %3$s registreringene som månedene ved siden av har i gjennomsnitt: %5$s prosent færre. Er '
        'filen avkortet, eller bare en del av leveransen?',
        4),
    ('gruppe_borte',
        '%1$s: main group %2$s has no registrations, and %3$s in %4$s. Are its codes new, or is a part of the file '
        'missing?',
        '%1$s: hovedgruppe %2$s har ingen registreringer, og %3$s i %4$s. Er kodene nye, eller mangler en del av '
        'filen?',
        5),
    ('ny_kode',
        '%1$s %2$s is in no code list and in no year before; in %3$s of the registrations, from %4$s on.',
        '%1$s %2$s står ikke i noen kodeliste og fantes ikke i noen tidligere årgang; i %3$s av registreringene, fra '
        'og med %4$s.',
        NULL),
    ('borte_og_tilbake',
        '%1$s: %2$s of %3$s persons had been there two months before, but not in the month between: %5$s per cent. '
        'Is the file of the month before incomplete?',
        '%1$s: %2$s av %3$s personer var der to måneder før og ikke i måneden mellom: %5$s prosent. Er filen for '
        'måneden før ufullstendig?',
        4),
    ('faa_gjengangere',
        '%1$s: of the %3$s persons of the month before, this file of %5$s has %2$s. Are the numbers scrambled, or is '
        'this file, or that of the month before, of another register?',
        '%1$s: av de %3$s personene i måneden før er %2$s med i denne filen, som har %5$s. Er numrene omkodet, eller '
        'er denne filen, eller den for måneden før, fra et annet register?',
        4),
    ('mange_endringer',
        '%1$s: %2$s of %3$s persons who were there the month before too had another status code or main group: %5$s '
        'per cent. Is as_stat or as_gr empty, or coded in another way, here or in the month before?',
        '%1$s: %2$s av %3$s personer som også var med måneden før, har en annen statuskode eller hovedgruppe: %5$s '
        'prosent. Er as_stat eller as_gr tom, eller kodet på en annen måte, her eller i måneden før?',
        4),
    ('mange_uten_dager',
        '%1$s: %2$s of %3$s records had no whole number of days in ant_d_as. Was the column left empty, or written '
        'in another form?',
        '%1$s: %2$s av %3$s records har ikke et helt antall dager i ant_d_as. Er kolonnen tom, eller skrevet på en '
        'annen måte?',
        4),
    ('mange_ugyldige_fnr',
        '%1$s: %2$s of %3$s records set aside: no fnr of 11 digits. Were leading zeros lost?',
        '%1$s: %2$s av %3$s records har ikke et fødselsnummer på 11 siffer og ble lagt til side. Er ledende nuller '
        'falt bort?',
        4),
    ('mange_tall_i_as_stat',
        '%1$s: %2$s of %3$s records set aside: six or more digits in a row in as_stat. Did columns change places, so '
        'that a fødselsnummer stands there?',
        '%1$s: %2$s av %3$s records har seks eller flere siffer på rad i as_stat og ble lagt til side. Har kolonner '
        'byttet plass, så et fødselsnummer står der?',
        4),
    ('mange_dubletter',
        '%1$s: %2$s of %3$s records set aside: the file has another one of the same person. The one with the fewest '
        'days is kept, not the last one. Is the month in the file twice, the second time corrected?',
        '%1$s: %2$s av %3$s records gjelder en person som har en annen record i filen, og ble lagt til side; den '
        'med færrest dager beholdes, ikke den siste. Ligger måneden to ganger i filen, andre gang rettet?',
        4),
    ('mange_rettede_datoer',
        '%1$s: %2$s of %3$s records had another extraction date than the month, or none, and got the month''s '
        '(mrk_dl 32). Was a part of the file extracted on another day? Then their days are counted to the wrong one.',
        '%1$s: %2$s av %3$s records hadde en annen uttrekksdato enn måneden, eller ingen, og fikk månedens (mrk_dl '
        '32). Er en del av filen trukket ut en annen dag? Da er dagene deres regnet til feil dato.',
        4),
    ('mange_feil_i_fnr',
        '%1$s: %2$s of %3$s records had an fnr that fails its control (mrk_fnr 2). Are the numbers scrambled, or '
        'synthetic ones without their marker SYNTHETIC.json in the folder?',
        '%1$s: %2$s av %3$s records har et fødselsnummer som ikke består kontrollen (mrk_fnr 2). Er numrene '
        'omkodet, eller syntetiske uten merket SYNTHETIC.json i mappen?',
        4),
    ('mange_like_dager',
        '%1$s: %2$s of %3$s records stood on one number of days, %5$s, and hardly any on more. Were the days cut off '
        'there?',
        '%1$s: %2$s av %3$s records står på samme antall dager, %5$s, og nesten ingen på flere. Er dagene kuttet '
        'der?',
        4),
    ('mange_vrakede',
        '%1$s: %2$s of %3$s registrations rejected (VRAK_ARBSOK), for a status that had begun before the last '
        'extraction, which did not have it so. Are the numbers of days or the extraction date wrong, here or in the '
        'month before?',
        '%1$s: %2$s av %3$s registreringer ble vraket (VRAK_ARBSOK): statusen hadde begynt før forrige uttrekk, som '
        'ikke hadde den slik. Er antall dager eller uttrekksdatoen feil, her eller i måneden før?',
        4),
    ('fil_endret',
        '%1$s, seen on %2$s, is not the file that was loaded (%3$s).',
        '%1$s, sett %2$s, er ikke filen som ble lastet (%3$s).',
        NULL)
),

-- What can be done about a finding of a loaded year: the sentence after setning, which takes the same values
tilbake (kontroll, vei_tilbake, vei_tilbake_norsk) AS (
    SELECT s.kontroll,
        format('To load a corrected file, first take the year back (make unload-year YEAR=%%%s$s).', s.aar),
        format('For å laste en rettet fil må årgangen først tas tilbake (make unload-year YEAR=%%%s$s).', s.aar)
    FROM setning AS s
    WHERE s.aar IS NOT NULL
    UNION ALL
    VALUES
    ('tall_i_kode',
        'Take it back, and the years after it first (make unload-year YEAR=%3$s), and load it again.',
        'Ta den tilbake, de senere årgangene først (make unload-year YEAR=%3$s), og last den på nytt.'),
    ('fil_endret',
        'To load it, first take back %4$s, in this order (make unload-year YEAR=%5$s and so on). To keep what is '
        'loaded, put the file of then back: the next make load-year sees it.',
        'For å laste den må årgangene %4$s først tas tilbake, i den rekkefølgen (make unload-year YEAR=%5$s og så '
        'videre). For å beholde det som er lastet, legg filen fra den gang tilbake: neste make load-year ser den.')
)

INSERT INTO kontroll.kontroll (kontroll, rekkefolge, alvor, visning, tittel, lover, lover_norsk, kilde, setning,
    setning_norsk, vei_tilbake, vei_tilbake_norsk)
SELECT r.kontroll, r.rekkefolge, r.alvor, r.visning, r.tittel, r.lover, r.lover_norsk, r.kilde, s.setning,
    s.setning_norsk, b.vei_tilbake, b.vei_tilbake_norsk
FROM regel AS r
LEFT JOIN setning AS s ON s.kontroll = r.kontroll
LEFT JOIN tilbake AS b ON b.kontroll = r.kontroll
ON CONFLICT (kontroll) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    alvor = excluded.alvor,
    visning = excluded.visning,
    tittel = excluded.tittel,
    lover = excluded.lover,
    lover_norsk = excluded.lover_norsk,
    kilde = excluded.kilde,
    setning = excluded.setning,
    setning_norsk = excluded.setning_norsk,
    vei_tilbake = excluded.vei_tilbake,
    vei_tilbake_norsk = excluded.vei_tilbake_norsk;

-- Two rows with the same rekkefolge are refused only after the statement, so that rows may change places. They are
-- refused here and not at COMMIT, since tilgang cannot hand over a table that has checks outstanding.
SET CONSTRAINTS ALL IMMEDIATE;
