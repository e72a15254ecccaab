-- kodefeil: where the lists of kommuner and fylker, which the same transaction has copied in, do not fit together.
-- Klass' validTo is the first day on which a code is no longer in force. The lists' days are days (registerfeil), and
-- written so that they sort as text.

CREATE OR REPLACE FUNCTION befolkning.kodefeil(p_filer jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    forste_dag text := (SELECT min(k.validfrom) FROM pg_temp.register_kommune AS k);
    forste_fylkesdag text := (SELECT min(f.validfrom) FROM pg_temp.register_fylke AS f);
BEGIN
    RETURN QUERY
    SELECT format('%s: %s.', befolkning.sted(p_filer, x.navn, x.linje), x.feil)
    FROM (
        SELECT 'kommune' AS navn, k.linje, k.validfrom, k.validto, k.code, lag(k.validto) OVER w AS forrige_til,
            row_number() OVER w AS nr
        FROM pg_temp.register_kommune AS k
        WINDOW w AS (PARTITION BY k.code ORDER BY k.validfrom, k.linje)
        UNION ALL
        SELECT 'fylke', f.linje, f.validfrom, f.validto, f.code, lag(f.validto) OVER w, row_number() OVER w
        FROM pg_temp.register_fylke AS f
        WINDOW w AS (PARTITION BY f.code ORDER BY f.validfrom, f.linje)
    ) AS l
    CROSS JOIN LATERAL (
        SELECT l.navn, l.linje, 'validTo is not after validFrom' AS feil
        WHERE l.validto <> '' AND l.validto <= l.validfrom
        UNION ALL
        SELECT l.navn, l.linje, 'the code is in force already on that day'
        WHERE l.nr > 1 AND (l.forrige_til = '' OR l.forrige_til > l.validfrom)
        UNION ALL
        SELECT l.navn, l.linje, 'the code ends, and kommune_endring does not say what it became'
        WHERE l.navn = 'kommune' AND l.validto <> '' AND l.code <> '9999'
            AND NOT EXISTS (
                SELECT FROM pg_temp.register_kommune_endring AS e
                WHERE e.oldcode = l.code AND e.changeoccurred = l.validto
            )
            AND NOT EXISTS (
                SELECT FROM pg_temp.register_kommune AS n WHERE n.code = l.code AND n.validfrom = l.validto
            )
    ) AS x
    ORDER BY x.navn, x.linje;

    RETURN QUERY
    SELECT format('%s: its fylke is not in force on that day, by %s.', befolkning.sted(p_filer, 'kommune', k.linje),
        p_filer #>> '{fylke,fil}')
    FROM pg_temp.register_kommune AS k
    WHERE k.code <> '9999' AND NOT EXISTS (
        SELECT FROM pg_temp.register_fylke AS f
        WHERE f.code = CASE WHEN k.parentcode = '' THEN left(k.code, 2) ELSE k.parentcode END
            AND f.validfrom <= greatest(k.validfrom, forste_fylkesdag)
            AND (f.validto = '' OR f.validto > greatest(k.validfrom, forste_fylkesdag))
    )
    ORDER BY k.linje;

    RETURN QUERY
    SELECT format('%s: %s.', befolkning.sted(p_filer, 'kommune_endring', e.linje), x.feil)
    FROM pg_temp.register_kommune_endring AS e
    CROSS JOIN LATERAL (
        SELECT format('the old code is not in force the day before, by %s', p_filer #>> '{kommune,fil}') AS feil
        WHERE NOT EXISTS (
            SELECT FROM pg_temp.register_kommune AS k
            WHERE k.code = e.oldcode AND k.validfrom < e.changeoccurred
                AND (k.validto = '' OR k.validto >= e.changeoccurred)
        )
        UNION ALL
        SELECT format('the new code is not in force on that day, by %s', p_filer #>> '{kommune,fil}')
        WHERE NOT EXISTS (
            SELECT FROM pg_temp.register_kommune AS k
            WHERE k.code = e.newcode AND k.validfrom <= e.changeoccurred
                AND (k.validto = '' OR k.validto > e.changeoccurred)
        )
    ) AS x
    WHERE e.changeoccurred > forste_dag
    ORDER BY e.linje;
END
$$;

COMMENT ON FUNCTION befolkning.kodefeil(jsonb) IS
    'Where the lists of kommuner, fylker and changes that the same transaction has copied in do not fit together: a sentence each, with file and line. p_filer: as ta_inn_register has it (spec.md 10, the population register).';
