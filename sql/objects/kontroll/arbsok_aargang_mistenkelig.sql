-- arbsok_aargang_mistenkelig: what makes a year suspicious without being wrong, as sentences of the catalogue (spec.md
-- 6; docs/controls.md). It reads what each file gave, and the sums of the loaded years; the thresholds are rows of the
-- table terskel. One control here is an error in the catalogue and not a warning: tall_i_kode, about years that were
-- loaded before T13.

CREATE OR REPLACE FUNCTION kontroll.arbsok_aargang_mistenkelig(p_aargang integer)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text, verdier text[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH gruppe AS (
        SELECT t.mnddato, t.hoved, sum(t.antall) AS antall
        FROM arbsok_lasting.miniregister_tall AS t
        WHERE t.aargang BETWEEN p_aargang - 1 AND p_aargang
        GROUP BY t.mnddato, t.hoved
    ),

    funn (kontroll, noekkel, dato, verdier) AS (
        SELECT f.kontroll, to_char(f.mnddato, 'YYYY-MM'), f.mnddato, f.verdier
        FROM kontroll.arbsok_fil_mistenkelig(p_aargang) AS f
        UNION ALL
        -- A main group with at least a certain share of a month's registrations, and none the month after
        SELECT t.navn, concat_ws(' ', to_char(m.mnddato, 'YYYY-MM'), f.hoved), m.mnddato,
            ARRAY[m.fil, f.hoved, f.antall::text, to_char(f.mnddato, 'YYYY-MM'), p_aargang::text]
        FROM trygdfob.maanedsfil AS m
        JOIN gruppe AS f ON f.mnddato = m.mnddato - interval '1 month'
        JOIN (
            SELECT g.mnddato, sum(g.antall) AS antall FROM gruppe AS g GROUP BY g.mnddato
        ) AS h ON h.mnddato = f.mnddato
        JOIN trygdfob.terskel AS t ON t.navn = 'gruppe_borte'
        WHERE m.aargang = p_aargang AND f.antall >= t.gjelder_minst AND 100 * f.antall >= t.gjelder_prosent * h.antall
            AND EXISTS (SELECT FROM gruppe AS g WHERE g.mnddato = m.mnddato)
            AND NOT EXISTS (SELECT FROM gruppe AS g WHERE g.mnddato = m.mnddato AND g.hoved = f.hoved)
        UNION ALL
        -- Codes that are in no code list and in no earlier year (the first year has none), and that no known break
        -- explains. A code whose digits may be a fødselsnummer's is not shown
        SELECT 'ny_kode', concat_ws(' ', k.variabel, k.verdi), k.foerste_maaned,
            ARRAY[k.variabel, k.verdi, k.antall::text, to_char(k.foerste_maaned, 'YYYY-MM')]
        FROM arbsok.kodebruk AS k
        WHERE k.aargang = p_aargang AND NOT k.i_kodeliste AND k.kjent_brudd IS NULL
            AND (k.ny OR k.antall_aaret_foer IS NULL) AND NOT arbsok_lasting.tall_i_as_stat(k.verdi)
        UNION ALL
        -- Persons who were there two months before, and not in the month between
        SELECT t.navn, to_char(b.mnddato, 'YYYY-MM'), b.mnddato,
            ARRAY[f.fil, b.tilbake::text, b.antall::text, p_aargang::text, round(100 * b.tilbake / b.antall)::text]
        FROM (
            SELECT r.mnddato, sum(r.antall) AS antall,
                coalesce(sum(r.antall) FILTER (WHERE r.en_maaned_borte), 0) AS tilbake
            FROM arbsok_lasting.registrering_tall AS r
            WHERE r.aargang = p_aargang AND r.utfall <> 'foer_start'
            GROUP BY r.mnddato
        ) AS b
        JOIN trygdfob.maanedsfil AS f ON f.mnddato = b.mnddato
        JOIN trygdfob.terskel AS t ON t.navn = 'borte_og_tilbake'
        WHERE b.tilbake >= t.gjelder_minst AND 100 * b.tilbake > t.gjelder_prosent * b.antall
        UNION ALL
        -- Persons of the month before who are there again (presence U), as a share of all of them, or of this month's
        -- persons where these are fewer: so a month that is merely too small is not warned of twice
        SELECT t.navn, to_char(p.mnddato, 'YYYY-MM'), p.mnddato,
            ARRAY[f.fil, p.igjen::text, p.forrige::text, p_aargang::text, p.antall::text]
        FROM (
            SELECT r.aargang, r.mnddato, sum(r.antall) AS antall,
                coalesce(sum(r.antall) FILTER (WHERE r.status LIKE 'U%'), 0) AS igjen,
                lag(sum(r.antall)) OVER (ORDER BY r.mnddato) AS forrige
            FROM arbsok_lasting.registrering_tall AS r
            WHERE r.aargang BETWEEN p_aargang - 1 AND p_aargang AND r.utfall <> 'foer_start'
            GROUP BY r.aargang, r.mnddato
        ) AS p
        JOIN trygdfob.maanedsfil AS f ON f.mnddato = p.mnddato
        JOIN trygdfob.terskel AS t ON t.navn = 'faa_gjengangere'
        CROSS JOIN LATERAL (SELECT least(p.forrige, p.antall) AS mulige) AS m
        WHERE p.aargang = p_aargang AND p.forrige IS NOT NULL AND m.mulige - p.igjen >= t.gjelder_minst
            AND 100 * p.igjen < t.gjelder_prosent * m.mulige
        UNION ALL
        -- Persons whose main group or arbstat has changed (the fourth or fifth character of the status is 1), as a
        -- share of those who were there the month before too, unless a known break explains it
        SELECT t.navn, to_char(e.mnddato, 'YYYY-MM'), e.mnddato,
            ARRAY[f.fil, e.endret::text, e.igjen::text, p_aargang::text, round(100 * e.endret / e.igjen)::text]
        FROM (
            SELECT r.mnddato, sum(r.antall) AS igjen,
                coalesce(sum(r.antall) FILTER (WHERE r.status ~ '^...(1|.1)'), 0) AS endret
            FROM arbsok_lasting.registrering_tall AS r
            WHERE r.aargang = p_aargang AND r.status LIKE 'U%'
            GROUP BY r.mnddato
        ) AS e
        JOIN trygdfob.maanedsfil AS f ON f.mnddato = e.mnddato
        JOIN trygdfob.terskel AS t ON t.navn = 'mange_endringer'
        WHERE e.endret >= t.gjelder_minst AND 100 * e.endret > t.gjelder_prosent * e.igjen
            AND NOT EXISTS (
                SELECT FROM arbsok.dekning_regel AS d
                WHERE d.slag = 'variabel' AND d.navn = '*' AND d.variabel IN ('hoved', 'tiltak')
                    AND d.brudd BETWEEN e.mnddato AND e.mnddato + interval '1 month - 1 day'
            )
        UNION ALL
        -- What a load has set aside since T13, in a year that was loaded before that
        SELECT 'tall_i_kode', to_char(f.mnddato, 'YYYY-MM'), f.mnddato, ARRAY[f.fil, m.antall::text, p_aargang::text]
        FROM (
            SELECT t.mnddato, sum(t.antall) AS antall
            FROM arbsok_lasting.miniregister_tall AS t
            WHERE t.aargang = p_aargang
                AND arbsok_lasting.tall_i_as_stat(concat(t.hovedarbstat, t.tiltak, t.ytelse))
            GROUP BY t.mnddato
        ) AS m
        JOIN trygdfob.maanedsfil AS f ON f.mnddato = m.mnddato
        WHERE NOT EXISTS (
            SELECT FROM trygdfob.kjorelogg AS g
            WHERE g.aargang = p_aargang AND g.handling = 'load' AND g.antall ? 'tall_i_as_stat'
        )
    )

    SELECT k.kontroll::text, f.noekkel, NULL::varchar, f.dato, NULL::varchar,
        format(concat_ws(' ', k.setning, k.vei_tilbake), VARIADIC f.verdier), f.verdier
    FROM funn AS f
    JOIN kontroll.kontroll AS k ON k.kontroll = f.kontroll;
END;

COMMENT ON FUNCTION kontroll.arbsok_aargang_mistenkelig(integer) IS
    'What makes a loaded year suspicious without being wrong, by the thresholds of table terskel: a file of which a rule had to set aside or correct much, a month smaller than its neighbours, a main group that disappears, a code never seen before, many persons who were away for a month, few who were there the month before, or many of them with another status; and what a year loaded before T13 may hold. detalj is the sentence in English, verdier are the values in it (spec.md 6).';
