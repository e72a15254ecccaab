-- fullfor_utlevering: a delivery that the caller has begun is done: its files are in place. Its counts, and the
-- checksums by which a repeat is held against it, are kept; so are, beside the versions it was begun with, the
-- checksums of what the catalogue and the code lists said (versjoner in p_tall).

CREATE OR REPLACE FUNCTION leveranse.fullfor_utlevering(
    p_utlevering integer, p_personer bigint, p_tall jsonb, p_tabeller jsonb, p_filer jsonb
) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM leveranse.min_utlevering(p_utlevering);
    INSERT INTO leveranse.utlevert_tabell (utlevering, tabell, rader, personer, radsum)
    SELECT p_utlevering, t.tabell, t.rader, t.personer, t.radsum
    FROM jsonb_to_recordset(p_tabeller) AS t (tabell text, rader bigint, personer bigint, radsum text);
    INSERT INTO leveranse.utlevert_fil (utlevering, fil, bytes, sha256)
    SELECT p_utlevering, f.fil, f.bytes, f.sha256
    FROM jsonb_to_recordset(p_filer) AS f (fil text, bytes bigint, sha256 text);
    UPDATE leveranse.utlevering SET tilstand = 'ferdig', ferdig = clock_timestamp(), personer = p_personer,
        tall = p_tall - 'versjoner', versjoner = versjoner || coalesce(p_tall -> 'versjoner', '{}')
    WHERE utlevering = p_utlevering;
END
$$;

COMMENT ON FUNCTION leveranse.fullfor_utlevering(integer, bigint, jsonb, jsonb, jsonb) IS
    'Writes into the log that a delivery that the caller has begun is done, with its counts, and rows, persons and checksums of its tables (tabell, rader, personer, radsum) and files (fil, bytes, sha256) (spec.md 9, the log).';
