-- l_arbsok: what the original loaded before each year: the year's miniregister from the start of the series on.
-- Original program: l_arbsok.sas (spec.md 2, start date, and 4; the source's 5.9.1). Here it is a view of the last
-- loaded year, so that nothing has to be emptied or copied.

CREATE OR REPLACE VIEW trygdfob.l_arbsok AS
SELECT fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
    mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang
FROM trygdfob.miniregister
WHERE aargang = (SELECT max(l.aargang) FROM trygdfob.lastet_aargang AS l)
    AND mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i);

COMMENT ON VIEW trygdfob.l_arbsok IS
    'Lastetabellen: the miniregister of the last loaded year, from the start of the series on (original l_arbsok.sas; spec.md 2 and 4; the source''s 5.9.1).';
