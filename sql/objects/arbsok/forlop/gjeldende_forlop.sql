-- gjeldende_forlop: the records of F_ARBSOK, with the load that wrote each (lasting). They lie in the partitions of
-- forlopsdel, two for each load: those of the spells that it ended, and those of the spells that run at its end, which
-- the next load writes anew. What counts is said by the rows of lastet_aargang: of the first kind those of all years,
-- of the second those of the last one. So a year comes and goes with its row, as readers' snapshots see rows, and no
-- table is locked for it (docs/decisions/0009-a-year-beside.md). The planner leaves out, when a query begins, the
-- partitions that do not count.
-- A main spell lies whole in one partition. Whoever joins records of one spell says so (lasting): then the planner sees
-- that at most one matches, leaves out joins that nobody asks for, and looks in one partition.

CREATE OR REPLACE VIEW arbsok_lasting.gjeldende_forlop AS
SELECT d.fnr, d.kode, d.hoved, d.regdato, d.tilgdato, d.avgdato, d.asoktilg, d.asokavg, d.hovedarbstat, d.hovedarbdato,
    d.tiltak, d.tiltakdato, d.ytelse, d.ytelsedato, d.dagdato, d.fdagdato, d.henddato, d.mrk_sys, d.mrk_fnr, d.as_f,
    d.as_gr, d.status, d.asoktom, d.tomdato, d.regtom, d.aargang, d.lopenr, d.lasting
FROM trygdfob.forlopsdel AS d
WHERE (d.lasting > 0 AND d.lasting <= (SELECT max(l.lasting) FROM trygdfob.lastet_aargang AS l))
    OR d.lasting = (SELECT -max(l.lasting) FROM trygdfob.lastet_aargang AS l);

COMMENT ON VIEW arbsok_lasting.gjeldende_forlop IS
    'The records of F_ARBSOK (view f_arbsok), each with the load that wrote it last (lasting), by which the records of a main spell lie together.';
