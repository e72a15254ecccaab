-- kontroll_en_avgang: the offending records, none in a sound database. SPEC.md 5.2.

CREATE OR REPLACE VIEW trygdfob.kontroll_en_avgang AS
SELECT f.fnr, f.tilgdato, count(f.avgdato) AS antall
FROM trygdfob.f_arbsok AS f
GROUP BY f.fnr, f.tilgdato
HAVING count(f.avgdato) > 1;

COMMENT ON VIEW trygdfob.kontroll_en_avgang IS
    'Offending records of the control «A main spell has at most one closing record (avgdato set).» (SPEC.md 5.2); none in a sound database.';
