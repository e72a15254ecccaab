-- blanke: the characters that count as blank around a text field: space, tab, line ends, no-break space.

CREATE OR REPLACE FUNCTION trygdfob.blanke() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN E' \t\n\v\f\r\u00A0';

COMMENT ON FUNCTION trygdfob.blanke() IS
    'The characters that are trimmed from both ends of every text field of a month file (spec.md 2, the status code).';
