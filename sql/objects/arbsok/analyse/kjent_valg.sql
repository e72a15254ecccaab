-- kjent_valg: gives a word back if it is one that a function knows, and an error if it is not.

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
    'Gives p_valg back where it is one of p_kjente. It is called for p_steg of beholdning and p_nivaa of varighet. Error FD004, which names the known words, for any other word and for NULL.';
