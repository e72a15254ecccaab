-- oppdater_tidligere_tilfelle: the records of the spells that ran when the year began get their tomdato, asoktom and
-- regtom. Only rows whose dates change are updated, and they are looked up by the key (lopenr first), in its order: a
-- scan of F_ARBSOK would slow down with every year, and rows written anew in the order of fnr would show it to
-- analysts.

CREATE OR REPLACE FUNCTION arbsok_lasting.oppdater_tidligere_tilfelle(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_nestloop = on
SET enable_hashjoin = off
AS $$
DECLARE
    antall bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    UPDATE trygdfob.f_arbsok AS f
    SET tomdato = t.tomdato,
        asoktom = CASE WHEN f.asoktilg = t.asoktilg THEN t.asoktom ELSE f.asoktom END,
        regtom = coalesce(f.regtom, t.regtom)
    FROM (
        SELECT p.lopenr, u.tilgdato, u.asoktilg, u.tomdato, u.asoktom, u.regtom
        FROM arbsok_lasting.tidligere_tilfelle AS u
        JOIN trygdfob.person AS p ON p.fnr = u.fnr
        ORDER BY p.lopenr
    ) AS t
    WHERE f.lopenr = t.lopenr AND f.regdato >= t.tilgdato AND f.tilgdato = t.tilgdato
        AND (t.tomdato IS NOT NULL OR (f.asoktilg = t.asoktilg AND t.asoktom IS NOT NULL) OR f.regtom IS NULL);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.oppdater_tidligere_tilfelle(integer) IS
    'Sets tomdato, asoktom and regtom of the earlier records of the spells in tidligere_tilfelle; returns how many changed (spec.md 4).';
