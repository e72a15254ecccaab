-- asok_bestem_status: the status of every record that is not simply unchanged, and the dates that follow from it.
-- Original program: asok_bestem_status.pls (spec.md 3; the source's 5.7). Here the facts are worked out; the rules are
-- the rows of statuskode, met through statusvalg.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_bestem_status(p_aargang integer, p_del integer)
RETURNS TABLE (
    fnr varchar, dagdato date, fdagdato date, mnddato date, henddato date, hoved varchar, hovedarbstat varchar,
    tiltak varchar, ytelse varchar, mrk_sys varchar, mrk_fnr varchar, mrk_dl integer, ant_d_as_n integer,
    as_f varchar, as_gr varchar, sist_dagdato date, sist_fdagdato date, sist_henddato date, sist_hoved varchar,
    sist_hovedarbstat varchar, sist_tiltak varchar, sist_ytelse varchar, sist_mrk_sys varchar, sist_mrk_fnr varchar,
    sist_as_f varchar, sist_as_gr varchar, hovedarbstat_endret boolean,
    tiltak_endret boolean, ytelse_endret boolean, status text, handling varchar, kode varchar, avgang date, tilgang date
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT f.fnr, f.dagdato, f.fdagdato, f.mnddato, f.henddato, f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
        f.mrk_sys, f.mrk_fnr, f.mrk_dl, f.ant_d_as_n, f.as_f, f.as_gr,
        f.sist_dagdato, f.sist_fdagdato, f.sist_henddato, f.sist_hoved, f.sist_hovedarbstat, f.sist_tiltak,
        f.sist_ytelse, f.sist_mrk_sys, f.sist_mrk_fnr, f.sist_as_f, f.sist_as_gr,
        f.hovedarbstat_endret,
        f.tiltak_endret,
        f.ytelse_endret,
        arbsok_lasting.med_ukebokstav(v.status, f.dagdato, f.sist_dagdato),
        v.handling,
        v.kode,
        arbsok_lasting.regeldato(v.avgang_dato, f.dagdato, f.fdagdato, f.henddato, f.sist_dagdato, f.serie_start),
        arbsok_lasting.regeldato(v.tilgang_dato, f.dagdato, f.fdagdato, f.henddato, f.sist_dagdato, f.serie_start)
    FROM (
        SELECT e.*,
            lopende AND e.sist_hovedarbstat IS DISTINCT FROM e.hovedarbstat AS hovedarbstat_endret,
            lopende AND e.sist_tiltak IS DISTINCT FROM e.tiltak AS tiltak_endret,
            lopende AND e.sist_ytelse IS DISTINCT FROM e.ytelse AS ytelse_endret,
            lopende AND e.sist_hoved <> e.hoved AS hoved_endret,
            CASE WHEN lopende THEN arbsok_lasting.henddato_klasse(e.henddato, e.dagdato, e.fdagdato, e.sist_henddato)
                ELSE '-' END AS henddato_klasse,
            -- What decides where no spell runs; 0 and false where one does
            CASE WHEN lopende THEN 0 ELSE arbsok_lasting.seriemaaned(e.mnddato, e.serie_start) END AS seriemaaned,
            NOT lopende AND e.hoved = '5' AS hoved_5,
            NOT lopende AND arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato) > e.serie_start AS etter_start,
            NOT lopende AND coalesce(arbsok_lasting.effektiv_henddato(e.henddato, e.dagdato) > e.fdagdato, false)
                AS etter_fdagdato
        FROM (
            SELECT r.*, i.serie_start,
                arbsok_lasting.individ(r.dagdato, r.fdagdato, r.hoved, r.sist_dagdato, r.sist_hoved, r.sist_avsluttet,
                    i.sammensying_dager) AS individ
            FROM arbsok_lasting.forrige_registrering(p_aargang, p_del) AS r
            CROSS JOIN trygdfob.innstilling AS i
            OFFSET 0 -- each fact is worked out once a record
        ) AS e
        CROSS JOIN LATERAL (SELECT e.individ NOT IN ('ny', 'avsluttet') AS lopende) AS x
        OFFSET 0
    ) AS f
    LEFT JOIN arbsok_lasting.statusvalg AS v
        ON v.individ = f.individ
        AND v.seriemaaned = f.seriemaaned
        AND v.hoved_5 = f.hoved_5
        AND v.etter_start = f.etter_start
        AND v.etter_fdagdato = f.etter_fdagdato
        AND v.henddato_klasse = f.henddato_klasse
        AND v.hoved_endret = f.hoved_endret
        AND v.arbstat_sum = f.ytelse_endret::integer + 2 * f.tiltak_endret::integer
            + 4 * f.hovedarbstat_endret::integer;
END;

COMMENT ON FUNCTION arbsok_lasting.asok_bestem_status(integer, integer) IS
    'The records, of one part of the persons, of the year being loaded that are not simply unchanged, with their status by the rule table and the dates of what it opens and closes (original asok_bestem_status.pls; spec.md 3).';
