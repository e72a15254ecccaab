-- krev_begrunnelse: what leaves without a project leaves for a reason, which the log keeps: so it has none of a
-- person's numbers in it (spec.md 9, the log).

CREATE OR REPLACE FUNCTION leveranse.krev_begrunnelse(p_begrunnelse text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_begrunnelse constant text := coalesce(btrim(p_begrunnelse, trygdfob.blanke()), '');
BEGIN
    IF v_begrunnelse = '' THEN
        RAISE EXCEPTION 'What leaves without a project leaves for a reason: --why is empty.'
            USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    ELSIF v_begrunnelse ~ '[0-9]{6}[ .-]?[0-9]{5}' THEN
        RAISE EXCEPTION 'The reason has a number that may be a person''s, and the log has none.'
            USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    END IF;
    RETURN v_begrunnelse;
END
$$;

COMMENT ON FUNCTION leveranse.krev_begrunnelse(text) IS
    'The reason for which something leaves without a project, without blanks around it. Error FD007: it is empty, or has a number that may be a person''s (spec.md 9, the log).';
