-- tilfelle: one row for each main spell: the record that opens it, with its exit beside it (spec.md 1 and 4).

CREATE OR REPLACE VIEW arbsok.tilfelle AS
SELECT f.lopenr, f.tilgdato, f.tomdato,
    daterange(f.tilgdato, f.tomdato, '[]') AS gjelder,
    f.tomdato - f.tilgdato + 1 AS dager,
    f.hoved AS hoved_inn,
    n.hoved AS hoved_ut,
    arbsok.begynnelse(f.kode, f.tilgdato, f.asoktilg) AS begynte,
    arbsok.slutt(f.tomdato, f.tomdato, f.tomdato, n.status) AS sluttet,
    f.status AS status_inn,
    n.status AS status_ut,
    f.tomdato IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    f.mrk_fnr
FROM arbsok_lasting.gjeldende_forlop AS f
LEFT JOIN trygdfob.forlopsdel AS n
    ON n.lasting = f.lasting AND n.lopenr = f.lopenr AND n.regdato = f.tomdato AND n.kode = '0'
-- A group entry has kode 1 too, but a later asoktilg. Why NOT IN: see gruppetilfelle
WHERE f.kode NOT IN ('0', '2') AND f.asoktilg = f.tilgdato;

COMMENT ON VIEW arbsok.tilfelle IS
    'One row for each main spell (lopenr + tilgdato): a person registered as a job seeker, in whatever groups. F_ARBSOK has several records of a spell, this view one row. All dates are inclusive. It says nothing of what holds in between: for groups use gruppetilfelle, for attributes periode (spec.md 1 and 4; the source''s 3.3).';
