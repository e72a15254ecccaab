-- dagfeil: what is wrong with a day in an order or a project, if anything: the end of a sentence.

CREATE OR REPLACE FUNCTION leveranse.dagfeil(p_verdi jsonb) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN p_verdi IS NOT NULL AND (jsonb_typeof(p_verdi) <> 'string' OR leveranse.som_dag(p_verdi #>> '{}') IS NULL)
        THEN format('%s is no day: write it as YYYY-MM-DD', p_verdi)
END;

COMMENT ON FUNCTION leveranse.dagfeil(jsonb) IS
    'What is wrong with a day in an order or a project, as the end of a sentence; empty where nothing is, or where none is given.';
