-- lag_tomdato: tomdato = avgdato of the main spell, on all its records: the first exit from the record on.
-- Original program: lag_tomdato.sql (spec.md 4; the source's 5.9.13).

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_tomdato(neste_avgang date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_avgang, avsluttet);

COMMENT ON FUNCTION arbsok_lasting.lag_tomdato(date, date) IS
    'tomdato of a record: the spell''s exit in the year, else its closing at the year''s end, else missing: it runs (original lag_tomdato.sql; spec.md 4).';
