-- fest_aargang: enters the year as loaded; with that row its records are in F_ARBSOK. Before, it counts what has been
-- written, for the planner. Test persons' numbers, which synthetic files have, are valid from then on; unloading the
-- year takes that back (ta_tilbake_aargang).

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    filer bigint;
    syntetiske boolean;
    settes boolean;
BEGIN
    SELECT count(*), coalesce(bool_or(f.syntetisk), false) INTO filer, syntetiske
    FROM arbsok_lasting.aarets_fil AS f
    WHERE f.aargang = p_aargang;
    SELECT syntetiske AND NOT i.testnumre INTO settes FROM trygdfob.innstilling AS i;

    -- The small ones too: autovacuum never comes to them, and the planner expects thousands of rows in a table that
    -- nobody has counted
    ANALYZE trygdfob.person, trygdfob.vrak_arbsok, trygdfob.lagt_til_side, trygdfob.maanedsfil,
        arbsok_lasting.maanedsfil_tall, trygdfob.innstilling;
    -- Of the whole of F_ARBSOK; its partitions have been counted when they were made. Servers before 18 count them anew
    EXECUTE format('ANALYZE %s trygdfob.forlopsdel',
        CASE WHEN current_setting('server_version_num')::integer >= 180000 THEN 'ONLY' END);
    IF settes THEN
        UPDATE trygdfob.innstilling SET testnumre = true;
    END IF;
    INSERT INTO trygdfob.lastet_aargang (aargang, syntetisk, satte_testnumre, lasting)
    VALUES (p_aargang, syntetiske, settes, arbsok_lasting.lastenummer(p_aargang));
    RETURN filer;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_aargang(integer) IS
    'Enters the year being loaded in lastet_aargang, has test persons'' numbers count as valid where its files are synthetic, and brings the statistics up to date; returns its number of files (spec.md 5.7).';
