-- skriv_kjorelogg: a run's row in the run log: what was done, by whom, with which version, settings and files (the
-- source's 5.8). The loader can write it only through this function, and so cannot pretend to be somebody else.

CREATE OR REPLACE FUNCTION trygdfob.skriv_kjorelogg(
    p_handling text, p_aargang integer, p_startet timestamptz, p_produktversjon text, p_antall jsonb, p_sekunder jsonb
) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer bigint;
BEGIN
    INSERT INTO trygdfob.kjorelogg AS k (handling, aargang, startet, ferdig, produktversjon, objektversjon,
        innstillinger, filer, antall, sekunder)
    SELECT p_handling, p_aargang, p_startet, clock_timestamp(), p_produktversjon, o.digest, to_jsonb(i) - 'en_rad',
        coalesce((
            SELECT jsonb_agg(to_jsonb(m) ORDER BY m.mnddato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang
        ), '[]'),
        p_antall, p_sekunder
    FROM trygdfob.innstilling AS i
    CROSS JOIN trygdfob.objektversjon AS o
    RETURNING k.kjoring INTO STRICT nummer;
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION trygdfob.skriv_kjorelogg(text, integer, timestamptz, text, jsonb, jsonb) IS
    'Writes a run''s row in kjorelogg: what was done to which year, since when, by which version of the program, its counts and its seconds; it finds out itself who runs it, and the settings, the files and the version of the objects. Returns the run''s number (the source''s 5.8).';
