-- lopenr_fra: where a range of person numbers begins, so that several connections can work side by side on what lies in
-- the order of the numbers. Unlike parts of fnr (fnr_fra), ranges of numbers say nothing about the persons in them.

CREATE OR REPLACE FUNCTION trygdfob.lopenr_fra(p_nummer integer, p_av integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_nummer < p_av THEN to_hex(16 * p_nummer / p_av) ELSE 'g' END;

COMMENT ON FUNCTION trygdfob.lopenr_fra(integer, integer) IS
    'The text at which range p_nummer (from 0 on) begins, where the person numbers (lopenr) are parted into p_av ranges of one size (1, 2, 4, 8 or 16): each number of the range comes at or after it, and before the text of range p_nummer + 1.';
