-- form: the forms in which records of the register can be ordered (spec.md 9, forms; the source's 3.1.2 and 3.3).
-- Titles and texts are what recipients read.

WITH regel (form, rekkefolge, tittel, tekst) AS (VALUES
    ('hendelser', 10, 'Hendelser: en rad for hver tilgang, endring og avgang',
        'En rad for hver hendelse: personen kommer inn (kode 1, 3 eller 9), noe endres (kode 2), personen går '
        'ut (kode 0). Skifter personen hovedgruppe, er det to rader, en avgang fra den ene og en tilgang til '
        'den andre. Tell derfor aldri alle rader som tilfeller: et tilfelle er tilgdato for en person. '
        'Verdiene i en rad gjelder fra regdato til og med regtom, ikke for hele tilfellet. Bare avgangsradene '
        'har avgdato og asokavg; bruk tomdato og asoktom. Utelat kode 0 når du spør hvem som er hva.'),
    ('tilfelle', 20, 'Tilfeller: en rad for hver sammenhengende tid som arbeidssøker',
        'En rad for hvert tilfelle: en sammenhengende tid som registrert arbeidssøker, uansett hovedgruppe. '
        'Raden sier ikke hva som gjaldt underveis: for hovedgruppen trengs gruppetilfeller, for tiltak og '
        'ytelse perioder.'),
    ('gruppetilfelle', 30, 'Gruppetilfeller: en rad for hver tid i en og samme hovedgruppe',
        'En rad for hvert gruppetilfelle: en sammenhengende tid i en og samme hovedgruppe. Gruppetilfellene i '
        'et tilfelle (lpnr og tilgdato) følger på hverandre uten opphold og uten overlapp. Bare hoved gjelder '
        'for hele raden: for tiltak og ytelse trengs perioder.'),
    ('periode', 40, 'Perioder: en rad for hver tid der ingenting endret seg',
        'En rad for hver periode der hoved, hovedarbstat, tiltak og ytelse sto stille. Periodene i et '
        'tilfelle (lpnr og tilgdato) følger på hverandre uten opphold og uten overlapp. Alle datoer er til og '
        'med. Dette er formen for spørsmål om hva som gjaldt når.'),
    ('manedspanel', 50, 'Månedspanel: en rad for hver person og måned',
        'En rad for hver person og måned med minst en registrert dag: tilstanden den siste dagen i måneden, '
        'og antall dager i hver hovedgruppe. Den som sist ble sett på månedens uttrekk, er ikke registrert '
        'den siste dagen i måneden.'),
    ('tverrsnitt', 60, 'Tverrsnitt: alle som er registrert på en dag',
        'En rad for hver person som er registrert på dagen, med tilstanden den dagen. Avganger er datert til '
        'det siste uttrekket som hadde personen: på andre dager enn uttrekksdager er det for få personer.')
),

borte AS (
    DELETE FROM leveranse.form AS f WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.form = f.form)
)

INSERT INTO leveranse.form AS f (form, rekkefolge, tittel, tekst)
SELECT r.form, r.rekkefolge, r.tittel, r.tekst FROM regel AS r
ON CONFLICT (form) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    tittel = excluded.tittel,
    tekst = excluded.tekst;
