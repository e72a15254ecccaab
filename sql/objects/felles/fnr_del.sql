-- fnr_del: which of eight parts a person belongs to, so that several connections can work side by side.
-- The original took a range of fnr, from and to (the source's 5.9.3): these are such ranges, four days of birth each.

CREATE OR REPLACE FUNCTION trygdfob.fnr_del(fnr varchar) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(left(fnr, 2)::integer / 4, 7);

COMMENT ON FUNCTION trygdfob.fnr_del(varchar) IS
    'The part, 0 to 7, that a person''s records are worked on in: by the fnr''s first two digits, four to a part, 7 from 28 on. No statement of a load joins records of two persons.';
