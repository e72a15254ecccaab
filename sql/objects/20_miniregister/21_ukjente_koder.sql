-- ukjente_koder: codes in the miniregister that no code list has: kept as they are, and seen (SPEC.md 2, hoved).

CREATE OR REPLACE VIEW trygdfob.ukjente_koder AS
WITH kombinasjon AS (
    SELECT aargang, hovedarbstat, tiltak, ytelse, as_gr, count(*) AS antall, min(mnddato) AS foerste_maaned
    FROM trygdfob.miniregister
    GROUP BY aargang, hovedarbstat, tiltak, ytelse, as_gr
)

SELECT k.aargang, v.variabel, v.verdi, sum(k.antall)::bigint AS antall, min(k.foerste_maaned) AS foerste_maaned
FROM kombinasjon AS k
CROSS JOIN LATERAL (
    VALUES ('hovedarbstat', k.hovedarbstat), ('tiltak', k.tiltak), ('ytelse', k.ytelse), ('as_gr', k.as_gr)
) AS v (variabel, verdi)
WHERE v.verdi IS NOT NULL
    AND NOT EXISTS (SELECT FROM trygdfob.kjent_kode AS c WHERE c.variabel = v.variabel AND c.verdi = v.verdi)
GROUP BY k.aargang, v.variabel, v.verdi;

COMMENT ON VIEW trygdfob.ukjente_koder IS
    'Codes that the code lists arbeidssokerstatus and ytelse do not have, per year and variable: kept as delivered, to be looked at (SPEC.md 2). Add a code to the list when it is known.';
