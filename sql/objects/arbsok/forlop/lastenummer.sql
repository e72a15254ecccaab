-- lastenummer: the number of a year's load: the year, and which of its loads it is. It is the second digits that tell a
-- year that is loaded again from what its load before has left: that may be there still, where somebody was reading.

CREATE OR REPLACE FUNCTION arbsok_lasting.lastenummer(p_aargang integer) RETURNS integer
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT max(replace(substr(c.relname::text, length('forlop_') + 1), '_', '')::integer)
    FROM pg_class AS c
    WHERE c.relnamespace = 'trygdfob'::regnamespace AND c.relkind = 'r'
        AND c.relname ~ format('^forlop_%s_[0-9]{2}$', p_aargang);
END;

COMMENT ON FUNCTION arbsok_lasting.lastenummer(integer) IS
    'The number (lastet_aargang.lasting, forlopsdel.lasting) of the year''s newest load that has tables: the year, and two digits that count its loads; NULL where there is none.';
