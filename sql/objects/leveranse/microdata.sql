-- microdata: the datasets for microdata.no, each with what its metadata says (spec.md 9, microdata.no).
-- ARBSOEK2001FDT_HOVED is what microdata.no calls the variable already; the other names are ours (L13). The whole is
-- health information to microdata.no: who is yrkeshemmet, or gets an ytelse for it, has reduced working capacity.

WITH regel (datasett, rekkefolge, variabel, navn, tekst) AS (VALUES
    ('ARBSOEK2001FDT_HOVED', 10, 'hoved', 'Hovedgruppe av arbeidssøkere',
        'Hovedgruppen av arbeidssøkere som personen er registrert i, med en rad for hver sammenhengende tid i samme '
        'gruppe. Fra oktober 2002 er den NAVs egen grovgruppe; før det er den laget av arbeidssøkerstatusen, og '
        'gruppene 3 og 4 kan ikke sammenlignes over den måneden.'),
    ('ARBSOEK2001FDT_HOVEDARBSTAT', 20, 'hovedarbstat', 'Arbeidssøkerstatus',
        'NAVs arbeidssøkerstatus, de to første tegnene i statuskoden, med en rad for hver verdi innenfor tiden i en '
        'hovedgruppe: også en overgang til en ny hovedgruppe begynner en rad.'),
    ('ARBSOEK2001FDT_TILTAK', 30, 'tiltak', 'Aktivitet eller arbeidsmarkedstiltak',
        'Aktiviteten eller tiltaket, midten av NAVs statuskode, med en rad for hver verdi innenfor tiden i en '
        'hovedgruppe: også en overgang til en ny hovedgruppe begynner en rad. Samme kode kan bety ulike ting under '
        'ulik arbeidssøkerstatus (ARBSOEK2001FDT_HOVEDARBSTAT); kodens tekst har da begge.'),
    ('ARBSOEK2001FDT_YTELSE', 40, 'ytelse', 'Ytelse til arbeidssøkere',
        'Ytelsen, de to siste tegnene i NAVs statuskode, med en rad for hver verdi innenfor tiden i en hovedgruppe: '
        'også en overgang til en ny hovedgruppe begynner en rad.')
),

borte AS (
    DELETE FROM leveranse.microdata AS m WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.datasett = m.datasett)
),

-- What all datasets say
felles (sensitivitet, populasjon, emner, om_dager, utgave, uoppgitt, uoppgitt_tekst, ukjent_tekst) AS (
    SELECT 'PERSON_SPECIAL',
        'Personer som er registrert som arbeidssøkere hos NAV (til juli 2006: Aetat), også yrkeshemmede og andre som '
        'mottar service. Personene har fødselsnummer eller D-nummer; noen ganske få numre består ikke kontrollen.',
        ARRAY['Arbeid og lønn', 'Arbeidssøkere'],
        ' Første og siste dag er medregnet. En rad uten sluttdato gjaldt fremdeles den siste dagen i utgaven '
        '(høyresensur). En rad fra den første dagen i serien kan ha begynt før (venstresensur).',
        'Fra og med %s til og med %s.', 'UOPPGITT', 'Uoppgitt', 'Ukjent kode'
)

INSERT INTO leveranse.microdata AS m (datasett, rekkefolge, variabel, navn, tekst, sensitivitet, populasjon, emner,
    utgave, uoppgitt, uoppgitt_tekst, ukjent_tekst)
SELECT r.datasett, r.rekkefolge, r.variabel, r.navn, r.tekst || f.om_dager, f.sensitivitet, f.populasjon, f.emner,
    f.utgave, f.uoppgitt, f.uoppgitt_tekst, f.ukjent_tekst
FROM regel AS r
CROSS JOIN felles AS f
ON CONFLICT (datasett) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    variabel = excluded.variabel,
    navn = excluded.navn,
    tekst = excluded.tekst,
    sensitivitet = excluded.sensitivitet,
    populasjon = excluded.populasjon,
    emner = excluded.emner,
    utgave = excluded.utgave,
    uoppgitt = excluded.uoppgitt,
    uoppgitt_tekst = excluded.uoppgitt_tekst,
    ukjent_tekst = excluded.ukjent_tekst;
