-- lag_h_arbsok: writes the year's H_ARBSOK for one part of the persons, into the table that fest_h_arbsok attaches.

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_h_arbsok(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    EXECUTE format($sql$
        INSERT INTO trygdfob.h_arbsok_%s (fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
            tilgdato, avgdato, asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
        SELECT fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
            tilgdato, avgdato, asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang
        FROM arbsok_lasting.aarets_h
        WHERE del = $1
        $sql$, p_aargang)
    USING p_del;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.lag_h_arbsok(integer, integer) IS
    'Writes the year''s H_ARBSOK of one part of the persons to the year''s own table; returns how many rows (spec.md 4, T10).';
