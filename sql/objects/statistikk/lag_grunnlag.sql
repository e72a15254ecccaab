-- lag_grunnlag: the base of a month's version, and the ledger: what became of each record of the miniregister (spec.md
-- 10, the base, controls). Cells are numbered by what they are, so that the order of the records means nothing.
-- The planner has no idea how few cells there are, and would sort all records to count them: so it may not.

CREATE OR REPLACE FUNCTION statistikk.lag_grunnlag(p_versjon integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_sort = 'off'
AS $$
DECLARE
    v record;
    antall bigint;
BEGIN
    SELECT x.mal, x.mnddato, x.dagdato, s.sett INTO STRICT v
    FROM statistikk.versjon AS x
    JOIN befolkning.kjennemerkesett AS s
        ON s.mnddato = x.mnddato AND s.folkeregisterversjon = x.folkeregisterversjon
    WHERE x.versjon = p_versjon;
    WITH talt AS MATERIALIZED (
        SELECT p.telles, p.lag, p.hoved, p.fylke, p.kommune, p.kjonn, p.alder, p.uker, p.bosatt, count(*) AS antall
        FROM statistikk.personenes_celler(v.mal, v.mnddato, v.dagdato, v.sett) AS p
        GROUP BY p.telles, p.lag, p.hoved, p.fylke, p.kommune, p.kjonn, p.alder, p.uker, p.bosatt
    ),

    grunnlag AS (
        INSERT INTO statistikk.grunnlag (
            versjon, celle, lag, hoved, fylke, kommune, kjonn, alder, uker, bosatt, antall
        )
        SELECT p_versjon,
            row_number() OVER (ORDER BY t.lag COLLATE "C", t.hoved COLLATE "C", t.fylke COLLATE "C",
                t.kommune COLLATE "C", t.kjonn COLLATE "C", t.alder, t.uker, t.bosatt),
            t.lag, t.hoved, t.fylke, t.kommune, t.kjonn, t.alder, t.uker, t.bosatt, t.antall
        FROM talt AS t
        WHERE t.telles AND t.lag IS NOT NULL
    )

    INSERT INTO statistikk.versjonsregnskap (versjon, hoved, hva, antall)
    SELECT p_versjon, t.hoved, h.hva, sum(t.antall)
    FROM talt AS t
    CROSS JOIN LATERAL (
        SELECT CASE WHEN NOT t.telles THEN 'annet_nummer' WHEN t.lag IS NULL THEN 'utenfor' ELSE 'talt' END AS hva
    ) AS h
    GROUP BY t.hoved, h.hva;
    ANALYZE statistikk.grunnlag; -- what follows in this transaction joins it
    SELECT count(*) INTO antall FROM statistikk.grunnlag AS g WHERE g.versjon = p_versjon;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION statistikk.lag_grunnlag(integer) IS
    'Counts the base of a month''s version from kjennemerke, and the ledger beside it; returns the number of base cells (spec.md 10, R1).';
