-- tall_i_as_stat: does a status code hold six or more digits in a row? (spec.md 2, T13)
-- No code does; a fødselsnummer or a date in the wrong column does, and analysts read what stands in as_stat.

CREATE OR REPLACE FUNCTION arbsok_lasting.tall_i_as_stat(as_stat text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN as_stat ~ '[0-9]{6}';

COMMENT ON FUNCTION arbsok_lasting.tall_i_as_stat(text) IS
    'Whether an as_stat has six or more digits in a row, as no status code has and a fødselsnummer in the wrong column has: its record is set aside (spec.md 2, T13).';
