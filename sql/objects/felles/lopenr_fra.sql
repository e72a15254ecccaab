-- lopenr_fra: where a range of lopenr begins, of four that hold as many persons each; the next one's beginning is its
-- end. F_ARBSOK lies in the order of lopenr, so that whoever takes such a range reads its own records and no others.

CREATE OR REPLACE FUNCTION trygdfob.lopenr_fra(del integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE del WHEN 0 THEN '' WHEN 4 THEN repeat('z', 17) ELSE to_hex(4 * del) END;

COMMENT ON FUNCTION trygdfob.lopenr_fra(integer) IS
    'The text at which range del (0 to 3) of lopenr begins: each lopenr of the range comes at or after it, and before the text of del + 1. A lopenr is a hash, so that each range has a quarter of the persons.';
