-- arbsok_registrering_kontrollert: every registration of a year with its outcome and the first promise that it breaks.
-- The promises are about the miniregister itself, about each registration's being accounted for, and about what
-- F_ARBSOK, VRAK_ARBSOK and H_ARBSOK have for it (spec.md 2, 4, 5.6, 5.8). Records of F_ARBSOK and VRAK_ARBSOK that no
-- registration gave come last, without mnddato.

CREATE OR REPLACE FUNCTION kontroll.arbsok_registrering_kontrollert(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (
    kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text,
    mnddato date, utfall text, status text, handling varchar, en_maaned_borte boolean
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT
        CASE
            -- Where the record is of another year than its registration, aargang_er_registreringens says so
            WHEN b.mnddato IS NULL THEN
                CASE WHEN EXISTS (
                        SELECT FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang AND m.dagdato = b.dagdato
                    ) THEN 'record_har_registrering' END
            WHEN (b.dagdato, b.fdagdato) IS DISTINCT FROM (b.fil_dagdato, b.fil_fdagdato)
                OR b.henddato IS DISTINCT FROM b.dagdato - b.ant_d_as_n
                THEN 'miniregister_datoer'
            WHEN coalesce(b.mrk_dl, 32) <> 32 OR b.mrk_fnr <> b.mrk_fnr_rett
                OR (b.mnddato >= b.as_gr_fra AND b.hoved <> arbsok_lasting.hoved_av_as_gr(b.as_gr))
                THEN 'miniregister_koder'
            WHEN (b.utfall IN ('ga_record', 'vraket')) <> coalesce(t.gir_record OR t.vrakes, false)
                OR (b.f_status IS NOT NULL AND b.v_status IS NOT NULL)
                THEN 'registrering_gjort_rede_for'
            WHEN coalesce(b.f_status, b.v_status) <> b.status OR (b.utfall = 'vraket') <> t.vrakes
                THEN 'status_etter_reglene'
            WHEN (b.f_status IS NOT NULL AND NOT b.lik_f) OR (b.v_status IS NOT NULL AND NOT b.lik_v)
                THEN 'record_viser_registreringen'
            WHEN b.siste AND b.fra_start AND b.lik_h IS NOT TRUE THEN 'h_er_siste_registrering'
        END,
        concat_ws(' ', b.fnr, b.dagdato), b.fnr, b.dagdato, b.f_kode,
        concat_ws(', ', 'dagdato ' || b.dagdato, 'henddato ' || b.henddato, 'hoved ' || b.hoved,
            'by the rules ' || coalesce(b.status || ' (' || b.handling || ')', 'nothing'),
            'in F_ARBSOK ' || b.f_status, 'in VRAK_ARBSOK ' || b.v_status),
        b.mnddato, b.utfall, b.status, b.handling, b.en_maaned_borte
    FROM (
        SELECT coalesce(r.fnr, f.fnr) AS fnr, coalesce(r.dagdato, f.dagdato) AS dagdato, r.fdagdato, r.mnddato,
            r.henddato, r.ant_d_as_n, r.hoved, r.as_gr, r.mrk_fnr, r.mrk_dl, r.fra_start, r.siste, r.status, r.handling,
            d.dagdato AS fil_dagdato, d.fdagdato AS fil_fdagdato,
            -- It is worked out anew only where it differs from the last registration's
            CASE WHEN r.mrk_fnr = r.sist_mrk_fnr THEN r.mrk_fnr
                ELSE trygdfob.mrk_fnr(r.fnr::bigint, k.sifre, k.godkjent, k.datoer) END AS mrk_fnr_rett,
            k.as_gr_fra,
            -- The last registration is of two months before
            coalesce(r.sist_dagdato = d.nest_forrige, false) AS en_maaned_borte,
            f.status AS f_status, f.kode AS f_kode, v.status AS v_status,
            CASE
                WHEN f.status IS NOT NULL THEN 'ga_record'
                WHEN v.status IS NOT NULL THEN 'vraket'
                WHEN r.fra_start THEN 'bekreftet'
                ELSE 'foer_start'
            END AS utfall,
            r.hoved = f.hoved AND r.fdagdato IS NOT DISTINCT FROM f.fdagdato
                AND r.henddato IS NOT DISTINCT FROM f.henddato
                AND r.hovedarbstat IS NOT DISTINCT FROM f.hovedarbstat
                AND r.tiltak IS NOT DISTINCT FROM f.tiltak
                AND r.ytelse IS NOT DISTINCT FROM f.ytelse AS lik_f,
            r.hoved = v.hoved AND r.fdagdato IS NOT DISTINCT FROM v.fdagdato
                AND r.henddato IS NOT DISTINCT FROM v.henddato
                AND r.hovedarbstat IS NOT DISTINCT FROM v.hovedarbstat
                AND r.tiltak IS NOT DISTINCT FROM v.tiltak
                AND r.ytelse IS NOT DISTINCT FROM v.ytelse AS lik_v,
            r.dagdato = h.dagdato AND r.hoved = h.hoved AND r.fdagdato IS NOT DISTINCT FROM h.fdagdato
                AND r.henddato IS NOT DISTINCT FROM h.henddato
                AND r.hovedarbstat IS NOT DISTINCT FROM h.hovedarbstat
                AND r.tiltak IS NOT DISTINCT FROM h.tiltak
                AND r.ytelse IS NOT DISTINCT FROM h.ytelse AS lik_h
        FROM arbsok_lasting.registrering(p_aargang, p_fra, p_til) AS r
        FULL JOIN (
            SELECT a.fnr, a.dagdato, a.kode, a.status, a.hoved, a.fdagdato, a.henddato, a.hovedarbstat, a.tiltak, a.ytelse
            FROM arbsok_lasting.forlop_fra(p_aargang) AS a
            WHERE a.aargang = p_aargang AND a.kode <> '0' AND a.fnr >= p_fra AND a.fnr < p_til
            OFFSET 0
        ) AS f ON f.fnr = r.fnr AND f.dagdato = r.dagdato
        LEFT JOIN (
            SELECT w.fnr, w.dagdato, w.status, w.hoved, w.fdagdato, w.henddato, w.hovedarbstat, w.tiltak, w.ytelse
            FROM trygdfob.vrak_arbsok AS w
            WHERE w.aargang = p_aargang AND w.fnr >= p_fra AND w.fnr < p_til
            OFFSET 0
        ) AS v ON v.fnr = r.fnr AND v.dagdato = r.dagdato
        LEFT JOIN (
            SELECT g.fnr, g.dagdato, g.fdagdato, g.henddato, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse
            FROM trygdfob.h_arbsok AS g
            WHERE g.aargang = p_aargang AND g.fnr >= p_fra AND g.fnr < p_til
            OFFSET 0
        ) AS h ON r.siste AND h.fnr = r.fnr
        LEFT JOIN (
            SELECT m.mnddato, m.dagdato, m.fdagdato, e.fdagdato AS nest_forrige
            FROM trygdfob.maanedsfil AS m
            LEFT JOIN trygdfob.maanedsfil AS e ON e.mnddato = (m.mnddato - interval '1 month')::date
        ) AS d ON d.mnddato = r.mnddato
        CROSS JOIN (
            -- || '{}' has each array unpacked once, not at each look-up
            SELECT l.sifre || '{}'::integer [] AS sifre, l.godkjent || '{}'::integer [] AS godkjent,
                l.datoer || '{}'::integer [] AS datoer, arbsok_lasting.as_gr_fra() AS as_gr_fra
            FROM kontroll.arbsok_innstilling_ved_lasting(p_aargang) AS i
            JOIN trygdfob.fnr_kontroll AS l ON l.testnumre = i.testnumre
            OFFSET 0
        ) AS k
        OFFSET 0 -- each fact is worked out once a registration
    ) AS b
    LEFT JOIN trygdfob.handling AS t ON t.handling = b.handling
    UNION ALL
    SELECT 'record_har_registrering', concat_ws(' ', v.fnr, v.dagdato), v.fnr, v.dagdato, NULL,
        concat_ws(', ', 'dagdato ' || v.dagdato, 'in VRAK_ARBSOK ' || v.status), NULL, NULL, NULL, NULL, false
    FROM trygdfob.vrak_arbsok AS v
    WHERE v.aargang = p_aargang AND v.fnr >= p_fra AND v.fnr < p_til
        AND NOT EXISTS (
            SELECT FROM trygdfob.miniregister AS m
            WHERE m.fnr = v.fnr AND m.aargang = p_aargang AND m.mnddato = v.mnddato AND m.dagdato = v.dagdato
        );
END;

COMMENT ON FUNCTION kontroll.arbsok_registrering_kontrollert(integer, text, text) IS
    'Every registration of a loaded year, for the persons p_fra <= fnr < p_til: its outcome (column utfall of registrering_tall), its status and handling by the rules, and in kontroll the first promise of the catalogue that it breaks, NULL where it breaks none (spec.md 2, 4, 5.6, 5.8).';
