-- begynn_lesing: a delivery reads one state of the register, and here it is decided whether that can be released: so
-- all of it is one transaction, which is told how much memory its statements have. The flat file is the miniregister of
-- any loaded year, and has no day.

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
    -- For the statements of this transaction: a delivery sorts and joins large sets, on one connection, or looks few
    -- persons up, which is cheaper than the planner thinks
    PERFORM set_config('work_mem', format('%sMB', greatest(i.arbeidsminne_mb / 4, 1)), true),
        set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)
    FROM trygdfob.innstilling AS i;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_lesing(date) IS
    'Begins the reading of a delivery of the register as it is released on day p_til, or of what needs no release (empty), in a transaction that is REPEATABLE READ. Error FD007: it is not, or the register cannot be released on that day (spec.md 9, the released form).';
