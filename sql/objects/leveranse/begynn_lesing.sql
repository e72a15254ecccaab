-- begynn_lesing: a delivery reads one state of the register, and here it is decided whether that can be released and is
-- all there: so all of it is one transaction, which is told how much memory its statements have. The flat file is
-- the miniregister of any loaded year, and has no day.

CREATE OR REPLACE FUNCTION leveranse.begynn_lesing(p_til date) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    hvorfor text := leveranse.hvorfor_ikke_frigitt(p_til);
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'A delivery reads one state of the register.'
            USING ERRCODE = 'FD007', HINT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, and read all of it there.';
    ELSIF hvorfor IS NOT NULL THEN
        RAISE EXCEPTION 'til: %.', hvorfor USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
    -- From here on nobody drops partitions of F_ARBSOK. One that this state of the register has may have gone just
    -- before, where a year was taken back and another load begun since the transaction took its state: then the name is
    -- nobody's, or that of a table which this state does not have yet
    LOCK TABLE trygdfob.forlopsdel IN ACCESS SHARE MODE;
    IF EXISTS (
        SELECT FROM (
            SELECT l.lasting FROM trygdfob.lastet_aargang AS l
            UNION ALL
            SELECT -max(l.lasting) FROM trygdfob.lastet_aargang AS l
        ) AS l
        LEFT JOIN pg_class AS c ON c.oid = to_regclass(arbsok_lasting.forlopstabell(l.lasting))
        WHERE c.oid IS NULL
    ) THEN
        RAISE EXCEPTION 'A year was loaded or taken back in the moment in which the delivery began to read.'
            USING ERRCODE = 'FD007', HINT = 'Nothing is delivered. Run the command again.';
    END IF;
    -- For the statements of this transaction: a delivery sorts and joins large sets, on one connection, or looks few
    -- persons up, which is cheaper than the planner thinks
    PERFORM set_config('work_mem', format('%sMB', greatest(i.arbeidsminne_mb / 4, 1)), true),
        set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)
    FROM trygdfob.innstilling AS i;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_lesing(date) IS
    'Begins the reading of a delivery of the register as it is released on day p_til, or of what needs no release (empty), in a transaction that is REPEATABLE READ. Error FD007: it is not, the register cannot be released on that day, or years come and go at the moment (spec.md 9, the released form).';
