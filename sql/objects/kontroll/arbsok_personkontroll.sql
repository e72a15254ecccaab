-- arbsok_personkontroll: the controls of the registrations of one part of the persons in a loaded year: what they find,
-- and how many registrations of each kind there are. Who has a row of H_ARBSOK for a registration that is not there is
-- found here too.
-- PostgreSQL does not share a query with window functions among parallel processes, but several of them may call this
-- function, each for another part. So a single statement, in the load's own transaction, can keep several processes
-- busy (asok_konsistenskontroll).

CREATE OR REPLACE FUNCTION kontroll.arbsok_personkontroll(p_aargang integer, p_del integer) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
COST 100000000
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET max_parallel_workers_per_gather = 0
SET enable_sort = off -- the planner expects many groups of registrations, and would sort them all to count the few
AS $$
DECLARE
    fra text := CASE WHEN p_del IS NULL THEN '' ELSE trygdfob.fnr_fra(2 * p_del) END;
    til text := CASE WHEN p_del IS NULL THEN ':' ELSE trygdfob.fnr_fra(2 * p_del + 2) END;
    tall jsonb;
    mistenkte bigint;
    funn jsonb := '[]';
BEGIN
    SELECT coalesce(jsonb_agg(to_jsonb(r) - 'mistenkte') FILTER (WHERE r.mnddato IS NOT NULL), '[]'),
        coalesce(sum(r.mistenkte), 0)
    INTO tall, mistenkte
    FROM kontroll.arbsok_registrering_silt(p_aargang, fra, til) AS r;

    IF mistenkte > 0 THEN -- seldom: so they are listed, and counted as they are then, by other passes
        SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]')
        INTO tall
        FROM (
            SELECT r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte, count(*) AS antall
            FROM kontroll.arbsok_registrering_kontrollert(p_aargang, fra, til) AS r
            WHERE r.mnddato IS NOT NULL
            GROUP BY r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte
        ) AS s;
        funn := (
            SELECT coalesce(jsonb_agg(to_jsonb(f)), '[]')
            FROM (
                SELECT r.kontroll, r.noekkel, r.detalj
                FROM kontroll.arbsok_registrering_kontrollert(p_aargang, fra, til) AS r
                WHERE r.kontroll IS NOT NULL
                UNION ALL
                SELECT h.kontroll, h.noekkel, h.detalj
                FROM kontroll.arbsok_h_arbsok_kontrollert(p_aargang, ARRAY(
                    SELECT g.fnr
                    FROM trygdfob.h_arbsok AS g
                    WHERE g.aargang = p_aargang AND g.fnr >= fra AND g.fnr < til
                )) AS h
            ) AS f
        );
    END IF;
    RETURN jsonb_build_object('registrering_tall', tall, 'funn', funn);
END
$$;

COMMENT ON FUNCTION kontroll.arbsok_personkontroll(integer, integer) IS
    'Controls the registrations of one part of the persons (p_del 0 to 3: two parts of fnr_del each; NULL for all) in a loaded year. Returns an object: funn has the findings as rows of kontrollfunn, registrering_tall the counts of registrations as rows of that table, but for the year (spec.md 5 and 6).';
