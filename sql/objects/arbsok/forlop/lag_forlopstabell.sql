-- lag_forlopstabell: makes the table of a load that becomes a partition of forlopsdel.

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_forlopstabell(p_lasting integer) RETURNS text
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tabell text := arbsok_lasting.forlopstabell(p_lasting);
BEGIN
    -- With the condition that it says of itself, ATTACH need not read it; nor wait for autovacuum, which comes to it
    -- when it is attached
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.forlopsdel INCLUDING CONSTRAINTS INCLUDING COMMENTS,'
        ' CONSTRAINT forlopsdel_lasting CHECK (lasting = %s)) WITH (autovacuum_enabled = off)', tabell, p_lasting);
    EXECUTE format('COMMENT ON TABLE %s IS %L', tabell,
        format('F_ARBSOK: the records of the spells that %s the load of %s.',
            CASE WHEN p_lasting < 0 THEN 'ran at the end of' ELSE 'were ended by' END, abs(p_lasting) / 100));
    RETURN tabell;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.lag_forlopstabell(integer) IS
    'Makes the empty table for a load''s records of F_ARBSOK: of the spells that it ended, or, with a negative number, of those that run at its end; returns its name.';
