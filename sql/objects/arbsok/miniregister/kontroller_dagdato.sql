-- kontroller_dagdato: refuses extraction dates that cannot be right, a sentence for each file (spec.md 2, T9).
-- A file whose date is not after the month before's is blamed for it only where the month before's can be right.

CREATE OR REPLACE FUNCTION arbsok_lasting.kontroller_dagdato(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setninger text := (
        SELECT string_agg(a.fil || ': ' || a.hva, E'\n' ORDER BY a.mnddato)
        FROM (
            SELECT m.fil, m.mnddato,
                CASE
                    WHEN m.dagdato IS NULL THEN 'no record has a valid dagdato.'
                    WHEN m.dagdato NOT BETWEEN m.mnddato - 10 AND (m.mnddato + interval '1 month')::date + 9
                        THEN format('its dagdato is %s, more than 10 days outside the month that the file is named for.',
                            m.dagdato)
                    WHEN m.dagdato <= m.fdagdato AND m.fdagdato <= m.mnddato + 9
                        THEN format('its dagdato %s is not after that of the month before (%s).', m.dagdato, m.fdagdato)
                    WHEN m.mnddato = date_trunc('month', i.serie_start) AND m.dagdato < i.serie_start
                        THEN format('its dagdato %s is before the start of the series (%s).', m.dagdato, i.serie_start)
                END AS hva
            FROM arbsok_lasting.aarets_fil AS m
            CROSS JOIN trygdfob.innstilling AS i
            WHERE m.aargang = p_aargang
        ) AS a
        WHERE a.hva IS NOT NULL
    );
BEGIN
    IF setninger IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD003',
            MESSAGE = setninger,
            HINT = 'Check that the file is the right month''s and year''s, and that dagdato is a number YYMMDD.';
    END IF;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.kontroller_dagdato(integer) IS
    'Refuses the year being loaded (error FD003, a line for each file) where a month''s extraction date is missing, more than 10 days outside its month, not after the month before''s, or in the start''s month before the start of the series (spec.md 2, T9).';
