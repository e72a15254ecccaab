-- sammenlign_tabell: what became of each row of a table from the older delivery to the newer one (spec.md 9, comparing
-- deliveries). The rows lie in sammenlign_eldre and sammenlign_nyere, the persons of both deliveries in
-- sammenlign_person. Only names of the catalogue become a part of the statement. All three tables must be the owner's:
-- a session could put a view of its own in the place of one.
--   ny           begins after the older delivery's day
--   fikk_slutt   an end that was empty stands now, after that day, and with it what knows the end
--   uendret      every column is as it was
--   endret       anything else; kolonner says where
--   borte        was there and is not
--   kommet_til   was not there, though it begins by that day
--   bare_i_eldre, bare_i_nyere   rows of persons that one delivery alone is about: counted, and nothing more
--   utenfor      months that were not over: not compared
-- What ends on the older delivery's very day may have been ended by a record of the day after, which was not known: so
-- what knows the end may then come to stand, too.

CREATE OR REPLACE FUNCTION leveranse.sammenlign_tabell(
    p_form text, p_kolonner text[], p_eldre_til date, p_like_bestillinger boolean
) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    slutt text := (
        SELECT CASE WHEN count(*) = 1 THEN max(f.variabel) END FROM leveranse.formvariabel AS f
        WHERE f.form = p_form AND f.rolle = 'slutt' AND f.variabel = ANY (p_kolonner)
    );
    -- The day by which a row belongs to the older delivery's time; a month does when it is over
    dag text := CASE p_form WHEN 'manedspanel' THEN '(%1$s.maaned + interval ''1 month'' - interval ''1 day'')::date' ELSE (
        SELECT '%1$s.' || quote_ident(f.variabel) FROM leveranse.formvariabel AS f
        WHERE f.form = p_form AND f.rolle = 'begynnelse' AND f.nokkel
    ) END;
    nokler text[] := array(
        SELECT quote_ident(f.variabel) FROM leveranse.formvariabel AS f WHERE f.form = p_form AND f.nokkel ORDER BY f.plass
    );
    v_nokkel text := array_to_string(nokler, ', ');
    verdier text;
    ulik text;
    galt text;
    utenfor bigint := 0;
    tall jsonb;
    tabell text;
    dobbelt boolean;
BEGIN
    FOREACH tabell IN ARRAY '{sammenlign_person,sammenlign_eldre,sammenlign_nyere}'::text[] LOOP
        IF NOT trygdfob.er_eiers(tabell) THEN
            RAISE EXCEPTION 'The comparison has not begun: % is missing.', tabell
                USING ERRCODE = 'FD007', HINT = 'begynn_sammenligning and begynn_tabell come first, in the same transaction.';
        END IF;
        EXECUTE format('ANALYZE pg_temp.%I', tabell);
        IF tabell <> 'sammenlign_person' THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %s AS t GROUP BY t.lpnr, %s HAVING count(*) > 1)', 'pg_temp.' || tabell,
                (SELECT string_agg('t.' || n.navn, ', ') FROM unnest(nokler) AS n (navn))) INTO dobbelt;
            IF dobbelt THEN
                RAISE EXCEPTION 'A table of % cannot be compared: two rows of a person have the same %.', p_form, v_nokkel
                    USING ERRCODE = 'FD007';
            END IF;
        END IF;
    END LOOP;
    SELECT coalesce(string_agg(format('%s.%I', s.side, k.navn), ', ' ORDER BY k.nr) FILTER (WHERE s.side = 'e'), '')
        || ') IS NOT DISTINCT FROM ('
        || coalesce(string_agg(format('%s.%I', s.side, k.navn), ', ' ORDER BY k.nr) FILTER (WHERE s.side = 'n'), '')
    INTO verdier
    FROM unnest(p_kolonner) WITH ORDINALITY AS k (navn, nr)
    CROSS JOIN (VALUES ('e'), ('n')) AS s (side);
    SELECT string_agg(format('CASE WHEN e.%1$I IS DISTINCT FROM n.%1$I THEN %1$L END', k.navn), ', ' ORDER BY k.nr),
        string_agg(format('e.%1$I IS DISTINCT FROM n.%1$I AND NOT coalesce(%2$s, false)', k.navn, CASE
            WHEN f.rolle = 'slutt' THEN format('e.%1$I IS NULL AND n.%1$I > $1', k.navn)
            WHEN f.rolle = 'vet_slutten' THEN format('n.%1$I IS NOT NULL AND (e.%1$I IS NULL%2$s)%3$s', k.navn, CASE
                WHEN v.type = 'logisk' THEN format(' OR NOT e.%I', k.navn)
                WHEN v.type = 'tekst' THEN format(' OR e.%I = ''loper''', k.navn) ELSE '' END,
                CASE WHEN slutt IS NULL THEN ''
                    ELSE format(' AND (e.%1$I IS NULL AND n.%1$I > $1 OR e.%1$I = $1)', slutt) END)
            ELSE 'false' END), ' OR ' ORDER BY k.nr)
    INTO ulik, galt
    FROM unnest(p_kolonner) WITH ORDINALITY AS k (navn, nr)
    JOIN leveranse.variabel AS v ON v.variabel = k.navn
    JOIN leveranse.formvariabel AS f ON f.form = p_form AND f.variabel = k.navn;

    DROP TABLE IF EXISTS pg_temp.sammenligning, pg_temp.sammenlign_alene;
    CREATE TEMPORARY TABLE sammenlign_alene ON COMMIT DROP AS
    SELECT p.lpnr, bool_or(p.eldre) AS eldre
    FROM pg_temp.sammenlign_person AS p
    GROUP BY p.lpnr
    HAVING bool_and(p.eldre) OR NOT bool_or(p.eldre);
    ANALYZE pg_temp.sammenlign_alene;
    EXECUTE format($sporring$
        CREATE TEMPORARY TABLE sammenligning ON COMMIT DROP AS
        SELECT CASE
                WHEN NOT a.eldre AND NOT (p_like AND x.dag > dagen) THEN 'bare_i_nyere'
                WHEN a.eldre AND NOT p_like THEN 'bare_i_eldre'
                ELSE x.slag
            END AS slag, x.lpnr, %1$s, CASE WHEN x.slag IN ('fikk_slutt', 'endret') THEN array_remove(x.kolonner, NULL) END AS kolonner
        FROM (
            SELECT CASE
                    WHEN e.lpnr IS NULL THEN CASE WHEN %2$s > $1 THEN 'ny' ELSE 'kommet_til' END
                    WHEN n.lpnr IS NULL THEN 'borte'
                    WHEN (%3$s) THEN 'uendret'
                    WHEN %4$s THEN 'endret'
                    ELSE 'fikk_slutt'
                END AS slag, coalesce(n.lpnr, e.lpnr) AS lpnr, %5$s, %2$s AS dag,
                CASE WHEN e.lpnr IS NULL OR n.lpnr IS NULL OR (%3$s) THEN NULL ELSE ARRAY[%6$s] END AS kolonner
            FROM (SELECT * FROM pg_temp.sammenlign_eldre AS e WHERE %7$s <= $1) AS e
            FULL JOIN pg_temp.sammenlign_nyere AS n ON (n.lpnr, %8$s) = (e.lpnr, %9$s)
        ) AS x
        LEFT JOIN pg_temp.sammenlign_alene AS a ON a.lpnr = x.lpnr
        CROSS JOIN (SELECT $1 AS dagen, $2 AS p_like) AS g
        $sporring$,
        (SELECT string_agg('x.' || n.navn, ', ') FROM unnest(nokler) AS n (navn)),
        format(dag, 'n'), verdier, galt,
        (SELECT string_agg(format('coalesce(n.%1$s, e.%1$s) AS %1$s', n.navn), ', ') FROM unnest(nokler) AS n (navn)),
        ulik, format(dag, 'e'),
        (SELECT string_agg('n.' || n.navn, ', ') FROM unnest(nokler) AS n (navn)),
        (SELECT string_agg('e.' || n.navn, ', ') FROM unnest(nokler) AS n (navn)))
    USING p_eldre_til, p_like_bestillinger;
    EXECUTE format('GRANT SELECT ON pg_temp.sammenligning TO %I', session_user);
    EXECUTE format('SELECT count(*) FROM pg_temp.sammenlign_eldre AS e WHERE %s > $1', format(dag, 'e'))
    INTO utenfor USING p_eldre_til;
    SELECT jsonb_object_agg(s.slag, jsonb_build_object('rader', s.rader, 'personer', s.personer)) INTO tall
    FROM (
        SELECT s.slag, count(*) AS rader, count(DISTINCT s.lpnr) AS personer FROM pg_temp.sammenligning AS s GROUP BY s.slag
    ) AS s;
    RETURN jsonb_build_object('slag', coalesce(tall, '{}'), 'utenfor', utenfor, 'kolonner', (
        SELECT coalesce(jsonb_object_agg(k.kolonne, k.rader), '{}')
        FROM (
            SELECT k.kolonne, count(*) AS rader
            FROM pg_temp.sammenligning AS s
            CROSS JOIN LATERAL unnest(s.kolonner) AS k (kolonne)
            WHERE s.slag = 'endret'
            GROUP BY k.kolonne
        ) AS k
    ));
END
$$;

COMMENT ON FUNCTION leveranse.sammenlign_tabell(text, text[], date, boolean) IS
    'Compares what the session has copied into sammenlign_eldre and sammenlign_nyere, for a table of that form with these columns, where the older delivery goes to p_eldre_til; p_like_bestillinger: whether both orders ask for the same. Returns counts of rows and persons by kind (slag), of rows by column that changed (kolonner), and of older rows that cannot be compared (utenfor); the rows themselves are in the temporary table sammenligning. Error FD007: two rows have the same key (spec.md 9, comparing deliveries).';
