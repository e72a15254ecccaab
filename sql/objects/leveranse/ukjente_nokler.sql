-- ukjente_nokler: keys of an order or a project that nobody knows: more likely a slip than a wish.

CREATE OR REPLACE FUNCTION leveranse.ukjente_nokler(p_hvor text, p_innhold jsonb, p_kjente text[])
RETURNS TABLE (nokkel text, feil text)
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
SELECT p_hvor || n.nokkel, 'is no key here; there are ' || array_to_string(p_kjente, ', ')
FROM jsonb_object_keys(leveranse.som_tabell(p_innhold)) AS n (nokkel)
WHERE NOT n.nokkel = ANY(p_kjente);
END;

COMMENT ON FUNCTION leveranse.ukjente_nokler(text, jsonb, text[]) IS
    'The keys of a part of an order or a project that are none of p_kjente, each with a sentence; p_hvor stands before each key.';
