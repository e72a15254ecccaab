-- finn_tidligere_tilfelle: the spells that ran when the year began and to which something happened in it, with the
-- tomdato, asoktom and regtom that their earlier records get. These come from the person's first event of the year and
-- those after it, or from the closing at the year's end.

CREATE OR REPLACE FUNCTION arbsok_lasting.finn_tidligere_tilfelle(p_aargang integer, p_del integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO arbsok_lasting.tidligere_tilfelle (del, fnr, lopenr, tilgdato, asoktilg, tomdato, asoktom, regtom)
    SELECT a.del, a.fnr, a.lopenr, a.gjaldt_tilgdato, a.gjaldt_asoktilg,
        arbsok_lasting.lag_tomdato(
            CASE WHEN e.avslutter_tilfelle THEN e.avgang ELSE e.neste_avgang END, a.avgdato
        ),
        arbsok_lasting.lag_asoktom(coalesce(e.avgang, e.neste_gruppeavgang), a.avgdato),
        arbsok_lasting.lag_regtom(coalesce(e.avgang, e.tilgang - 1), a.avgdato)
    FROM arbsok_lasting.aarets_h AS a
    LEFT JOIN (
        SELECT h.*,
            h.handling = ANY(
                array(SELECT t.handling FROM trygdfob.handling AS t WHERE t.avslutter_tilfelle)
            ) AS avslutter_tilfelle
        FROM arbsok_lasting.hendelse AS h
        WHERE h.del = p_del AND h.tilgang IS NOT NULL AND h.foerste
    ) AS e ON e.fnr = a.fnr
    WHERE a.del = p_del AND a.gjaldt_tilgdato IS NOT NULL AND (e.fnr IS NOT NULL OR a.avgdato IS NOT NULL);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.finn_tidligere_tilfelle(integer, integer) IS
    'Finds, for one part of the persons, the spells that ran when the year being loaded began and to which something happened in it, with the tomdato, asoktom and regtom of their earlier records, in tidligere_tilfelle; returns how many (spec.md 4).';
