-- fnr_fra: where a part of fnr_del begins; the next part's beginning is its end.

CREATE OR REPLACE FUNCTION trygdfob.fnr_fra(del integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN del < 8 THEN to_char(4 * del, 'FM00') ELSE ':' END;

COMMENT ON FUNCTION trygdfob.fnr_fra(integer) IS
    'Every fnr of part del (fnr_del) is from this text on, and before that of del + 1, in code point order.';
