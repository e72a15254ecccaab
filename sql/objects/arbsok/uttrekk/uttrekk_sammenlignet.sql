-- uttrekk_sammenlignet: everybody whom F_ARBSOK or the miniregister has on an extraction date, the two side by side,
-- and the rule that makes a difference (spec.md 3, 4, 5). docs/cross-section.md says it in words.
--
-- An explanation is a condition on what was registered (registrering, H_ARBSOK), worked out anew, and never on the
-- record that it explains; and that record must say what the rule makes it say. There are three explanations, all of
-- persons whom F_ARBSOK has and the miniregister has not. Any other difference stays unexplained, since no rule makes
-- one: except for FK050 and FK060 every event is dated after the extraction before the registration that causes it
-- (statuskode: henddato where that is after fdagdato, fdagdato + 1, dagdato), and a rejected registration changes no
-- value (UI100, UI300, YI300).
-- In a sound register nr is 1 for everybody. A second record of a person on the same day stands by itself, unexplained.
-- jit is off, since the planner does not know which months will be read and reckons with all of them: the server would
-- compile for 20 seconds what takes a tenth of one.

CREATE OR REPLACE FUNCTION arbsok_lasting.uttrekk_sammenlignet(p_dato date)
RETURNS TABLE (
    fnr varchar, dagdato date, slag text, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar,
    uttrekk_hoved varchar, uttrekk_hovedarbstat varchar, uttrekk_tiltak varchar, uttrekk_ytelse varchar,
    forklaring text, status text, forklart_av date
)
LANGUAGE sql STABLE
SET jit = off
BEGIN ATOMIC
    SELECT s.fnr, u.dagdato, s.slag, s.hoved, s.hovedarbstat, s.tiltak, s.ytelse,
        s.uttrekk_hoved, s.uttrekk_hovedarbstat, s.uttrekk_tiltak, s.uttrekk_ytelse,
        x.forklaring, x.status, x.forklart_av
    FROM (
        SELECT m.dagdato, m.mnddato, m.aargang,
            (SELECT max(l.aargang) FROM trygdfob.lastet_aargang AS l) AS siste_aargang
        FROM trygdfob.maanedsfil AS m
        WHERE m.dagdato = p_dato
            AND m.mnddato >= (SELECT date_trunc('month', i.serie_start::timestamp) FROM trygdfob.innstilling AS i)
    ) AS u
    CROSS JOIN LATERAL (
        SELECT coalesce(f.fnr, m.fnr) AS fnr,
            CASE
                WHEN m.fnr IS NULL THEN 'bare_i_forlop'
                WHEN f.fnr IS NULL THEN 'bare_i_miniregister'
                WHEN (f.hoved, f.hovedarbstat, f.tiltak, f.ytelse)
                    IS DISTINCT FROM (m.hoved, m.hovedarbstat, m.tiltak, m.ytelse) THEN 'andre_verdier'
                ELSE 'like'
            END AS slag,
            f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
            m.hoved AS uttrekk_hoved, m.hovedarbstat AS uttrekk_hovedarbstat, m.tiltak AS uttrekk_tiltak,
            m.ytelse AS uttrekk_ytelse,
            -- The person whose registrations may explain the row
            CASE WHEN m.fnr IS NULL AND f.nr = 1 THEN f.fnr END AS alene,
            f.tilgdato, f.asoktilg, f.regdato, f.regtom
        FROM (
            SELECT a.fnr, a.hoved, a.hovedarbstat, a.tiltak, a.ytelse, a.tilgdato, a.asoktilg, a.regdato, a.regtom,
                row_number() OVER (PARTITION BY a.fnr ORDER BY a.regdato) AS nr
            FROM trygdfob.f_arbsok AS a
            WHERE a.kode <> '0' AND a.regdato <= u.dagdato AND (a.regtom >= u.dagdato OR a.regtom IS NULL)
        ) AS f
        FULL JOIN (
            SELECT r.fnr, r.hoved, r.hovedarbstat, r.tiltak, r.ytelse
            FROM trygdfob.miniregister AS r
            WHERE r.aargang = u.aargang AND r.mnddato = u.mnddato
        ) AS m ON m.fnr = f.fnr AND f.nr = 1
    ) AS s
    LEFT JOIN LATERAL (
        SELECT *
        FROM (
            -- T7: not seen since before the day, and the last loaded year has not closed the spell
            SELECT h.fnr, 'venter_paa_neste_aargang' AS forklaring, NULL AS status, h.dagdato AS forklart_av
            FROM trygdfob.h_arbsok AS h
            WHERE h.aargang = u.siste_aargang AND h.fnr = s.alene
                AND h.avgdato IS NULL AND s.regtom IS NULL
                AND h.dagdato < u.dagdato AND s.regdato <= h.dagdato
                AND (h.tilgdato, h.asoktilg) = (s.tilgdato, s.asoktilg)
                AND (h.hoved, h.hovedarbstat, h.tiltak, h.ytelse)
                    IS NOT DISTINCT FROM (s.hoved, s.hovedarbstat, s.tiltak, s.ytelse)
            UNION ALL
            -- The person's next registration
            SELECT r.fnr, r.forklaring, r.status, r.dagdato
            FROM (VALUES (u.aargang), (u.aargang + 1)) AS y (aargang)
            CROSS JOIN LATERAL (
                SELECT n.fnr, n.status, n.dagdato,
                    CASE
                        -- T11: the spell runs on over a gap of at most 13 weeks, with the values from before the gap
                        WHEN n.individ = 'uten_opphold_13_uker' AND n.sist_dagdato < u.dagdato
                            AND s.regdato <= n.sist_dagdato
                            AND (n.sist_hoved, n.sist_hovedarbstat, n.sist_tiltak, n.sist_ytelse)
                                IS NOT DISTINCT FROM (s.hoved, s.hovedarbstat, s.tiltak, s.ytelse)
                            THEN 'sydd_13_uker'
                        -- FK050, FK060: an entry of the series' first months, dated back to before the day
                        WHEN n.individ = 'ny' AND n.handling = 'venstresensur' AND s.regdato = n.tilgang
                            AND (n.hoved, n.hovedarbstat, n.tiltak, n.ytelse)
                                IS NOT DISTINCT FROM (s.hoved, s.hovedarbstat, s.tiltak, s.ytelse)
                            THEN 'tilgang_tilbakedatert'
                    END AS forklaring
                FROM arbsok_lasting.registrering(y.aargang, s.alene, s.alene || ' ') AS n
                WHERE n.fra_start AND n.dagdato > u.dagdato AND (n.sist_dagdato < u.dagdato OR n.sist_dagdato IS NULL)
            ) AS r
            WHERE r.forklaring IS NOT NULL
        ) AS e
        WHERE s.alene IS NOT NULL
        LIMIT 1 -- there is at most one, and where it is found above, nobody looks for the next registration
    ) AS x ON x.fnr = s.fnr;
END;

COMMENT ON FUNCTION arbsok_lasting.uttrekk_sammenlignet(date) IS
    'Everybody whom F_ARBSOK or the miniregister has on an extraction date (maanedsfil.dagdato, from the start of the series on; no rows for another date). slag says whether the two agree (like), only F_ARBSOK has the person (bare_i_forlop), only the miniregister has (bare_i_miniregister), or main group, hovedarbstat, tiltak or ytelse differ (andre_verdier). Then come the values of F_ARBSOK and those of the extraction (uttrekk_...). forklaring is the rule that makes the difference: sydd_13_uker, tilgang_tilbakedatert, venter_paa_neste_aargang; NULL where there is none. status and forklart_av are code and dagdato of the registration that the rule looks at; for venter_paa_neste_aargang that is the last one, and there is no code. It shows fnr, and is for the loader (spec.md 3 and 4; docs/cross-section.md).';
