-- kan_besvares: whether the register knows any day of a range; what it does not know it says in a NOTICE (SPEC.md 5).
-- The functions that follow ask it once, as WHERE (SELECT trygdfob.kan_besvares(…)): a subquery that depends on no row
-- is run once a query, before anything else and by no worker (PARALLEL RESTRICTED), so there is one NOTICE of a kind
-- and the rows may be read in parallel; and the caller's own dates stay constants, from which the planner can estimate.
-- SET: dates in sentences are ISO whatever the client's style.

CREATE OR REPLACE FUNCTION trygdfob.kan_besvares(p_fra date, p_til date) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    e record;
BEGIN
    IF p_fra IS NULL OR p_til IS NULL THEN
        RAISE EXCEPTION 'A date is missing.'
            USING ERRCODE = 'FD004', HINT = 'Give every date, as ''YYYY-MM-DD''; in a range ''-infinity'' and ''infinity'' stand for the first and the last day known.';
    ELSIF p_fra > p_til THEN
        RAISE EXCEPTION 'The range begins on %, after its end, %.', p_fra, p_til
            USING ERRCODE = 'FD004', HINT = 'Give the first day first. Both days are in the range.';
    END IF;
    IF p_fra = p_til AND NOT isfinite(p_fra) THEN
        RAISE EXCEPTION '% is no day.', p_fra USING ERRCODE = 'FD004', HINT = 'Give a date, as ''YYYY-MM-DD''.';
    END IF;
    SELECT * INTO STRICT e FROM trygdfob.endelighet;
    IF e.siste_dagdato IS NULL THEN
        RAISE NOTICE 'No year is loaded: the register knows nothing.';
        RETURN false;
    END IF;
    -- An end that is left open is no question about the days that are not known
    IF p_fra < e.serie_start AND p_fra <> '-infinity' THEN
        RAISE NOTICE '% is before %, where the series starts: days before that are left out.', p_fra, e.serie_start;
    END IF;
    IF p_til > e.endelig_til AND p_fra <= e.siste_dagdato THEN
        RAISE NOTICE '% is after %, up to which the register is final: what it says of days after that may be changed by the next year''s load.',
            CASE p_til WHEN 'infinity' THEN e.siste_dagdato ELSE p_til END, e.endelig_til;
    END IF;
    IF p_til > e.siste_dagdato AND p_til <> 'infinity' THEN
        RAISE NOTICE '% is after %, the last extraction: nothing is known of days after that, and they are left out.',
            p_til, e.siste_dagdato;
    END IF;
    RETURN p_fra <= e.siste_dagdato AND p_til >= e.serie_start;
END
$$;

COMMENT ON FUNCTION trygdfob.kan_besvares(date, date) IS
    'Whether the register knows any day from p_fra to p_til, inclusive. Called by tverrsnitt, beholdning, strom, manedspanel and varighet. NOTICE: the range goes past the date up to which the register is final, past the last extraction, or begins before the series (view endelighet). Error FD004: a date is missing, p_fra is after p_til, or both are infinity (SPEC.md 5).';
