-- forlop_fra: the records of F_ARBSOK that a year's load or a later one has written, as they stand now: those of every
-- spell that the year or a later one met, and of the spells that run. For the last loaded year they lie in the two
-- partitions that its load made, and nothing else is read.

CREATE OR REPLACE FUNCTION arbsok_lasting.forlop_fra(p_aargang integer)
RETURNS SETOF trygdfob.f_arbsok
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.fnr, d.kode, d.hoved, d.regdato, d.tilgdato, d.avgdato, d.asoktilg, d.asokavg, d.hovedarbstat,
        d.hovedarbdato, d.tiltak, d.tiltakdato, d.ytelse, d.ytelsedato, d.dagdato, d.fdagdato, d.henddato, d.mrk_sys,
        d.mrk_fnr, d.as_f, d.as_gr, d.status, d.asoktom, d.tomdato, d.regtom, d.aargang, d.lopenr
    FROM trygdfob.forlopsdel AS d
    WHERE (
            d.lasting >= (SELECT e.lasting FROM trygdfob.lastet_aargang AS e WHERE e.aargang = p_aargang)
            AND d.lasting <= (SELECT max(l.lasting) FROM trygdfob.lastet_aargang AS l)
        )
        OR d.lasting = (SELECT -max(l.lasting) FROM trygdfob.lastet_aargang AS l);
END;

COMMENT ON FUNCTION arbsok_lasting.forlop_fra(integer) IS
    'The records of F_ARBSOK, as they stand now, of every spell that the load of year p_aargang or a later one met, and of the spells that run: all records with that aargang, and all others of their spells, are among them.';
