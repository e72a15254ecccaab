-- dagdato_ret: each month's right extraction date, by vote of its records; fdagdato is the month before's.
-- Original program: dagdato_ret.sas (SPEC.md 2, dagdato and fdagdato, T9). All records of the file vote.

CREATE OR REPLACE FUNCTION trygdfob.dagdato_ret(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    funn record;
    rettet bigint;
BEGIN
    -- The most frequent date of the calendar; where a month has none, the repaired ones vote. A tie goes to the latest.
    UPDATE trygdfob.aarets_fil AS m
    SET dagdato = v.dagdato
    FROM (
        SELECT DISTINCT ON (d.maaned) d.maaned, coalesce(d.dato, d.reparert) AS dagdato
        FROM trygdfob.dagdato_i_fil AS d
        WHERE d.reparert IS NOT NULL
        GROUP BY d.maaned, coalesce(d.dato, d.reparert), d.dato IS NULL
        ORDER BY d.maaned, d.dato IS NULL, sum(d.antall) DESC, coalesce(d.dato, d.reparert) DESC
    ) AS v
    WHERE m.maaned = v.maaned;

    UPDATE trygdfob.aarets_fil AS m
    SET fdagdato = f.dagdato
    FROM (
        SELECT mnddato, dagdato FROM trygdfob.aarets_fil
        UNION ALL
        SELECT mnddato, dagdato FROM trygdfob.maanedsfil WHERE mnddato = make_date(p_aargang - 1, 12, 1)
    ) AS f
    WHERE f.mnddato = (m.mnddato - interval '1 month');

    SELECT m.* INTO funn
    FROM trygdfob.aarets_fil AS m
    WHERE (m.dagdato IS NULL
            OR m.dagdato NOT BETWEEN m.mnddato - 10 AND (m.mnddato + interval '1 month')::date + 9
            OR m.dagdato <= m.fdagdato
            OR (m.mnddato = (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling)
                AND m.dagdato < (SELECT serie_start FROM trygdfob.innstilling)))
    ORDER BY m.mnddato
    LIMIT 1;
    IF found THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD003',
            MESSAGE = funn.fil || ': ' || CASE
                WHEN funn.dagdato IS NULL THEN 'no record has a valid dagdato.'
                WHEN funn.dagdato NOT BETWEEN funn.mnddato - 10 AND (funn.mnddato + interval '1 month')::date + 9
                    THEN format('its dagdato is %s, more than 10 days outside the month that the file is named for.',
                        funn.dagdato)
                WHEN funn.dagdato <= funn.fdagdato
                    THEN format('its dagdato %s is not after that of the month before (%s).', funn.dagdato, funn.fdagdato)
                ELSE format('its dagdato %s is before the start of the series (%s).', funn.dagdato,
                    (SELECT serie_start FROM trygdfob.innstilling))
            END,
            HINT = 'Check that the file is the right month''s and year''s, and that dagdato is a number YYMMDD.';
    END IF;

    SELECT coalesce(sum(d.antall), 0) INTO rettet
    FROM trygdfob.dagdato_i_fil AS d
    JOIN trygdfob.aarets_fil AS m ON m.maaned = d.maaned
    WHERE d.dato IS DISTINCT FROM m.dagdato;
    RETURN rettet;
END
$$;

COMMENT ON FUNCTION trygdfob.dagdato_ret(integer) IS
    'Finds each month''s right extraction date (the most frequent valid one) and the month before''s, refuses the year (error FD003, naming the file) where they cannot be right, and returns how many records deviate (original dagdato_ret.sas; SPEC.md 2).';
