-- fullfor_kjorelogg: adds to a load's row in the run log what is known when its controls are done. The row is there
-- before them, since they compare it with the tables.

CREATE OR REPLACE FUNCTION arbsok_lasting.fullfor_kjorelogg(
    p_kjoring bigint, p_kontrollkjoring bigint, p_sekunder jsonb, p_advarsler jsonb
) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE trygdfob.kjorelogg AS k
    SET ferdig = clock_timestamp(), sekunder = p_sekunder, kontroller = r.kontroller, godtatt = r.godtatt,
        advarsler = p_advarsler
    FROM (
        SELECT coalesce(jsonb_object_agg(t.kontroll, t.antall), '{}') AS kontroller,
            coalesce(jsonb_object_agg(t.kontroll, t.godtatt) FILTER (WHERE t.godtatt IS NOT NULL), '{}') AS godtatt
        FROM kontroll.kontrollresultat AS t
        WHERE t.kjoring = p_kontrollkjoring
    ) AS r
    WHERE k.kjoring = p_kjoring;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fullfor_kjorelogg(bigint, bigint, jsonb, jsonb) IS
    'Completes a load''s row in kjorelogg: when it ended, its seconds, what the run of the controls found and what of it was accepted, and the warnings (the source''s 5.8).';
