-- hoved_av_as_gr: the main group of a record from October 2002 on, made from NAV's own as_gr (spec.md 2, hoved).

CREATE OR REPLACE FUNCTION arbsok_lasting.hoved_av_as_gr(as_gr varchar) RETURNS varchar
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE as_gr WHEN '-1' THEN '9' ELSE coalesce(as_gr, '7') END;

COMMENT ON FUNCTION arbsok_lasting.hoved_av_as_gr(varchar) IS
    'The main group of a record from October 2002 on: NAV''s as_gr; blank is 7, -1 is 9 (original grkode.sas; spec.md 2).';
