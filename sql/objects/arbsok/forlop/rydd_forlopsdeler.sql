-- rydd_forlopsdeler: drops the partitions of forlopsdel that no loaded year needs any more. A load or an unload begins
-- with it, and with what earlier ones have left, not with its own: so a reader whose snapshot is older than that finds
-- what it saw.
-- Dropping a partition locks F_ARBSOK against everybody, and whoever waits for such a lock has all others wait behind
-- him. So it is not waited for: where somebody reads, it is tried again some times, and else left to the next run. DROP
-- also locks the indexes of the whole, which cannot be asked for beforehand: a query that is being planned may hold
-- them while it waits for the table. lock_timeout ends that, long before the server would call it a deadlock.

CREATE OR REPLACE FUNCTION arbsok_lasting.rydd_forlopsdeler() RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '20ms'
AS $$
DECLARE
    forsok constant integer := 20;
    tabeller text[] := (SELECT array_agg(u.tabell) FROM arbsok_lasting.utgaatt_forlopsdel AS u);
    tabell text;
BEGIN
    FOR i IN 1 .. forsok * (tabeller IS NOT NULL)::integer LOOP
        BEGIN
            LOCK TABLE ONLY trygdfob.forlopsdel IN ACCESS EXCLUSIVE MODE NOWAIT;
            FOREACH tabell IN ARRAY tabeller LOOP
                EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', tabell);
                EXECUTE format('DROP TABLE %s', tabell);
            END LOOP;
            RETURN cardinality(tabeller);
        EXCEPTION WHEN lock_not_available THEN
            PERFORM pg_sleep(0.05);
        END;
    END LOOP;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.rydd_forlopsdeler() IS
    'Drops the partitions of forlopsdel that no loaded year needs any more (utgaatt_forlopsdel), where nobody reads F_ARBSOK just then; returns how many. Call it outside a transaction: until its end nobody can read F_ARBSOK.';
