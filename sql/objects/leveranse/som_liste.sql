-- som_liste: a value of an order that is to be a list, as one that can be read: what is none has no elements, and is a
-- fault of its own.

CREATE OR REPLACE FUNCTION leveranse.som_liste(p_verdi jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN jsonb_typeof(p_verdi) = 'array' THEN p_verdi ELSE '[]' END;

COMMENT ON FUNCTION leveranse.som_liste(jsonb) IS
    'The value where it is a list, else an empty list.';
