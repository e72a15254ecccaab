-- lag_regtom: regtom is the last day on which a record's values held: the day before the next change in the same group
-- spell, else asoktom; on an exit record it is regdato. The person's next event decides: it is that change, or the end
-- of the group spell. Original program: lag_regtom.sql (spec.md 4, T12; the source's 5.9.12).

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_regtom(neste_hendelse date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_hendelse, avsluttet);

COMMENT ON FUNCTION arbsok_lasting.lag_regtom(date, date) IS
    'regtom of a record: the day before the person''s next change in the year, or the day of the next exit; or else the closing at the year''s end; missing where the values still hold (original lag_regtom.sql; spec.md 4, T12).';
