-- slutt: how a spell or stretch ended: with its last day the main spell, the group spell or only the stretch ended
-- (spec.md 4). It has no SET, so that PostgreSQL can put it in place of its call in the views.

CREATE OR REPLACE FUNCTION arbsok.slutt(p_tom date, p_asoktom date, p_tomdato date, p_status_ut text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN p_tom IS NULL THEN 'loper'
    WHEN coalesce(p_tom < p_asoktom, true) THEN 'endring'
    WHEN coalesce(p_asoktom < p_tomdato, true) THEN 'gruppeovergang'
    WHEN substr(p_status_ut, 2, 1) = 'X' THEN 'avsluttet_13_uker'
    ELSE 'avgang'
END;

COMMENT ON FUNCTION arbsok.slutt(date, date, date, text) IS
    'Gives column sluttet of periode, gruppetilfelle and tilfelle, from the last day of the row, asoktom and tomdato of its record, and the status of what ended it (spec.md 4, T7).';
