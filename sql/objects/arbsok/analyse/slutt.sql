-- slutt: how a spell or stretch ended: on its last day its stretch, its group spell or its main spell did (spec.md 4).
-- Inlined into the views, so without SET.

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
    'Column sluttet of periode, gruppetilfelle and tilfelle: by the last day of the row, asoktom and tomdato of its record, and the status of what ended it (spec.md 4, T7).';
