-- bestilt_tabell: the tables that the stored orders ask for (spec.md 9, orders).

CREATE OR REPLACE VIEW leveranse.bestilt_tabell AS
SELECT b.prosjekt, b.bestilling, b.versjon, t.nr::integer AS nr, t.tabell ->> 'navn' AS tabell,
    t.tabell ->> 'form' AS form,
    coalesce(t.tabell -> 'rader', '{}') AS rader,
    array(
        SELECT leveranse.som_dag(d.dag) FROM jsonb_array_elements_text(t.tabell -> 'dager') AS d (dag) ORDER BY 1
    ) AS dager,
    array(SELECT f.format FROM jsonb_array_elements_text(t.tabell -> 'formater') AS f (format)) AS formater,
    coalesce(t.tabell ->> 'koder' = 'tekst', false) AS koder_som_tekst
FROM leveranse.bestilling AS b
CROSS JOIN LATERAL jsonb_array_elements(b.innhold -> 'tabell') WITH ORDINALITY AS t (tabell, nr);

COMMENT ON VIEW leveranse.bestilt_tabell IS
    'The tables that each stored order asks for: form, row filter (rader), days of a tverrsnitt, formats, and whether all codes are to be text (spec.md 9, orders).';
COMMENT ON COLUMN leveranse.bestilt_tabell.nr IS 'The table''s place in the order, from 1.';
COMMENT ON COLUMN leveranse.bestilt_tabell.tabell IS 'The table''s name, which is that of its files.';
COMMENT ON COLUMN leveranse.bestilt_tabell.rader IS 'The row filter: variable = codes, or from and to; all must hold.';
COMMENT ON COLUMN leveranse.bestilt_tabell.formater IS 'The formats of its files: csv, parquet, dta, sav.';
COMMENT ON COLUMN leveranse.bestilt_tabell.koder_som_tekst IS 'Whether dta and sav have all codes as text, not as numbers with labels.';
