-- lag_regtom: regtom = the last day that a record's values held: the day before the next change in the same group
-- spell, else asoktom; on an exit record regdato. The person's next event says which: it is that change, or the end of
-- the group spell.
-- Original program: lag_regtom.sql (spec.md 4, T12; the source's 5.9.12).

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_regtom(neste_hendelse date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_hendelse, avsluttet);

COMMENT ON FUNCTION arbsok_lasting.lag_regtom(date, date) IS
    'regtom of a record: the day before the person''s next change, or that of the next exit, in the year; else the closing at its end; else missing: the values hold (original lag_regtom.sql; spec.md 4, T12).';
