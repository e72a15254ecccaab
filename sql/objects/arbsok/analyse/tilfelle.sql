-- tilfelle: one row for each main spell: the record that opens it, with its exit beside it (spec.md 1 and 4).

CREATE OR REPLACE VIEW arbsok.tilfelle AS
SELECT t.lopenr, t.tilgdato, t.tomdato,
    daterange(t.tilgdato, t.tomdato, '[]') AS gjelder,
    t.tomdato - t.tilgdato + 1 AS dager,
    t.hoved AS hoved_inn,
    t.slutt_hoved AS hoved_ut,
    arbsok.begynnelse(t.kode, t.tilgdato, t.asoktilg) AS begynte,
    arbsok.slutt(t.tomdato, t.tomdato, t.tomdato, t.slutt_status) AS sluttet,
    t.status AS status_inn,
    t.slutt_status AS status_ut,
    t.tomdato IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    t.mrk_fnr
FROM arbsok_lasting.tilfelle_med_slutt AS t;

COMMENT ON VIEW arbsok.tilfelle IS
    'One row for each main spell (lopenr + tilgdato): a person registered as a job seeker, in whatever groups. F_ARBSOK has several records of a spell, this view one row. All dates are inclusive. It says nothing of what holds in between: for groups use gruppetilfelle, for attributes periode (spec.md 1 and 4; the source''s 3.3).';
