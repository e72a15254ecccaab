-- tom_raa: empties the table that a month's file is read into. The role that loads may only add to it; emptying it and
-- beginning its line numbers anew take the owner's rights.

CREATE OR REPLACE FUNCTION arbsok_lasting.tom_raa(p_maaned integer) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('TRUNCATE arbsok_lasting.raa_%s RESTART IDENTITY', to_char(p_maaned, 'FM00'));
END
$$;

COMMENT ON FUNCTION arbsok_lasting.tom_raa(integer) IS
    'Empties the partition of raa that a month''s file is read into, and begins its line numbers anew.';
