-- miniregister_maaned: the name of the table that holds a month of the miniregister.

CREATE OR REPLACE FUNCTION arbsok_lasting.miniregister_maaned(p_aargang integer, p_maaned integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN format('trygdfob.miniregister_%s_%s', p_aargang, to_char(p_maaned, 'FM00'));

COMMENT ON FUNCTION arbsok_lasting.miniregister_maaned(integer, integer) IS
    'The name of the partition of miniregister for a month.';
