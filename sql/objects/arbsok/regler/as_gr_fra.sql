-- as_gr_fra: the first month in which the main group is NAV's own as_gr (spec.md 2 grkode; the source's 2.2.1).

CREATE OR REPLACE FUNCTION arbsok_lasting.as_gr_fra() RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date '2002-10-01';

COMMENT ON FUNCTION arbsok_lasting.as_gr_fra() IS
    'The first month whose main group is as_gr, and whose files must have as_gr and as_f: October 2002 (spec.md 2).';
