-- ukjente_koder: the codes in the miniregister that no code list has. They are kept as they are, and shown (spec.md 2,
-- hoved).

CREATE OR REPLACE VIEW arbsok.ukjente_koder AS
SELECT t.aargang, v.variabel, v.verdi, sum(t.antall)::bigint AS antall, min(t.mnddato) AS foerste_maaned
FROM arbsok_lasting.miniregister_tall AS t
CROSS JOIN LATERAL (
    VALUES ('hovedarbstat', t.hovedarbstat), ('tiltak', t.tiltak), ('ytelse', t.ytelse), ('as_gr', t.as_gr)
) AS v (variabel, verdi)
WHERE v.verdi IS NOT NULL
    AND NOT EXISTS (SELECT FROM arbsok_lasting.kjent_kode AS c WHERE c.variabel = v.variabel AND c.verdi = v.verdi)
GROUP BY t.aargang, v.variabel, v.verdi;

COMMENT ON VIEW arbsok.ukjente_koder IS
    'Codes that the code lists arbeidssokerstatus and ytelse do not have, by year and variable. They are kept as delivered, to be looked at (spec.md 2); add a code to the list when it is known.';
