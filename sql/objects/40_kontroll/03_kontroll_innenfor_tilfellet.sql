-- kontroll_innenfor_tilfellet: the offending records, none in a sound database. SPEC.md 5.2.

CREATE OR REPLACE VIEW trygdfob.kontroll_innenfor_tilfellet AS
SELECT r.fnr, r.tilgdato, r.regdato, r.kode, r.siste AS avgdato
FROM (
    SELECT f.fnr, f.tilgdato, f.regdato, f.kode, max(f.avgdato) OVER (PARTITION BY f.fnr, f.tilgdato) AS siste
    FROM trygdfob.f_arbsok AS f
) AS r
WHERE r.regdato < r.tilgdato OR r.regdato > r.siste;

COMMENT ON VIEW trygdfob.kontroll_innenfor_tilfellet IS
    'Offending records of the control «All records of a main spell lie between its opening and its closing.» (SPEC.md 5.2); none in a sound database.';
