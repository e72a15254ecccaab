-- krev_grunn: a reason that a version keeps and its page shows: it is there, and has none of a person's numbers in it.

CREATE OR REPLACE FUNCTION statistikk.krev_grunn(p_grunn text, p_hva text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    grunn constant text := coalesce(btrim(p_grunn, trygdfob.blanke()), '');
BEGIN
    IF grunn = '' THEN
        RAISE EXCEPTION '%: --why says the reason.', p_hva USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    ELSIF grunn ~ '[0-9]{6}[ .-]?[0-9]{5}' THEN
        RAISE EXCEPTION 'The reason has a number that may be a person''s, and it is published.'
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    RETURN grunn;
END
$$;

COMMENT ON FUNCTION statistikk.krev_grunn(text, text) IS
    'The reason p_grunn, without blanks around it; p_hva says what needs one. Error FD009: it is empty, or has a number that may be a person''s (spec.md 10, versions).';
