-- last_l_arbsok: L_ARBSOK, emptied and filled with the year's miniregister from the start of the series on.
-- Original program: l_arbsok.sas (SPEC.md 2, start date; the source's 5.9.1).

CREATE OR REPLACE FUNCTION trygdfob.last_l_arbsok(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    TRUNCATE trygdfob.l_arbsok;
    INSERT INTO trygdfob.l_arbsok (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
        mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang)
    SELECT fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
        mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang
    FROM trygdfob.miniregister
    WHERE aargang = p_aargang
        AND mnddato >= (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling);
    GET DIAGNOSTICS antall = ROW_COUNT;
    ANALYZE trygdfob.l_arbsok;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.last_l_arbsok(integer) IS
    'Empties L_ARBSOK and fills it with the year''s miniregister from the start of the series on; returns the number of records (original l_arbsok.sas; SPEC.md 2 and 4).';
