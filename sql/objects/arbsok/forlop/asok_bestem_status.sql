-- asok_bestem_status: what the rules make of a registration, given the person's last one before it.
-- Original program: asok_bestem_status.pls (spec.md 3; the source's 5.7). The load asks it, and so do the controls and
-- forklar (registrering). The facts are worked out here; the rules are the rows of statuskode, read from statusvalg.
--
-- It is asked of millions of registrations a year. So PostgreSQL must write it into the statement that calls it, where
-- the rules are read once for all of them. It does so with a function in SQL that has no SET and that is given columns,
-- not sub-selects (tests/arbsok/forlop/test_asok_bestem_status.py).

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_bestem_status(
    dagdato date, fdagdato date, mnddato date, henddato date, hoved varchar, hovedarbstat varchar, tiltak varchar,
    ytelse varchar, sist_dagdato date, sist_henddato date, sist_hoved varchar, sist_hovedarbstat varchar,
    sist_tiltak varchar, sist_ytelse varchar, avsluttet boolean
)
RETURNS TABLE (
    individ text, henddato_klasse text, hoved_endret boolean, hovedarbstat_endret boolean, tiltak_endret boolean,
    ytelse_endret boolean, statuskode varchar, status text, handling varchar, kode varchar, avgang date, tilgang date
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT f.individ, f.henddato_klasse, f.hoved_endret, f.hovedarbstat_endret, f.tiltak_endret, f.ytelse_endret,
        v.status,
        arbsok_lasting.med_ukebokstav(v.status, dagdato, sist_dagdato),
        v.handling,
        v.kode,
        arbsok_lasting.regeldato(v.avgang_dato, dagdato, fdagdato, henddato, sist_dagdato, f.serie_start),
        arbsok_lasting.regeldato(v.tilgang_dato, dagdato, fdagdato, henddato, sist_dagdato, f.serie_start)
    FROM (
        SELECT e.individ, e.serie_start,
            x.lopende AND sist_hoved <> hoved AS hoved_endret,
            x.lopende AND sist_hovedarbstat IS DISTINCT FROM hovedarbstat AS hovedarbstat_endret,
            x.lopende AND sist_tiltak IS DISTINCT FROM tiltak AS tiltak_endret,
            x.lopende AND sist_ytelse IS DISTINCT FROM ytelse AS ytelse_endret,
            CASE WHEN x.lopende THEN arbsok_lasting.henddato_klasse(henddato, dagdato, fdagdato, sist_henddato)
                ELSE '-' END AS henddato_klasse,
            -- These decide where no spell runs; where one does they are 0 and false
            CASE WHEN x.lopende THEN 0 ELSE arbsok_lasting.seriemaaned(mnddato, e.serie_start) END AS seriemaaned,
            NOT x.lopende AND hoved = '5' AS hoved_5,
            NOT x.lopende AND arbsok_lasting.effektiv_henddato(henddato, dagdato) > e.serie_start AS etter_start,
            NOT x.lopende AND coalesce(arbsok_lasting.effektiv_henddato(henddato, dagdato) > fdagdato, false)
                AS etter_fdagdato
        FROM (
            SELECT (SELECT i.serie_start FROM trygdfob.innstilling AS i) AS serie_start,
                arbsok_lasting.individ(dagdato, fdagdato, hoved, sist_dagdato, sist_hoved, avsluttet,
                    (SELECT i.sammensying_dager FROM trygdfob.innstilling AS i)) AS individ
            OFFSET 0 -- each fact is worked out once
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

COMMENT ON FUNCTION arbsok_lasting.asok_bestem_status(
    date, date, date, date, varchar, varchar, varchar, varchar, date, date, varchar, varchar, varchar, varchar, boolean
) IS
    'What the rules make of a registration, given the person''s last one before it (sist_..., missing where there is none) and whether the last spell is closed: its presence, the class of its henddato, what changed, its status and handling, and the dates of what it closes and opens (original asok_bestem_status.pls; spec.md 3).';
