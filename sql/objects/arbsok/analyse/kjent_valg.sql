-- kjent_valg: a word, if it is among those that a function knows; an error where it is not.

CREATE OR REPLACE FUNCTION arbsok.kjent_valg(p_valg text, p_kjente text[]) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF p_valg = ANY (p_kjente) THEN
        RETURN p_valg;
    END IF;
    RAISE EXCEPTION 'There is no choice %.', coalesce(quote_literal(p_valg), 'NULL')
        USING ERRCODE = 'FD004', HINT = format('Write one of: %s.', array_to_string(p_kjente, ', '));
END
$$;

COMMENT ON FUNCTION arbsok.kjent_valg(text, text[]) IS
    'p_valg, where it is one of p_kjente. Called for beholdning (p_steg) and varighet (p_nivaa). Error FD004, which names the known ones, for any other word and for none.';
