-- f_arbsok_tall: F_ARBSOK record by record, as deliveries have had it: lopenr first, dates as numbers YYYYMMDD.
-- It is for SAS and Stata programs that exist already. A condition on lopenr can use F_ARBSOK's key, one on such a
-- number cannot.

CREATE OR REPLACE VIEW arbsok.f_arbsok_tall AS
SELECT f.lopenr,
    f.kode,
    f.hoved,
    arbsok.dato_som_tall(f.regdato) AS regdato,
    arbsok.dato_som_tall(f.tilgdato) AS tilgdato,
    arbsok.dato_som_tall(f.avgdato) AS avgdato,
    arbsok.dato_som_tall(f.asoktilg) AS asoktilg,
    arbsok.dato_som_tall(f.asokavg) AS asokavg,
    f.hovedarbstat,
    arbsok.dato_som_tall(f.hovedarbdato) AS hovedarbdato,
    f.tiltak,
    arbsok.dato_som_tall(f.tiltakdato) AS tiltakdato,
    f.ytelse,
    arbsok.dato_som_tall(f.ytelsedato) AS ytelsedato,
    arbsok.dato_som_tall(f.dagdato) AS dagdato,
    arbsok.dato_som_tall(f.fdagdato) AS fdagdato,
    arbsok.dato_som_tall(f.henddato) AS henddato,
    f.mrk_sys,
    f.mrk_fnr,
    f.as_f,
    f.as_gr,
    f.status,
    arbsok.dato_som_tall(f.asoktom) AS asoktom,
    arbsok.dato_som_tall(f.tomdato) AS tomdato,
    arbsok.dato_som_tall(f.regtom) AS regtom,
    f.aargang
FROM trygdfob.f_arbsok AS f;

COMMENT ON VIEW arbsok.f_arbsok_tall IS
    'F_ARBSOK record by record, in the form that older programs expect: løpenummer in the first column, dates as numbers YYYYMMDD, which must not be subtracted. It is an event file: a spell has a record for its opening, one for each change, one for its closing, and an exit and an entry for each change of group. So count main spells on kode 1, 3 and 9 with tilgdato = asoktilg, never all records. Only closing records have avgdato and asokavg: use tomdato and asoktom. An empty tomdato means that the spell still runs: it is right-censored, neither ended nor endless. hoved, tiltak and ytelse hold from regdato to regtom, not for the whole spell. Leave out kode 0 when you ask who is what. For new work use tilfelle for spells, gruppetilfelle for groups, periode for what holds when (spec.md 4; the source''s 3.3 and 5.11).';
