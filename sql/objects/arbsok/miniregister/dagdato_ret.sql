-- dagdato_ret: each month's right extraction date, on which all records of its file vote, and the month before's, which
-- is fdagdato. Original program: dagdato_ret.sas (spec.md 2, dagdato and fdagdato, T9).
-- Whether these dates can be right is checked by the next step (kontroller_dagdato).

CREATE OR REPLACE FUNCTION arbsok_lasting.dagdato_ret(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rettet bigint;
BEGIN
    -- The most frequent date wins, of several the latest. Repaired dates vote only where a month has none of the
    -- calendar.
    UPDATE arbsok_lasting.aarets_fil AS m
    SET dagdato = v.dagdato
    FROM (
        SELECT DISTINCT ON (d.maaned) d.maaned, coalesce(d.dato, d.reparert) AS dagdato
        FROM arbsok_lasting.dagdato_i_fil AS d
        WHERE d.reparert IS NOT NULL
        GROUP BY d.maaned, coalesce(d.dato, d.reparert), d.dato IS NULL
        ORDER BY d.maaned, d.dato IS NULL, sum(d.antall) DESC, coalesce(d.dato, d.reparert) DESC
    ) AS v
    WHERE m.maaned = v.maaned;

    UPDATE arbsok_lasting.aarets_fil AS m
    SET fdagdato = f.dagdato
    FROM (
        SELECT mnddato, dagdato FROM arbsok_lasting.aarets_fil
        UNION ALL
        SELECT mnddato, dagdato FROM trygdfob.maanedsfil WHERE mnddato = make_date(p_aargang - 1, 12, 1)
    ) AS f
    WHERE f.mnddato = (m.mnddato - interval '1 month');

    SELECT coalesce(sum(d.antall), 0) INTO rettet
    FROM arbsok_lasting.dagdato_i_fil AS d
    JOIN arbsok_lasting.aarets_fil AS m ON m.maaned = d.maaned
    WHERE d.dato IS DISTINCT FROM m.dagdato;
    RETURN rettet;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.dagdato_ret(integer) IS
    'Finds each month''s right extraction date (the most frequent valid one) and the month before''s, and returns how many records deviate (original dagdato_ret.sas; spec.md 2).';
