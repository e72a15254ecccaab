-- forklar_regeldato: the date that the rule table names, in words; regeldato gives the date itself.

CREATE OR REPLACE FUNCTION arbsok_lasting.forklar_regeldato(
    regel varchar, dagdato date, fdagdato date, henddato date, sist_dagdato date
) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE regel
    WHEN 'fdagdato' THEN 'fdagdato, the previous extraction'
    WHEN 'fdagdato+1' THEN 'fdagdato + 1, the day after the previous extraction of ' || fdagdato
    WHEN 'dagdato' THEN 'dagdato, the extraction itself'
    WHEN 'dagdato-1' THEN 'dagdato - 1, the day before the extraction of ' || dagdato
    WHEN 'siste_dagdato' THEN 'dagdato of the last registration'
    WHEN 'serie_start' THEN 'the start of the series'
    ELSE CASE
        WHEN henddato <= dagdato THEN 'henddato'
        WHEN henddato IS NULL THEN 'dagdato, since henddato is missing (T5)'
        ELSE 'dagdato, since henddato is after it (T5)'
    END || CASE regel WHEN 'henddato-1' THEN ', less one day' ELSE '' END
END;

COMMENT ON FUNCTION arbsok_lasting.forklar_regeldato(varchar, date, date, date, date) IS
    'Says in words which date a row of statuskode names in avgang_dato or tilgang_dato, for a registration (see regeldato; spec.md 4, T5).';
