-- mottakstabell: a table into which the session copies what has yet to be checked, until the transaction ends. It is
-- the owner's, whose function calls this: so what was copied is what is read (er_eiers), and the session can put rows
-- into it and nothing else.

CREATE OR REPLACE FUNCTION trygdfob.mottakstabell(p_tabell text, p_kolonner text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', p_tabell);
    EXECUTE format('CREATE TEMPORARY TABLE %I (%s) ON COMMIT DROP', p_tabell, p_kolonner);
    EXECUTE format('GRANT INSERT ON pg_temp.%I TO %I', p_tabell, session_user);
END
$$;

COMMENT ON FUNCTION trygdfob.mottakstabell(text, text) IS
    'Makes a temporary table with these columns, for the rest of the transaction, in the place of one of that name; the session may put rows into it.';
