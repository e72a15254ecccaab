-- f_arbsok: F_ARBSOK, the records that count (gjeldende_forlop), in the source's columns.

CREATE OR REPLACE VIEW trygdfob.f_arbsok AS
SELECT d.fnr, d.kode, d.hoved, d.regdato, d.tilgdato, d.avgdato, d.asoktilg, d.asokavg, d.hovedarbstat, d.hovedarbdato,
    d.tiltak, d.tiltakdato, d.ytelse, d.ytelsedato, d.dagdato, d.fdagdato, d.henddato, d.mrk_sys, d.mrk_fnr, d.as_f,
    d.as_gr, d.status, d.asoktom, d.tomdato, d.regtom, d.aargang, d.lopenr
FROM arbsok_lasting.gjeldende_forlop AS d;

COMMENT ON VIEW trygdfob.f_arbsok IS
    'Forløpstabellen: the spells. There is a record when a person comes in, when something changes and when the person goes out, each dated to the day; no news, no record. Key: fnr, regdato, kode; lopenr may stand for fnr, and finds a person at once (table person has the lopenr of an fnr). Main spell: fnr + tilgdato; group spell (one main group, hoved): fnr + asoktilg. Only exit records have avgdato and asokavg: use tomdato, asoktom and regtom. The last loaded year is not final: release up to the end of the year before it. It is a view: the records lie in the partitions of forlopsdel, and the rows of lastet_aargang say which of them count (spec.md 1, 4, 5; the source''s 3.3 and 5.11).';
