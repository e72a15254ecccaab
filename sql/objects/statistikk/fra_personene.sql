-- fra_personene: every figure of a month's version worked out by another path than its tables were: from the persons,
-- each in the classes of his own age, weeks and residence, with the part of one that his base cell shows of him; summed
-- for each way in which a table adds up (control 6 of spec.md 10). It needs the month and its kjennemerke.

CREATE OR REPLACE FUNCTION statistikk.fra_personene(p_versjon integer)
RETURNS TABLE (tabell varchar, koder text[], verdi numeric)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    v record;
    t record;
    klasser text;
    kolonner text;
    egne text;
    maske integer;
    bare text;
    gruppert text;
BEGIN
    SELECT x.mal, x.mnddato, x.dagdato, (x.mal ->> 'inndeling')::date AS inndeling, x.pakke, s.sett INTO STRICT v
    FROM statistikk.versjon AS x
    JOIN befolkning.kjennemerkesett AS s
        ON s.mnddato = x.mnddato AND s.folkeregisterversjon = x.folkeregisterversjon
    WHERE x.versjon = p_versjon;
    DROP TABLE IF EXISTS pg_temp.personer_med_vekt;
    CREATE TEMPORARY TABLE personer_med_vekt ON COMMIT DROP AS
    SELECT g.lag, g.beskyttet::double precision / g.antall AS vekt, c.hoved, c.egen_fylke AS fylke, c.egen_kommune AS kommune,
        c.eget_kjonn AS kjonn, c.egen_alder AS alder, c.egen_bosatt AS bosatt,
        -- Of a spell that began before the series the length is known in the longest class alone
        CASE WHEN c.venstresensurert AND c.uker = -1 THEN -1 ELSE c.egne_uker END AS uker
    FROM statistikk.personenes_celler(v.mal, v.mnddato, v.dagdato, v.sett) AS c
    JOIN statistikk.grunnlag AS g ON g.versjon = p_versjon
        AND statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)
        = statistikk.cellekode(c.lag, c.hoved, c.fylke, c.kommune, c.kjonn, c.alder, c.uker, c.bosatt)
    WHERE c.telles;
    ANALYZE pg_temp.personer_med_vekt;
    FOR t IN
        SELECT x.tabell, x.lag, x.bosatt, count(*)::integer AS dimensjoner
        FROM statistikk.tabell AS x
        JOIN statistikk.dimensjon AS d ON d.tabell = x.tabell
        WHERE x.pakke = v.pakke AND x.maal = 'beholdning'
        GROUP BY x.tabell, x.lag, x.bosatt
    LOOP
        SELECT string_agg(CASE WHEN d.kjennemerke IN ('alder', 'varighet') THEN
                format(' JOIN statistikk.i_bruk(%2$L, $1, $4) AS k%1$s ON p.%3$I >= k%1$s.fra AND p.%3$I <= coalesce(k%1$s.til, p.%3$I)',
                    d.plass, d.gruppering, d.kolonne)
            ELSE format(' JOIN (SELECT i.kode, i.i_alt, x.verdi FROM statistikk.i_bruk(%2$L, $1, $4) AS i'
                ' CROSS JOIN LATERAL unnest(i.verdier) AS x (verdi)) AS k%1$s ON k%1$s.verdi = p.%3$I::text',
                d.plass, d.gruppering, d.kolonne) END, '' ORDER BY d.plass),
            string_agg(format('k%1$s.kode::text AS kode%1$s, k%1$s.i_alt AS i_alt%1$s, ', d.plass), '' ORDER BY d.plass),
            string_agg(DISTINCT format('p.%I', d.kolonne), ', ')
        INTO klasser, kolonner, egne
        FROM (
            SELECT m.plass, m.gruppering, g.kjennemerke,
                statistikk.grunnlagskolonne(m.gruppering) AS kolonne
            FROM statistikk.dimensjon AS m
            JOIN statistikk.gruppering AS g ON g.gruppering = m.gruppering
            WHERE m.tabell = t.tabell
        ) AS d;
        DROP TABLE IF EXISTS pg_temp.personer_i_klasser;
        EXECUTE format('CREATE TEMPORARY TABLE personer_i_klasser ON COMMIT DROP AS'
            ' SELECT %1$s sum(p.vekt) AS vekt FROM ('
            '     SELECT %2$s, sum(p.vekt) AS vekt FROM pg_temp.personer_med_vekt AS p'
            '     WHERE p.lag = ANY ($2) AND (p.bosatt = $3 OR $3 IS NULL) GROUP BY %2$s'
            ' ) AS p%3$s GROUP BY %4$s', kolonner, egne, klasser,
            (SELECT string_agg(n::text, ', ') FROM generate_series(1, 2 * t.dimensjoner) AS n))
        USING v.dagdato, t.lag, t.bosatt, v.inndeling;
        -- The dimensions that are summed in a turn are those that the mask names, and have a total
        FOR maske IN
            SELECT m.maske
            FROM generate_series(0, (1 << t.dimensjoner) - 1) AS m (maske)
            WHERE NOT EXISTS (
                SELECT FROM statistikk.dimensjon AS d
                WHERE d.tabell = t.tabell AND d.i_alt IS NULL AND m.maske & (1 << (d.plass - 1)) <> 0
            )
        LOOP
            SELECT string_agg(format('p.i_alt%s', n), ' AND ') FILTER (WHERE maske & (1 << (n - 1)) <> 0),
                string_agg(CASE WHEN maske & (1 << (n - 1)) <> 0 THEN '''T''' ELSE format('p.kode%s', n) END, ', ' ORDER BY n)
            INTO bare, gruppert
            FROM generate_series(1, t.dimensjoner) AS n;
            RETURN QUERY EXECUTE format('SELECT $1::varchar, ARRAY[%s]::text[], round(sum(p.vekt)::numeric, 6)'
                ' FROM pg_temp.personer_i_klasser AS p WHERE %s GROUP BY 2', gruppert, coalesce(bare, 'true'))
            USING t.tabell;
        END LOOP;
    END LOOP;
    DROP TABLE IF EXISTS pg_temp.personer_i_klasser;
    DROP TABLE pg_temp.personer_med_vekt;
END
$$;

COMMENT ON FUNCTION statistikk.fra_personene(integer) IS
    'The figures of a month''s version, summed from its persons, each with the part of one that his base cell shows of him; cells without anybody have no row (control 6 of spec.md 10).';
