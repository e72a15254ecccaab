-- statistikkontrollert: what breaks the promises about a version (statistikkontroll). Those that need its month are
-- asked while that is loaded (spec.md 10, controls).

CREATE OR REPLACE FUNCTION statistikk.statistikkontrollert(p_versjon integer)
RETURNS TABLE (kontroll text, noekkel text, detalj text)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v record;
    lastet boolean;
    v_dag date;
    v_inndeling date;
BEGIN
    PERFORM trygdfob.forbered_sesjon();
    SELECT x.* INTO STRICT v FROM statistikk.versjon AS x WHERE x.versjon = p_versjon;
    v_dag := coalesce(v.dagdato, make_date(left(v.periode, 4)::integer, 12, 31));
    v_inndeling := v.mal ->> 'inndeling';
    lastet := EXISTS (
        SELECT FROM befolkning.kjennemerkesett AS s
        WHERE s.mnddato = v.mnddato AND s.folkeregisterversjon = v.folkeregisterversjon
    );

    -- Totals and parts, dimension by dimension; then kommuner and their fylke, in whatever tables they stand
    RETURN QUERY
    SELECT 'summer', concat_ws(' ', s.tabell, s.nokkel::text),
        format('%s %s: the total is %s, its parts give %s', s.tabell, s.nokkel, s.i_alt, s.deler)
    FROM (
        SELECT c.tabell::text AS tabell, d.plass, c.koder[:d.plass - 1] || 'T'::text || c.koder[d.plass + 1:] AS nokkel,
            coalesce(max(c.verdi) FILTER (WHERE c.koder[d.plass] = 'T')::text,
                max(c.symbol) FILTER (WHERE c.koder[d.plass] = 'T')) AS i_alt,
            coalesce(max(c.symbol) FILTER (WHERE k.i_alt AND m.verdi IS NULL),
                sum(coalesce(c.verdi, m.verdi)) FILTER (WHERE k.i_alt)::text) AS deler,
            bool_or(c.symbol = '.') AS kan_ikke,
            max(c.verdi) FILTER (WHERE c.koder[d.plass] = 'T') - sum(coalesce(c.verdi, m.verdi)) FILTER (WHERE k.i_alt)
                AS differanse
        FROM statistikk.celle AS c
        JOIN statistikk.tabell AS t ON t.tabell = c.tabell
        JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell) AND d.i_alt IS NOT NULL
        LEFT JOIN (
            SELECT g.gruppering, i.kode, i.i_alt
            FROM statistikk.gruppering AS g
            CROSS JOIN LATERAL statistikk.i_bruk(g.gruppering, v_dag, v_inndeling) AS i
        ) AS k ON k.gruppering = d.gruppering AND k.kode = c.koder[d.plass]
        -- A region of a fixed division that has figures in some months alone is in the total's mean with these
        LEFT JOIN (
            SELECT x.tabell, x.koder, sum(x.verdi) / 12 AS verdi
            FROM statistikk.snitt_av_versjon AS s
            JOIN statistikk.celle AS x ON x.versjon = s.maaned
            WHERE s.versjon = p_versjon AND v_inndeling IS NOT NULL
            GROUP BY x.tabell, x.koder
        ) AS m ON m.tabell = t.snitt_av AND m.koder = c.koder AND c.verdi IS NULL AND EXISTS (
            SELECT
            FROM statistikk.celle AS i
            WHERE i.versjon = p_versjon AND i.tabell = c.tabell AND i.verdi IS NOT NULL
                AND i.koder = c.koder[:d.plass - 1] || 'T'::text || c.koder[d.plass + 1:]
        )
        WHERE c.versjon = p_versjon
        GROUP BY c.tabell, d.plass, nokkel
    ) AS s
    WHERE NOT s.kan_ikke AND s.i_alt IS DISTINCT FROM s.deler AND abs(coalesce(s.differanse, 1)) > 0.000001;

    RETURN QUERY
    WITH i_fylke AS MATERIALIZED (
        SELECT 'kommune=' || b.kommune AS klasse, i.kode AS fylke
        FROM befolkning.kommune AS b
        JOIN statistikk.i_bruk('fylke', v_dag, v_inndeling) AS i ON b.fylke = ANY(i.verdier)
        WHERE b.gyldig_fra <= coalesce(v_inndeling, v_dag)
            AND (b.gyldig_til >= coalesce(v_inndeling, v_dag) OR b.gyldig_til IS NULL)
        UNION ALL
        SELECT 'kommune=9999', '99' WHERE v_inndeling IS NULL
    ),

    del AS (
        SELECT i.hoved, i.bosatt, u.klasser, i.verdi, u.av_kommuner
        FROM (
            SELECT DISTINCT a.hoved, a.bosatt, a.klasser, a.verdi, a.symbol FROM statistikk.cellenes_innhold(p_versjon) AS a
        ) AS i
        CROSS JOIN LATERAL (
            SELECT array_agg(coalesce('fylke=' || f.fylke, k.klasse) ORDER BY coalesce('fylke=' || f.fylke, k.klasse)) AS klasser,
                bool_or(f.fylke IS NOT NULL) AS av_kommuner,
                bool_or(f.fylke IS NOT NULL OR starts_with(k.klasse, 'fylke=')) AS region
            FROM unnest(i.klasser) AS k (klasse)
            LEFT JOIN i_fylke AS f ON f.klasse = k.klasse
        ) AS u
        WHERE v.dagdato IS NOT NULL AND u.region
        UNION ALL
        -- In a fixed division those of a fylke whom no kommune has
        SELECT k.hoved, k.bosatt, k.klasser, k.verdi, true
        FROM statistikk.uten_kommune(p_versjon) AS k
        WHERE v.dagdato IS NOT NULL AND v_inndeling IS NOT NULL
    )

    SELECT 'summer', concat_ws(' ', s.hoved::text, s.klasser::text),
        format('main groups %s, %s: the fylke is %s, its kommuner give %s', s.hoved, s.klasser, s.fylket, s.kommunene)
    FROM (
        SELECT d.hoved, d.bosatt, d.klasser, max(d.verdi) FILTER (WHERE NOT d.av_kommuner) AS fylket,
            sum(d.verdi) FILTER (WHERE d.av_kommuner) AS kommunene
        FROM del AS d
        GROUP BY d.hoved, d.bosatt, d.klasser
    ) AS s
    WHERE s.fylket <> s.kommunene;

    RETURN QUERY
    SELECT 'samme_tall', concat_ws(' ', i.hoved::text, i.bosatt::text, i.klasser::text),
        format('main groups %s, %s: %s', i.hoved, i.klasser,
            string_agg(format('%s in %s', i.verdi, i.tabell), ', ' ORDER BY i.tabell))
    FROM statistikk.cellenes_innhold(p_versjon) AS i
    WHERE i.verdi IS NOT NULL
    GROUP BY i.hoved, i.bosatt, i.klasser
    HAVING count(DISTINCT i.verdi) > 1;

    RETURN QUERY
    SELECT 'regnskap', coalesce(r.hoved, b.hoved)::text, format('main group %s: %s in the ledger, %s on the extraction',
        coalesce(r.hoved, b.hoved), coalesce(r.antall, 0), coalesce(b.antall, 0))
    FROM (SELECT x.hoved, sum(x.antall) AS antall FROM statistikk.versjonsregnskap AS x WHERE x.versjon = p_versjon GROUP BY x.hoved) AS r
    FULL JOIN (SELECT x.hoved, x.antall FROM arbsok.beholdning_maaned AS x WHERE x.mnddato = v.mnddato) AS b ON b.hoved = r.hoved
    WHERE lastet AND r.antall IS DISTINCT FROM b.antall
    UNION ALL
    SELECT 'regnskap', coalesce(r.hoved, g.hoved)::text, format('main group %s: %s in the ledger, %s in the base',
        coalesce(r.hoved, g.hoved), coalesce(r.antall, 0), coalesce(g.antall, 0))
    FROM (SELECT x.hoved, x.antall FROM statistikk.versjonsregnskap AS x WHERE x.versjon = p_versjon AND x.hva = 'talt') AS r
    FULL JOIN (SELECT x.hoved, sum(x.antall) AS antall FROM statistikk.grunnlag AS x WHERE x.versjon = p_versjon GROUP BY x.hoved) AS g
        ON g.hoved = r.hoved
    WHERE r.antall IS DISTINCT FROM g.antall;

    RETURN QUERY
    SELECT 'smaa_tall', g.celle::text, format('base cell %s counts %s and shows %s', g.celle, g.antall,
        coalesce(g.beskyttet::text, 'nothing'))
    FROM statistikk.grunnlag AS g
    WHERE g.versjon = p_versjon AND (
        g.beskyttet IS NULL OR g.beskyttet IN (1, 2)
        OR g.beskyttet <> g.antall AND (g.antall >= 3 OR g.beskyttet NOT IN (0, 3))
    );

    IF lastet THEN
        RETURN QUERY
        SELECT 'fra_personene', concat_ws(' ', c.tabell, c.koder::text),
            format('%s %s: %s in the table, %s from the persons', c.tabell, c.koder, c.verdi, coalesce(p.verdi, 0))
        FROM statistikk.celle AS c
        LEFT JOIN statistikk.fra_personene(p_versjon) AS p ON p.tabell = c.tabell AND p.koder = c.koder
        WHERE c.versjon = p_versjon AND c.verdi <> coalesce(p.verdi, 0);
    END IF;

    RETURN QUERY
    SELECT 'koder', concat_ws(' ', coalesce(k.tabell, c.tabell), coalesce(k.koder, c.koder)::text),
        format('%s %s: %s', coalesce(k.tabell, c.tabell), coalesce(k.koder, c.koder),
            CASE WHEN k.koder IS NULL THEN 'a class of it was not in use' WHEN c.koder IS NULL THEN 'the cell is missing'
                ELSE format('a class of it has no figures, but %s', k.symbol) END)
    FROM (
        SELECT t.tabell, a.koder, a.symbol
        FROM statistikk.tabell AS t
        CROSS JOIN LATERAL statistikk.kombinasjoner(coalesce(t.snitt_av, t.tabell), v_dag, v_inndeling) AS a
        WHERE t.pakke = v.pakke AND (t.maal = 'beholdning') = (v.mnddato IS NOT NULL)
            AND t.gyldig_fra <= v_dag AND (t.gyldig_til >= v_dag OR t.gyldig_til IS NULL)
    ) AS k
    FULL JOIN (SELECT x.tabell, x.koder, x.symbol FROM statistikk.celle AS x WHERE x.versjon = p_versjon) AS c
        ON c.tabell = k.tabell AND c.koder = k.koder
    WHERE k.koder IS NULL OR c.koder IS NULL OR k.symbol <> coalesce(c.symbol, '');

    RETURN QUERY
    SELECT 'uendret', g.celle::text, format('base cell %s shows %s, and showed %s with the same count', g.celle, g.beskyttet, f.beskyttet)
    FROM statistikk.like_celler(p_versjon, statistikk.forrige_versjon(p_versjon)) AS f
    JOIN statistikk.grunnlag AS g ON g.versjon = p_versjon AND g.celle = f.celle
    WHERE g.beskyttet <> f.beskyttet;

    RETURN QUERY
    SELECT 'stor_nok', e.fylke, format(CASE
            WHEN e.nytt_grunnlag THEN '%s: the base is told apart otherwise than in the version before, so that every small count is '
                'drawn anew, and %s changed: there must be at least %s'
            ELSE '%s: the base cells of %s changed, and there must be at least %s' END,
        CASE WHEN e.fylke = '-' THEN 'the country' ELSE 'fylke ' || e.fylke END,
        CASE WHEN e.personer = 1 THEN '1 person' ELSE e.personer || ' persons' END, p.minste_rettelse)
    FROM statistikk.endret_i_fylket(p_versjon) AS e
    JOIN statistikk.pakke AS p ON p.pakke = v.pakke
    WHERE e.personer < p.minste_rettelse AND v.tilstand <> 'publisert';

    -- An average of other months than before is another one, whatever its figures
    RETURN QUERY
    SELECT 'endret', e.nummer::text, format('every figure, and what is said of them, is as in version %s', e.nummer)
    FROM statistikk.versjon AS e
    WHERE e.versjon = statistikk.forrige_versjon(p_versjon) AND v.tilstand <> 'publisert'
        AND e.katalog = statistikk.katalog(p_versjon)
        AND array(SELECT s.maaned FROM statistikk.snitt_av_versjon AS s WHERE s.versjon = p_versjon ORDER BY s.maaned)
        = array(SELECT s.maaned FROM statistikk.snitt_av_versjon AS s WHERE s.versjon = e.versjon ORDER BY s.maaned)
        AND NOT EXISTS (
            SELECT
            FROM (SELECT x.* FROM statistikk.celle AS x WHERE x.versjon = p_versjon) AS n
            FULL JOIN (SELECT x.* FROM statistikk.celle AS x WHERE x.versjon = e.versjon) AS f
                ON f.tabell = n.tabell AND f.koder = n.koder
            WHERE (n.verdi, n.symbol) IS DISTINCT FROM (f.verdi, f.symbol)
        );

    RETURN QUERY
    SELECT 'snitt', s.periode, format('%s: the average is of version %s, and version %s is published', s.periode,
        coalesce(s.brukt::text, 'none'), s.siste)
    FROM statistikk.nyere_maaneder(p_versjon) AS s
    WHERE v.tilstand <> 'publisert'
    UNION ALL
    SELECT 'snitt', concat_ws(' ', c.tabell, c.koder::text), format('%s %s: %s is not the mean of the months, %s', c.tabell, c.koder,
        coalesce(c.verdi::text, c.symbol), m.snitt)
    FROM statistikk.celle AS c
    JOIN statistikk.tabell AS t ON t.tabell = c.tabell
    CROSS JOIN LATERAL (
        SELECT CASE WHEN count(d.verdi) = 12 THEN avg(d.verdi) END AS snitt
        FROM statistikk.snitt_av_versjon AS s
        JOIN statistikk.celle AS d ON d.versjon = s.maaned AND d.tabell = t.snitt_av AND d.koder = c.koder
        WHERE s.versjon = p_versjon
    ) AS m
    WHERE c.versjon = p_versjon AND v.mnddato IS NULL
        AND ((c.verdi IS NULL) <> (m.snitt IS NULL) OR abs(c.verdi - m.snitt) > 0.000001);

    RETURN QUERY
    SELECT 'aarets_filer', coalesce(r.hoved, a.hoved)::text, format('main group %s: %s in the ledgers, %s in the files',
        coalesce(r.hoved, a.hoved), coalesce(r.snitt, 0), coalesce(a.filene, 0))
    FROM (
        SELECT x.hoved, round(sum(x.antall) / 12.0, 1) AS snitt
        FROM statistikk.snitt_av_versjon AS s
        JOIN statistikk.versjonsregnskap AS x ON x.versjon = s.maaned
        WHERE s.versjon = p_versjon
        GROUP BY x.hoved
    ) AS r
    FULL JOIN (
        SELECT k.hoved, k.filene FROM arbsok.asok_kontroll AS k WHERE k.aargang::text = v.periode AND k.filene > 0
    ) AS a ON a.hoved = r.hoved
    WHERE v.mnddato IS NULL AND r.snitt IS DISTINCT FROM a.filene
        -- Where the year is loaded as it was when its months were made
        AND 12 = (SELECT count(*) FROM statistikk.snitt_av_versjon AS s WHERE s.versjon = p_versjon)
        AND EXISTS (SELECT FROM trygdfob.lastet_aargang AS l WHERE l.aargang::text = v.periode);

    RETURN QUERY
    SELECT 'avslort', a.kjort::text, format('%s of %s small cells were worked out, and %s more known to be small', a.avslort, a.smaa,
        a.kjent_liten)
    FROM (SELECT x.* FROM statistikk.avsloringskontroll AS x WHERE x.versjon = p_versjon ORDER BY x.kjort DESC LIMIT 1) AS a
    WHERE a.avslort + a.kjent_liten > 0;

    RETURN QUERY
    SELECT 'avstand', 'i alt', format('the whole shows %s, and is %s', g.beskyttet, g.antall)
    FROM (SELECT sum(x.beskyttet) AS beskyttet, sum(x.antall) AS antall FROM statistikk.grunnlag AS x WHERE x.versjon = p_versjon) AS g
    WHERE abs(g.beskyttet - g.antall) > 2
    UNION ALL
    SELECT 'avstand', g.hoved::text, format('main group %s shows %s, and is %s', g.hoved, g.beskyttet, g.antall)
    FROM (
        SELECT x.hoved, sum(x.beskyttet) AS beskyttet, sum(x.antall) AS antall
        FROM statistikk.grunnlag AS x WHERE x.versjon = p_versjon GROUP BY x.hoved
    ) AS g
    WHERE abs(g.beskyttet - g.antall) > 6
    UNION ALL
    SELECT 'avstand', t.tabell::text, format('%s: the figures differ from the counts by %s on the average, and %s at most', t.tabell,
        round(s.snitt, 2), s.hoyst)
    FROM statistikk.tabell AS t
    CROSS JOIN LATERAL (
        SELECT avg(abs(c.beskyttet - c.antall)) AS snitt, max(abs(c.beskyttet - c.antall)) AS hoyst
        FROM statistikk.cellesummer(p_versjon, t.tabell) AS c
    ) AS s
    WHERE t.pakke = v.pakke AND t.maal = 'beholdning' AND v.mnddato IS NOT NULL AND (s.snitt > 1.6 OR s.hoyst > 15);

    RETURN QUERY
    SELECT 'offisielle', concat_ws(' ', o.kilde, o.tabell, o.koder::text), format('%s %s: %s here, %s in %s', o.tabell, o.koder,
        round(o.verdi, 1), o.offisiell, o.kilde)
    FROM (
        SELECT e.kilde, e.tabell::text AS tabell, e.koder, c.verdi, e.verdi AS offisiell
        FROM statistikk.offisiell_celle AS e
        JOIN statistikk.celle AS c ON c.versjon = p_versjon AND c.tabell = e.tabell AND c.koder = e.koder
        WHERE e.periode = v.periode
        UNION ALL
        SELECT coalesce(s.kilde, 'offisiell_statistikk'), i.tabell::text, i.koder, i.verdi, s.offisiell
        FROM statistikk.cellenes_innhold(p_versjon) AS i
        JOIN trygdfob.offisiell_statistikk AS s ON ARRAY[s.hoved::text] = i.hoved AND s.aargang::text = v.periode
        WHERE i.klasser = '{}' AND i.bosatt IS NULL AND NOT v.syntetisk
    ) AS o
    WHERE abs(o.verdi - o.offisiell) >= 3 AND abs(o.verdi - o.offisiell) >= 0.01 * o.offisiell;
END
$$;

COMMENT ON FUNCTION statistikk.statistikkontrollert(integer) IS
    'What breaks the promises about a version: the control (statistikkontroll), what it is about (noekkel) and a sentence. No rows but warnings where it may be published (spec.md 10, controls).';
