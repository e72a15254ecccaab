-- registrering_utfall: every registration of a year with what became of it: each has one outcome (SPEC.md 5.8).

CREATE OR REPLACE FUNCTION trygdfob.registrering_utfall(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (
    fnr varchar, dagdato date, mnddato date, status text, handling varchar, utfall varchar,
    record_status varchar, vrak_status varchar
)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT r.fnr, r.dagdato, r.mnddato, r.status, r.handling,
        CASE
            WHEN f.fnr IS NOT NULL THEN 'ga_record'
            WHEN v.fnr IS NOT NULL THEN 'vraket'
            WHEN NOT r.fra_start THEN 'foer_start'
            ELSE 'bekreftet'
        END,
        f.status, v.status
    FROM trygdfob.registrering(p_aargang, p_fra, p_til) AS r
    LEFT JOIN (
        SELECT * FROM trygdfob.f_arbsok AS a
        WHERE a.aargang = p_aargang AND a.kode <> '0' AND a.fnr >= p_fra AND a.fnr < p_til
    ) AS f ON f.fnr = r.fnr AND f.dagdato = r.dagdato
    LEFT JOIN trygdfob.vrak_arbsok AS v ON v.fnr = r.fnr AND v.dagdato = r.dagdato
$$;

COMMENT ON FUNCTION trygdfob.registrering_utfall(integer, text, text) IS
    'Every registration of a loaded year of the persons p_fra <= fnr < p_til, with its outcome (see column utfall of registrering_tall), the status that the rules give it, and the status that stands in F_ARBSOK or VRAK_ARBSOK (SPEC.md 5.8).';
