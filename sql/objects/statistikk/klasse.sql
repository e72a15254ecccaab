-- klasse: the classes of the groupings but of regions (spec.md 10, the catalogue). Bands of ages and of weeks have from
-- and to, both included; the outermost are open, so that nobody falls out (-1 is unknown). Group 7 is not published
-- (..), 9 stands apart: neither is in the total (V10). NAV's groups from 2009 on are rows that whoever needs them adds.

WITH regel (gruppering, kode, rekkefolge, tekst, fra, til, verdier, i_alt, symbol, gyldig_fra, gyldig_til) AS (VALUES
    ('hovedgruppe', '1', 10, 'Helt ledige', NULL, NULL, '{1}', true, NULL, NULL, NULL),
    ('hovedgruppe', '2', 20, 'Delvis sysselsatte', NULL, NULL, '{2}', true, NULL, NULL, NULL),
    ('hovedgruppe', '3', 30, 'Ordinære tiltaksdeltakere', NULL, NULL, '{3}', true, NULL, NULL, NULL),
    ('hovedgruppe', '4', 40, 'Andre arbeidssøkere', NULL, NULL, '{4}', true, NULL, NULL, NULL),
    ('hovedgruppe', '5', 50, 'Yrkeshemmede', NULL, NULL, '{5}', true, NULL, NULL, NULL),
    ('hovedgruppe', '7', 70, 'Andre som mottar service', NULL, NULL, '{7}', false, '..', NULL, NULL),
    ('hovedgruppe', '9', 90, 'Ukjent', NULL, NULL, '{9}', false, NULL, NULL, NULL),
    ('kjonn', '1', 10, 'Menn', NULL, NULL, '{1}', true, NULL, NULL, NULL),
    ('kjonn', '2', 20, 'Kvinner', NULL, NULL, '{2}', true, NULL, NULL, NULL),
    ('kjonn', '9', 30, 'Uoppgitt', NULL, NULL, '{9}', true, NULL, NULL, NULL),
    ('alder_to', '000-029', 10, '29 år og under', 0, 29, NULL, true, NULL, NULL, NULL),
    ('alder_to', '030+', 20, '30 år og over', 30, NULL, NULL, true, NULL, NULL, NULL),
    ('alder_to', 'U', 30, 'Uoppgitt alder', -1, -1, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '000-024', 10, '24 år og under', 0, 24, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '025-029', 20, '25-29 år', 25, 29, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '030-039', 30, '30-39 år', 30, 39, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '040-049', 40, '40-49 år', 40, 49, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '050-059', 50, '50-59 år', 50, 59, NULL, true, NULL, NULL, NULL),
    ('alder_seks', '060+', 60, '60 år og over', 60, NULL, NULL, true, NULL, NULL, NULL),
    ('alder_seks', 'U', 70, 'Uoppgitt alder', -1, -1, NULL, true, NULL, NULL, NULL),
    ('varighet', '00-04', 10, '4 uker og under', 0, 4, NULL, true, NULL, NULL, NULL),
    ('varighet', '05-13', 20, '5-13 uker', 5, 13, NULL, true, NULL, NULL, NULL),
    ('varighet', '14-26', 30, '14-26 uker', 14, 26, NULL, true, NULL, NULL, NULL),
    ('varighet', '27-39', 40, '27-39 uker', 27, 39, NULL, true, NULL, NULL, NULL),
    ('varighet', '40-52', 50, '40-52 uker', 40, 52, NULL, true, NULL, NULL, NULL),
    ('varighet', '53+', 60, '53 uker og over', 53, NULL, NULL, true, NULL, NULL, NULL),
    ('varighet', 'U', 70, 'Uoppgitt varighet', -1, -1, NULL, true, NULL, NULL, NULL),
    ('bosatt', '1', 10, 'Bosatt', NULL, NULL, '{true}', true, NULL, NULL, NULL),
    ('bosatt', '0', 20, 'Ikke bosatt', NULL, NULL, '{false}', true, NULL, NULL, NULL)
),

borte AS (
    DELETE FROM statistikk.klasse AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.gruppering = x.gruppering AND r.kode = x.kode)
)

INSERT INTO statistikk.klasse AS x (
    gruppering, kode, rekkefolge, tekst, fra, til, verdier, i_alt, symbol, gyldig_fra, gyldig_til, fra_fil
)
SELECT r.gruppering, r.kode, r.rekkefolge, r.tekst, r.fra::integer, r.til::integer, r.verdier::text[], r.i_alt,
    r.symbol::varchar, r.gyldig_fra::date, r.gyldig_til::date, true
FROM regel AS r
ON CONFLICT (gruppering, kode) DO UPDATE SET
    rekkefolge = excluded.rekkefolge,
    tekst = excluded.tekst,
    fra = excluded.fra,
    til = excluded.til,
    verdier = excluded.verdier,
    i_alt = excluded.i_alt,
    symbol = excluded.symbol,
    gyldig_fra = excluded.gyldig_fra,
    gyldig_til = excluded.gyldig_til
WHERE x.fra_fil;
