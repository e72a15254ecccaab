-- lag_snitt: a year's averages: the mean of the twelve months' published figures, which are computed from protected
-- counts, and rounded by nobody yet (spec.md 10, measures; V9). Its cells are those of the classes in use on the year's
-- last day, of regions on that of the fixed division. A month that is not published, or has .. there, makes the mean
-- ..; a class that was not in use in all months has no mean (.).

CREATE OR REPLACE FUNCTION statistikk.lag_snitt(p_versjon integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v record;
    t record;
    nyttaar date;
    antall bigint;
    alle bigint := 0;
BEGIN
    SELECT x.* INTO STRICT v FROM statistikk.versjon AS x WHERE x.versjon = p_versjon;
    nyttaar := make_date(v.periode::integer, 12, 31);
    DELETE FROM statistikk.celle AS c WHERE c.versjon = p_versjon;
    FOR t IN
        SELECT x.tabell, x.snitt_av, (
                SELECT count(*)
                FROM statistikk.snitt_av_versjon AS s
                WHERE s.versjon = p_versjon
                    AND EXISTS (SELECT FROM statistikk.celle AS c WHERE c.versjon = s.maaned AND c.tabell = x.snitt_av)
            ) AS maaneder
        FROM statistikk.tabell AS x
        WHERE x.pakke = v.pakke AND x.maal = 'aarsgjennomsnitt'
            AND x.gyldig_fra <= nyttaar AND (x.gyldig_til >= nyttaar OR x.gyldig_til IS NULL)
        ORDER BY x.rekkefolge
    LOOP
        INSERT INTO statistikk.celle (versjon, tabell, koder, verdi, symbol)
        SELECT p_versjon, t.tabell, k.koder, CASE WHEN k.symbol IS NULL THEN k.verdi / 12 END, k.symbol
        FROM (
            SELECT a.koder, m.verdi, coalesce(a.symbol, CASE
                WHEN coalesce(m.maaneder, 0) < t.maaneder THEN '.'
                WHEN t.maaneder < 12 OR m.mangler THEN '..'
            END) AS symbol
            FROM statistikk.kombinasjoner(t.snitt_av, nyttaar, (v.mal ->> 'inndeling')::date) AS a
            LEFT JOIN (
                SELECT c.koder, count(*) AS maaneder, sum(c.verdi) AS verdi, bool_or(c.symbol IS NOT NULL) AS mangler
                FROM statistikk.snitt_av_versjon AS s
                JOIN statistikk.celle AS c ON c.versjon = s.maaned AND c.tabell = t.snitt_av
                WHERE s.versjon = p_versjon
                GROUP BY c.koder
            ) AS m ON m.koder = a.koder
        ) AS k;
        GET DIAGNOSTICS antall = ROW_COUNT;
        alle := alle + antall;
    END LOOP;
    RETURN alle;
END
$$;

COMMENT ON FUNCTION statistikk.lag_snitt(integer) IS
    'Makes the cells of a year''s version from those of its months (snitt_av_versjon); returns their number (spec.md 10, measures).';
