-- effektiv_henddato: the day on which a status began, as far as it can be believed (spec.md 3, T5).

CREATE OR REPLACE FUNCTION arbsok_lasting.effektiv_henddato(henddato date, dagdato date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN henddato <= dagdato THEN henddato ELSE dagdato END;

COMMENT ON FUNCTION arbsok_lasting.effektiv_henddato(date, date) IS
    'henddato, or dagdato where henddato is missing or after it: the date that records are dated by (spec.md 3, T5).';
