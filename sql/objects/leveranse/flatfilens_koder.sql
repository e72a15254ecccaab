-- flatfilens_koder: the code lists of a year's flat file: those of deliveries, of codes that are used in the year
-- (spec.md 9, the flat file). A list there has each code once. So a code of tiltak that means different things under
-- different hovedarbstat has all of these in its text. Texts are one line, and what has none is left out: a reader
-- drops it, or the whole list.

CREATE OR REPLACE FUNCTION leveranse.flatfilens_koder(p_aargang integer)
RETURNS TABLE (kodeliste varchar, rekkefolge integer, kode varchar, tekst text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT k.kodeliste, min(k.rekkefolge), k.kode,
    CASE WHEN count(DISTINCT k.tekst) = 1 THEN min(k.tekst)
        ELSE string_agg(concat_ws(': ', k.sammen_med, k.tekst), ' / ' ORDER BY k.rekkefolge) END
FROM (
    SELECT v.kodeliste, v.sammen_med, v.kode, v.rekkefolge,
        btrim(regexp_replace(v.tekst, '[\u0001-\u001f\u007f-\u009f\ufffe\uffff]+', ' ', 'g')) AS tekst
    FROM leveranse.kode AS v
    WHERE v.kodeliste IN (SELECT o.kodeliste FROM leveranse.flatfiloppsett(p_aargang) AS o)
        AND v.kode ~ '^[\u0020-\u007e\u00a0-\u00ff]+$' AND btrim(v.kode) <> ''
        AND (v.gyldig_fra <= make_date(p_aargang, 12, 31) OR v.gyldig_fra IS NULL)
        AND (v.gyldig_til >= make_date(p_aargang, 1, 1) OR v.gyldig_til IS NULL)
) AS k
WHERE k.tekst <> ''
GROUP BY k.kodeliste, k.kode;
END;

COMMENT ON FUNCTION leveranse.flatfilens_koder(integer) IS
    'The code lists of a year''s flat file: each code that is used in the year once, with its text in one line (spec.md 9, the flat file).';
