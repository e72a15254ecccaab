-- er_heltall: whether a value of an order is a whole number of a range, and not a text that looks like one.

CREATE OR REPLACE FUNCTION leveranse.er_heltall(p_verdi jsonb, p_fra integer, p_til integer) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN coalesce(jsonb_typeof(p_verdi) <> 'number', true) THEN false
    ELSE (p_verdi #>> '{}')::numeric BETWEEN p_fra AND p_til AND p_verdi #>> '{}' ~ '^-?[0-9]+$'
END;

COMMENT ON FUNCTION leveranse.er_heltall(jsonb, integer, integer) IS
    'Whether a value of an order is a whole number from p_fra to p_til.';
