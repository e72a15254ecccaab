-- asok_kod_kjennemerker: every record that opens, changes or closes something, with the dates that stand after it and
-- those that stood before it.
-- Original program: asok_kod_kjennemerker.pls (SPEC.md 4; the source's 5.9.9). Dates of a person's events only ever
-- increase, so the newest one so far is their maximum; before the year's first event H_ARBSOK has them.

CREATE OR REPLACE VIEW trygdfob.asok_kod_kjennemerker AS
SELECT d.*,
    lag(d.tilgdato, 1, d.h_tilgdato) OVER per_person AS sist_tilgdato,
    lag(d.asoktilg, 1, d.h_asoktilg) OVER per_person AS sist_asoktilg,
    lag(d.hovedarbdato, 1, d.h_hovedarbdato) OVER per_person AS sist_hovedarbdato,
    lag(d.tiltakdato, 1, d.h_tiltakdato) OVER per_person AS sist_tiltakdato,
    lag(d.ytelsedato, 1, d.h_ytelsedato) OVER per_person AS sist_ytelsedato
FROM (
    SELECT e.*,
        h.tilgdato AS h_tilgdato,
        h.asoktilg AS h_asoktilg,
        h.hovedarbdato AS h_hovedarbdato,
        h.tiltakdato AS h_tiltakdato,
        h.ytelsedato AS h_ytelsedato,
        coalesce(max(e.tilgang) FILTER (WHERE n.nytt_tilfelle) OVER per_person, h.tilgdato) AS tilgdato,
        coalesce(max(e.tilgang) FILTER (WHERE n.ny_gruppe) OVER per_person, h.asoktilg) AS asoktilg,
        coalesce(max(e.tilgang) FILTER (WHERE n.ny_gruppe OR e.hovedarbstat_endret) OVER per_person,
            h.hovedarbdato) AS hovedarbdato,
        coalesce(max(e.tilgang) FILTER (WHERE n.ny_gruppe OR e.tiltak_endret) OVER per_person,
            h.tiltakdato) AS tiltakdato,
        coalesce(max(e.tilgang) FILTER (WHERE n.ny_gruppe OR e.ytelse_endret) OVER per_person,
            h.ytelsedato) AS ytelsedato
    FROM trygdfob.hendelse AS e
    CROSS JOIN LATERAL (
        SELECT e.handling IN ('venstresensur', 'tilgang', 'avgang_tilgang') AS nytt_tilfelle,
            e.handling <> 'endring' AS ny_gruppe
    ) AS n
    LEFT JOIN trygdfob.h_arbsok AS h ON h.fnr = e.fnr
    WHERE e.handling NOT IN ('ingen', 'vrak')
    WINDOW per_person AS (PARTITION BY e.fnr ORDER BY e.dagdato ROWS UNBOUNDED PRECEDING)
) AS d
WINDOW per_person AS (PARTITION BY d.fnr ORDER BY d.dagdato);

COMMENT ON VIEW trygdfob.asok_kod_kjennemerker IS
    'The records of the year being loaded that give records in F_ARBSOK, each with the spell, group and attribute dates that stand after it and (sist_…) before it (original asok_kod_kjennemerker.pls; SPEC.md 4).';
