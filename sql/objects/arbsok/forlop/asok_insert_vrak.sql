-- asok_insert_vrak: writes the rejected records, with their status. The spell runs on as if they had not come.
-- Original program: asok_insert_vrak.pls (spec.md 4, vrak; the source's 5.9.6).

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_insert_vrak(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    INSERT INTO trygdfob.vrak_arbsok (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
        mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang, status)
    SELECT e.fnr, e.hoved, e.hovedarbstat, e.tiltak, e.ytelse, e.dagdato, e.fdagdato, e.mnddato,
        e.mrk_sys, e.mrk_fnr, e.mrk_dl, e.ant_d_as_n, e.henddato, e.as_f, e.as_gr, p_aargang, e.status
    FROM arbsok_lasting.hendelse AS e
    WHERE e.handling = ANY(
        array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.vrakes)
    );
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.asok_insert_vrak(integer) IS
    'Writes the rejected records to VRAK_ARBSOK with their status; returns how many (original asok_insert_vrak.pls; spec.md 4).';
