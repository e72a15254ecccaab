-- celler_til_avrunding: what the choice of protected counts is given of each base cell: its count, its noise, what the
-- version that it corrects shows for it and what the month before does, where the count is the same (spec.md 10, R3, R5
-- and R9). The key by which the noise is drawn stays here.

CREATE OR REPLACE FUNCTION statistikk.celler_til_avrunding(p_versjon integer)
RETURNS TABLE (
    celle integer, fylke text, antall integer, stoy double precision, periodens_stoy double precision,
    forrige integer, forrige_periode integer
)
LANGUAGE sql STABLE
SECURITY DEFINER
SET enable_nestloop = 'off' -- as when a version is made
BEGIN ATOMIC
SELECT g.celle, g.fylke, g.antall,
    statistikk.stoy(n.nokkel, v.pakke || '|'
        || statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)),
    statistikk.stoy(n.nokkel, v.pakke || '|' || v.periode), coalesce(f.beskyttet, -1), coalesce(p.beskyttet, -1)
FROM statistikk.versjon AS v
CROSS JOIN statistikk.avrundingsnokkel AS n
JOIN statistikk.grunnlag AS g ON g.versjon = v.versjon
LEFT JOIN statistikk.like_celler(p_versjon, statistikk.forrige_versjon(p_versjon)) AS f ON f.celle = g.celle
LEFT JOIN statistikk.like_celler(p_versjon, statistikk.forrige_periode(p_versjon)) AS p ON p.celle = g.celle
WHERE v.versjon = p_versjon
ORDER BY g.celle;
END;

COMMENT ON FUNCTION statistikk.celler_til_avrunding(integer) IS
    'What the choice of protected counts is given of each base cell of a version: count, noise, and the protected counts of the version before and of the month before where the count is the same (-1: none) (spec.md 10, R3, R5 and R9).';
