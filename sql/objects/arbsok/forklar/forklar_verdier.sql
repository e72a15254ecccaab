-- forklar_verdier: the values of a registration or record in one line.

CREATE OR REPLACE FUNCTION arbsok_lasting.forklar_verdier(
    hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar
)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'hoved ' || hoved || ', ' || coalesce(hovedarbstat, '(none)') || ' ' || coalesce(tiltak, '(none)') || ' '
    || coalesce(ytelse, '(none)');

COMMENT ON FUNCTION arbsok_lasting.forklar_verdier(varchar, varchar, varchar, varchar) IS
    'Main group, hovedarbstat, tiltak and ytelse in one line, with (none) for one that is NULL. NULL where there is no registration.';
