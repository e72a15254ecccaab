-- tilfelle_med_slutt: the record that opens a main spell, and beside it the exit that ends it.
-- View tilfelle makes columns of it, and so do deliveries, for what was known on an earlier day (frigitt_tilfelle).

CREATE OR REPLACE VIEW arbsok_lasting.tilfelle_med_slutt AS
SELECT f.lopenr, f.tilgdato, f.asoktilg, f.kode, f.hoved, f.status, f.mrk_fnr, f.tomdato,
    n.regdato AS slutt_regdato,
    n.status AS slutt_status,
    n.hoved AS slutt_hoved
FROM arbsok_lasting.gjeldende_forlop AS f
LEFT JOIN trygdfob.forlopsdel AS n
    ON n.lasting = f.lasting AND n.lopenr = f.lopenr AND n.regdato = f.tomdato AND n.kode = '0'
-- A group entry has kode 1 too, but a later asoktilg. Why NOT IN: see gruppetilfelle_med_slutt
WHERE f.kode NOT IN ('0', '2') AND f.asoktilg = f.tilgdato;

COMMENT ON VIEW arbsok_lasting.tilfelle_med_slutt IS
    'The records that open main spells, each with the exit record that ends the spell (slutt_...), where it has ended (spec.md 1 and 4).';
COMMENT ON COLUMN arbsok_lasting.tilfelle_med_slutt.slutt_regdato IS 'regdato of the exit that ended the main spell.';
COMMENT ON COLUMN arbsok_lasting.tilfelle_med_slutt.slutt_status IS 'status of the exit that ended the main spell.';
COMMENT ON COLUMN arbsok_lasting.tilfelle_med_slutt.slutt_hoved IS 'hoved of the exit that ended the main spell.';
