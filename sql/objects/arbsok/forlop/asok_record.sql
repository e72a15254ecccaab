-- asok_record: the year's records of F_ARBSOK: exits, what opens or changes something, and the closings at the year's
-- end. Original program: asok_record.pks – lag_avgang and lag_gruppeavgang; lag_tilgang, lag_gruppetilgang, lag_endring
-- and lag_venstresensur (spec.md 4; the source's 5.9.10).
-- slutt_tomdato, slutt_asoktom and slutt_regtom are the dates on which later events of the year end the record, and
-- avsluttet is the closing at the year's end. lag_tomdato, lag_asoktom and lag_regtom make the record's dates of them.

CREATE OR REPLACE VIEW arbsok_lasting.asok_record AS
SELECT k.del, k.fnr, r.*, k.status, k.lopenr
FROM (
    SELECT e.*,
        e.handling = ANY(
            array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.avslutter_gruppe)
        ) AS avslutter_gruppe,
        e.handling = ANY(
            array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.avslutter_tilfelle)
        ) AS avslutter_tilfelle
    FROM arbsok_lasting.hendelse AS e
    WHERE e.tilgang IS NOT NULL
) AS k
LEFT JOIN arbsok_lasting.aarets_h AS h ON h.del = k.del AND h.fnr = k.fnr AND h.avgdato IS NOT NULL
CROSS JOIN LATERAL (
    -- The exit has the values of the last registration
    SELECT '0'::varchar(1) AS kode, k.sist_hoved AS hoved, k.avgang AS regdato, k.sist_tilgdato AS tilgdato,
        CASE WHEN k.avslutter_tilfelle THEN k.avgang END AS avgdato,
        k.sist_asoktilg AS asoktilg, k.avgang AS asokavg,
        k.sist_hovedarbstat AS hovedarbstat, k.sist_hovedarbdato AS hovedarbdato, k.sist_tiltak AS tiltak,
        k.sist_tiltakdato AS tiltakdato, k.sist_ytelse AS ytelse, k.sist_ytelsedato AS ytelsedato,
        k.sist_dagdato AS dagdato, k.sist_fdagdato AS fdagdato, k.sist_henddato AS henddato,
        k.sist_mrk_sys AS mrk_sys, k.sist_mrk_fnr AS mrk_fnr, k.sist_as_f AS as_f, k.sist_as_gr AS as_gr,
        CASE WHEN k.avslutter_tilfelle THEN k.avgang ELSE k.neste_avgang END AS slutt_tomdato,
        k.avgang AS slutt_asoktom, k.avgang AS slutt_regtom, h.avgdato AS avsluttet
    WHERE k.avslutter_gruppe
    UNION ALL
    -- The entry or the change has those of this one
    SELECT coalesce(k.kode, '1'), k.hoved, k.tilgang, k.tilgdato,
        NULL, k.asoktilg, NULL,
        k.hovedarbstat, k.hovedarbdato, k.tiltak, k.tiltakdato, k.ytelse, k.ytelsedato,
        k.dagdato, k.fdagdato, k.henddato, k.mrk_sys, k.mrk_fnr, k.as_f, k.as_gr,
        k.neste_avgang, k.neste_gruppeavgang, k.neste_hendelse, h.avgdato
) AS r
UNION ALL
-- The closings at the year's end
SELECT h.del, h.fnr, '0', h.hoved, h.avgdato AS regdato, h.tilgdato, h.avgdato, h.asoktilg, h.avgdato AS asokavg,
    h.hovedarbstat, h.hovedarbdato, h.tiltak, h.tiltakdato, h.ytelse, h.ytelsedato,
    h.dagdato, h.fdagdato, h.henddato, h.mrk_sys, h.mrk_fnr, h.as_f, h.as_gr,
    NULL, NULL, NULL, h.avgdato AS avsluttet, h.status, h.lopenr
FROM arbsok_lasting.aarets_h AS h
WHERE h.avgdato IS NOT NULL;

COMMENT ON VIEW arbsok_lasting.asok_record IS
    'While a year is being loaded: its entry, change, group, exit and closing records, each with the dates on which later events of the year (slutt_...) or the closing at its end (avsluttet) end it (original asok_record.pks; spec.md 4).';
