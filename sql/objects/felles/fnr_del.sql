-- fnr_del: which of eight parts a person belongs to, so that several connections can work side by side.
-- Each part is a range of fnr, as the original took one (the source's 5.9.3): four days of birth, and in the last part
-- whatever comes after them, D-numbers too.

CREATE OR REPLACE FUNCTION trygdfob.fnr_del(fnr varchar) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(left(fnr, 2)::integer / 4, 7);

COMMENT ON FUNCTION trygdfob.fnr_del(varchar) IS
    'The part of the persons, 0 to 7, that an fnr belongs to. Its first two digits decide: four of their values make a part, and all from 28 on are part 7. Parts can be worked on side by side, since no statement of a load joins records of two persons.';
