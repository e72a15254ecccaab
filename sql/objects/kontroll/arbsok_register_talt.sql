-- arbsok_register_talt: a year's miniregister counted, for the controls of its files, its sums and its run log. The
-- sums that it is held against are counted elsewhere (miniregister_opptelt), and in more detail.

CREATE OR REPLACE FUNCTION kontroll.arbsok_register_talt(p_aargang integer)
RETURNS TABLE (mnddato date, hoved varchar, mrk_fnr varchar, mrk_dl integer, antall bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT m.mnddato, m.hoved, m.mrk_fnr, m.mrk_dl, count(*)
    FROM trygdfob.miniregister AS m
    WHERE m.aargang = p_aargang
    GROUP BY m.mnddato, m.hoved, m.mrk_fnr, m.mrk_dl;
END;

COMMENT ON FUNCTION kontroll.arbsok_register_talt(integer) IS
    'Number of records in a year''s miniregister by month, main group and marks, for the controls of the year as a whole (spec.md 6).';
