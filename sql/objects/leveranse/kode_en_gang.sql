-- kode_en_gang: the code lists of deliveries (kode) for those who take each code once, whatever it stands together with
-- (spec.md 9, the flat file and microdata.no). What means different things has the text of each, behind the values of
-- hovedarbstat that it goes with. Texts are one line, and a code without one is left out.

CREATE OR REPLACE VIEW leveranse.kode_en_gang AS
SELECT k.kodeliste, k.kode, min(k.rekkefolge) AS rekkefolge,
    CASE count(*) WHEN 1 THEN min(k.tekst)
        ELSE string_agg(concat_ws(': ', k.sammen_med, k.tekst), ' / ' ORDER BY k.rekkefolge) END AS tekst,
    min(k.gyldig_fra) AS gyldig_fra, max(k.gyldig_til) AS gyldig_til
FROM (
    SELECT v.kodeliste, v.kode, t.tekst, min(v.rekkefolge) AS rekkefolge, min(v.gyldig_fra) AS gyldig_fra,
        max(v.gyldig_til) AS gyldig_til, string_agg(v.sammen_med, ', ' ORDER BY v.rekkefolge) AS sammen_med
    FROM leveranse.kode AS v
    CROSS JOIN LATERAL (
        SELECT btrim(regexp_replace(v.tekst, '[\u0001-\u001f\u007f-\u009f\ufffe\uffff]+', ' ', 'g')) AS tekst
    ) AS t
    WHERE btrim(v.kode) <> '' AND t.tekst <> ''
    GROUP BY v.kodeliste, v.kode, t.tekst
) AS k
GROUP BY k.kodeliste, k.kode;

COMMENT ON VIEW leveranse.kode_en_gang IS
    'The code lists of deliveries with each code once and its text in one line; one that means different things together with different values of hovedarbstat has all of its texts (spec.md 9, the flat file).';
