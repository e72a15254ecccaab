-- skriv_publiserte_filer: the files of a published version, with their checksums; those that are known already must be
-- the same bytes again (spec.md 10, publication).

CREATE OR REPLACE FUNCTION statistikk.skriv_publiserte_filer(p_filer jsonb) RETURNS TABLE (versjon integer, fil text)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT
        FROM jsonb_to_recordset(p_filer) AS f (versjon integer)
        LEFT JOIN statistikk.versjon AS v ON v.versjon = f.versjon AND v.tilstand = 'publisert'
        WHERE v.versjon IS NULL
    ) THEN
        RAISE EXCEPTION 'A version is not published.' USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    INSERT INTO statistikk.publisert_fil AS p (versjon, fil, bytes, sha256)
    SELECT f.versjon, f.fil, f.bytes, f.sha256
    FROM jsonb_to_recordset(p_filer) AS f (versjon integer, fil text, bytes bigint, sha256 text)
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT f.versjon, f.fil
    FROM jsonb_to_recordset(p_filer) AS f (versjon integer, fil text, bytes bigint, sha256 text)
    JOIN statistikk.publisert_fil AS p ON p.versjon = f.versjon AND p.fil = f.fil
    WHERE p.sha256 <> f.sha256
    ORDER BY f.versjon, f.fil;
END
$$;

COMMENT ON FUNCTION statistikk.skriv_publiserte_filer(jsonb) IS
    'Keeps the files of published versions (versjon, fil, bytes, sha256). Returns those that were published before with other bytes (spec.md 10, publication).';
