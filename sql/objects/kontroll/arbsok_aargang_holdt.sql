-- arbsok_aargang_holdt: what breaks a year's promises about its files, its sums and its run log, given how many records
-- its miniregister and F_ARBSOK have (spec.md 2, 5.8, 6). Those counts are of millions of records: so they come from
-- outside, where they can be made beside other controls (arbsok_aargangskontroll).

CREATE OR REPLACE FUNCTION kontroll.arbsok_aargang_holdt(p_aargang integer, p_register jsonb, p_forlop jsonb)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH fil AS (
        SELECT m.*, lag(m.dagdato) OVER (ORDER BY m.mnddato) AS forrige_dagdato,
            lag(m.mnddato) OVER (ORDER BY m.mnddato) AS forrige_mnddato
        FROM trygdfob.maanedsfil AS m
    ),

    register AS (
        SELECT r.*
        FROM jsonb_to_recordset(p_register)
            AS r (mnddato date, hoved varchar, mrk_fnr varchar, mrk_dl integer, antall bigint)
    ),

    forlop AS (
        SELECT f.*
        FROM jsonb_to_recordset(p_forlop)
            AS f (status varchar, kode varchar, hoved varchar, tilfelle boolean, antall bigint)
    ),

    lopende AS (
        SELECT h.hoved, count(*) AS antall
        FROM trygdfob.h_arbsok AS h
        WHERE h.aargang = p_aargang AND h.avgdato IS NULL
        GROUP BY h.hoved
    ),

    til_side AS (
        SELECT s.mnddato, count(*) AS antall,
            count(*) FILTER (WHERE s.grunn = 'dublett') AS dubletter,
            count(*) FILTER (WHERE s.grunn = 'ugyldig_fnr') AS ugyldige,
            count(*) FILTER (WHERE s.grunn = 'tall_i_as_stat') AS med_tall
        FROM trygdfob.lagt_til_side AS s
        WHERE s.aargang = p_aargang
        GROUP BY s.mnddato
    ),

    -- Each figure as the tables have it, and as the sums of the year do
    summer (tabell, hva, i_tabellen, i_summene) AS (
        SELECT 'miniregister_tall', concat_ws(' ', coalesce(r.mnddato, t.mnddato), coalesce(r.hoved, t.hoved),
                coalesce(r.mrk_fnr, t.mrk_fnr), coalesce(r.mrk_dl, t.mrk_dl)), r.antall, t.antall
        FROM register AS r
        FULL JOIN (
            SELECT m.mnddato, m.hoved, m.mrk_fnr, m.mrk_dl, sum(m.antall) AS antall
            FROM arbsok_lasting.miniregister_tall AS m
            WHERE m.aargang = p_aargang
            GROUP BY m.mnddato, m.hoved, m.mrk_fnr, m.mrk_dl
        ) AS t ON t.mnddato = r.mnddato AND t.hoved = r.hoved AND t.mrk_fnr = r.mrk_fnr
            AND coalesce(t.mrk_dl, 0) = coalesce(r.mrk_dl, 0)
        UNION ALL
        SELECT 'registrering_tall', coalesce(r.mnddato, t.mnddato)::text, r.antall, t.antall
        FROM (SELECT g.mnddato, sum(g.antall) AS antall FROM register AS g GROUP BY g.mnddato) AS r
        FULL JOIN (
            SELECT m.mnddato, sum(m.antall) AS antall
            FROM arbsok_lasting.registrering_tall AS m
            WHERE m.aargang = p_aargang
            GROUP BY m.mnddato
        ) AS t ON t.mnddato = r.mnddato
        UNION ALL
        SELECT 'forlop_tall', concat_ws(' ', coalesce(f.status, t.status), coalesce(f.kode, t.kode),
                coalesce(f.hoved, t.hoved), coalesce(f.tilfelle, t.tilfelle)), f.antall, t.antall
        FROM forlop AS f
        FULL JOIN (
            SELECT m.status, m.kode, m.hoved, m.tilfelle, sum(m.antall) AS antall
            FROM arbsok_lasting.forlop_tall AS m
            WHERE m.aargang = p_aargang
            GROUP BY m.status, m.kode, m.hoved, m.tilfelle
        ) AS t ON t.status = f.status AND t.kode = f.kode AND t.hoved = f.hoved AND t.tilfelle = f.tilfelle
        UNION ALL
        SELECT 'varighet_tall', concat_ws(' ', coalesce(v.hva, t.hva), coalesce(v.hoved, t.hoved)), v.antall, t.antall
        FROM (
            SELECT 'ended' AS hva, f.hoved, sum(f.antall) AS antall FROM forlop AS f WHERE f.kode = '0' GROUP BY f.hoved
            UNION ALL
            SELECT 'ended', '-', sum(f.antall) FROM forlop AS f WHERE f.kode = '0' AND f.tilfelle HAVING count(*) > 0
            UNION ALL
            SELECT 'running', l.hoved, l.antall FROM lopende AS l
            UNION ALL
            SELECT 'running', '-', sum(l.antall) FROM lopende AS l HAVING count(*) > 0
        ) AS v
        FULL JOIN (
            SELECT CASE WHEN m.avsluttet THEN 'ended' ELSE 'running' END AS hva, coalesce(m.hoved, '-') AS hoved,
                sum(m.antall) AS antall
            FROM arbsok_lasting.varighet_tall AS m
            WHERE m.aargang = p_aargang
            GROUP BY 1, 2
        ) AS t ON t.hva = v.hva AND t.hoved = v.hoved
    ),

    -- Each figure as the run log has it, and as the tables do
    logg (post, i_loggen, i_tabellene) AS (
        SELECT v.post, (k.antall ->> v.post)::bigint, coalesce(v.antall, 0)
        FROM (
            SELECT (array_agg(
                -- The first version of the product had other names for two of them
                CASE WHEN g.antall -> 'last_l_arbsok' IS NOT NULL
                    THEN g.antall || jsonb_build_object('nokkel_miniregister', g.antall -> 'lag_miniregister',
                        'fra_start', g.antall -> 'last_l_arbsok')
                    ELSE g.antall
                END
                -- Before T13 nothing was set aside for it
                || jsonb_build_object('tall_i_as_stat', coalesce(g.antall -> 'tall_i_as_stat', '0'))
                ORDER BY g.kjoring DESC))[1] AS antall
            FROM trygdfob.kjorelogg AS g
            WHERE g.aargang = p_aargang AND g.handling = 'load'
        ) AS k
        CROSS JOIN (
            SELECT sum(t.antall) AS alle,
                sum(t.antall) FILTER (WHERE t.utfall <> 'foer_start') AS fra_start,
                sum(t.antall) FILTER (WHERE t.utfall = 'vraket') AS vraket,
                sum(t.antall) FILTER (WHERE h.nytt_tilfelle AND NOT h.venstresensurert) AS tilganger,
                sum(t.antall) FILTER (WHERE h.avslutter_tilfelle) AS avganger,
                sum(t.antall) FILTER (WHERE h.venstresensurert) AS venstresensurerte,
                sum(t.antall) FILTER (WHERE h.gir_record AND NOT h.ny_gruppe) AS endringer,
                sum(t.antall) FILTER (WHERE h.ny_gruppe AND NOT h.nytt_tilfelle) AS gruppeoverganger
            FROM arbsok_lasting.registrering_tall AS t
            LEFT JOIN trygdfob.handling AS h ON h.handling = t.handling
            WHERE t.aargang = p_aargang
        ) AS r
        CROSS JOIN (
            SELECT sum(f.antall) AS alle, sum(f.antall) FILTER (WHERE f.status LIKE '_X%') AS avsluttede FROM forlop AS f
        ) AS f
        CROSS JOIN (SELECT sum(s.dubletter) AS dubletter, sum(s.ugyldige) AS ugyldige,
            sum(s.med_tall) AS med_tall FROM til_side AS s) AS s
        CROSS JOIN (SELECT sum(l.antall) AS antall FROM lopende AS l) AS l
        CROSS JOIN (SELECT sum(m.antall) AS antall FROM fil AS m WHERE m.aargang = p_aargang) AS m
        CROSS JOIN LATERAL (
            VALUES ('lagsasf', m.antall), ('nokkel_miniregister', r.alle), ('fra_start', r.fra_start),
                ('asok_insert_forlop', f.alle), ('asok_insert_vrak', r.vraket), ('vrakede', r.vraket),
                ('tilganger', r.tilganger), ('avganger', r.avganger), ('venstresensurerte', r.venstresensurerte),
                ('endringer', r.endringer), ('gruppeoverganger', r.gruppeoverganger), ('avsluttede', f.avsluttede),
                ('tall_i_as_stat', s.med_tall), ('ugyldig_fnr', s.ugyldige), ('dublett', s.dubletter), ('lopende', l.antall)
        ) AS v (post, antall)
    )

    SELECT 'maaneder_henger_sammen', b.noekkel, NULL::varchar, b.dato, NULL::varchar, b.detalj
    FROM (
        SELECT to_char(f.mnddato, 'YYYY-MM') AS noekkel, f.dagdato AS dato,
            CASE
                WHEN f.dagdato IS NULL THEN 'no extraction date'
                WHEN f.dagdato < f.mnddato - 10 OR f.dagdato > (f.mnddato + interval '1 month')::date + 9
                    THEN 'the extraction date ' || f.dagdato || ' is more than 10 days outside its month'
                WHEN f.dagdato <= f.forrige_dagdato THEN 'the extraction date ' || f.dagdato || ' does not increase'
                WHEN f.forrige_mnddato IS NOT NULL AND f.fdagdato IS DISTINCT FROM f.forrige_dagdato
                    THEN 'fdagdato ' || coalesce(f.fdagdato::text, 'is missing,')
                        || ' is not the month before''s ' || f.forrige_dagdato
                WHEN f.forrige_mnddato <> f.mnddato - interval '1 month' THEN 'the month before is missing'
            END AS detalj
        FROM fil AS f
        WHERE f.aargang = p_aargang
        UNION ALL
        SELECT p_aargang::text, NULL, 'the year has ' || count(*) || ' month files'
        FROM fil AS f
        WHERE f.aargang = p_aargang
        HAVING count(*) <> 12
    ) AS b
    WHERE b.detalj IS NOT NULL
    UNION ALL
    SELECT 'alle_innleste_gjort_rede_for', to_char(f.mnddato, 'YYYY-MM'), NULL, f.dagdato, NULL,
        concat_ws(', ', f.fil, 'read ' || f.antall, 'in the miniregister ' || coalesce(r.antall, 0),
            'set aside ' || coalesce(s.antall, 0))
    FROM fil AS f
    LEFT JOIN (SELECT g.mnddato, sum(g.antall) AS antall FROM register AS g GROUP BY g.mnddato) AS r
        ON r.mnddato = f.mnddato
    LEFT JOIN til_side AS s ON s.mnddato = f.mnddato
    WHERE f.aargang = p_aargang AND f.antall <> coalesce(r.antall, 0) + coalesce(s.antall, 0)
    UNION ALL
    SELECT 'summer_stemmer', concat_ws(' ', s.tabell, s.hva), NULL, NULL, NULL,
        concat_ws(', ', s.tabell, s.hva, 'in the tables ' || coalesce(s.i_tabellen, 0),
            'in the sums ' || coalesce(s.i_summene, 0))
    FROM summer AS s
    WHERE s.i_tabellen IS DISTINCT FROM s.i_summene
    UNION ALL
    SELECT 'kjorelogg_stemmer', l.post, NULL, NULL, NULL,
        concat_ws(', ', l.post, 'in the run log ' || coalesce(l.i_loggen::text, 'nothing'), 'in the tables ' || l.i_tabellene)
    FROM logg AS l
    WHERE l.i_loggen IS DISTINCT FROM l.i_tabellene;
END;

COMMENT ON FUNCTION kontroll.arbsok_aargang_holdt(integer, jsonb, jsonb) IS
    'What breaks a loaded year''s promises about its files, its sums and its run log, given the rows of arbsok_register_talt and arbsok_forlop_talt as arrays of objects. No rows in a sound database (spec.md 2, 5.8, 6).';
