-- rydd_arbeidstabeller: empties the work tables when the year's records are in place.

CREATE OR REPLACE FUNCTION trygdfob.rydd_arbeidstabeller(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    TRUNCATE trygdfob.raa, trygdfob.aarsfil, trygdfob.dagdato_i_fil,
        trygdfob.registreringspar, trygdfob.hendelse, trygdfob.aarets_rekord;
    ANALYZE trygdfob.f_arbsok, trygdfob.h_arbsok, trygdfob.vrak_arbsok;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION trygdfob.rydd_arbeidstabeller(integer) IS
    'Empties the work tables of a load and brings the planner''s statistics of the spell tables up to date.';
