-- endret_i_fylket: how many persons' base cells changed in each fylke from the version before, at least: what is known
-- of persons are counts, and whoever came into a cell may have left another. A difference between two versions that is
-- one person shows all of that person (spec.md 10, R5b). Where the base is told apart otherwise every small count is
-- drawn anew, in every fylke, and what changed is what main groups say, which every base has: by fylke, or in the whole
-- country where the fylker are others or not told apart.

CREATE OR REPLACE FUNCTION statistikk.endret_i_fylket(p_versjon integer)
RETURNS TABLE (fylke text, personer bigint, nytt_grunnlag boolean)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH gjelder AS (
    SELECT v.versjon, e.versjon AS forrige, v.mal <> e.mal AS nytt_grunnlag,
        v.mal = e.mal OR (
            v.mal -> 'inndeling' = e.mal -> 'inndeling'
            AND NOT v.mal @? '$.lag[*] ? (@.region == null)' AND NOT e.mal @? '$.lag[*] ? (@.region == null)'
        ) AS av_fylker
    FROM statistikk.versjon AS v
    JOIN statistikk.versjon AS e ON e.versjon = statistikk.forrige_versjon(v.versjon)
    WHERE v.versjon = p_versjon
),

side AS (
    SELECT v.nytt_grunnlag, CASE WHEN v.av_fylker THEN coalesce(g.fylke, '-') ELSE '-' END AS fylke,
        CASE WHEN v.nytt_grunnlag THEN g.hoved
            ELSE statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)
        END AS kode,
        CASE WHEN g.versjon = v.versjon THEN g.antall ELSE -g.antall END AS antall
    FROM gjelder AS v
    JOIN statistikk.grunnlag AS g ON g.versjon IN (v.versjon, v.forrige)
)

SELECT e.fylke,
    greatest(
        coalesce(sum(e.endring) FILTER (WHERE e.endring > 0), 0),
        coalesce(-sum(e.endring) FILTER (WHERE e.endring < 0), 0)
    ),
    e.nytt_grunnlag
FROM (
    SELECT s.fylke, s.kode, s.nytt_grunnlag, sum(s.antall) AS endring
    FROM side AS s
    GROUP BY s.fylke, s.kode, s.nytt_grunnlag
) AS e
WHERE e.endring <> 0 OR e.nytt_grunnlag
GROUP BY e.fylke, e.nytt_grunnlag;
END;

COMMENT ON FUNCTION statistikk.endret_i_fylket(integer) IS
    'Of each fylke that changed from the version before, the least number of persons whose base cells changed; nytt_grunnlag: the base is told apart otherwise, so that every fylke changed, and the persons are those that main groups show to be others; - is the whole country (spec.md 10, R5b).';
