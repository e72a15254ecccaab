-- identifiserer: can this fnr be anybody's? 11 digits, and nothing else (spec.md 2, fnr control, T1).

CREATE OR REPLACE FUNCTION trygdfob.identifiserer(fnr text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN length(fnr) = 11 AND fnr !~ '[^0-9]';

COMMENT ON FUNCTION trygdfob.identifiserer(text) IS
    'Whether an fnr is 11 digits and nothing else; NULL for NULL. Any other fnr identifies nobody, and its record is set aside (spec.md 2, T1).';
