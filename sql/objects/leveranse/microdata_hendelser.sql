-- microdata_hendelser: the records of the released form (frigitt_hendelser) that open or change something, and which of
-- the variables of microdata.no each gives a new value (…_ny): the one that is dated from the record's own day. Where a
-- group spell begins, that is all of them.

CREATE OR REPLACE FUNCTION leveranse.microdata_hendelser(p_til date)
RETURNS TABLE (
    lopenr varchar, asoktilg date, asoktom date, regdato date, regtom date,
    hoved varchar, hoved_ny boolean, hovedarbstat varchar, hovedarbstat_ny boolean,
    tiltak varchar, tiltak_ny boolean, ytelse varchar, ytelse_ny boolean
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT f.lopenr, f.asoktilg, f.asoktom, f.regdato, f.regtom,
    f.hoved, f.asoktilg = f.regdato, f.hovedarbstat, f.hovedarbdato = f.regdato,
    f.tiltak, f.tiltakdato = f.regdato, f.ytelse, f.ytelsedato = f.regdato
FROM leveranse.frigitt_hendelser('-infinity', p_til) AS f
WHERE f.kode <> '0';
END;

COMMENT ON FUNCTION leveranse.microdata_hendelser(date) IS
    'The records that open or change something in the register as it is released on day p_til, with the values of hoved, hovedarbstat, tiltak and ytelse, and whether each is dated from the record''s day (..._ny): there a row of its dataset begins (spec.md 9, microdata.no).';
