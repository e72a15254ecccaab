-- ta_inn_offisielle: the figures of others that the same transaction has copied in (begynn_offisielle) take the place
-- of what the same source had of the table in these periods, whole or not at all (spec.md 10, controls, V15). A code is
-- one of the classes in use on the month's extraction date where the month is loaded, else on its last day; of
-- regions, where their division is fixed, on that day.

CREATE OR REPLACE FUNCTION statistikk.ta_inn_offisielle(p_tabell text, p_kilde text, p_fil text)
RETURNS TABLE (celler bigint, perioder bigint, erstattet bigint)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    v_kilde constant text := btrim(p_kilde, trygdfob.blanke());
    feil text[];
BEGIN
    IF v_kilde = '' THEN
        RAISE EXCEPTION '%: --source says whose the figures are.', p_fil USING ERRCODE = 'FD009';
    ELSIF NOT trygdfob.er_eiers('offisielle') THEN
        RAISE EXCEPTION '%: begynn_offisielle comes first, in the same transaction.', p_fil USING ERRCODE = 'FD009';
    END IF;
    -- Two at once: the second one waits
    LOCK TABLE statistikk.offisiell_celle IN SHARE ROW EXCLUSIVE MODE;
    DROP TABLE IF EXISTS pg_temp.offisielle_celler;
    EXECUTE format('CREATE TEMPORARY TABLE offisielle_celler ON COMMIT DROP AS'
        ' SELECT o.linje, o.periode, ARRAY[%s] AS koder, o.verdi, o.symbol FROM pg_temp.offisielle AS o', (
            SELECT string_agg(format('o.%I', d.gruppering), ', ' ORDER BY d.plass)
            FROM statistikk.tabell AS t
            JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
            WHERE t.tabell = p_tabell
        ));
    ANALYZE pg_temp.offisielle_celler;

    feil := array(
        WITH dimensjon AS (
            SELECT d.plass, d.gruppering, d.i_alt, p.inndeling
            FROM statistikk.tabell AS t
            JOIN statistikk.pakke AS p ON p.pakke = t.pakke
            JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
            WHERE t.tabell = p_tabell
        ),

        form AS (
            SELECT f.form, f.setning
            FROM (VALUES
                ('beholdning', '^(19|20)[0-9]{2}M(0[1-9]|1[0-2])$', 'periode is no month, such as 2003M04'),
                ('aarsgjennomsnitt', '^(19|20)[0-9]{2}$', 'periode is no year, such as 2003')
            ) AS f (maal, form, setning)
            JOIN statistikk.tabell AS t ON t.maal = f.maal AND t.tabell = p_tabell
        ),

        dag AS (
            SELECT p.periode, coalesce(m.dagdato, (p.maaned + interval '1 month')::date - 1) AS dag
            FROM (
                SELECT DISTINCT c.periode, make_date(left(c.periode, 4)::integer, right('12' || substr(c.periode, 6), 2)::integer, 1) AS maaned
                FROM pg_temp.offisielle_celler AS c
                JOIN form AS f ON c.periode ~ f.form
            ) AS p
            LEFT JOIN trygdfob.maanedsfil AS m ON m.mnddato = p.maaned AND length(p.periode) = 7
        ),

        kode AS (
            SELECT g.periode, d.plass, i.kode::text AS kode
            FROM dag AS g
            CROSS JOIN dimensjon AS d
            CROSS JOIN LATERAL statistikk.i_bruk(d.gruppering, g.dag, d.inndeling) AS i
            UNION ALL
            SELECT g.periode, d.plass, 'T' FROM dag AS g CROSS JOIN dimensjon AS d WHERE d.i_alt IS NOT NULL
        ),

        galt AS (
            SELECT c.linje, f.setning FROM pg_temp.offisielle_celler AS c JOIN form AS f ON c.periode !~ f.form
            UNION ALL
            SELECT c.linje, format('%s is no class that was in use in its period', d.gruppering)
            FROM pg_temp.offisielle_celler AS c
            JOIN dag AS g ON g.periode = c.periode
            CROSS JOIN dimensjon AS d
            WHERE NOT EXISTS (
                SELECT FROM kode AS k WHERE k.periode = c.periode AND k.plass = d.plass AND k.kode = c.koder[d.plass]
            )
            UNION ALL
            SELECT c.linje, 'verdi is no number, such as 1234 or 12.5'
            FROM pg_temp.offisielle_celler AS c
            WHERE c.verdi !~ '^([0-9]{1,9}([.][0-9]{1,6})?)?$'
            UNION ALL
            SELECT c.linje, 'symbol is none of . .. : -'
            FROM pg_temp.offisielle_celler AS c
            WHERE c.symbol NOT IN ('', '.', '..', ':', '-')
            UNION ALL
            SELECT c.linje, 'there is neither verdi nor symbol'
            FROM pg_temp.offisielle_celler AS c
            WHERE c.verdi = '' AND c.symbol = ''
            UNION ALL
            SELECT c.linje, 'there are both verdi and symbol'
            FROM pg_temp.offisielle_celler AS c
            WHERE c.verdi <> '' AND c.symbol <> ''
            UNION ALL
            SELECT d.linje, 'the same cell stands in an earlier line'
            FROM (
                SELECT c.linje, row_number() OVER (PARTITION BY c.periode, c.koder ORDER BY c.linje) AS nr
                FROM pg_temp.offisielle_celler AS c
            ) AS d
            WHERE d.nr > 1
        )

        SELECT concat(p_fil, ', line ', min(g.linje), ': ', g.setning, '; so it is in ' || nullif(count(*), 1) || ' lines', '.')
        FROM galt AS g
        GROUP BY g.setning
        ORDER BY min(g.linje), g.setning
    );
    IF feil <> '{}' THEN
        RAISE EXCEPTION USING ERRCODE = 'FD009', MESSAGE = CASE
            WHEN cardinality(feil) = 1 THEN feil[1]
            ELSE format(E'%s things are wrong with %s.\n  %s', cardinality(feil), p_fil, array_to_string(feil, E'\n  '))
        END;
    END IF;

    DELETE FROM statistikk.offisiell_celle AS e
    WHERE e.kilde = v_kilde AND e.tabell = p_tabell
        AND e.periode IN (SELECT c.periode FROM pg_temp.offisielle_celler AS c);
    GET DIAGNOSTICS erstattet = ROW_COUNT;
    INSERT INTO statistikk.offisiell_celle (kilde, tabell, periode, koder, verdi, symbol)
    SELECT v_kilde, p_tabell, c.periode, c.koder, nullif(c.verdi, '')::numeric, nullif(c.symbol, '')
    FROM pg_temp.offisielle_celler AS c;
    RETURN QUERY
    SELECT count(*), count(DISTINCT c.periode), erstattet FROM pg_temp.offisielle_celler AS c;
END
$$;

COMMENT ON FUNCTION statistikk.ta_inn_offisielle(text, text, text) IS
    'Takes the figures in that the same transaction has copied into offisielle, in the place of what the source p_kilde had of the table in these periods; returns how many cells, of how many periods, in the place of how many. p_fil: the file, for a sentence. Error FD009: what is wrong with it, each fault with its first line (spec.md 10, controls, V15).';
