-- miniregister_opptelt: a year's miniregister counted by month and combination of codes (spec.md 6).

CREATE OR REPLACE FUNCTION arbsok_lasting.miniregister_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.miniregister_tall
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p_aargang, m.mnddato, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.as_gr, m.mrk_fnr, m.mrk_dl, count(*)
    FROM trygdfob.miniregister AS m
    WHERE m.aargang = p_aargang
    GROUP BY m.mnddato, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.as_gr, m.mrk_fnr, m.mrk_dl;
END;

COMMENT ON FUNCTION arbsok_lasting.miniregister_opptelt(integer) IS
    'The rows that miniregister_tall must have for a loaded year, counted anew (spec.md 6).';
