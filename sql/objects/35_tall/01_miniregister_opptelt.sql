-- miniregister_opptelt: a year's miniregister counted by month and combination of codes (SPEC.md 6).

CREATE OR REPLACE FUNCTION trygdfob.miniregister_opptelt(p_aargang integer)
RETURNS SETOF trygdfob.miniregister_tall
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p_aargang, m.mnddato, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.as_gr, m.mrk_fnr, m.mrk_dl, count(*)
    FROM trygdfob.miniregister AS m
    WHERE m.aargang = p_aargang
    GROUP BY m.mnddato, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.as_gr, m.mrk_fnr, m.mrk_dl;
END;

COMMENT ON FUNCTION trygdfob.miniregister_opptelt(integer) IS
    'The rows that miniregister_tall must have for a loaded year, counted anew (SPEC.md 6).';
