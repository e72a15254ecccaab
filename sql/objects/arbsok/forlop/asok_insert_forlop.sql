-- asok_insert_forlop: writes the year's records into F_ARBSOK, complete with tomdato, asoktom and regtom.
-- Original program: asok_insert_forlop.pls (spec.md 4; the source's 5.9.5).
-- All persons are written at once, in the order of the key: analysts see in which order rows lie, and a part of the
-- persons (fnr_del) is some days of birth.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_insert_forlop(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    INSERT INTO trygdfob.f_arbsok (lopenr, fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, asoktom, tomdato, regtom, aargang)
    SELECT p.lopenr, r.fnr, r.kode, r.hoved, r.regdato, r.tilgdato, r.avgdato, r.asoktilg, r.asokavg,
        r.hovedarbstat, r.hovedarbdato, r.tiltak, r.tiltakdato, r.ytelse, r.ytelsedato,
        r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, r.status,
        arbsok_lasting.lag_asoktom(r.slutt_asoktom, r.avsluttet),
        arbsok_lasting.lag_tomdato(r.slutt_tomdato, r.avsluttet),
        arbsok_lasting.lag_regtom(r.slutt_regtom, r.avsluttet),
        p_aargang
    FROM arbsok_lasting.asok_record AS r
    JOIN trygdfob.person AS p ON p.fnr = r.fnr
    ORDER BY p.lopenr, r.regdato, r.kode;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.asok_insert_forlop(integer) IS
    'Writes the year''s records to F_ARBSOK, each with the person''s number, tomdato, asoktom and regtom; returns how many (original asok_insert_forlop.pls; spec.md 4).';
