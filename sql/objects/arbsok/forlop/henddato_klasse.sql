-- henddato_klasse: the class of a registration's henddato, the first one that fits (spec.md 3, T3, T4).

CREATE OR REPLACE FUNCTION arbsok_lasting.henddato_klasse(
    henddato date, dagdato date, fdagdato date, sist_henddato date
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN arbsok_lasting.henddato_uendret(henddato, sist_henddato) THEN 'uendret'
    WHEN henddato IS NULL OR henddato > dagdato THEN 'uoppgitt_eller_etter_dagdato'
    WHEN henddato <= fdagdato THEN 'ikke_etter_fdagdato'
    WHEN henddato = fdagdato + 1 THEN 'endret_dagen_etter_fdagdato'
    ELSE 'endret'
END;

COMMENT ON FUNCTION arbsok_lasting.henddato_klasse(date, date, date, date) IS
    'The class of a registration''s henddato in a running spell, given the extraction date, the one before, and the last registration''s henddato: uendret, uoppgitt_eller_etter_dagdato, ikke_etter_fdagdato, endret_dagen_etter_fdagdato or endret (spec.md 3, T3, T4).';
