-- registrering: every registration of a year beside the person's last one before it, what the rules make of the two,
-- and what stands in F_ARBSOK and VRAK_ARBSOK (spec.md 3, 5.6, 5.8).
--
-- Worked out from what lasts: the miniregister of the year, and H_ARBSOK of the year before. The load goes another way:
-- month against month, over what its work tables hold (asok_oppdater, forrige_registrering); the controls hold the two
-- against each other, and forklar shows a person's rows.
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
    SELECT f.fnr, f.dagdato, f.fdagdato, f.mnddato, f.henddato, f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
        f.mrk_fnr, f.mrk_dl, f.ant_d_as_n, f.as_gr, f.fra_start, f.siste,
        f.sist_dagdato, f.sist_henddato, f.sist_hoved, f.sist_hovedarbstat, f.sist_tiltak, f.sist_ytelse,
        f.sist_mrk_fnr,
        f.individ, f.henddato_klasse, f.hoved_endret, f.hovedarbstat_endret, f.tiltak_endret, f.ytelse_endret,
        v.status,
        arbsok_lasting.med_ukebokstav(v.status, f.dagdato, f.sist_dagdato),
        v.handling,
        v.kode,
        arbsok_lasting.regeldato(v.avgang_dato, f.dagdato, f.fdagdato, f.henddato, f.sist_dagdato, f.serie_start),
        arbsok_lasting.regeldato(v.tilgang_dato, f.dagdato, f.fdagdato, f.henddato, f.sist_dagdato, f.serie_start)
    FROM (
        SELECT e.*,
            x.lopende AND e.sist_hovedarbstat IS DISTINCT FROM e.hovedarbstat AS hovedarbstat_endret,
            x.lopende AND e.sist_tiltak IS DISTINCT FROM e.tiltak AS tiltak_endret,
            x.lopende AND e.sist_ytelse IS DISTINCT FROM e.ytelse AS ytelse_endret,
            x.lopende AND e.sist_hoved <> e.hoved AS hoved_endret,
            CASE WHEN x.lopende THEN arbsok_lasting.henddato_klasse(e.henddato, e.dagdato, e.fdagdato, e.sist_henddato)
                ELSE '-' END AS henddato_klasse,
            CASE WHEN x.lopende THEN 0 ELSE arbsok_lasting.seriemaaned(e.mnddato, e.serie_start) END AS seriemaaned,
            NOT x.lopende AND e.hoved = '5' AS hoved_5,
            NOT x.lopende AND arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato) > e.serie_start AS etter_start,
            NOT x.lopende AND coalesce(arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato) > e.fdagdato, false)
                AS etter_fdagdato
        FROM (
            SELECT r.*, (SELECT i.serie_start FROM trygdfob.innstilling AS i) AS serie_start,
                arbsok_lasting.individ(r.dagdato, r.fdagdato, r.hoved, r.sist_dagdato, r.sist_hoved,
                    CASE
                        WHEN r.sist_dagdato IS NOT NULL THEN r.sist_avsluttet
                        -- Not in H_ARBSOK of the year before, and yet known: closed in an earlier year
                        ELSE (SELECT true FROM trygdfob.f_arbsok AS a WHERE a.fnr = r.fnr AND a.aargang < p_aargang LIMIT 1)
                    END,
                    (SELECT i.sammensying_dager FROM trygdfob.innstilling AS i)) AS individ
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
                -- Months before the start of the series never reach L_ARBSOK: nothing is compared with them
                WINDOW per_person AS (PARTITION BY u.fnr, u.fra_start ORDER BY u.dagdato)
            ) AS r
            WHERE r.mnddato IS NOT NULL
            OFFSET 0 -- each fact is worked out once a record
        ) AS e
        CROSS JOIN LATERAL (SELECT e.individ NOT IN ('ny', 'avsluttet') AS lopende) AS x
        OFFSET 0
    ) AS f
    LEFT JOIN arbsok_lasting.statusvalg AS v
        ON f.fra_start
        AND v.individ = f.individ
        AND v.seriemaaned = f.seriemaaned
        AND v.hoved_5 = f.hoved_5
        AND v.etter_start = f.etter_start
        AND v.etter_fdagdato = f.etter_fdagdato
        AND v.henddato_klasse = f.henddato_klasse
        AND v.hoved_endret = f.hoved_endret
        AND v.arbstat_sum = f.ytelse_endret::integer + 2 * f.tiltak_endret::integer
            + 4 * f.hovedarbstat_endret::integer;
END;

COMMENT ON FUNCTION arbsok_lasting.registrering(integer, text, text) IS
    'Every registration of a loaded year of the persons p_fra <= fnr < p_til, whether it is the person''s last in the year (siste), with the last registration before it (sist_...), presence, class of henddato, what changed, and what the rules make of it: status, handling, and the dates of what it closes and opens; those are missing for registrations from before the series'' start (spec.md 3).';
