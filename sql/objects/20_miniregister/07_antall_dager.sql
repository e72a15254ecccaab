-- antall_dager: ant_d_as as a whole number, and henddato, the day that the status began.
-- SPEC.md 2, ant_d_as_n and henddato (the source's 2.2.3): 10.00 is 10; a sign, a fraction or an exponent is missing.
-- OFFSET 0 here and in statuskode_delt: a field is worked out once a record, not wherever a later step mentions it.

CREATE OR REPLACE VIEW trygdfob.antall_dager AS
SELECT
    d.*,
    n.ant_d_as_n,
    d.dagdato - n.ant_d_as_n AS henddato
FROM trygdfob.dagdato_rettet AS d
CROSS JOIN LATERAL (
    SELECT CASE WHEN d.ant_d_as ~ '^[0-9]+(\.0*)?$' THEN split_part(d.ant_d_as, '.', 1)::integer END AS ant_d_as_n
) AS n
OFFSET 0;

COMMENT ON VIEW trygdfob.antall_dager IS
    'The year file with the days in the status as a number and henddato = dagdato minus those days; missing where ant_d_as is not a whole number (SPEC.md 2).';
