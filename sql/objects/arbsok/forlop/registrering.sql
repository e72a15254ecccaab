-- registrering: every registration of a loaded year beside the person's last one before it, and what the rules make of
-- the two (spec.md 3, 5.6, 5.8).
--
-- It finds the last registration in what lasts: the miniregister of the year, and H_ARBSOK of the year before. The load
-- finds it another way, month against month, in its work tables (asok_oppdater, forrige_registrering), so that the
-- controls can compare what comes out. What the rules make of the pair both ask asok_bestem_status.
-- p_fra and p_til: the persons with p_fra <= fnr < p_til, in code point order.

CREATE OR REPLACE FUNCTION arbsok_lasting.registrering(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (
    fnr varchar, dagdato date, fdagdato date, mnddato date, henddato date, hoved varchar, hovedarbstat varchar,
    tiltak varchar, ytelse varchar, mrk_fnr varchar, mrk_dl integer, ant_d_as_n integer, as_gr varchar,
    fra_start boolean, siste boolean, sist_dagdato date, sist_henddato date, sist_hoved varchar,
    sist_hovedarbstat varchar, sist_tiltak varchar, sist_ytelse varchar, sist_mrk_fnr varchar, individ text,
    henddato_klasse text, hoved_endret boolean,
    hovedarbstat_endret boolean, tiltak_endret boolean, ytelse_endret boolean,
    statuskode varchar, status text, handling varchar, kode varchar, avgang date, tilgang date
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.fnr, e.dagdato, e.fdagdato, e.mnddato, e.henddato, e.hoved, e.hovedarbstat, e.tiltak, e.ytelse,
        e.mrk_fnr, e.mrk_dl, e.ant_d_as_n, e.as_gr, e.fra_start, e.siste,
        e.sist_dagdato, e.sist_henddato, e.sist_hoved, e.sist_hovedarbstat, e.sist_tiltak, e.sist_ytelse,
        e.sist_mrk_fnr, s.*
    FROM (
        SELECT r.*,
            CASE
                WHEN r.sist_dagdato IS NOT NULL THEN r.sist_avsluttet
                -- Who is not in H_ARBSOK of the year before, and yet known, had the spell closed in an earlier year
                ELSE (SELECT true FROM trygdfob.person AS p WHERE p.fnr = r.fnr AND p.aargang < p_aargang)
            END AS tilfelle_avsluttet
        FROM (
            SELECT u.*,
                lag(u.dagdato) OVER per_person AS sist_dagdato,
                lag(u.henddato) OVER per_person AS sist_henddato,
                lag(u.hoved) OVER per_person AS sist_hoved,
                lag(u.hovedarbstat) OVER per_person AS sist_hovedarbstat,
                lag(u.tiltak) OVER per_person AS sist_tiltak,
                lag(u.ytelse) OVER per_person AS sist_ytelse,
                lag(u.mrk_fnr) OVER per_person AS sist_mrk_fnr,
                lag(u.avsluttet) OVER per_person AS sist_avsluttet,
                lead(u.dagdato) OVER per_person IS NULL AS siste
            FROM (
                SELECT m.fnr, m.dagdato, m.fdagdato, m.mnddato, m.henddato, m.hoved, m.hovedarbstat, m.tiltak,
                    m.ytelse, m.mrk_fnr, m.mrk_dl, m.ant_d_as_n, m.as_gr, false AS avsluttet,
                    m.mnddato >= (
                        SELECT date_trunc('month', j.serie_start::timestamp) FROM trygdfob.innstilling AS j
                    ) AS fra_start
                FROM trygdfob.miniregister AS m
                WHERE m.aargang = p_aargang AND m.fnr >= p_fra AND m.fnr < p_til
                UNION ALL
                SELECT h.fnr, h.dagdato, NULL, NULL, h.henddato, h.hoved, h.hovedarbstat, h.tiltak,
                    h.ytelse, h.mrk_fnr, NULL, NULL, NULL, h.avgdato IS NOT NULL, true
                FROM trygdfob.h_arbsok AS h
                WHERE h.aargang = p_aargang - 1 AND h.fnr >= p_fra AND h.fnr < p_til
            ) AS u
            -- Months before the start of the series never reach L_ARBSOK, so that nothing is compared with them
            WINDOW per_person AS (PARTITION BY u.fnr, u.fra_start ORDER BY u.dagdato)
        ) AS r
        WHERE r.mnddato IS NOT NULL
    ) AS e
    LEFT JOIN LATERAL arbsok_lasting.asok_bestem_status(
        e.dagdato, e.fdagdato, e.mnddato, e.henddato, e.hoved, e.hovedarbstat, e.tiltak, e.ytelse,
        e.sist_dagdato, e.sist_henddato, e.sist_hoved, e.sist_hovedarbstat, e.sist_tiltak, e.sist_ytelse,
        e.tilfelle_avsluttet
    ) AS s ON e.fra_start;
END;

COMMENT ON FUNCTION arbsok_lasting.registrering(integer, text, text) IS
    'Every registration of a loaded year of the persons p_fra <= fnr < p_til, whether it is the person''s last in the year (siste), with the last registration before it (sist_...), presence, class of henddato, what changed, and what the rules make of it: status, handling, and the dates of what it closes and opens; those are missing for registrations from before the series'' start (spec.md 3).';
