-- lpnr: the number by which a project knows a person: a letter, then the first 64 bits of a hash of the project's key
-- and the fnr. It depends on nothing else, so that a year that is taken back and loaded again changes nobody's. With a
-- letter in front no program takes one for a number: of hashes alone one in eight hundred looks like one.

CREATE OR REPLACE FUNCTION leveranse_nokkel.lpnr(p_nokkel text, p_fnr text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN 'p' || left(encode(sha256(convert_to(p_nokkel || p_fnr, 'UTF8')), 'hex'), 16);

COMMENT ON FUNCTION leveranse_nokkel.lpnr(text, text) IS
    'The person number (lpnr) of an fnr in a project, by the project''s key (prosjektnokkel): p and 16 hexadecimal digits (spec.md 9, person numbers).';
