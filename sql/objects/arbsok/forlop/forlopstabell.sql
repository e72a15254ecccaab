-- forlopstabell: what the partitions of forlopsdel are called.

CREATE OR REPLACE FUNCTION arbsok_lasting.forlopstabell(p_lasting integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN format('trygdfob.%s_%s', CASE WHEN p_lasting < 0 THEN 'lopende' ELSE 'forlop' END,
    to_char(abs(p_lasting), 'FM0000"_"00'));

COMMENT ON FUNCTION arbsok_lasting.forlopstabell(integer) IS
    'The name of the partition of forlopsdel for a load: forlop_YYYY_NN for the spells that it ended, lopende_YYYY_NN (a negative number) for those that run at its end.';
