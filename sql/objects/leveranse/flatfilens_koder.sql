-- flatfilens_koder: the code lists of a year's flat file: those of deliveries, of codes that are used in the year
-- (spec.md 9, the flat file). A list there has each code once, and a text for each: a reader drops what has none, or
-- the whole list (kode_en_gang).

CREATE OR REPLACE FUNCTION leveranse.flatfilens_koder(p_aargang integer)
RETURNS TABLE (kodeliste varchar, rekkefolge integer, kode varchar, tekst text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT k.kodeliste, k.rekkefolge, k.kode, k.tekst
FROM leveranse.kode_en_gang AS k
WHERE k.kodeliste IN (SELECT o.kodeliste FROM leveranse.flatfiloppsett(p_aargang) AS o)
    AND k.kode ~ '^[\u0020-\u007e\u00a0-\u00ff]+$'
    AND (k.gyldig_fra <= make_date(p_aargang, 12, 31) OR k.gyldig_fra IS NULL)
    AND (k.gyldig_til >= make_date(p_aargang, 1, 1) OR k.gyldig_til IS NULL);
END;

COMMENT ON FUNCTION leveranse.flatfilens_koder(integer) IS
    'The code lists of a year''s flat file: each code that is used in the year once, with its text in one line (spec.md 9, the flat file).';
