-- arbsok_h_arbsok_silt: what arbsok_forlop_silt cannot see of H_ARBSOK, since it starts from F_ARBSOK and person: a row
-- of somebody who is not in person, who was not registered on the day that it names, or who was not registered in the
-- year at all, and of whom the year before says something else.

CREATE OR REPLACE FUNCTION kontroll.arbsok_h_arbsok_silt(p_aargang integer) RETURNS TABLE (fnr varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT h.fnr
    FROM trygdfob.h_arbsok AS h
    WHERE h.aargang = p_aargang AND NOT EXISTS (SELECT FROM trygdfob.person AS p WHERE p.fnr = h.fnr)
    UNION ALL
    SELECT h.fnr
    FROM trygdfob.h_arbsok AS h
    WHERE h.aargang = p_aargang
        AND (h.dagdato < (SELECT min(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang)) IS NOT TRUE
        AND NOT EXISTS (
            SELECT FROM trygdfob.miniregister AS r
            WHERE r.aargang = p_aargang AND r.fnr = h.fnr AND r.dagdato = h.dagdato
                AND r.mnddato >= (SELECT date_trunc('month', i.serie_start::timestamp) FROM trygdfob.innstilling AS i)
        )
    UNION ALL
    SELECT h.fnr
    FROM trygdfob.h_arbsok AS h
    LEFT JOIN trygdfob.h_arbsok AS g ON g.fnr = h.fnr AND g.aargang = p_aargang - 1 AND g.avgdato IS NULL
    WHERE h.aargang = p_aargang
        AND h.dagdato < (SELECT min(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang)
        AND (h.dagdato, h.fdagdato, h.henddato, h.hoved, h.hovedarbstat, h.tiltak, h.ytelse)
            IS DISTINCT FROM (g.dagdato, g.fdagdato, g.henddato, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse);
END;

COMMENT ON FUNCTION kontroll.arbsok_h_arbsok_silt(integer) IS
    'The persons with a row of the year''s H_ARBSOK who are not in table person, or who were not registered on its day, while the year before does not say the same of a running spell. No rows in a sound database (spec.md 4, T10).';
