-- arbsok_aargangskontroll: one of the counts and controls that need a whole year's records and not one part of the
-- persons after the other: the sums that a load keeps, and the counts that the year's controls hold against them. Each
-- is a call of its own, so that several processes can share them (asok_konsistenskontroll).

CREATE OR REPLACE FUNCTION kontroll.arbsok_aargangskontroll(p_aargang integer, p_hva text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
COST 100000000
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET max_parallel_workers_per_gather = 0
SET enable_sort = off -- the planner expects many groups, and would sort all records to count the few
AS $$
BEGIN
    RETURN jsonb_build_object(p_hva, coalesce(CASE p_hva
        WHEN 'miniregister_tall'
            THEN (SELECT jsonb_agg(to_jsonb(t)) FROM arbsok_lasting.miniregister_opptelt(p_aargang) AS t)
        WHEN 'forlop_tall'
            THEN (SELECT jsonb_agg(to_jsonb(t)) FROM arbsok_lasting.forlop_opptelt(p_aargang) AS t)
        WHEN 'varighet_tall'
            THEN (SELECT jsonb_agg(to_jsonb(t)) FROM arbsok_lasting.varighet_opptelt(p_aargang) AS t)
        WHEN 'register'
            THEN (SELECT jsonb_agg(to_jsonb(t)) FROM kontroll.arbsok_register_talt(p_aargang) AS t)
        WHEN 'forlop'
            THEN (SELECT jsonb_agg(to_jsonb(t)) FROM kontroll.arbsok_forlop_talt(p_aargang) AS t)
    END, '[]'));
END
$$;

COMMENT ON FUNCTION kontroll.arbsok_aargangskontroll(integer, text) IS
    'Counts or controls a loaded year as a whole. Returns an object with one array, named p_hva: miniregister_tall, forlop_tall or varighet_tall (rows of these tables), or register or forlop (what arbsok_aargang_holdt takes) (spec.md 5 and 6).';
