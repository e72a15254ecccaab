-- fnr_fra: where a part of fnr_del begins; the next part's beginning is its end.

CREATE OR REPLACE FUNCTION trygdfob.fnr_fra(del integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN del < 8 THEN to_char(4 * del, 'FM00') ELSE ':' END;

COMMENT ON FUNCTION trygdfob.fnr_fra(integer) IS
    'The text at which part del (fnr_del) begins: in code point order each fnr of the part comes at or after it, and before the text of part del + 1.';
