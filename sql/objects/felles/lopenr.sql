-- lopenr: the number by which analysts know a person: the first 64 bits of a hash of key and fnr, as text.
-- It depends on nothing else, so that a year that is taken back and loaded again gives everybody the same number.
-- Without the key (table lopenummer_nokkel) nobody can find an fnr by trying all of them. The number is text, since
-- SAS, Stata and R round whole numbers that long.

CREATE OR REPLACE FUNCTION trygdfob.lopenr(p_nokkel text, p_fnr text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN left(encode(sha256(convert_to(p_nokkel || p_fnr, 'UTF8')), 'hex'), 16);

COMMENT ON FUNCTION trygdfob.lopenr(text, text) IS
    'The person number (lopenr) of an fnr under a key (table lopenummer_nokkel): 16 hexadecimal digits. A person''s number never changes in a database; each database has its own key, and so other numbers.';
