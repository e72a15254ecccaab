-- microdata_kode: the code lists of deliveries (kode) as microdata.no takes them: a code once, whatever it stands
-- together with. What means different things has the text of each, behind the value of hovedarbstat that it goes with.

CREATE OR REPLACE VIEW leveranse.microdata_kode AS
SELECT k.kodeliste, k.kode, min(k.rekkefolge) AS rekkefolge,
    CASE count(*) WHEN 1 THEN min(k.tekst)
        ELSE string_agg(k.sammen_med || ': ' || k.tekst, ' / ' ORDER BY k.rekkefolge) END AS tekst,
    min(k.gyldig_fra) AS gyldig_fra, max(k.gyldig_til) AS gyldig_til
FROM (
    SELECT k.kodeliste, k.kode, k.tekst, min(k.rekkefolge) AS rekkefolge, min(k.gyldig_fra) AS gyldig_fra,
        max(k.gyldig_til) AS gyldig_til, string_agg(k.sammen_med, ', ' ORDER BY k.rekkefolge) AS sammen_med
    FROM leveranse.kode AS k
    GROUP BY k.kodeliste, k.kode, k.tekst
) AS k
GROUP BY k.kodeliste, k.kode;

COMMENT ON VIEW leveranse.microdata_kode IS
    'The code lists of deliveries with each code once; one that means different things together with different values of hovedarbstat has all of its texts (spec.md 9, microdata.no).';
