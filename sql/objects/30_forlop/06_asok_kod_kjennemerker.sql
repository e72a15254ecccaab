-- asok_kod_kjennemerker: every registration that is not simply unchanged, with its status, the dates that stand after it,
-- those that stood before it, and the ends that the year's later ones give it.
-- Original program: asok_kod_kjennemerker.pls (SPEC.md 4; the source's 5.9.9). Dates of a person's events only ever
-- increase, so the newest one so far is their maximum and the next one to come their minimum; before the year's first
-- event H_ARBSOK has them.

CREATE OR REPLACE FUNCTION trygdfob.asok_kod_kjennemerker(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    EXECUTE format('ANALYZE trygdfob.registreringspar_%s (fnr, dagdato, sist_dagdato)', p_del);
    INSERT INTO trygdfob.hendelse
    SELECT p_del, e.fnr, e.dagdato, e.fdagdato, e.mnddato, e.henddato, e.hoved, e.hovedarbstat, e.tiltak, e.ytelse,
        e.mrk_sys, e.mrk_fnr, e.mrk_dl, e.ant_d_as_n, e.as_f, e.as_gr,
        e.sist_dagdato, e.sist_fdagdato, e.sist_henddato, e.sist_hoved, e.sist_hovedarbstat, e.sist_tiltak,
        e.sist_ytelse, e.sist_mrk_sys, e.sist_mrk_fnr, e.sist_as_f, e.sist_as_gr,
        e.individ, e.henddato_klasse, e.status, e.handling, e.kode, e.avgang, e.tilgang,
        count(e.tilgang) OVER foer = 0,
        -- after the event
        coalesce(max(e.tilgang) FILTER (WHERE e.nytt_tilfelle) OVER hittil, h.tilgdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe) OVER hittil, h.asoktilg),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.hovedarbstat_endret) OVER hittil, h.hovedarbdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.tiltak_endret) OVER hittil, h.tiltakdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.ytelse_endret) OVER hittil, h.ytelsedato),
        -- before it
        coalesce(max(e.tilgang) FILTER (WHERE e.nytt_tilfelle) OVER foer, h.tilgdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe) OVER foer, h.asoktilg),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.hovedarbstat_endret) OVER foer, h.hovedarbdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.tiltak_endret) OVER foer, h.tiltakdato),
        coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.ytelse_endret) OVER foer, h.ytelsedato),
        -- what ends it
        min(e.avgang) FILTER (WHERE e.nytt_tilfelle) OVER siden,
        min(e.avgang) OVER siden,
        min(coalesce(e.avgang, e.tilgang - 1)) OVER siden
    FROM (
        -- ingen and vrak have neither avgang nor tilgang, and so count nowhere
        SELECT a.*,
            a.handling IN ('venstresensur', 'tilgang', 'avgang_tilgang') AS nytt_tilfelle,
            a.handling <> 'endring' AS ny_gruppe
        FROM trygdfob.asok_bestem_status(p_aargang, p_del) AS a
    ) AS e
    LEFT JOIN trygdfob.h_arbsok AS h
        ON h.fnr = e.fnr AND h.aargang = p_aargang - 1
        AND h.fnr >= trygdfob.fnr_fra(p_del) AND h.fnr < trygdfob.fnr_fra(p_del + 1)
    WINDOW hittil AS (PARTITION BY e.fnr ORDER BY e.dagdato ROWS UNBOUNDED PRECEDING),
        foer AS (PARTITION BY e.fnr ORDER BY e.dagdato ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
        siden AS (PARTITION BY e.fnr ORDER BY e.dagdato ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING);
    GET DIAGNOSTICS antall = ROW_COUNT;
    EXECUTE format('ANALYZE trygdfob.hendelse_%s (fnr, handling, tilgang, neste_hendelse)', p_del);
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.asok_kod_kjennemerker(integer, integer) IS
    'Works out, for one part of the persons, the spell, group and attribute dates after and before each event of the year being loaded, and the dates on which later events end it; fills hendelse and returns its number of rows (original asok_kod_kjennemerker.pls; SPEC.md 4).';
