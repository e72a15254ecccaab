-- effektiv_henddato: the day on which a status began, as far as it can be believed (SPEC.md 3, T5).

CREATE OR REPLACE FUNCTION trygdfob.effektiv_henddato(henddato date, dagdato date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN henddato <= dagdato THEN henddato ELSE dagdato END;

COMMENT ON FUNCTION trygdfob.effektiv_henddato(date, date) IS
    'henddato, or dagdato where henddato is missing or after it: the date that records are dated by (SPEC.md 3, T5).';
