-- asok_konsistenskontroll: controls the records of all persons in the year of a run, counts the year, holds its sums
-- and its run log against what is counted, and keeps all that this gave.
-- Original program: asok_konsistenskontroll.sql (spec.md 5 and 6; the source's 5.8).
--
-- With p_prosesser above 1 that many processes of the server work on it, a part of the persons or a count of the year
-- at a time. PostgreSQL starts them only for a statement that just reads and of which all rows are wanted: EXECUTE …
-- INTO is one; an INSERT, a SELECT … INTO or a loop stays in the function's own process. Starting them is set to cost
-- nothing, since the planner does not know how much work a part is.

CREATE OR REPLACE FUNCTION kontroll.asok_konsistenskontroll(
    p_kjoring bigint, p_prosesser integer, p_i_deler boolean
) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET parallel_setup_cost = 0
SET parallel_tuple_cost = 0
SET max_parallel_workers_per_gather = 0
SET work_mem = '64kB'
AS $$
DECLARE
    deler text [] := CASE WHEN p_i_deler THEN '{0,1,2,3}' ELSE '{NULL}' END;
    opptellinger text [] := '{forlop,register}';
    gjelder record;
    svar jsonb;
    antall bigint;
BEGIN
    SELECT k.* INTO STRICT gjelder FROM kontroll.kontrollkjoring AS k WHERE k.kjoring = p_kjoring;
    IF gjelder.anledning = 'load' THEN
        opptellinger := '{varighet_tall,forlop_tall,miniregister_tall}'::text [] || opptellinger;
    END IF;

    -- These hold until the function ends, since its own SET puts back what was there before. Nothing else of the load
    -- works meanwhile: so its processes share all the memory, and each has one large sort and some smaller hash tables
    PERFORM set_config('max_parallel_workers_per_gather', (p_prosesser - 1)::text, true),
        set_config('work_mem', format('%skB', greatest(i.arbeidsminne_mb * 1024 / (2 * p_prosesser), 64)), true)
    FROM trygdfob.innstilling AS i;
    -- It reads FROM a table of one row: a query without a table costs nothing to the planner, which then plans no
    -- processes
    EXECUTE format('SELECT jsonb_agg(d.svar) FROM (%s) AS d', (
        SELECT string_agg(
            format('SELECT %s AS svar FROM trygdfob.innstilling', format(e.kall, d.del)), ' UNION ALL '
        )
        FROM (VALUES
            (deler, 'kontroll.arbsok_forlopskontroll($1, %L)'),
            (deler, 'kontroll.arbsok_personkontroll($1, %L)'),
            (opptellinger, 'kontroll.arbsok_aargangskontroll($1, %L)')
        ) AS e (deler, kall)
        CROSS JOIN unnest(e.deler) AS d (del)
    )) INTO svar USING gjelder.aargang;

    -- Rows of H_ARBSOK that no range of lopenr has are of persons without a number
    IF (SELECT sum((d.del ->> 'siste')::bigint) FROM jsonb_array_elements(svar) AS d (del))
        <> (SELECT count(*) FROM trygdfob.h_arbsok AS h WHERE h.aargang = gjelder.aargang) THEN
        svar := svar || jsonb_build_object('funn', (
            SELECT jsonb_agg(to_jsonb(k))
            FROM kontroll.arbsok_h_arbsok_kontrollert(gjelder.aargang, ARRAY(
                SELECT h.fnr
                FROM trygdfob.h_arbsok AS h
                WHERE h.aargang = gjelder.aargang
                    AND NOT EXISTS (SELECT FROM trygdfob.person AS p WHERE p.fnr = h.fnr)
            )) AS k
        ));
    END IF;

    IF gjelder.anledning = 'load' THEN
        INSERT INTO arbsok_lasting.miniregister_tall
        SELECT t.*
        FROM jsonb_array_elements(svar) AS d (del)
        CROSS JOIN LATERAL jsonb_populate_recordset(
            NULL::arbsok_lasting.miniregister_tall, d.del -> 'miniregister_tall'
        ) AS t;
        INSERT INTO arbsok_lasting.forlop_tall
        SELECT t.*
        FROM jsonb_array_elements(svar) AS d (del)
        CROSS JOIN LATERAL jsonb_populate_recordset(NULL::arbsok_lasting.forlop_tall, d.del -> 'forlop_tall') AS t;
        INSERT INTO arbsok_lasting.varighet_tall
        SELECT t.*
        FROM jsonb_array_elements(svar) AS d (del)
        CROSS JOIN LATERAL jsonb_populate_recordset(NULL::arbsok_lasting.varighet_tall, d.del -> 'varighet_tall') AS t;
        INSERT INTO arbsok_lasting.registrering_tall
            (aargang, mnddato, utfall, status, handling, en_maaned_borte, antall)
        SELECT gjelder.aargang, t.mnddato, t.utfall, t.status, t.handling, t.en_maaned_borte, sum(t.antall)
        FROM jsonb_array_elements(svar) AS d (del)
        CROSS JOIN LATERAL jsonb_populate_recordset(
            NULL::arbsok_lasting.registrering_tall, d.del -> 'registrering_tall'
        ) AS t
        GROUP BY t.mnddato, t.utfall, t.status, t.handling, t.en_maaned_borte;
    END IF;

    INSERT INTO kontroll.kontrollfunn (kjoring, kontroll, noekkel, detalj)
    SELECT p_kjoring, f.kontroll, f.noekkel, f.detalj
    FROM jsonb_array_elements(svar) AS d (del)
    CROSS JOIN LATERAL jsonb_populate_recordset(NULL::kontroll.kontrollfunn, d.del -> 'funn') AS f
    UNION ALL
    SELECT p_kjoring, h.kontroll, h.noekkel, h.detalj
    FROM (
        SELECT jsonb_path_query_first(svar, '$[*].register') AS register,
            jsonb_path_query_first(svar, '$[*].forlop') AS forlop
    ) AS talt
    CROSS JOIN LATERAL kontroll.arbsok_aargang_holdt(gjelder.aargang, talt.register, talt.forlop) AS h
    -- lopenr_er_personens finds both of two records that share a key: one finding is enough
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION kontroll.asok_konsistenskontroll(bigint, integer, boolean) IS
    'Controls all persons'' records in the year of the run p_kjoring, all at once or in eight parts (p_i_deler), and the year''s sums, run log and person numbers, with p_prosesser processes of the server. Writes the findings to kontrollfunn and returns their number. In a load''s run it also fills the year''s sums: miniregister_tall, forlop_tall, varighet_tall and registrering_tall (original asok_konsistenskontroll.sql; spec.md 5 and 6).';
