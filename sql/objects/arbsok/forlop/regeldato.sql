-- regeldato: the date that the rule table names (statuskode.avgang_dato, tilgang_dato), worked out for a registration.

CREATE OR REPLACE FUNCTION arbsok_lasting.regeldato(
    regel varchar, dagdato date, fdagdato date, henddato date, sist_dagdato date, serie_start date
) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE regel
    WHEN 'henddato' THEN arbsok_lasting.effektiv_henddato(henddato, dagdato)
    WHEN 'henddato-1' THEN arbsok_lasting.effektiv_henddato(henddato, dagdato) - 1
    WHEN 'fdagdato' THEN fdagdato
    WHEN 'fdagdato+1' THEN fdagdato + 1
    WHEN 'dagdato' THEN dagdato
    WHEN 'dagdato-1' THEN dagdato - 1
    WHEN 'siste_dagdato' THEN sist_dagdato
    WHEN 'serie_start' THEN serie_start
END;

COMMENT ON FUNCTION arbsok_lasting.regeldato(varchar, date, date, date, date, date) IS
    'The date that a row of statuskode names in avgang_dato or tilgang_dato, worked out for a registration: its dagdato, fdagdato and henddato, the last registration''s dagdato, and the series'' start; henddato is the effective one (spec.md 4, T5).';
