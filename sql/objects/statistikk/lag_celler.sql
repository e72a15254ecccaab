-- lag_celler: a version's tables, from its protected base alone (spec.md 10, R4). Every combination of classes in use
-- on the day has its cell, a figure or a symbol, also where nobody is: 0, since a true nil beside a rounded one would
-- name who is in the other (V11). A table before or after its series is not made. .. stands for group 7, for weeks
-- before there are spells, for what has groups 3 or 4 in it while these are not known, and for a region that is split
-- before the day of a fixed division.

CREATE OR REPLACE FUNCTION statistikk.lag_celler(p_versjon integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v record;
    t record;
    antall bigint;
    alle bigint := 0;
BEGIN
    SELECT x.* INTO STRICT v FROM statistikk.versjon AS x WHERE x.versjon = p_versjon;
    DELETE FROM statistikk.celle AS c WHERE c.versjon = p_versjon;
    FOR t IN
        SELECT x.tabell,
            -- Of the table's persons, those of groups that are not known now
            CASE WHEN statistikk.uten_koding(v.mnddato) THEN array(
                SELECT h.hoved
                FROM statistikk.pakke_lag AS l
                CROSS JOIN LATERAL unnest(l.hoved) AS h (hoved)
                WHERE l.pakke = x.pakke AND l.lag = ANY (x.lag) AND h.hoved IN ('3', '4')
            ) ELSE '{}' END AS ukjente,
            v.dagdato < i.serie_start AND EXISTS (
                SELECT
                FROM statistikk.dimensjon AS d
                JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
                WHERE d.tabell = x.tabell AND g.kjennemerke = 'varighet'
            ) AS uten_varighet
        FROM statistikk.tabell AS x
        CROSS JOIN trygdfob.innstilling AS i
        WHERE x.pakke = v.pakke AND x.maal = 'beholdning'
            AND x.gyldig_fra <= v.dagdato AND (x.gyldig_til >= v.dagdato OR x.gyldig_til IS NULL)
        ORDER BY x.rekkefolge
    LOOP
        INSERT INTO statistikk.celle (versjon, tabell, koder, verdi, symbol)
        SELECT p_versjon, t.tabell, k.koder, CASE WHEN k.symbol IS NULL THEN coalesce(s.beskyttet, 0) END, k.symbol
        FROM (
            SELECT a.koder, coalesce(a.symbol, CASE
                WHEN t.uten_varighet OR cardinality(t.ukjente) > 0 AND coalesce(a.hoved, t.ukjente) && t.ukjente THEN '..'
            END) AS symbol
            FROM statistikk.kombinasjoner(t.tabell, v.dagdato, (v.mal ->> 'inndeling')::date) AS a
        ) AS k
        LEFT JOIN statistikk.cellesummer(p_versjon, t.tabell) AS s ON s.koder = k.koder;
        GET DIAGNOSTICS antall = ROW_COUNT;
        alle := alle + antall;
    END LOOP;
    RETURN alle;
END
$$;

COMMENT ON FUNCTION statistikk.lag_celler(integer) IS
    'Makes the cells of a month''s version from its protected base; returns their number (spec.md 10, R4 and symbols).';
