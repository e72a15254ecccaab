-- asok_record: the year's records of F_ARBSOK, but for the closing at the year's end: exits first, then what opens or
-- changes. Original program: asok_record.pks – lag_avgang and lag_gruppeavgang; lag_tilgang, lag_gruppetilgang,
-- lag_endring and lag_venstresensur (SPEC.md 4; the source's 5.9.10).

CREATE OR REPLACE FUNCTION trygdfob.asok_record(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    TRUNCATE trygdfob.aarets_rekord;
    INSERT INTO trygdfob.aarets_rekord (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
    SELECT k.fnr, r.*, k.status, p_aargang
    FROM trygdfob.asok_kod_kjennemerker AS k
    CROSS JOIN LATERAL (
        -- The exit: what the last registration said
        SELECT '0', k.sist_hoved, k.avgang, k.sist_tilgdato,
            CASE k.handling WHEN 'avgang_tilgang' THEN k.avgang END, k.sist_asoktilg, k.avgang,
            k.sist_hovedarbstat, k.sist_hovedarbdato, k.sist_tiltak, k.sist_tiltakdato, k.sist_ytelse, k.sist_ytelsedato,
            k.sist_dagdato, k.sist_fdagdato, k.sist_henddato, k.sist_mrk_sys, k.sist_mrk_fnr, k.sist_as_f, k.sist_as_gr
        WHERE k.handling IN ('gruppeovergang', 'avgang_tilgang')
        UNION ALL
        -- The entry or the change: what this one says
        SELECT coalesce(k.kode, '1'), k.hoved, k.tilgang, k.tilgdato,
            NULL, k.asoktilg, NULL,
            k.hovedarbstat, k.hovedarbdato, k.tiltak, k.tiltakdato, k.ytelse, k.ytelsedato,
            k.dagdato, k.fdagdato, k.henddato, k.mrk_sys, k.mrk_fnr, k.as_f, k.as_gr
    ) AS r;
    GET DIAGNOSTICS antall = ROW_COUNT;
    ANALYZE trygdfob.aarets_rekord;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.asok_record(integer) IS
    'Makes the year''s entry, change, group and exit records out of the coded events, in aarets_rekord; returns how many (original asok_record.pks; SPEC.md 4).';
