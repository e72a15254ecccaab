-- endret_i_fylket: how many persons' base cells changed in each fylke from the version before, at least: what is known
-- of persons are counts, and whoever came into a cell may have left another. A difference between two versions that is
-- one person shows all of that person (spec.md 10, R5b). Where the base is told apart otherwise everybody's cell is
-- new.

CREATE OR REPLACE FUNCTION statistikk.endret_i_fylket(p_versjon integer)
RETURNS TABLE (fylke text, personer bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH side AS (
    SELECT g.fylke,
        statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)
        || CASE WHEN v.mal = e.mal THEN '' ELSE g.versjon::text END AS kode,
        CASE WHEN g.versjon = v.versjon THEN g.antall ELSE -g.antall END AS antall
    FROM statistikk.versjon AS v
    JOIN statistikk.versjon AS e ON e.versjon = statistikk.forrige_versjon(v.versjon)
    JOIN statistikk.grunnlag AS g ON g.versjon IN (v.versjon, e.versjon)
    WHERE v.versjon = p_versjon
)

SELECT coalesce(e.fylke, '-'),
    greatest(
        coalesce(sum(e.endring) FILTER (WHERE e.endring > 0), 0),
        coalesce(-sum(e.endring) FILTER (WHERE e.endring < 0), 0)
    )
FROM (SELECT s.fylke, s.kode, sum(s.antall) AS endring FROM side AS s GROUP BY s.fylke, s.kode) AS e
WHERE e.endring <> 0
GROUP BY e.fylke;
END;

COMMENT ON FUNCTION statistikk.endret_i_fylket(integer) IS
    'Of each fylke that changed from the version before, the least number of persons whose base cells changed (spec.md 10, R5b).';
