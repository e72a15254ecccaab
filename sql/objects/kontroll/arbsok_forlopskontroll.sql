-- arbsok_forlopskontroll: the controls of F_ARBSOK's records, of H_ARBSOK and of person numbers, of one part of the
-- persons in a loaded year: what they find, and how many rows of H_ARBSOK they saw. A cheap screen says who may have
-- something wrong, and only they are controlled one by one. The parts are ranges of lopenr, as F_ARBSOK lies. What
-- H_ARBSOK shows by itself goes with the first one.

CREATE OR REPLACE FUNCTION kontroll.arbsok_forlopskontroll(p_aargang integer, p_del integer) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
COST 100000000
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET max_parallel_workers_per_gather = 0
AS $$
DECLARE
    mistenkte text [];
    siste bigint;
    funn jsonb := '[]';
BEGIN
    SELECT coalesce(array_agg(s.fnr) FILTER (WHERE s.siste IS NULL), '{}'), max(s.siste)
    INTO mistenkte, siste
    FROM kontroll.arbsok_forlop_silt(
        p_aargang, trygdfob.lopenr_fra(coalesce(p_del, 0)), trygdfob.lopenr_fra(coalesce(p_del, 3) + 1)
    ) AS s;
    IF coalesce(p_del, 0) = 0 THEN
        mistenkte := mistenkte || ARRAY(SELECT s.fnr FROM kontroll.arbsok_h_arbsok_silt(p_aargang) AS s);
    END IF;
    IF mistenkte <> '{}' THEN
        funn := (
            SELECT coalesce(jsonb_agg(to_jsonb(f)), '[]')
            FROM (
                SELECT r.kontroll, r.noekkel, r.detalj
                FROM kontroll.arbsok_forlop_kontrollert(p_aargang, mistenkte) AS r
                UNION ALL
                SELECT h.kontroll, h.noekkel, h.detalj
                FROM kontroll.arbsok_h_arbsok_kontrollert(p_aargang, mistenkte) AS h
                UNION ALL
                SELECT l.kontroll, l.noekkel, l.detalj
                FROM kontroll.arbsok_lopenr_kontrollert(p_aargang) AS l
            ) AS f
        );
    END IF;
    RETURN jsonb_build_object('funn', funn, 'siste', siste);
END
$$;

COMMENT ON FUNCTION kontroll.arbsok_forlopskontroll(integer, integer) IS
    'Controls the records of F_ARBSOK, the rows of H_ARBSOK and the numbers of one part of the persons (p_del 0 to 3: ranges of lopenr, trygdfob.lopenr_fra; NULL for all) in a loaded year. Returns an object: funn has the findings as rows of kontrollfunn, siste the number of rows of H_ARBSOK that the part has (spec.md 5 and 6).';
