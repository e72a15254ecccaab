-- arbsok_h_arbsok_silt: the persons of whom H_ARBSOK says that they were not registered in the year, and something else
-- than the year before. What else may be wrong with H_ARBSOK, the screens of records and of registrations see.

CREATE OR REPLACE FUNCTION kontroll.arbsok_h_arbsok_silt(p_aargang integer) RETURNS TABLE (fnr varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT h.fnr
    FROM trygdfob.h_arbsok AS h
    LEFT JOIN trygdfob.h_arbsok AS g ON g.fnr = h.fnr AND g.aargang = p_aargang - 1 AND g.avgdato IS NULL
    WHERE h.aargang = p_aargang
        AND h.dagdato < (SELECT min(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang)
        AND (h.dagdato, h.fdagdato, h.henddato, h.hoved, h.hovedarbstat, h.tiltak, h.ytelse)
            IS DISTINCT FROM (g.dagdato, g.fdagdato, g.henddato, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse);
END;

COMMENT ON FUNCTION kontroll.arbsok_h_arbsok_silt(integer) IS
    'The persons whose row of the year''s H_ARBSOK has a day before the year, and not what the year before says of a running spell. No rows in a sound database (spec.md 4, T10).';
