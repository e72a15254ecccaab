-- i_bruk: the classes of a grouping that are in use on a day: what a table of that day has rows and columns for
-- (spec.md 10, symbols).

CREATE OR REPLACE FUNCTION statistikk.i_bruk(p_gruppering text, p_dagdato date)
RETURNS TABLE (
    kode varchar, rekkefolge integer, tekst text, fra integer, til integer, verdier text[], i_alt boolean,
    symbol varchar, gyldig_fra date, gyldig_til date
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT k.kode, k.rekkefolge, k.tekst, k.fra, k.til, k.verdier, k.i_alt, k.symbol, k.gyldig_fra, k.gyldig_til
FROM statistikk.kategori AS k
WHERE k.gruppering = p_gruppering
    AND (k.gyldig_fra <= p_dagdato OR k.gyldig_fra IS NULL) AND (k.gyldig_til >= p_dagdato OR k.gyldig_til IS NULL);
END;

COMMENT ON FUNCTION statistikk.i_bruk(text, date) IS
    'The classes of a grouping that are in use on day p_dagdato (view kategori; spec.md 10, symbols).';
