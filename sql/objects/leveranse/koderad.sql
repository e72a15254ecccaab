-- koderad: the codes of deliveries that no code list of the register has: events, how spells begin and end, marks,
-- statuses, and the main groups that NAV uses from 2009 on. In the register those would be known codes in earlier years
-- too, and nobody would be told of them there (spec.md 9, variables).

WITH regel (kodeliste, kode, rekkefolge, tekst, gyldig_fra, gyldig_til) AS (VALUES
    ('kode', '0', 10, 'Avgang', NULL, NULL),
    ('kode', '1', 20, 'Tilgang', NULL, NULL),
    ('kode', '2', 30, 'Endring', NULL, NULL),
    ('kode', '3', 40, 'Venstresensur: registrert før serien begynner', '2001-05-01', NULL),
    ('kode', '9', 50, 'Venstresensur, uoppgitt om registrert før serien begynner', '2001-05-01', NULL),
    ('hoved', '6', 60, 'Andre registrert i Arena', '2009-01-01', NULL),
    ('hoved', '8', 80, 'Uoppgitt', NULL, NULL),
    ('hoved', '10', 100, 'Nedsatt arbeidsevne, behov for oppfølgingsvedtak', '2009-01-01', NULL),
    ('hoved', '11', 110, 'Nedsatt arbeidsevne, oppfølgingsvedtak uten behov for tiltak', '2009-01-01', NULL),
    ('hoved', '12', 120, 'Nedsatt arbeidsevne, oppfølgingsvedtak om tiltak, behov for plan', '2009-01-01', NULL),
    ('hoved', '13', 130, 'Nedsatt arbeidsevne, oppfølgingsvedtak om tiltak, godkjent plan', '2009-01-01', NULL),
    ('hoved', '14', 140, 'Nedsatt arbeidsevne på tiltak', '2009-01-01', NULL),
    ('hoved', '15', 150, 'Nedsatt arbeidsevne ikke på arbeidsrettet tiltak', '2009-01-01', NULL),
    ('hovedarbstat', 'HL', 10, 'Helt ledig', NULL, NULL),
    ('hovedarbstat', 'DS', 20, 'Delvis sysselsatt', NULL, NULL),
    ('hovedarbstat', 'FS', 30, 'Ordinær arbeidssøker på tiltak, og noen andre', NULL, NULL),
    ('hovedarbstat', 'YH', 40, 'Yrkeshemmet', NULL, NULL),
    ('hovedarbstat', 'AN', 50, 'Andre', NULL, NULL),
    ('hovedarbstat', '--', 60, 'Ukjent', NULL, NULL),
    ('mrk_fnr', '0', 10, 'Gyldig fødselsnummer', NULL, NULL),
    ('mrk_fnr', '1', 20, 'Gyldig D-nummer', NULL, NULL),
    ('mrk_fnr', '2', 30, 'Elleve sifre som ikke består kontrollen', NULL, NULL),
    ('mrk_sys', '0', 10, 'Ikke sysselsatt på uttrekksdagen', NULL, NULL),
    ('mrk_sys', '1', 20, 'Sysselsatt på uttrekksdagen', NULL, NULL),
    ('begynte', 'tilgang', 10, 'Tilgang til registeret', NULL, NULL),
    ('begynte', 'gruppeovergang', 20, 'Overgang fra en annen hovedgruppe', NULL, NULL),
    ('begynte', 'endring', 30, 'Endring av arbeidssøkerstatus, tiltak eller ytelse', NULL, NULL),
    ('begynte', 'venstresensur_kjent', 40, 'Venstresensur: registrert før serien begynner', '2001-05-01', NULL),
    ('begynte', 'venstresensur_ukjent', 50, 'Venstresensur, uoppgitt om registrert før', '2001-05-01', NULL),
    ('sluttet', 'avgang', 10, 'Avgang fra registeret', NULL, NULL),
    ('sluttet', 'avsluttet_13_uker', 20, 'Avsluttet ved årets slutt: ikke sett på 13 uker', NULL, NULL),
    ('sluttet', 'gruppeovergang', 30, 'Overgang til en annen hovedgruppe', NULL, NULL),
    ('sluttet', 'endring', 40, 'Endring av arbeidssøkerstatus, tiltak eller ytelse', NULL, NULL),
    ('sluttet', 'loper', 50, 'Løper på leveransens siste dag (høyresensur)', NULL, NULL)
),

borte AS (
    DELETE FROM leveranse.koderad AS k
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.kodeliste = k.kodeliste AND r.kode = k.kode)
)

INSERT INTO leveranse.koderad AS k (kodeliste, kode, rekkefolge, tekst, gyldig_fra, gyldig_til)
SELECT r.kodeliste, r.kode, r.rekkefolge, r.tekst, r.gyldig_fra::date, r.gyldig_til::date FROM regel AS r
ON CONFLICT (kodeliste, kode) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    tekst = excluded.tekst,
    gyldig_fra = excluded.gyldig_fra,
    gyldig_til = excluded.gyldig_til;
