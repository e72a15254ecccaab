-- registrer_fil: enters a month's file, when it has been read into raa, among those of the year being loaded.

CREATE OR REPLACE FUNCTION arbsok_lasting.registrer_fil(
    p_aargang integer, p_maaned integer, p_fil text, p_bytes bigint, p_sha256 text, p_endringstid timestamptz,
    p_antall bigint, p_syntetisk boolean
) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO arbsok_lasting.aarets_fil (mnddato, aargang, maaned, fil, bytes, sha256, endringstid, antall, syntetisk)
    VALUES (make_date(p_aargang, p_maaned, 1), p_aargang, p_maaned, p_fil, p_bytes, p_sha256, p_endringstid,
        p_antall, p_syntetisk);
END
$$;

COMMENT ON FUNCTION arbsok_lasting.registrer_fil(integer, integer, text, bigint, text, timestamptz, bigint, boolean) IS
    'Enters a month''s file, whose records have been read into raa, among the files of the year being loaded: its name, size, checksum, time of change, number of records, and whether it is synthetic (spec.md 2).';
