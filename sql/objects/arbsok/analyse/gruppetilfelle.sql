-- gruppetilfelle: one row for each group spell: the record that opens it, and beside it its exit and the entry to the
-- group that follows (spec.md 1 and 4).

CREATE OR REPLACE VIEW arbsok.gruppetilfelle AS
SELECT f.lopenr, f.tilgdato, f.asoktilg, f.asoktom,
    daterange(f.asoktilg, f.asoktom, '[]') AS gjelder,
    f.asoktom - f.asoktilg + 1 AS dager,
    f.hoved,
    o.hoved AS hoved_neste,
    arbsok.begynnelse(f.kode, f.tilgdato, f.asoktilg) AS begynte,
    arbsok.slutt(f.asoktom, f.asoktom, f.tomdato, n.status) AS sluttet,
    f.status AS status_inn,
    n.status AS status_ut,
    f.asoktom IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    f.mrk_fnr
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

COMMENT ON VIEW arbsok.gruppetilfelle IS
    'One row for each group spell (lopenr + asoktilg): a person in one main group (hoved). The group spells of a main spell (lopenr + tilgdato) follow one another without gap or overlap. All dates are inclusive. Only hoved holds for all of it: for tiltak and ytelse use periode (spec.md 1 and 4; the source''s 3.3).';
