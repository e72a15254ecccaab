-- i_utvalget: whether a person is in a sample of a share of all. It is drawn by a hash of its own, so that it says
-- nothing of the order of person numbers; the same persons come out each time, and a larger share contains a smaller
-- one. It is not STRICT: such a function with OR in it is called for each person, and not put in place of its call.

CREATE OR REPLACE FUNCTION leveranse_nokkel.i_utvalget(p_nokkel text, p_fnr text, p_andel numeric) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN p_andel >= 1 OR substring(sha256(convert_to(p_nokkel || 'utvalg' || p_fnr, 'UTF8')) FOR 6)
    < decode(lpad(to_hex(trunc(p_andel * 281474976710656)::bigint), 12, '0'), 'hex');

COMMENT ON FUNCTION leveranse_nokkel.i_utvalget(text, text, numeric) IS
    'Whether the person is in the project''s sample of this share (0 to 1) of all persons (spec.md 9, populations).';
