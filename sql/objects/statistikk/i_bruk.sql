-- i_bruk: the classes of a grouping that are in use on a day: what a table of that day has rows and columns for
-- (spec.md 10, symbols).

CREATE OR REPLACE FUNCTION statistikk.i_bruk(p_gruppering text, p_dagdato date)
RETURNS TABLE (
    kode varchar, rekkefolge integer, fra integer, til integer, verdier text[], i_alt boolean, symbol varchar
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT k.kode, k.rekkefolge, k.fra, k.til, k.verdier, k.i_alt, k.symbol
FROM statistikk.kategori AS k
WHERE k.gruppering = p_gruppering
    AND (k.gyldig_fra <= p_dagdato OR k.gyldig_fra IS NULL) AND (k.gyldig_til >= p_dagdato OR k.gyldig_til IS NULL);
END;

COMMENT ON FUNCTION statistikk.i_bruk(text, date) IS
    'The classes of a grouping that are in use on day p_dagdato (view kategori; spec.md 10, symbols).';
