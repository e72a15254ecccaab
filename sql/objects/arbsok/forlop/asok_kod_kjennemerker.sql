-- asok_kod_kjennemerker: every registration that is not simply unchanged, with its status, the dates of its spell after
-- it and before it, and the dates on which later registrations of the year end that.
-- Original program: asok_kod_kjennemerker.pls (spec.md 4; the source's 5.9.9). Dates of a person's events only ever
-- increase: so the newest date so far is the maximum of those so far, and the next one the minimum of those to come.
-- Before the year's first event the dates are those of H_ARBSOK.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_kod_kjennemerker(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO arbsok_lasting.hendelse
    SELECT p_del, d.fnr, d.dagdato, d.fdagdato, d.mnddato, d.henddato, d.hoved, d.hovedarbstat, d.tiltak, d.ytelse,
        d.mrk_sys, d.mrk_fnr, d.mrk_dl, d.ant_d_as_n, d.as_f, d.as_gr,
        d.sist_dagdato, d.sist_fdagdato, d.sist_henddato, d.sist_hoved, d.sist_hovedarbstat, d.sist_tiltak,
        d.sist_ytelse, d.sist_mrk_sys, d.sist_mrk_fnr, d.sist_as_f, d.sist_as_gr,
        d.status, d.handling, d.kode, d.avgang, d.tilgang,
        d.nummer = 1,
        d.ny_tilgdato, d.ny_asoktilg, d.ny_hovedarbdato, d.ny_tiltakdato, d.ny_ytelsedato,
        -- The dates before the event are those after the event before it. lag asks no frame, and in another window than
        -- siden it would take another pass over these wide rows
        lag(d.ny_tilgdato, 1, d.h_tilgdato) OVER siden,
        lag(d.ny_asoktilg, 1, d.h_asoktilg) OVER siden,
        lag(d.ny_hovedarbdato, 1, d.h_hovedarbdato) OVER siden,
        lag(d.ny_tiltakdato, 1, d.h_tiltakdato) OVER siden,
        lag(d.ny_ytelsedato, 1, d.h_ytelsedato) OVER siden,
        -- The dates on which later events end it
        min(d.avgang) FILTER (WHERE d.nytt_tilfelle) OVER siden,
        min(d.avgang) OVER siden,
        min(coalesce(d.avgang, d.tilgang - 1)) OVER siden,
        trygdfob.lopenr(n.nokkel, d.fnr)
    FROM (
        SELECT e.*,
            h.tilgdato AS h_tilgdato,
            h.asoktilg AS h_asoktilg,
            h.hovedarbdato AS h_hovedarbdato,
            h.tiltakdato AS h_tiltakdato,
            h.ytelsedato AS h_ytelsedato,
            count(e.tilgang) OVER hittil AS nummer,
            coalesce(max(e.tilgang) FILTER (WHERE e.nytt_tilfelle) OVER hittil, h.tilgdato) AS ny_tilgdato,
            coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe) OVER hittil, h.asoktilg) AS ny_asoktilg,
            coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.hovedarbstat_endret) OVER hittil,
                h.hovedarbdato) AS ny_hovedarbdato,
            coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.tiltak_endret) OVER hittil,
                h.tiltakdato) AS ny_tiltakdato,
            coalesce(max(e.tilgang) FILTER (WHERE e.ny_gruppe OR e.ytelse_endret) OVER hittil,
                h.ytelsedato) AS ny_ytelsedato
        FROM (
            -- Registrations that give no record have neither avgang nor tilgang, so that no date comes from them.
            -- handling is read once and not joined: nobody has counted the registrations, so that the planner would
            -- hash them, and not the seven rows
            SELECT r.*, s.hovedarbstat_endret, s.tiltak_endret, s.ytelse_endret, s.status, s.handling, s.kode, s.avgang,
                s.tilgang,
                s.handling = ANY(
                    array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.nytt_tilfelle)
                ) AS nytt_tilfelle,
                s.handling = ANY(
                    array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.ny_gruppe)
                ) AS ny_gruppe
            FROM arbsok_lasting.forrige_registrering(p_aargang, p_del) AS r
            CROSS JOIN LATERAL arbsok_lasting.asok_bestem_status(
                r.dagdato, r.fdagdato, r.mnddato, r.henddato, r.hoved, r.hovedarbstat, r.tiltak, r.ytelse,
                r.sist_dagdato, r.sist_henddato, r.sist_hoved, r.sist_hovedarbstat, r.sist_tiltak, r.sist_ytelse,
                r.sist_avsluttet
            ) AS s
            OFFSET 0 -- each is worked out once
        ) AS e
        LEFT JOIN trygdfob.h_arbsok AS h
            ON h.fnr = e.fnr AND h.aargang = p_aargang - 1
            AND h.fnr >= trygdfob.fnr_fra(p_del) AND h.fnr < trygdfob.fnr_fra(p_del + 1)
        WINDOW hittil AS (PARTITION BY e.fnr ORDER BY e.dagdato ROWS UNBOUNDED PRECEDING)
    ) AS d
    CROSS JOIN trygdfob.lopenummer_nokkel AS n
    WINDOW siden AS (PARTITION BY d.fnr ORDER BY d.dagdato ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.asok_kod_kjennemerker(integer, integer) IS
    'Works out, for one part of the persons, the spell, group and attribute dates after and before each event of the year being loaded, and the dates on which later events end it; fills hendelse and returns its number of rows (original asok_kod_kjennemerker.pls; spec.md 4).';
