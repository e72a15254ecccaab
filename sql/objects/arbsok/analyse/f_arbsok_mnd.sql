-- f_arbsok_mnd: F_ARBSOK record by record, as deliveries have had it: lopenr first, dates as months, numbers YYYYMM.

CREATE OR REPLACE VIEW arbsok.f_arbsok_mnd AS
SELECT f.lopenr,
    f.kode,
    f.hoved,
    arbsok.maaned_som_tall(f.regdato) AS regdato_mnd,
    arbsok.maaned_som_tall(f.tilgdato) AS tilgdato_mnd,
    arbsok.maaned_som_tall(f.avgdato) AS avgdato_mnd,
    arbsok.maaned_som_tall(f.asoktilg) AS asoktilg_mnd,
    arbsok.maaned_som_tall(f.asokavg) AS asokavg_mnd,
    f.hovedarbstat,
    arbsok.maaned_som_tall(f.hovedarbdato) AS hovedarbdato_mnd,
    f.tiltak,
    arbsok.maaned_som_tall(f.tiltakdato) AS tiltakdato_mnd,
    f.ytelse,
    arbsok.maaned_som_tall(f.ytelsedato) AS ytelsedato_mnd,
    arbsok.maaned_som_tall(f.dagdato) AS dagdato_mnd,
    arbsok.maaned_som_tall(f.fdagdato) AS fdagdato_mnd,
    arbsok.maaned_som_tall(f.henddato) AS henddato_mnd,
    f.mrk_sys,
    f.mrk_fnr,
    f.as_f,
    f.as_gr,
    f.status,
    arbsok.maaned_som_tall(f.asoktom) AS asoktom_mnd,
    arbsok.maaned_som_tall(f.tomdato) AS tomdato_mnd,
    arbsok.maaned_som_tall(f.regtom) AS regtom_mnd,
    f.aargang
FROM trygdfob.f_arbsok AS f;

COMMENT ON VIEW arbsok.f_arbsok_mnd IS
    'F_ARBSOK record by record, in the form that older programs expect: løpenummer in the first column, each date as its month, a number YYYYMM, in a column ..._mnd. Months lose what days tell: records of one month cannot be put in order, (lopenr, regdato_mnd, kode) is no key, no number of days can be counted, and tilgdato_mnd = asoktilg_mnd does not single out the openings of main spells, since the group may change in the month of entry. Count main spells as different days of tilgdato, in tilfelle. As in every event file, never count all records as spells. Only closing records have avgdato_mnd and asokavg_mnd: use tomdato_mnd and asoktom_mnd. An empty tomdato_mnd means that the spell still runs: it is right-censored, neither ended nor endless. hoved, tiltak and ytelse hold from regdato to regtom, not for the whole spell. Leave out kode 0 when you ask who is what. For new work use tilfelle for spells, gruppetilfelle for groups, periode for what holds when (spec.md 4; the source''s 3.3 and 5.11).';
