-- arbsok_h_arbsok_kontrollert: the rows of a year's H_ARBSOK that are not what they must be. A row must show the spell
-- of the person's last record; of a person who was not registered in the year it must say what the year before said
-- (spec.md 4, T10). A load asks arbsok_forlop_silt and arbsok_h_arbsok_silt first, which ask for the same.

CREATE OR REPLACE FUNCTION kontroll.arbsok_h_arbsok_kontrollert(p_aargang integer, p_fnr text [])
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN b.feil = 'not closed' THEN 'avsluttet_i_tide' ELSE 'h_er_siste_registrering' END,
        b.fnr::text, b.fnr, b.dagdato, NULL::varchar,
        concat_ws(', ', 'last registered ' || b.dagdato, 'tilgdato ' || b.tilgdato, 'avgdato ' || b.avgdato, b.feil)
    FROM (
        SELECT coalesce(h.fnr, g.fnr) AS fnr, h.dagdato, h.tilgdato, h.avgdato,
            CASE
                WHEN h.fnr IS NULL THEN 'missing: the spell ran when the year began'
                WHEN m.fnr IS NULL
                    AND (h.dagdato, h.fdagdato, h.henddato, h.hoved, h.hovedarbstat, h.tiltak, h.ytelse) IS DISTINCT FROM
                        (g.dagdato, g.fdagdato, g.henddato, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse)
                    THEN 'not registered on that day, nor what the year before said of a running spell'
                WHEN f.status IS NULL THEN 'no record in F_ARBSOK'
                WHEN (h.tilgdato, h.asoktilg, h.hovedarbdato, h.tiltakdato, h.ytelsedato, h.avgdato, h.status)
                    IS DISTINCT FROM
                    (f.tilgdato, f.asoktilg, f.hovedarbdato, f.tiltakdato, f.ytelsedato, f.avgdato, f.status)
                    THEN 'the last record in F_ARBSOK shows another spell'
                WHEN h.avgdato IS NULL AND y.siste - h.dagdato > i.avslutning_dager THEN 'not closed'
            END AS feil
        FROM (
            -- In the order of the key in which F_ARBSOK is looked up below: so most of it is at hand
            SELECT a.*, p.lopenr
            FROM trygdfob.h_arbsok AS a
            LEFT JOIN trygdfob.person AS p ON p.fnr = a.fnr
            WHERE a.aargang = p_aargang AND (p_fnr IS NULL OR a.fnr = ANY (p_fnr))
            ORDER BY p.lopenr
        ) AS h
        FULL JOIN (
            SELECT * FROM trygdfob.h_arbsok AS e
            WHERE e.aargang = p_aargang - 1 AND e.avgdato IS NULL
                AND (p_fnr IS NULL OR e.fnr = ANY (p_fnr))
        ) AS g ON g.fnr = h.fnr
        LEFT JOIN (
            SELECT r.fnr, r.dagdato
            FROM trygdfob.miniregister AS r
            WHERE r.aargang = p_aargang AND (p_fnr IS NULL OR r.fnr = ANY (p_fnr))
                AND r.mnddato >= (SELECT date_trunc('month', s.serie_start::timestamp) FROM trygdfob.innstilling AS s)
        ) AS m ON m.fnr = h.fnr AND m.dagdato = h.dagdato
        CROSS JOIN (
            SELECT max(d.dagdato) AS siste FROM trygdfob.maanedsfil AS d WHERE d.aargang = p_aargang
        ) AS y
        CROSS JOIN kontroll.arbsok_innstilling_ved_lasting(p_aargang) AS i
        LEFT JOIN LATERAL (
            -- The person's last record as F_ARBSOK stood at the year's end; an exit comes after what it ends
            SELECT r.tilgdato, r.asoktilg, r.hovedarbdato, r.tiltakdato, r.ytelsedato, r.avgdato, r.status
            FROM trygdfob.f_arbsok AS r
            WHERE r.lopenr = h.lopenr AND r.regdato >= h.tilgdato AND r.aargang <= p_aargang
            ORDER BY r.regdato DESC, r.kode
            LIMIT 1
        ) AS f ON true
    ) AS b
    WHERE b.feil IS NOT NULL;
END;

COMMENT ON FUNCTION kontroll.arbsok_h_arbsok_kontrollert(integer, text []) IS
    'The rows of a year''s H_ARBSOK that do not show the spell of the person''s last record in F_ARBSOK, should not be there, are missing, or should have been closed at the year''s end, for the persons p_fnr (NULL: for everybody). No rows in a sound database (spec.md 4, T7, T10).';
