-- tabell: the tables that are published (spec.md 10, the catalogue).

WITH regel (
    tabell, rekkefolge, pakke, maal, snitt_av, lag, bosatt, tittel, enhet, ekstern_id, kontakt, gyldig_fra
) AS (VALUES
    ('hovedgruppe_kjonn', 10, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige,andre}', NULL,
        'Registrerte arbeidssøkere, etter hovedgruppe, fylke og kjønn', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_kommune_kjonn', 20, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige}', NULL,
        'Helt ledige, etter kommune og kjønn', 'Personer', NULL, 'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_kommune_alder', 30, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige}', NULL,
        'Helt ledige, etter kommune og alder', 'Personer', NULL, 'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_fylke_alder', 40, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige}', NULL,
        'Helt ledige, etter fylke, kjønn og alder', 'Personer', NULL, 'Statistisk sentralbyrå, FD-Trygd',
        '1992-01-01'),
    ('ledige_fylke_varighet', 50, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige}', NULL,
        'Helt ledige, etter fylke, kjønn og varighet', 'Personer', NULL, 'Statistisk sentralbyrå, FD-Trygd',
        '1992-01-01'),
    ('ikke_bosatte', 60, 'arbeidssokere', 'beholdning', NULL, '{helt_ledige,andre}', false,
        'Registrerte arbeidssøkere som ikke er bosatt, etter hovedgruppe', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('hovedgruppe_kjonn_snitt', 110, 'arbeidssokere', 'aarsgjennomsnitt', 'hovedgruppe_kjonn', '{helt_ledige,andre}',
        NULL, 'Registrerte arbeidssøkere, etter hovedgruppe, fylke og kjønn, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_kommune_kjonn_snitt', 120, 'arbeidssokere', 'aarsgjennomsnitt', 'ledige_kommune_kjonn', '{helt_ledige}',
        NULL, 'Helt ledige, etter kommune og kjønn, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_kommune_alder_snitt', 130, 'arbeidssokere', 'aarsgjennomsnitt', 'ledige_kommune_alder', '{helt_ledige}',
        NULL, 'Helt ledige, etter kommune og alder, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_fylke_alder_snitt', 140, 'arbeidssokere', 'aarsgjennomsnitt', 'ledige_fylke_alder', '{helt_ledige}',
        NULL, 'Helt ledige, etter fylke, kjønn og alder, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ledige_fylke_varighet_snitt', 150, 'arbeidssokere', 'aarsgjennomsnitt', 'ledige_fylke_varighet', '{helt_ledige}',
        NULL, 'Helt ledige, etter fylke, kjønn og varighet, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01'),
    ('ikke_bosatte_snitt', 160, 'arbeidssokere', 'aarsgjennomsnitt', 'ikke_bosatte', '{helt_ledige,andre}', false,
        'Registrerte arbeidssøkere som ikke er bosatt, etter hovedgruppe, årsgjennomsnitt', 'Personer', NULL,
        'Statistisk sentralbyrå, FD-Trygd', '1992-01-01')
),

borte AS (
    DELETE FROM statistikk.tabell AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.tabell = x.tabell)
)

INSERT INTO statistikk.tabell AS x (
    tabell, rekkefolge, pakke, maal, snitt_av, lag, bosatt, tittel, enhet, ekstern_id, kontakt, gyldig_fra, fra_fil
)
SELECT r.tabell, r.rekkefolge, r.pakke, r.maal, r.snitt_av::varchar, r.lag::text[], r.bosatt::boolean, r.tittel,
    r.enhet, r.ekstern_id::varchar, r.kontakt, r.gyldig_fra::date, true
FROM regel AS r
ON CONFLICT (tabell) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    pakke = excluded.pakke,
    maal = excluded.maal,
    snitt_av = excluded.snitt_av,
    lag = excluded.lag,
    bosatt = excluded.bosatt,
    tittel = excluded.tittel,
    enhet = excluded.enhet,
    ekstern_id = excluded.ekstern_id,
    kontakt = excluded.kontakt,
    gyldig_fra = excluded.gyldig_fra
WHERE x.fra_fil;
