-- ta_tilbake_aargang: takes the last loaded year back; every table is as it was before that year was loaded.
-- The year's rows leave every table (AARGANG = YYYY), and what the load did to earlier records is undone (spec.md 5.7;
-- the source's 5.9.15).

CREATE OR REPLACE FUNCTION arbsok_lasting.ta_tilbake_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    siste integer := (SELECT max(aargang) FROM trygdfob.lastet_aargang);
    antall bigint;
BEGIN
    IF siste IS DISTINCT FROM p_aargang THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD001',
            MESSAGE = CASE
                WHEN siste IS NULL THEN format('%s cannot be unloaded: no year is loaded.', p_aargang)
                WHEN EXISTS (SELECT FROM trygdfob.lastet_aargang WHERE aargang = p_aargang)
                    THEN format('%s cannot be unloaded before the years after it.', p_aargang)
                ELSE format('%s is not loaded.', p_aargang)
            END,
            HINT = CASE WHEN siste IS NULL THEN 'There is nothing to do.'
                ELSE format('Only the last loaded year can be taken back: make unload-year YEAR=%s.', siste) END;
    END IF;

    DROP TABLE IF EXISTS pg_temp.slettet;
    CREATE TEMP TABLE slettet (LIKE trygdfob.f_arbsok) ON COMMIT DROP;
    WITH vekk AS (
        DELETE FROM trygdfob.f_arbsok WHERE aargang = p_aargang RETURNING *
    )
    INSERT INTO pg_temp.slettet SELECT * FROM vekk;
    GET DIAGNOSTICS antall = ROW_COUNT;
    ANALYZE pg_temp.slettet;

    -- A spell that the year closed runs again; the last record of a group spell that the year went on with holds again.
    -- They are found by lopenr and never by fnr, since they are written anew in the order in which they are found, and
    -- analysts see that order.
    UPDATE trygdfob.f_arbsok AS f
    SET tomdato = NULL
    FROM pg_temp.slettet AS s
    WHERE s.avgdato IS NOT NULL AND f.lopenr = s.lopenr AND f.tilgdato = s.tilgdato;

    UPDATE trygdfob.f_arbsok AS f
    SET asoktom = NULL
    FROM pg_temp.slettet AS s
    WHERE s.kode = '0' AND f.lopenr = s.lopenr AND f.tilgdato = s.tilgdato AND f.asoktilg = s.asoktilg;

    UPDATE trygdfob.f_arbsok AS f
    SET regtom = NULL
    FROM (
        SELECT DISTINCT ON (g.lopenr, g.tilgdato, g.asoktilg) g.lopenr, g.regdato, g.kode
        FROM trygdfob.f_arbsok AS g
        WHERE EXISTS (
            SELECT FROM pg_temp.slettet AS s
            WHERE s.lopenr = g.lopenr AND s.tilgdato = g.tilgdato AND s.asoktilg = g.asoktilg
        )
        ORDER BY g.lopenr, g.tilgdato, g.asoktilg, g.regdato DESC
    ) AS sist
    WHERE f.lopenr = sist.lopenr AND f.regdato = sist.regdato AND f.kode = sist.kode;

    DELETE FROM trygdfob.person WHERE aargang = p_aargang;
    DELETE FROM trygdfob.vrak_arbsok WHERE aargang = p_aargang;
    DELETE FROM trygdfob.lagt_til_side WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang = p_aargang;
    DELETE FROM trygdfob.maanedsfil WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.miniregister_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.registrering_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.forlop_tall WHERE aargang = p_aargang;
    DELETE FROM arbsok_lasting.varighet_tall WHERE aargang = p_aargang;
    EXECUTE format('DROP TABLE trygdfob.miniregister_%s', p_aargang);

    EXECUTE format('DROP TABLE trygdfob.h_arbsok_%s', p_aargang);
    DROP TABLE pg_temp.slettet;

    UPDATE trygdfob.innstilling SET testnumre = false
    WHERE (SELECT satte_testnumre FROM trygdfob.lastet_aargang WHERE aargang = p_aargang);
    DELETE FROM trygdfob.lastet_aargang WHERE aargang = p_aargang;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.ta_tilbake_aargang(integer) IS
    'Takes back the last loaded year (error FD001 for any other): every table is as before it was loaded; returns the number of F_ARBSOK records taken out (spec.md 5.7; the source''s 5.9.15).';
