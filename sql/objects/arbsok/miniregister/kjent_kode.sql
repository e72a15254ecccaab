-- kjent_kode: every code that the code lists have, by variable (spec.md 2, hoved).

CREATE OR REPLACE VIEW arbsok_lasting.kjent_kode AS
SELECT v.variabel, v.verdi::text AS verdi
FROM trygdfob.arbeidssokerstatus AS a
CROSS JOIN LATERAL (
    VALUES ('hovedarbstat', a.hovedarbstat), ('tiltak', a.tiltak), ('as_gr', a.as_gr)
) AS v (variabel, verdi)
UNION
SELECT 'ytelse', y.kode::text
FROM trygdfob.ytelse AS y;

COMMENT ON VIEW arbsok_lasting.kjent_kode IS
    'The codes that the code lists arbeidssokerstatus and ytelse have, by variable (spec.md 2).';
