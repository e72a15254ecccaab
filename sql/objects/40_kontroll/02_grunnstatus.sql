-- grunnstatus: the row of statuskode that a status in F_ARBSOK or VRAK_ARBSOK comes from: week letters folded to 'a'.

CREATE OR REPLACE FUNCTION trygdfob.grunnstatus(status varchar) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN status LIKE 'Y____%' THEN left(status, 5) || 'a' ELSE status END;

COMMENT ON FUNCTION trygdfob.grunnstatus(varchar) IS
    'A status of F_ARBSOK or VRAK_ARBSOK as it stands in statuskode: the letter of the weeks between two registrations as a. X codes (closing at a year''s end) stand there with no row (SPEC.md 3, T6).';
