-- maaned_som_tall: a day's month as SAS and Stata programs know it, a number YYYYMM. Written like
-- dato_som_tall.

CREATE OR REPLACE FUNCTION arbsok.maaned_som_tall(p_dato date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (date_part('year', p_dato) * 100 + date_part('month', p_dato))::integer;

COMMENT ON FUNCTION arbsok.maaned_som_tall(date) IS
    'The month of a date as a number YYYYMM: 31 December 2003 is 200312. NULL gives NULL.';
