-- frigitt_hendelser: the released form of the register on a day: F_ARBSOK's records by that day, with every end that
-- comes after it empty. Whichever later years are loaded, these are the same rows (spec.md 9, the released form). p_fra
-- picks the group spells that reach it or go on after it, whole: their records lie by each other in time.

CREATE OR REPLACE FUNCTION leveranse.frigitt_hendelser(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, kode varchar, hoved varchar, regdato date, tilgdato date, avgdato date, asoktilg date, asokavg date,
    hovedarbstat varchar, hovedarbdato date, tiltak varchar, tiltakdato date, ytelse varchar, ytelsedato date,
    regtom date, asoktom date, tomdato date, dagdato date, fdagdato date, henddato date, mrk_sys varchar,
    mrk_fnr varchar, as_f varchar, as_gr varchar, status varchar, aargang integer
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT f.lopenr, f.kode, f.hoved, f.regdato, f.tilgdato, f.avgdato, f.asoktilg, f.asokavg,
    f.hovedarbstat, f.hovedarbdato, f.tiltak, f.tiltakdato, f.ytelse, f.ytelsedato,
    CASE WHEN f.regtom <= p_til THEN f.regtom END,
    CASE WHEN f.asoktom <= p_til THEN f.asoktom END,
    CASE WHEN f.tomdato <= p_til THEN f.tomdato END,
    f.dagdato, f.fdagdato, f.henddato, f.mrk_sys, f.mrk_fnr, f.as_f, f.as_gr, f.status, f.aargang
FROM arbsok_lasting.gjeldende_forlop AS f
WHERE f.regdato <= p_til AND (f.asoktom >= p_fra OR f.asoktom IS NULL);
END;

COMMENT ON FUNCTION leveranse.frigitt_hendelser(date, date) IS
    'The records of F_ARBSOK as they are released on day p_til: those with regdato by then, each end after it empty; those of the group spells that touch p_fra or a later day (spec.md 9, the released form).';
