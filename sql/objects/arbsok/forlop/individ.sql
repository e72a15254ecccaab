-- individ: a registration's presence: was the person registered the last time, and does a spell run (spec.md 3, T11)?

CREATE OR REPLACE FUNCTION arbsok_lasting.individ(
    dagdato date, fdagdato date, hoved varchar, sist_dagdato date, sist_hoved varchar, avsluttet boolean,
    sammensying_dager integer
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN avsluttet THEN 'avsluttet'
    WHEN sist_dagdato IS NULL THEN 'ny'
    WHEN sist_dagdato >= fdagdato THEN 'uten_opphold'
    WHEN '5' IN (sist_hoved, hoved) AND dagdato - sist_dagdato <= sammensying_dager THEN 'uten_opphold_13_uker'
    ELSE 'med_opphold'
END;

COMMENT ON FUNCTION arbsok_lasting.individ(date, date, varchar, date, varchar, boolean, integer) IS
    'The presence of a registration, given the person''s last one before it (NULL where there is none) and whether the last spell is closed: ny, avsluttet, uten_opphold, uten_opphold_13_uker or med_opphold (spec.md 3, T11).';
