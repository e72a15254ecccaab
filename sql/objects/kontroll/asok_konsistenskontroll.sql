-- asok_konsistenskontroll: what the controls of all persons' records in a loaded year gave, part by part, is kept.
-- Original program: asok_konsistenskontroll.sql (spec.md 5 and 6; the source's 5.8).

CREATE OR REPLACE FUNCTION kontroll.asok_konsistenskontroll(
    p_kjoring bigint, p_aargang integer, p_svar jsonb, p_tell boolean
) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    IF p_tell THEN
        INSERT INTO arbsok_lasting.registrering_tall
            (aargang, mnddato, utfall, status, handling, en_maaned_borte, antall)
        SELECT p_aargang, t.mnddato, t.utfall, t.status, t.handling, t.en_maaned_borte, sum(t.antall)
        FROM jsonb_array_elements(p_svar) AS d (del)
        CROSS JOIN LATERAL jsonb_populate_recordset(NULL::arbsok_lasting.registrering_tall, d.del -> 'tall') AS t
        GROUP BY t.mnddato, t.utfall, t.status, t.handling, t.en_maaned_borte;
    END IF;

    INSERT INTO kontroll.kontrollfunn (kjoring, kontroll, noekkel, detalj)
    SELECT p_kjoring, f.kontroll, f.noekkel, f.detalj
    FROM jsonb_array_elements(p_svar) AS d (del)
    CROSS JOIN LATERAL jsonb_populate_recordset(NULL::kontroll.kontrollfunn, d.del -> 'funn') AS f
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION kontroll.asok_konsistenskontroll(bigint, integer, jsonb, boolean) IS
    'Keeps what the controls of a loaded year''s persons gave, an array of what personkontroll returns: writes the findings to kontrollfunn under the run p_kjoring and returns how many; with p_tell it also fills registrering_tall (original asok_konsistenskontroll.sql; spec.md 5 and 6).';
