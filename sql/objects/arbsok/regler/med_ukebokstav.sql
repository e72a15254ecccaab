-- med_ukebokstav: puts the letter of the weeks since the last registration into the status code of a sewn one (spec.md
-- 3, T6).

CREATE OR REPLACE FUNCTION arbsok_lasting.med_ukebokstav(status varchar, dagdato date, sist_dagdato date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN status LIKE '%a' THEN replace(status, 'a', chr(64 + (dagdato - sist_dagdato + 6) / 7))
    ELSE status
END;

COMMENT ON FUNCTION arbsok_lasting.med_ukebokstav(varchar, date, date) IS
    'A status code of statuskode, with its final a replaced by the letter of the started weeks between two registrations, A = 1 to M = 13. Other codes stay as they are (spec.md 3, T6).';
