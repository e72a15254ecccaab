-- kodebruk: which codes each year's miniregister has, since when, and whether a code list knows them (spec.md 2, 6).
-- A known break (dekning_regel) explains that a listed code is new, from the day on which its variable breaks or
-- begins. It also explains that no list has an activity of two characters, since that was used before the list begins
-- (T8). The control ny_kode reads this view as well.

CREATE OR REPLACE VIEW arbsok.kodebruk AS
WITH bruk AS (
    SELECT t.aargang, v.variabel, v.verdi::text AS verdi,
        sum(t.antall)::bigint AS antall,
        min(t.mnddato) AS foerste_maaned
    FROM arbsok_lasting.miniregister_tall AS t
    CROSS JOIN LATERAL (
        VALUES ('hovedarbstat', t.hovedarbstat), ('tiltak', t.tiltak), ('ytelse', t.ytelse), ('as_gr', t.as_gr)
    ) AS v (variabel, verdi)
    WHERE v.verdi IS NOT NULL
    GROUP BY t.aargang, v.variabel, v.verdi
),

serie AS (
    SELECT b.*,
        min(b.aargang) OVER () AS foerste,
        row_number() OVER (PARTITION BY b.variabel, b.verdi ORDER BY b.aargang) AS nummer,
        lag(b.aargang) OVER (PARTITION BY b.variabel, b.verdi ORDER BY b.aargang) AS forrige_aargang,
        lag(b.antall) OVER (PARTITION BY b.variabel, b.verdi ORDER BY b.aargang) AS forrige_antall
    FROM bruk AS b
)

SELECT s.aargang, s.variabel, s.verdi, s.antall, s.foerste_maaned, k.i_kodeliste, k.ny,
    CASE
        WHEN s.forrige_aargang = s.aargang - 1 THEN s.forrige_antall
        WHEN s.aargang > s.foerste THEN 0
    END AS antall_aaret_foer,
    CASE
        WHEN NOT k.i_kodeliste AND s.variabel = 'tiltak' AND length(s.verdi) = 2 THEN (
            SELECT r.gyldig_fra
            FROM arbsok.dekning_regel AS r
            WHERE r.slag = 'kodeliste' AND r.navn = 'arbeidssokerstatus' AND r.gyldig_fra > s.foerste_maaned
        )
        WHEN k.i_kodeliste AND k.ny THEN (
            SELECT max(coalesce(r.brudd, r.gyldig_fra))
            FROM arbsok.dekning_regel AS r
            WHERE r.slag = 'variabel' AND r.navn = '*' AND r.variabel = s.variabel
                AND coalesce(r.brudd, r.gyldig_fra)
                BETWEEN make_date(s.aargang, 1, 1) AND s.foerste_maaned + interval '1 month - 1 day'
        )
    END AS kjent_brudd
FROM serie AS s
CROSS JOIN LATERAL (
    SELECT (s.variabel, s.verdi) IN (SELECT c.variabel, c.verdi FROM arbsok_lasting.kjent_kode AS c) AS i_kodeliste,
        s.nummer = 1 AND s.aargang > s.foerste AS ny
) AS k;

COMMENT ON VIEW arbsok.kodebruk IS
    'The codes of each loaded year''s miniregister, with their number of records in that year and in the year before, so that new codes and codes that no list has are seen (spec.md 2). Blank codes are not counted.';
COMMENT ON COLUMN arbsok.kodebruk.i_kodeliste IS 'Whether a code list has the code (view kjent_kode).';
COMMENT ON COLUMN arbsok.kodebruk.ny IS
    'Whether no earlier loaded year has the code; false in the first loaded year, where all would be new.';
COMMENT ON COLUMN arbsok.kodebruk.antall_aaret_foer IS
    'Number of records with the code in the year before; empty in the first loaded year.';
COMMENT ON COLUMN arbsok.kodebruk.kjent_brudd IS
    'The known break (table dekning_regel) that explains why the code is new, or in no list: the day on which its variable breaks or begins, or for an activity of two characters the day on which the list begins (T8). Empty where no break does: look at such a code if no list has it.';
