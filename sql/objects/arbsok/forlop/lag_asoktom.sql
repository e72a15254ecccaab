-- lag_asoktom: asoktom is the asokavg of the group spell, on all its records: that of the first group or main exit from
-- the record on. Original program: lag_asoktom.sql (spec.md 4; the source's 5.9.14).

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_asoktom(neste_gruppeavgang date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_gruppeavgang, avsluttet);

COMMENT ON FUNCTION arbsok_lasting.lag_asoktom(date, date) IS
    'asoktom of a record: the group spell''s exit in the year, or else its closing at the year''s end; missing where it runs on (original lag_asoktom.sql; spec.md 4).';
