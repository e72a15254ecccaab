-- som_tabell: a value of an order that is to be a table, as one that can be read: what is none has no keys, and is a
-- fault of its own.

CREATE OR REPLACE FUNCTION leveranse.som_tabell(p_verdi jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN jsonb_typeof(p_verdi) = 'object' THEN p_verdi ELSE '{}' END;

COMMENT ON FUNCTION leveranse.som_tabell(jsonb) IS
    'The value where it is a table, else an empty table.';
