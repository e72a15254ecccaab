-- uten_kommune: of each fylke of a fixed division, those of a month's version whom no kommune has in its tables by
-- kommune: they lived in one that was split later, or would be in one without figures. With them a fylke is the sum of
-- its kommuner (control 1 of spec.md 10).

CREATE OR REPLACE FUNCTION statistikk.uten_kommune(p_versjon integer)
RETURNS TABLE (hoved text[], bosatt boolean, klasser text[], verdi bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH uoppgitt AS (
    SELECT i.tabell, i.koder, i.hoved, i.bosatt, i.klasser
    FROM statistikk.cellenes_innhold(p_versjon) AS i
    WHERE 'kommune=9999' = ANY(i.klasser)
)

-- A figure that two tables show is one figure
SELECT DISTINCT s.hoved, s.bosatt, array(
        SELECT k.klasse
        FROM unnest(array_replace(s.klasser, 'kommune=9999', 'fylke=' || s.fylke)) AS k (klasse)
        ORDER BY k.klasse
    ), s.verdi
FROM (
    SELECT u.hoved, u.bosatt, u.klasser, f.kode AS fylke, sum(g.beskyttet) AS verdi
    FROM statistikk.versjon AS v
    CROSS JOIN (SELECT DISTINCT x.tabell FROM uoppgitt AS x) AS t
    CROSS JOIN LATERAL statistikk.plassert(p_versjon, t.tabell) AS p
    JOIN statistikk.grunnlag AS g ON g.versjon = p_versjon AND g.celle = p.celle
    JOIN statistikk.i_bruk('fylke', v.dagdato, (v.mal ->> 'inndeling')::date) AS f ON g.fylke = ANY(f.verdier)
    JOIN uoppgitt AS u ON u.tabell = t.tabell AND statistikk.i_tallet(u.koder, p.koder, p.i_alt)
    WHERE v.versjon = p_versjon AND '9999' = ANY(p.koder)
    GROUP BY u.tabell, u.hoved, u.bosatt, u.klasser, f.kode
) AS s;
END;

COMMENT ON FUNCTION statistikk.uten_kommune(integer) IS
    'Of a month''s version in a fixed division: the persons of each fylke who are Uoppgitt in the tables by kommune, as protected (verdi), by what else these tell them apart by; hoved, bosatt, klasser as cellenes_innhold has them, with the fylke (control 1 of spec.md 10).';
