-- som_dag: the day that a text names as YYYY-MM-DD, if it names one; orders come as text.

CREATE OR REPLACE FUNCTION leveranse.som_dag(p_tekst text) RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    IF p_tekst !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
        RETURN NULL;
    END IF;
    RETURN p_tekst::date;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION leveranse.som_dag(text) IS
    'The day that a text YYYY-MM-DD names; empty where it names none.';
