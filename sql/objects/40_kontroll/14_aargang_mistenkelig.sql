-- aargang_mistenkelig: what makes a year suspicious without being wrong: warnings (SPEC.md 6; docs/controls.md).
-- Read from the sums of the loaded years. The thresholds are here and nowhere else.

CREATE OR REPLACE FUNCTION trygdfob.aargang_mistenkelig(p_aargang integer)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH gruppe AS (
        SELECT t.aargang, t.mnddato, t.hoved, sum(t.antall) AS antall
        FROM trygdfob.miniregister_tall AS t
        WHERE t.aargang BETWEEN p_aargang - 1 AND p_aargang + 1
        GROUP BY t.aargang, t.mnddato, t.hoved
    ),

    maaned AS (
        SELECT g.aargang, g.mnddato, g.antall,
            (coalesce(g.forrige, g.neste) + coalesce(g.neste, g.forrige)) / 2 AS naboer
        FROM (
            SELECT e.aargang, e.mnddato, sum(e.antall) AS antall,
                lag(sum(e.antall)) OVER (ORDER BY e.mnddato) AS forrige,
                lead(sum(e.antall)) OVER (ORDER BY e.mnddato) AS neste
            FROM gruppe AS e
            GROUP BY e.aargang, e.mnddato
        ) AS g
    ),

    kode AS (
        SELECT t.aargang, v.variabel, v.verdi, sum(t.antall) AS antall, min(t.mnddato) AS foerste
        FROM trygdfob.miniregister_tall AS t
        CROSS JOIN LATERAL (
            VALUES ('hovedarbstat', t.hovedarbstat), ('tiltak', t.tiltak), ('ytelse', t.ytelse), ('as_gr', t.as_gr)
        ) AS v (variabel, verdi)
        WHERE t.aargang <= p_aargang AND v.verdi IS NOT NULL
        GROUP BY t.aargang, v.variabel, v.verdi
    )

    -- 20 per cent fewer than the mean of the months on both sides
    SELECT 'maaned_for_liten', to_char(m.mnddato, 'YYYY-MM'), NULL::varchar, m.mnddato, NULL::varchar,
        format('%s has %s registrations, the months beside it %s on average: %s per cent fewer',
            to_char(m.mnddato, 'YYYY-MM'), m.antall, round(m.naboer), round(100 - 100 * m.antall / m.naboer))
    FROM maaned AS m
    WHERE m.aargang = p_aargang AND m.antall < 0.8 * m.naboer
    UNION ALL
    -- One per cent of a month's registrations, and none the month after
    SELECT 'gruppe_borte', concat_ws(' ', to_char(m.mnddato, 'YYYY-MM'), f.hoved), NULL, m.mnddato, NULL,
        format('main group %s has %s registrations in %s and none in %s',
            f.hoved, f.antall, to_char(f.mnddato, 'YYYY-MM'), to_char(m.mnddato, 'YYYY-MM'))
    FROM maaned AS m
    JOIN gruppe AS f ON f.mnddato = m.mnddato - interval '1 month'
    JOIN maaned AS h ON h.mnddato = f.mnddato
    WHERE m.aargang = p_aargang AND f.antall >= 0.01 * h.antall
        AND NOT EXISTS (SELECT FROM gruppe AS g WHERE g.mnddato = m.mnddato AND g.hoved = f.hoved)
    UNION ALL
    -- In no code list, and in no year before
    SELECT 'ny_kode', concat_ws(' ', k.variabel, k.verdi), NULL, k.foerste, NULL,
        format('%s %s is in no code list and in no year before; %s registrations, from %s on',
            k.variabel, k.verdi, k.antall, to_char(k.foerste, 'YYYY-MM'))
    FROM kode AS k
    WHERE k.aargang = p_aargang
        AND NOT EXISTS (SELECT FROM trygdfob.kjent_kode AS c WHERE c.variabel = k.variabel AND c.verdi = k.verdi)
        AND NOT EXISTS (
            SELECT FROM kode AS f WHERE f.aargang < k.aargang AND f.variabel = k.variabel AND f.verdi = k.verdi
        )
    UNION ALL
    -- Five per cent of a month's persons were there two months before, and not in the month between
    SELECT 'borte_og_tilbake', to_char(b.mnddato, 'YYYY-MM'), NULL, b.mnddato, NULL,
        format('%s of the %s persons of %s were away in the month before and there in the one before it: %s per cent',
            b.tilbake, b.antall, to_char(b.mnddato, 'YYYY-MM'), round(100 * b.tilbake / b.antall, 1))
    FROM (
        SELECT t.mnddato, sum(t.antall) AS antall,
            coalesce(sum(t.antall) FILTER (WHERE t.en_maaned_borte), 0) AS tilbake
        FROM trygdfob.registrering_tall AS t
        WHERE t.aargang = p_aargang AND t.utfall <> 'foer_start'
        GROUP BY t.mnddato
    ) AS b
    WHERE b.tilbake > 0.05 * b.antall;
END;

COMMENT ON FUNCTION trygdfob.aargang_mistenkelig(integer) IS
    'What makes a loaded year suspicious without being wrong: a month 20 per cent smaller than its neighbours, a main group that disappears, a code never seen, more than 5 per cent of the persons gone and back (SPEC.md 6).';
