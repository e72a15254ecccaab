-- i_bruk: the classes of a grouping that are in use on a day: what a table of that day has rows and columns for
-- (spec.md 10, symbols). Those of regions are in use on the day of the fixed division, where there is one. A class with
-- a region that has no figures then (uten_tall) has none either: who would be in it is in Uoppgitt, so that totals stay
-- the sum of what is shown.

CREATE OR REPLACE FUNCTION statistikk.i_bruk(p_gruppering text, p_dagdato date, p_inndeling date)
RETURNS TABLE (
    kode varchar, rekkefolge integer, tekst text, fra integer, til integer, verdier text[], i_alt boolean,
    symbol varchar, gyldig_fra date, gyldig_til date
)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH klasse AS (
    SELECT k.kode, k.rekkefolge, k.tekst, k.fra, k.til, k.verdier, k.i_alt, k.symbol, k.gyldig_fra, k.gyldig_til,
        coalesce(
            k.kjennemerke = 'region' AND k.verdier && (
                SELECT array_agg(u.kode::text) FROM statistikk.uten_tall(p_dagdato, p_inndeling) AS u
            ), false
        ) AS uten_tall
    FROM statistikk.kategori AS k
    CROSS JOIN LATERAL (
        SELECT CASE k.kjennemerke WHEN 'region' THEN coalesce(p_inndeling, p_dagdato) ELSE p_dagdato END AS dag
    ) AS d
    WHERE k.gruppering = p_gruppering
        AND (k.gyldig_fra <= d.dag OR k.gyldig_fra IS NULL) AND (k.gyldig_til >= d.dag OR k.gyldig_til IS NULL)
)

SELECT k.kode, k.rekkefolge, k.tekst, k.fra, k.til, CASE
        WHEN k.uten_tall THEN '{}'
        WHEN k.verdier && '{99,9999}' THEN k.verdier || array(
            SELECT v.verdi FROM klasse AS u CROSS JOIN LATERAL unnest(u.verdier) AS v (verdi) WHERE u.uten_tall
        )
        ELSE k.verdier
    END, k.i_alt AND NOT k.uten_tall, CASE WHEN k.uten_tall THEN '..' ELSE k.symbol END, k.gyldig_fra, k.gyldig_til
FROM klasse AS k;
END;

COMMENT ON FUNCTION statistikk.i_bruk(text, date, date) IS
    'The classes of a grouping that are in use on day p_dagdato, those of regions on day p_inndeling where that is given (view kategori); .. is the symbol of a class of regions that has no figures then (spec.md 10, symbols).';
