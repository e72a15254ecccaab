-- begynn_offisielle: where a file with figures that others have published is copied to: a temporary table of the
-- owner's, all text, with the columns that the table has where it is published (each dimension's is its grouping), and
-- linje, which counts the lines (the header is line 1). It is the owner's, so that what was copied is what is read
-- (ta_inn_offisielle); the session can put rows into it, and nothing else.

CREATE OR REPLACE FUNCTION statistikk.begynn_offisielle(p_tabell text, p_fil text) RETURNS text[]
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    kolonner text[];
BEGIN
    SELECT array_agg(d.gruppering::text ORDER BY d.plass) || '{periode,verdi,symbol}'::text[] INTO kolonner
    FROM statistikk.tabell AS t
    JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
    WHERE t.tabell = p_tabell
    HAVING count(*) > 0;
    IF kolonner IS NULL THEN
        RAISE EXCEPTION '%: statistikk.tabell has no table of that name. A file of figures is named after its table.', p_fil
            USING ERRCODE = 'FD009';
    END IF;
    DROP TABLE IF EXISTS pg_temp.offisielle;
    EXECUTE format('CREATE TEMPORARY TABLE offisielle (%s, linje bigint GENERATED ALWAYS AS IDENTITY (START 2)) ON COMMIT DROP', (
        SELECT string_agg(format('%I text COLLATE "C" NOT NULL', k.navn), ', ' ORDER BY k.nr)
        FROM unnest(kolonner) WITH ORDINALITY AS k (navn, nr)
    ));
    EXECUTE format('GRANT INSERT ON pg_temp.offisielle TO %I', session_user);
    RETURN kolonner;
END
$$;

COMMENT ON FUNCTION statistikk.begynn_offisielle(text, text) IS
    'Makes the temporary table offisielle into which the session copies the figures that others have published of a table, for the rest of the transaction, and returns its columns; ta_inn_offisielle takes them in. p_fil: the file, for a sentence. Error FD009: there is no such table (spec.md 10, controls, V15).';
