-- periode: one row for each stretch of days in which nothing about a person changed: every record of F_ARBSOK that
-- opens or changes, and beside it the record that ends the stretch (periode_med_slutt; spec.md 4; the source's 3.1.2
-- and 3.3).

CREATE OR REPLACE VIEW arbsok.periode AS
SELECT p.lopenr, p.tilgdato, p.asoktilg, p.regdato, p.regtom,
    daterange(p.regdato, p.regtom, '[]') AS gjelder,
    p.regtom - p.regdato + 1 AS dager,
    p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    arbsok.begynnelse(p.kode, p.tilgdato, p.asoktilg) AS begynte,
    arbsok.slutt(p.regtom, p.asoktom, p.tomdato, p.slutt_status) AS sluttet,
    p.status AS status_inn,
    p.slutt_status AS status_ut,
    p.regtom IS NOT NULL AS slutt_observert,
    (SELECT e.endelig_til FROM arbsok.endelighet AS e) AS endelig_til,
    p.mrk_fnr
FROM arbsok_lasting.periode_med_slutt AS p;

COMMENT ON VIEW arbsok.periode IS
    'One row for each stretch of days in which hoved, hovedarbstat, tiltak and ytelse all stand still. The stretches of a main spell (lopenr + tilgdato) follow one another without gap or overlap. All dates are inclusive. Use it for any question about a state or an attribute: its dates are the ones for which the values held (spec.md 4; the source''s 3.1.2 and 3.3).';
