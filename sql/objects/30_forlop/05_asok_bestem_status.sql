-- asok_bestem_status: the status of every record that is not simply unchanged, and the dates that follow from it.
-- Original program: asok_bestem_status.pls (SPEC.md 3; the source's 5.7). Here the facts are worked out; the rules are
-- the rows of statuskode, met through statusvalg.

CREATE OR REPLACE FUNCTION trygdfob.asok_bestem_status(p_aargang integer, p_del integer)
RETURNS TABLE (
    fnr varchar, dagdato date, fdagdato date, mnddato date, henddato date, hoved varchar, hovedarbstat varchar,
    tiltak varchar, ytelse varchar, mrk_sys varchar, mrk_fnr varchar, mrk_dl integer, ant_d_as_n integer,
    as_f varchar, as_gr varchar, sist_dagdato date, sist_fdagdato date, sist_henddato date, sist_hoved varchar,
    sist_hovedarbstat varchar, sist_tiltak varchar, sist_ytelse varchar, sist_mrk_sys varchar, sist_mrk_fnr varchar,
    sist_as_f varchar, sist_as_gr varchar, hovedarbstat_endret boolean,
    tiltak_endret boolean, ytelse_endret boolean, status text, handling varchar, kode varchar, avgang date, tilgang date
)
LANGUAGE sql STABLE
AS $$
    SELECT f.fnr, f.dagdato, f.fdagdato, f.mnddato, f.henddato, f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
        f.mrk_sys, f.mrk_fnr, f.mrk_dl, f.ant_d_as_n, f.as_f, f.as_gr,
        f.sist_dagdato, f.sist_fdagdato, f.sist_henddato, f.sist_hoved, f.sist_hovedarbstat, f.sist_tiltak,
        f.sist_ytelse, f.sist_mrk_sys, f.sist_mrk_fnr, f.sist_as_f, f.sist_as_gr,
        f.hovedarbstat_endret,
        f.tiltak_endret,
        f.ytelse_endret,
        -- T6: the letter of the started weeks between the two registrations
        CASE WHEN v.status LIKE '%a' THEN replace(v.status, 'a', chr(64 + (f.dagdato - f.sist_dagdato + 6) / 7))
            ELSE v.status END,
        v.handling,
        v.kode,
        CASE v.avgang_dato
            WHEN 'siste_dagdato' THEN f.sist_dagdato
            WHEN 'dagdato-1' THEN f.dagdato - 1
            WHEN 'henddato-1' THEN f.effektiv_henddato - 1
            WHEN 'fdagdato' THEN f.fdagdato
        END,
        CASE v.tilgang_dato
            WHEN 'henddato' THEN f.effektiv_henddato
            WHEN 'serie_start' THEN f.serie_start
            WHEN 'fdagdato+1' THEN f.fdagdato + 1
            WHEN 'dagdato' THEN f.dagdato
        END
    FROM (
        SELECT e.*,
            lopende AND e.sist_hovedarbstat IS DISTINCT FROM e.hovedarbstat AS hovedarbstat_endret,
            lopende AND e.sist_tiltak IS DISTINCT FROM e.tiltak AS tiltak_endret,
            lopende AND e.sist_ytelse IS DISTINCT FROM e.ytelse AS ytelse_endret,
            lopende AND e.sist_hoved <> e.hoved AS hoved_endret,
            -- T3: the first class that fits
            CASE
                WHEN NOT lopende THEN '-'
                WHEN trygdfob.henddato_uendret(e.henddato, e.sist_henddato) THEN 'uendret'
                WHEN e.henddato IS NULL OR e.henddato > e.dagdato THEN 'uoppgitt_eller_etter_dagdato'
                WHEN e.henddato <= e.fdagdato THEN 'ikke_etter_fdagdato'
                WHEN e.henddato = e.fdagdato + 1 THEN 'endret_dagen_etter_fdagdato'
                ELSE 'endret'
            END AS henddato_klasse,
            -- What decides where no spell runs; 0 and false where one does
            CASE WHEN NOT lopende AND maaned_nr <= 3 THEN maaned_nr ELSE 0 END AS seriemaaned,
            NOT lopende AND e.hoved = '5' AS hoved_5,
            NOT lopende AND e.effektiv_henddato > e.serie_start AS etter_start,
            NOT lopende AND coalesce(e.effektiv_henddato > e.fdagdato, false) AS etter_fdagdato
        FROM (
            SELECT r.*, (SELECT i.serie_start FROM trygdfob.innstilling AS i) AS serie_start,
                -- T5: missing or after dagdato, it is dagdato
                CASE WHEN r.henddato <= r.dagdato THEN r.henddato ELSE r.dagdato END AS effektiv_henddato,
                CASE
                    WHEN r.sist_avsluttet THEN 'avsluttet'
                    WHEN r.sist_dagdato IS NULL THEN 'ny'
                    WHEN r.sist_dagdato >= r.fdagdato THEN 'uten_opphold'
                    WHEN '5' IN (r.sist_hoved, r.hoved) AND r.dagdato - r.sist_dagdato
                            <= (SELECT i.sammensying_dager FROM trygdfob.innstilling AS i)
                        THEN 'uten_opphold_13_uker'
                    ELSE 'med_opphold'
                END AS individ
            FROM trygdfob.forrige_registrering(p_aargang, p_del) AS r
            OFFSET 0 -- each fact is worked out once a record
        ) AS e
        CROSS JOIN LATERAL (
            SELECT e.individ NOT IN ('ny', 'avsluttet') AS lopende,
                ((extract(year FROM e.mnddato) - extract(year FROM e.serie_start)) * 12
                    + extract(month FROM e.mnddato) - extract(month FROM e.serie_start))::integer + 1 AS maaned_nr
        ) AS x
        OFFSET 0
    ) AS f
    LEFT JOIN trygdfob.statusvalg AS v
        ON v.individ = f.individ
        AND v.seriemaaned = f.seriemaaned
        AND v.hoved_5 = f.hoved_5
        AND v.etter_start = f.etter_start
        AND v.etter_fdagdato = f.etter_fdagdato
        AND v.henddato_klasse = f.henddato_klasse
        AND v.hoved_endret = f.hoved_endret
        AND v.arbstat_sum = f.ytelse_endret::integer + 2 * f.tiltak_endret::integer
            + 4 * f.hovedarbstat_endret::integer
$$;

COMMENT ON FUNCTION trygdfob.asok_bestem_status(integer, integer) IS
    'The records, of one part of the persons, of the year being loaded that are not simply unchanged, with their status by the rule table and the dates of what it opens and closes (original asok_bestem_status.pls; SPEC.md 3).';
