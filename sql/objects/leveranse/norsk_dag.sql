-- norsk_dag: the day on which a moment falls in Norway. Projects have days until which they hold, and a delivery has
-- its date: neither may depend on a session's time zone.

CREATE OR REPLACE FUNCTION leveranse.norsk_dag(p_tid timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (p_tid AT TIME ZONE 'Europe/Oslo')::date;

COMMENT ON FUNCTION leveranse.norsk_dag(timestamptz) IS
    'The day on which a moment falls in Norway, whatever the session''s time zone is.';
