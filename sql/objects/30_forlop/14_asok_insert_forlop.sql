-- asok_insert_forlop: the year's records into F_ARBSOK, complete with tomdato, asoktom and regtom; the earlier records
-- that they bear on get theirs in the same statement.
-- Original program: asok_insert_forlop.pls (SPEC.md 4; the source's 5.9.5).

CREATE OR REPLACE FUNCTION trygdfob.asok_insert_forlop(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    ANALYZE trygdfob.aarets_rekord;
    WITH ferdig AS MATERIALIZED (
        SELECT * FROM trygdfob.lag_regtom
    ), tidligere AS (
        UPDATE trygdfob.f_arbsok AS f
        SET tomdato = r.ny_tomdato, asoktom = r.ny_asoktom, regtom = r.ny_regtom
        FROM ferdig AS r
        WHERE NOT r.ny
            AND f.fnr = r.fnr AND f.regdato = r.regdato AND f.kode = r.kode
            AND (f.tomdato, f.asoktom, f.regtom) IS DISTINCT FROM (r.ny_tomdato, r.ny_asoktom, r.ny_regtom)
    )
    INSERT INTO trygdfob.f_arbsok (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, asoktom, tomdato, regtom, aargang)
    SELECT fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, ny_asoktom, ny_tomdato, ny_regtom, aargang
    FROM ferdig
    WHERE ny;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.asok_insert_forlop(integer) IS
    'Writes the year''s records to F_ARBSOK with tomdato, asoktom and regtom, sets those of the earlier records they bear on, and returns the number of new records (original asok_insert_forlop.pls; SPEC.md 4).';
