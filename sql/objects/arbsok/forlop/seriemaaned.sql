-- seriemaaned: which month of the series it is, as far as the rules for new persons ask (spec.md 3, ny).

CREATE OR REPLACE FUNCTION arbsok_lasting.seriemaaned(mnddato date, serie_start date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN mnddato < date_trunc('month', serie_start::timestamp) + interval '3 months'
        THEN (12 * (date_part('year', mnddato) - date_part('year', serie_start))
            + date_part('month', mnddato) - date_part('month', serie_start))::integer + 1
    ELSE 0
END;

COMMENT ON FUNCTION arbsok_lasting.seriemaaned(date, date) IS
    'The month''s number in the series, 1 for that of serie_start to 3, and 0 for every later one: the rules for new persons ask for no more (spec.md 3, ny).';
