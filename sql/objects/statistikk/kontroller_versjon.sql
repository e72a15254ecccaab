-- kontroller_versjon: the controls of a version, a row each, with the first of what it finds; a version that is not
-- published keeps the counts (spec.md 10, controls).

CREATE OR REPLACE FUNCTION statistikk.kontroller_versjon(p_versjon integer)
RETURNS TABLE (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[])
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    funn jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(to_jsonb(f)), '[]') INTO funn FROM statistikk.statistikkontrollert(p_versjon) AS f;
    UPDATE statistikk.versjon AS v SET kontroller = (
        SELECT jsonb_object_agg(k.kontroll, (
            SELECT count(*) FROM jsonb_to_recordset(funn) AS f (kontroll text) WHERE f.kontroll = k.kontroll
        ))
        FROM statistikk.statistikkontroll AS k
    )
    WHERE v.versjon = p_versjon AND v.tilstand <> 'publisert';
    RETURN QUERY
    SELECT k.kontroll, k.alvor, k.lover, count(f.kontroll),
        (array_agg(f.detalj ORDER BY f.noekkel COLLATE "C") FILTER (WHERE f.kontroll IS NOT NULL))[:3]
    FROM statistikk.statistikkontroll AS k
    LEFT JOIN jsonb_to_recordset(funn) AS f (kontroll text, noekkel text, detalj text) ON f.kontroll = k.kontroll
    GROUP BY k.kontroll, k.alvor, k.lover, k.rekkefolge
    ORDER BY k.rekkefolge;
END
$$;

COMMENT ON FUNCTION statistikk.kontroller_versjon(integer) IS
    'Runs the controls of a version: of each how much it finds, and the first three sentences (spec.md 10, controls).';
