-- like_celler: the base cells that two versions have with the same count, by the cell's number in the first: nothing
-- where their bases are told apart otherwise, since then no cell is the same (spec.md 10, R5 and R9).

CREATE OR REPLACE FUNCTION statistikk.like_celler(p_versjon integer, p_eldre integer)
RETURNS TABLE (celle integer, beskyttet integer)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT g.celle, e.beskyttet
FROM statistikk.versjon AS v
JOIN statistikk.versjon AS a ON a.mal = v.mal
JOIN statistikk.grunnlag AS g ON g.versjon = v.versjon
JOIN statistikk.grunnlag AS e ON e.versjon = a.versjon AND e.antall = g.antall
    AND statistikk.cellekode(e.lag, e.hoved, e.fylke, e.kommune, e.kjonn, e.alder, e.uker, e.bosatt)
    = statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)
WHERE v.versjon = p_versjon AND a.versjon = p_eldre AND e.beskyttet IS NOT NULL;
END;

COMMENT ON FUNCTION statistikk.like_celler(integer, integer) IS
    'The cells of version p_versjon that version p_eldre has with the same count, and what that one shows for them (spec.md 10, R5 and R9).';
