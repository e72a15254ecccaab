-- lag_tomdato: tomdato is the avgdato of the main spell, on all its records: that of the first exit from the record on.
-- Original program: lag_tomdato.sql (spec.md 4; the source's 5.9.13).

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_tomdato(neste_avgang date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_avgang, avsluttet);

COMMENT ON FUNCTION arbsok_lasting.lag_tomdato(date, date) IS
    'tomdato of a record: the spell''s exit in the year, or else its closing at the year''s end; missing where it runs on (original lag_tomdato.sql; spec.md 4).';
