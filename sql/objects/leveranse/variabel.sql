-- variabel: every variable that can be ordered, and those that cannot, with the reason (spec.md 9, variables).
-- This is the one source of names, labels, types, widths and code lists: files, programs, documentation and what
-- microdata.no gets are made from it. What means something else in one form has a text of its own in formvariabel.
-- som_heltall: its codes are whole numbers, and formats with labels for numbers get them so. bare_navngitt: only where
-- the project names it (the source's C.1.5).

WITH regel (
    variabel, rekkefolge, type, bredde, kodeliste, som_heltall, bare_navngitt, hvorfor_ikke, ledetekst, tekst
) AS (VALUES
    ('lpnr', 10, 'tekst', 17, NULL, false, false, NULL,
        'Løpenummer: samme person i alle prosjektets leveranser',
        'Løpenummeret skiller personene fra hverandre. Samme person har samme løpenummer i alle leveranser '
        'til prosjektet, og et annet i alle andre prosjekter. Det begynner med en bokstav, så det er alltid '
        'tekst. En person som har hatt D-nummer og siden får fødselsnummer, har to løpenumre.'),
    ('kode', 20, 'tekst', 1, 'kode', true, false, NULL,
        'Hendelseskode: hva raden viser',
        'Hva raden viser: 0 avgang, 1 tilgang, 2 endring, 3 venstresensur (personen var registrert før serien '
        'begynner), 9 venstresensur der det er uoppgitt om personen var det. En avgang er fra registeret der '
        'avgdato er utfylt, ellers bare fra hovedgruppen. En tilgang er til registeret der asoktilg er lik '
        'tilgdato, ellers til en ny hovedgruppe.'),
    ('hoved', 30, 'tekst', 2, 'hoved', true, false, NULL,
        'Hovedgruppe av arbeidssøkere',
        'Hovedgruppen av arbeidssøkere. Fra oktober 2002 er den NAVs egen grovgruppe; før det er den laget av '
        'arbeidssøkerstatusen, og gruppene 3 og 4 kan ikke sammenlignes over den måneden.'),
    ('hoved_inn', 40, 'tekst', 2, 'hoved', true, false, NULL,
        'Hovedgruppe ved begynnelsen av tilfellet',
        'Hovedgruppen som tilfellet begynte i. Det sier ikke hva personen var siden.'),
    ('hoved_ut', 50, 'tekst', 2, 'hoved', true, false, NULL,
        'Hovedgruppe ved slutten av tilfellet',
        'Hovedgruppen som tilfellet sluttet i. Tom mens tilfellet løper.'),
    ('hoved_neste', 60, 'tekst', 2, 'hoved', true, false, NULL,
        'Hovedgruppen som følger i samme tilfelle',
        'Hovedgruppen personen gikk over til i samme tilfelle. Tom der ingen følger, eller der overgangen '
        'ligger etter leveransens siste dag.'),
    ('regdato', 70, 'dato', NULL, NULL, false, false, NULL,
        'Registreringsdato: dagen raden gjelder fra',
        'Dagen hendelsen er datert til: på tilgang og endring den første dagen verdiene gjelder, på avgang '
        'den siste dagen.'),
    ('regtom', 80, 'dato', NULL, NULL, false, false, NULL,
        'Siste dag som verdiene i raden gjelder',
        'Den siste dagen som alle verdiene i raden gjelder. Tom mens de gjelder fremdeles på leveransens '
        'siste dag: da er raden høyresensurert, hverken avsluttet eller uten ende.'),
    ('tilgdato', 90, 'dato', NULL, NULL, false, false, NULL,
        'Tilgangsdato: første dag i tilfellet',
        'Den første dagen i tilfellet. Sammen med lpnr navngir den tilfellet, og den står på alle dets rader. '
        'I et tilfelle som begynte venstresensurert er den den første dagen serien kjenner.'),
    ('tomdato', 100, 'dato', NULL, NULL, false, false, NULL,
        'Siste dag i tilfellet',
        'Den siste dagen i tilfellet, på alle dets rader. Tom betyr at tilfellet løper på leveransens siste '
        'dag: det er høyresensurert, hverken avsluttet eller uten ende.'),
    ('avgdato', 110, 'dato', NULL, NULL, false, false, NULL,
        'Avgangsdato: siste dag i tilfellet, bare på avgangsraden',
        'Den siste dagen i tilfellet, bare på raden som avslutter det (kode 0). En tom avgdato betyr ikke at '
        'tilfellet løper: bruk tomdato, som står på alle rader.'),
    ('asoktilg', 120, 'dato', NULL, NULL, false, false, NULL,
        'Første dag i gruppetilfellet',
        'Den første dagen i gruppetilfellet: tiden i en og samme hovedgruppe. Sammen med lpnr navngir den '
        'gruppetilfellet. Lik tilgdato i tilfellets første hovedgruppe.'),
    ('asoktom', 130, 'dato', NULL, NULL, false, false, NULL,
        'Siste dag i gruppetilfellet',
        'Den siste dagen i gruppetilfellet, på alle dets rader. Tom betyr at det løper på leveransens siste '
        'dag: det er høyresensurert.'),
    ('asokavg', 140, 'dato', NULL, NULL, false, false, NULL,
        'Siste dag i gruppetilfellet, bare på avgangsraden',
        'Den siste dagen i gruppetilfellet, bare på avgangsrader (kode 0). Bruk asoktom, som står på alle rader.'),
    ('hovedarbstat', 150, 'tekst', 2, 'hovedarbstat', false, false, NULL,
        'Arbeidssøkerstatus',
        'NAVs arbeidssøkerstatus, de to første tegnene i statuskoden. Tom der den ikke var utfylt.'),
    ('hovedarbdato', 160, 'dato', NULL, NULL, false, false, NULL,
        'Dagen arbeidssøkerstatusen er datert fra',
        'Dagen verdien av hovedarbstat er datert fra. En tilgang, også til en ny hovedgruppe, setter den lik '
        'regdato enten verdien er ny eller ikke.'),
    ('tiltak', 170, 'tekst', 10, 'tiltak', false, false, NULL,
        'Aktivitet eller tiltak; betydningen avhenger av hovedarbstat',
        'Aktiviteten eller tiltaket, midten av statuskoden. Samme kode kan bety ulike ting under ulik '
        'hovedarbstat: kodelisten har derfor par av hovedarbstat og tiltak. Tom der den ikke var utfylt.'),
    ('tiltakdato', 180, 'dato', NULL, NULL, false, false, NULL,
        'Dagen tiltaket er datert fra',
        'Dagen verdien av tiltak er datert fra. En tilgang, også til en ny hovedgruppe, setter den lik '
        'regdato enten verdien er ny eller ikke.'),
    ('ytelse', 190, 'tekst', 2, 'ytelse', false, false, NULL,
        'Ytelse',
        'Ytelsen, de to siste tegnene i statuskoden. Tom der den ikke var utfylt.'),
    ('ytelsedato', 200, 'dato', NULL, NULL, false, false, NULL,
        'Dagen ytelsen er datert fra',
        'Dagen verdien av ytelse er datert fra. En tilgang, også til en ny hovedgruppe, setter den lik '
        'regdato enten verdien er ny eller ikke.'),
    ('dager', 210, 'heltall', NULL, NULL, false, false, NULL,
        'Antall dager, første og siste medregnet',
        'Antall dager fra første til siste dag, begge medregnet. Tom mens slutten ikke er kjent.'),
    ('begynte', 220, 'tekst', 20, 'begynte', false, false, NULL,
        'Hvordan det begynte',
        'Hvordan det begynte. Venstresensur betyr at den virkelige begynnelsen kan ligge før serien, så '
        'varigheten er for kort.'),
    ('sluttet', 230, 'tekst', 17, 'sluttet', false, false, NULL,
        'Hvordan det sluttet',
        'Hvordan det sluttet. loper: slutten ligger etter leveransens siste dag.'),
    ('slutt_observert', 240, 'logisk', NULL, NULL, false, false, NULL,
        'Om slutten er kjent',
        'Om slutten er kjent på leveransens siste dag. Nei betyr høyresensurert.'),
    ('status_inn', 250, 'tekst', 6, NULL, false, false, NULL,
        'Status for hendelsen som åpnet raden',
        'Statuskoden for hendelsen som åpnet raden: hvordan registreringen møtte den forrige. Første bokstav: '
        'F ny, N tilbake, U uten opphold, Y et opphold på høyst 13 uker som er sydd over, O annet opphold. '
        'Annen bokstav: K konsistent, I inkonsistent.'),
    ('status_ut', 260, 'tekst', 6, NULL, false, false, NULL,
        'Status for hendelsen som avsluttet raden',
        'Statuskoden for hendelsen som avsluttet raden. X som annen bokstav: avsluttet ved årets slutt fordi '
        'personen ikke var sett på 13 uker. Tom der slutten ikke er kjent.'),
    ('status', 270, 'tekst', 6, NULL, false, false, NULL,
        'Status: hvordan registreringen møtte den forrige',
        'Statuskoden: hvordan registreringen bak raden møtte den forrige. Første bokstav: F ny, N tilbake, U '
        'uten opphold, Y et opphold på høyst 13 uker som er sydd over, O annet opphold. Annen bokstav: K '
        'konsistent, I inkonsistent, X avsluttet ved årets slutt.'),
    ('mrk_fnr', 280, 'tekst', 1, 'mrk_fnr', true, false, NULL,
        'Merking fra kontroll av fødselsnummeret',
        'Om fødselsnummeret bak løpenummeret er gyldig. 2: elleve sifre som ikke består kontrollen; personen '
        'finnes da neppe i andre registre.'),
    ('mrk_sys', 290, 'tekst', 1, 'mrk_sys', true, false, NULL,
        'Merking for sysselsatt på uttrekksdagen',
        'Om personen var sysselsatt på uttrekksdagen etter sysselsettingsregisteret. Tom der registeret ikke '
        'dekker dagen.'),
    ('dagdato', 300, 'dato', NULL, NULL, false, false, NULL,
        'Uttrekksdagen som raden bygger på',
        'Dagen for uttrekket som raden bygger på. Den kan ligge etter leveransens siste dag, siden et uttrekk '
        'forteller om dager før det.'),
    ('fdagdato', 310, 'dato', NULL, NULL, false, false, NULL,
        'Uttrekksdagen før den som raden bygger på',
        'Dagen for uttrekket før det som raden bygger på.'),
    ('henddato', 320, 'dato', NULL, NULL, false, false, NULL,
        'Hendelsesdato etter NAV: uttrekksdagen minus dager i statusen',
        'Uttrekksdagen minus antall dager NAV oppgav at statusen hadde vart. Tom der antallet manglet.'),
    ('aargang', 330, 'heltall', NULL, NULL, false, false, NULL,
        'Årgangen som skrev raden',
        'Årgangen som skrev raden. En hendelse sent i et år kan være skrevet av neste årgang.'),
    ('as_gr', 340, 'tekst', 2, 'as_gr', false, true, NULL,
        'NAVs grovgruppe, som levert',
        'NAVs grovgruppe av arbeidssøkerstatusen, som levert. Bare i prosjekter som har den i vedtaket.'),
    ('as_f', 350, 'tekst', 3, 'as_f', false, true, NULL,
        'NAVs fingruppe, som levert',
        'NAVs fingruppe av arbeidssøkerstatusen, som levert. Bare i prosjekter som har den i vedtaket.'),
    ('maaned', 360, 'dato', NULL, NULL, false, false, NULL,
        'Måneden, ved dens første dag',
        'Måneden, ved dens første dag.'),
    ('sluttdato', 370, 'dato', NULL, NULL, false, false, NULL,
        'Dagen som tilstanden gjelder',
        'Dagen som tilstanden i raden gjelder: den siste i måneden, eller leveransens siste dag der den kommer først.'),
    ('registrert_ved_slutten', 380, 'logisk', NULL, NULL, false, false, NULL,
        'Om personen var registrert på sluttdato',
        'Om personen var registrert på sluttdato. Ellers er tilstanden i raden tom.'),
    ('dager_1', 390, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som helt ledig', 'Dager i måneden i hovedgruppe 1, helt ledige.'),
    ('dager_2', 400, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som delvis sysselsatt', 'Dager i måneden i hovedgruppe 2, delvis sysselsatte.'),
    ('dager_3', 410, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som ordinær tiltaksdeltaker', 'Dager i måneden i hovedgruppe 3, ordinære tiltaksdeltakere.'),
    ('dager_4', 420, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som annen arbeidssøker', 'Dager i måneden i hovedgruppe 4, andre arbeidssøkere.'),
    ('dager_5', 430, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som yrkeshemmet', 'Dager i måneden i hovedgruppe 5, yrkeshemmede.'),
    ('dager_7', 440, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden som annen som mottar service', 'Dager i måneden i hovedgruppe 7, andre som mottar service.'),
    ('dager_annen', 450, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i måneden i andre hovedgrupper', 'Dager i måneden i alle andre hovedgrupper.'),
    ('dato', 460, 'dato', NULL, NULL, false, false, NULL,
        'Dagen tverrsnittet gjelder', 'Dagen tverrsnittet gjelder.'),
    ('dager_i_tilfelle', 470, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i tilfellet til og med dagen', 'Dager fra tilgdato til og med dagen. For få der tilfellet er '
        'venstresensurert.'),
    ('dager_i_gruppetilfelle', 480, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i gruppetilfellet til og med dagen', 'Dager fra asoktilg til og med dagen. For få der '
        'tilfellet er venstresensurert.'),
    ('dager_i_periode', 490, 'heltall', NULL, NULL, false, false, NULL,
        'Dager i perioden til og med dagen', 'Dager fra regdato til og med dagen. For få der tilfellet er '
        'venstresensurert.'),
    ('i_registeret', 500, 'heltall', NULL, NULL, false, false, NULL,
        'Om personen på listen finnes i registeret (1) eller ikke (0)',
        'Om personen på listen har noen rad i registeret på leveransens siste dag: 1 ja, 0 nei.'),
    -- What cannot be ordered
    ('fnr', 910, NULL, NULL, NULL, false, false,
        'a fødselsnummer never leaves: lpnr stands for the person', NULL, NULL),
    ('lopenr', 920, NULL, NULL, NULL, false, false,
        'the analysts'' number would join the delivery with their views: lpnr stands for the person', NULL, NULL),
    ('tiltak3', 930, NULL, NULL, NULL, false, false,
        'Tiltak3 is not carried on after April 2001 (the source''s C.2.3, requirement 9)', NULL, NULL),
    ('tiltak5', 940, NULL, NULL, NULL, false, false,
        'Tiltak5 is not carried on after April 2001 (the source''s C.2.3, requirement 9)', NULL, NULL),
    ('gjelder', 950, NULL, NULL, NULL, false, false,
        'a range of dates is no type of any format: order the first and the last day', NULL, NULL),
    ('endelig', 960, NULL, NULL, NULL, false, false,
        'everything that is delivered is final', NULL, NULL),
    ('endelig_til', 970, NULL, NULL, NULL, false, false,
        'it changes with each load: the delivery''s last day stands in lesmeg.html', NULL, NULL)
),

borte AS (
    DELETE FROM leveranse.variabel AS v WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.variabel = v.variabel)
)

INSERT INTO leveranse.variabel AS v (variabel, rekkefolge, type, bredde, kodeliste, som_heltall, bare_navngitt,
    hvorfor_ikke, ledetekst, tekst)
SELECT r.variabel, r.rekkefolge, r.type, r.bredde::integer, r.kodeliste, r.som_heltall, r.bare_navngitt,
    r.hvorfor_ikke, r.ledetekst, r.tekst
FROM regel AS r
ON CONFLICT (variabel) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    type = excluded.type,
    bredde = excluded.bredde,
    kodeliste = excluded.kodeliste,
    som_heltall = excluded.som_heltall,
    bare_navngitt = excluded.bare_navngitt,
    hvorfor_ikke = excluded.hvorfor_ikke,
    ledetekst = excluded.ledetekst,
    tekst = excluded.tekst;
