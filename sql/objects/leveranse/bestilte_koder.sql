-- bestilte_koder: the codes by which an order picks persons and rows, each with its key in the order and the code list
-- of its variable. One that no list has may be a slip, and may be a code of NAV's that is new: so it is no fault, and
-- is said (spec.md 9, orders).

CREATE OR REPLACE FUNCTION leveranse.bestilte_koder(p_bestilling jsonb)
RETURNS TABLE (nokkel text, kodeliste varchar, kode text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT b.nokkel, v.kodeliste, k.kode
FROM (
    SELECT 'populasjon.kriterium.' || p.vilkar AS nokkel, p.kolonne AS variabel,
        p_bestilling -> 'populasjon' -> 'kriterium' -> p.vilkar AS koder
    FROM leveranse.populasjonsvilkar AS p
    WHERE p.nivaa = p_bestilling -> 'populasjon' -> 'kriterium' ->> 'nivaa'
    UNION ALL
    SELECT format('tabell[%s].rader.%s', t.nr, r.variabel), r.variabel, r.koder
    FROM jsonb_array_elements(p_bestilling -> 'tabell') WITH ORDINALITY AS t (tabell, nr)
    CROSS JOIN LATERAL jsonb_each(leveranse.som_tabell(t.tabell -> 'rader')) AS r (variabel, koder)
) AS b
JOIN leveranse.variabel AS v ON v.variabel = b.variabel AND v.kodeliste IS NOT NULL
CROSS JOIN LATERAL jsonb_array_elements_text(leveranse.som_liste(b.koder)) AS k (kode);
END;

COMMENT ON FUNCTION leveranse.bestilte_koder(jsonb) IS
    'The codes by which an order, as JSON, picks persons and rows: key in the order, code list of the variable, code (spec.md 9, orders).';
