-- merk_avvikende_fil: notes that a loaded month's file is another one now, by its checksum, or again the one that was
-- loaded. The control fil_endret finds what is noted. A change that was seen before keeps the day on which it was seen.

CREATE OR REPLACE FUNCTION arbsok_lasting.merk_avvikende_fil(
    p_mnddato date, p_fil text, p_bytes bigint, p_sha256 text
) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM trygdfob.maanedsfil AS m WHERE m.mnddato = p_mnddato AND m.sha256 = p_sha256) THEN
        DELETE FROM trygdfob.avvikende_fil WHERE mnddato = p_mnddato;
    ELSE
        INSERT INTO trygdfob.avvikende_fil AS a (mnddato, fil, bytes, sha256)
        VALUES (p_mnddato, p_fil, p_bytes, p_sha256)
        ON CONFLICT (mnddato) DO UPDATE
        SET fil = excluded.fil, bytes = excluded.bytes, sha256 = excluded.sha256, sett = clock_timestamp()
        WHERE a.sha256 <> excluded.sha256;
    END IF;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.merk_avvikende_fil(date, text, bigint, text) IS
    'Remembers in avvikende_fil that a loaded month''s file is no longer, byte for byte, what was loaded, or forgets it where it is (spec.md 6).';
