-- periode: one row for each stretch of days in which nothing about a person changed: every record of F_ARBSOK that
-- opens or changes, and beside it the record that ends the stretch (spec.md 4; the source's 3.1.2 and 3.3).
-- It is plain joins on keys within a spell (gjeldende_forlop), without window or aggregate: a condition on any column
-- reaches F_ARBSOK, and a query that does not ask for lopenr, status_ut or sluttet does not pay for the joins.

CREATE OR REPLACE VIEW arbsok.periode AS
SELECT f.lopenr, f.tilgdato, f.asoktilg, f.regdato, f.regtom,
    daterange(f.regdato, f.regtom, '[]') AS gjelder,
    f.regtom - f.regdato + 1 AS dager,
    f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
    arbsok.begynnelse(f.kode, f.tilgdato, f.asoktilg) AS begynte,
    arbsok.slutt(f.regtom, f.asoktom, f.tomdato, n.status) AS sluttet,
    f.status AS status_inn,
    n.status AS status_ut,
    f.regtom IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    f.mrk_fnr
FROM arbsok_lasting.gjeldende_forlop AS f
-- The record that ended it: the exit on its last day, or the change on the day after
LEFT JOIN trygdfob.forlopsdel AS n
    ON n.lasting = f.lasting AND n.lopenr = f.lopenr
        AND n.regdato = CASE WHEN f.regtom = f.asoktom THEN f.regtom ELSE f.regtom + 1 END
        AND n.kode = CASE WHEN f.regtom = f.asoktom THEN '0' ELSE '2' END
WHERE f.kode <> '0';

COMMENT ON VIEW arbsok.periode IS
    'One row for each stretch of days in which hoved, hovedarbstat, tiltak and ytelse all stand still. The stretches of a main spell (lopenr + tilgdato) follow one another without gap or overlap. All dates are inclusive. Use it for any question about a state or an attribute: its dates are the ones for which the values held (spec.md 4; the source''s 3.1.2 and 3.3).';
