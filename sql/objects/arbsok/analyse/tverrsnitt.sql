-- tverrsnitt: everybody who is registered on a day, with their state on it (spec.md 5).
-- It has no SET, is STABLE and no more than a query over periode: so PostgreSQL puts it in place of its call, the
-- caller's conditions reach F_ARBSOK, and what the caller does not select is not read. The functions after it do the
-- same.
-- It has coalesce, since a comparison with NULL would let the planner answer without asking kan_besvares.
-- The parameters are timestamps, since PostgreSQL turns a date or a text into a timestamp by itself, but not the other
-- way: so one function takes all three, and a constant stays one. (Beside a second function for timestamps '2003-12-31'
-- would choose neither; with timestamptz it would depend on the session's time zone.) It is parsed once, as it is
-- installed (BEGIN ATOMIC), so that nothing that stands first in the caller's search_path, such as an operator, is ever
-- used.

CREATE OR REPLACE FUNCTION arbsok.tverrsnitt(p_dato timestamp)
RETURNS TABLE (
    lopenr varchar, dato date, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar,
    tilgdato date, asoktilg date, regdato date,
    dager_i_tilfelle integer, dager_i_gruppetilfelle integer, dager_i_periode integer,
    mrk_fnr varchar, status_inn varchar, endelig boolean
)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT p.lopenr, p_dato::date, p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    p.tilgdato, p.asoktilg, p.regdato,
    p_dato::date - p.tilgdato + 1, p_dato::date - p.asoktilg + 1, p_dato::date - p.regdato + 1,
    p.mrk_fnr, p.status_inn, p_dato::date <= p.endelig_til
FROM arbsok.periode AS p
WHERE p.regdato <= coalesce(p_dato::date, '-infinity')
    AND (p.regtom >= coalesce(p_dato::date, '-infinity') OR p.regtom IS NULL)
    AND (SELECT arbsok.kan_besvares('tverrsnitt', p_dato, p_dato));
END;

COMMENT ON FUNCTION arbsok.tverrsnitt(timestamp) IS
    'Everybody registered on a day, one row a person, with the state that held on it. p_dato: the day, a date or a timestamp without a time of day. '
    'lopenr: the person. dato: the day asked for. hoved, hovedarbstat, tiltak, ytelse: the state. '
    'tilgdato, asoktilg, regdato: first day of the main spell, of the group spell and of the stretch in which nothing changed (view periode). '
    'dager_i_tilfelle, dager_i_gruppetilfelle, dager_i_periode: days from these up to and including dato; too few where the spell is left-censored (begynte in tilfelle, gruppetilfelle, periode). '
    'mrk_fnr: kind of fødselsnummer. status_inn: status code of the record that began the stretch. '
    'endelig: whether dato is in the part of the register that no later load changes. '
    'Exits are dated the last extraction that had the person: on other days than those of the view uttrekksdato the number of persons is too low (docs/analyst.md). '
    'A running spell counts up to the last extraction. NOTICE: dato is no extraction date or not final yet, or there are no rows since it is before the series or after the last extraction. The same as rows: forbehold. Error FD004: no date, or one with a time (spec.md 4 and 5; the source''s 3.3).';
