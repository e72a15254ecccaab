-- gruppetilfelle_med_slutt: the record that opens a group spell, and beside it the exit that ends it and the entry to
-- the group that follows. View gruppetilfelle makes columns of it, and so do deliveries, for what was known on an
-- earlier day (frigitt_gruppetilfelle).

CREATE OR REPLACE VIEW arbsok_lasting.gruppetilfelle_med_slutt AS
SELECT f.lopenr, f.tilgdato, f.asoktilg, f.kode, f.hoved, f.status, f.mrk_fnr, f.asoktom, f.tomdato,
    n.regdato AS slutt_regdato,
    n.status AS slutt_status,
    o.regdato AS neste_regdato,
    o.hoved AS neste_hoved
FROM arbsok_lasting.gjeldende_forlop AS f
LEFT JOIN trygdfob.forlopsdel AS n
    ON n.lasting = f.lasting AND n.lopenr = f.lopenr AND n.regdato = f.asoktom AND n.kode = '0'
-- The group spell that follows in the same main spell
LEFT JOIN trygdfob.forlopsdel AS o
    ON o.lasting = f.lasting AND o.lopenr = f.lopenr AND o.regdato = f.asoktom + 1 AND o.kode = '1'
        AND o.tilgdato = f.tilgdato
-- It says NOT IN ('0', '2') and not IN ('1', '3', '9'): the latter is a condition on the key, for which PostgreSQL 18
-- plans with a skip scan and then thinks the key too dear for finding a person's records
WHERE f.kode NOT IN ('0', '2');

COMMENT ON VIEW arbsok_lasting.gruppetilfelle_med_slutt IS
    'The records that open group spells, each with the exit record that ends the spell (slutt_...) and the entry record of the group that follows in the same main spell (neste_...), where there are such (spec.md 1 and 4).';
COMMENT ON COLUMN arbsok_lasting.gruppetilfelle_med_slutt.slutt_regdato IS 'regdato of the exit that ended the group spell.';
COMMENT ON COLUMN arbsok_lasting.gruppetilfelle_med_slutt.slutt_status IS 'status of the exit that ended the group spell.';
COMMENT ON COLUMN arbsok_lasting.gruppetilfelle_med_slutt.neste_regdato IS 'regdato of the entry to the next group of the main spell.';
COMMENT ON COLUMN arbsok_lasting.gruppetilfelle_med_slutt.neste_hoved IS 'hoved of the next group of the main spell.';
