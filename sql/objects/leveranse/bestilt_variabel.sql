-- bestilt_variabel: the variables of each ordered table, in the order in which they are delivered: lpnr first, then as
-- the order names them; where it names none, the form's standard (spec.md 9, orders).

CREATE OR REPLACE VIEW leveranse.bestilt_variabel AS
SELECT t.prosjekt, t.bestilling, t.versjon, t.tabell, t.form, o.variabel,
    row_number() OVER (
        PARTITION BY t.prosjekt, t.bestilling, t.versjon, t.nr ORDER BY o.variabel = 'lpnr' DESC, o.nr
    )::integer AS nr,
    v.type, v.bredde, v.kodeliste,
    v.som_heltall AND NOT t.koder_som_tekst AS som_heltall,
    coalesce(f.ledetekst, v.ledetekst) AS ledetekst,
    coalesce(f.tekst, v.tekst) AS tekst,
    f.nokkel, f.rolle
FROM leveranse.bestilt_tabell AS t
JOIN leveranse.bestilling AS b
    ON b.prosjekt = t.prosjekt AND b.bestilling = t.bestilling AND b.versjon = t.versjon
CROSS JOIN LATERAL (
    SELECT n.variabel, n.nr
    FROM jsonb_array_elements_text(b.innhold -> 'tabell' -> (t.nr - 1) -> 'variabler')
        WITH ORDINALITY AS n (variabel, nr)
    WHERE n.variabel <> 'lpnr'
    UNION ALL
    SELECT s.variabel, s.plass
    FROM leveranse.formvariabel AS s
    WHERE s.form = t.form
        AND (s.variabel = 'lpnr' OR (s.standard AND b.innhold -> 'tabell' -> (t.nr - 1) -> 'variabler' IS NULL))
) AS o
JOIN leveranse.variabel AS v ON v.variabel = o.variabel
JOIN leveranse.formvariabel AS f ON f.form = t.form AND f.variabel = o.variabel;

COMMENT ON VIEW leveranse.bestilt_variabel IS
    'The variables of each ordered table, in the order of the file''s columns, with type, width, code list, label and text, and what each is to a row (nokkel, rolle) (spec.md 9, orders).';
COMMENT ON COLUMN leveranse.bestilt_variabel.tabell IS 'The table''s name, which is that of its files.';
COMMENT ON COLUMN leveranse.bestilt_variabel.nr IS 'The column''s place in the file, from 1.';
COMMENT ON COLUMN leveranse.bestilt_variabel.som_heltall IS 'Whether its codes are whole numbers, and are delivered so where a format labels numbers.';
