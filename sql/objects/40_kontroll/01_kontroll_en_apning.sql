-- kontroll_en_apning: the offending records, none in a sound database. SPEC.md 5.2.

CREATE OR REPLACE VIEW trygdfob.kontroll_en_apning AS
SELECT f.fnr, f.tilgdato, count(*) FILTER (WHERE f.kode IN ('1', '3', '9') AND f.regdato = f.tilgdato) AS antall
FROM trygdfob.f_arbsok AS f
GROUP BY f.fnr, f.tilgdato
HAVING count(*) FILTER (WHERE f.kode IN ('1', '3', '9') AND f.regdato = f.tilgdato) <> 1;

COMMENT ON VIEW trygdfob.kontroll_en_apning IS
    'Offending records of the control «A main spell has exactly one opening record (kode 1, 3 or 9 with regdato = tilgdato).» (SPEC.md 5.2); none in a sound database.';
