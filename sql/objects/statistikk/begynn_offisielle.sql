-- begynn_offisielle: where a file with figures that others have published is copied to: a table with the columns that
-- the table of statistics has where it is published (each dimension's is its grouping).

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
    PERFORM trygdfob.mottakstabell('offisielle', trygdfob.tekstkolonner(kolonner));
    RETURN kolonner;
END
$$;

COMMENT ON FUNCTION statistikk.begynn_offisielle(text, text) IS
    'Makes the temporary table offisielle into which the session copies the figures that others have published of a table, for the rest of the transaction, and returns its columns; ta_inn_offisielle takes them in. p_fil: the file, for a sentence. Error FD009: there is no such table (spec.md 10, controls, V15).';
