-- uten_ukebokstav: a record's status code as the rule table has it, with an a for the letter of the weeks (spec.md 3,
-- T6).

CREATE OR REPLACE FUNCTION arbsok.uten_ukebokstav(status varchar) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN status LIKE 'YK%' OR status LIKE 'YI%' THEN left(status, 5) || 'a' ELSE status END;

COMMENT ON FUNCTION arbsok.uten_ukebokstav(varchar) IS
    'A record''s status code as table statuskode has it, with an a where a Y code has the letter of the weeks (A to M). Other codes, X codes too, stay as they are (spec.md 3, T6).';
