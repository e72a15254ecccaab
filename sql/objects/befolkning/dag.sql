-- dag: a day that was read from a text, where the text writes it YYYY-MM-DD and in no other way that PostgreSQL takes,
-- too. It is given both, so that a text is read once; whoever has another text gets an error (fyll_register).

CREATE OR REPLACE FUNCTION befolkning.dag(p_lest date, p_tekst text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN p_lest IS NULL THEN NULL
    WHEN p_lest::text = p_tekst AND length(p_tekst) = 10 THEN p_lest
    ELSE (p_tekst || ' is no day')::date
END;

COMMENT ON FUNCTION befolkning.dag(date, text) IS
    'The day that was read from a text, where DateStyle is ISO and the text is YYYY-MM-DD; empty for an empty one. An error for any other text.';
