-- gruppetilfelle: one row for each group spell: the record that opens it, and beside it its exit and the entry to the
-- group that follows (spec.md 1 and 4).

CREATE OR REPLACE VIEW arbsok.gruppetilfelle AS
SELECT g.lopenr, g.tilgdato, g.asoktilg, g.asoktom,
    daterange(g.asoktilg, g.asoktom, '[]') AS gjelder,
    g.asoktom - g.asoktilg + 1 AS dager,
    g.hoved,
    g.neste_hoved AS hoved_neste,
    arbsok.begynnelse(g.kode, g.tilgdato, g.asoktilg) AS begynte,
    arbsok.slutt(g.asoktom, g.asoktom, g.tomdato, g.slutt_status) AS sluttet,
    g.status AS status_inn,
    g.slutt_status AS status_ut,
    g.asoktom IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    g.mrk_fnr
FROM arbsok_lasting.gruppetilfelle_med_slutt AS g;

COMMENT ON VIEW arbsok.gruppetilfelle IS
    'One row for each group spell (lopenr + asoktilg): a person in one main group (hoved). The group spells of a main spell (lopenr + tilgdato) follow one another without gap or overlap. All dates are inclusive. Only hoved holds for all of it: for tiltak and ytelse use periode (spec.md 1 and 4; the source''s 3.3).';
