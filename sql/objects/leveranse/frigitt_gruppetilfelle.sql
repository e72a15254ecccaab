-- frigitt_gruppetilfelle: view gruppetilfelle over the released form of the register on a day (frigitt_hendelser): an
-- end after it is not known yet, nor what the record that ends the spell says, nor the group that follows.

CREATE OR REPLACE FUNCTION leveranse.frigitt_gruppetilfelle(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, tilgdato date, asoktilg date, asoktom date, dager integer, hoved varchar, hoved_neste varchar,
    begynte text, sluttet text, slutt_observert boolean, status_inn varchar, status_ut varchar, mrk_fnr varchar
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT g.lopenr, g.tilgdato, g.asoktilg, k.asoktom, k.asoktom - g.asoktilg + 1, g.hoved, k.hoved_neste,
    arbsok.begynnelse(g.kode, g.tilgdato, g.asoktilg),
    arbsok.slutt(k.asoktom, k.asoktom, k.tomdato, k.status_ut),
    k.asoktom IS NOT NULL, g.status, k.status_ut, g.mrk_fnr
FROM arbsok_lasting.gruppetilfelle_med_slutt AS g
CROSS JOIN LATERAL (
    SELECT CASE WHEN g.asoktom <= p_til THEN g.asoktom END AS asoktom,
        CASE WHEN g.tomdato <= p_til THEN g.tomdato END AS tomdato,
        CASE WHEN g.slutt_regdato <= p_til THEN g.slutt_status END AS status_ut,
        CASE WHEN g.neste_regdato <= p_til THEN g.neste_hoved END AS hoved_neste
) AS k
WHERE g.asoktilg <= p_til AND (g.asoktom >= p_fra OR g.asoktom IS NULL);
END;

COMMENT ON FUNCTION leveranse.frigitt_gruppetilfelle(date, date) IS
    'The rows of view gruppetilfelle as they are released on day p_til: those that begin by then, each end after it, and what is known with it, empty; those that touch p_fra or a later day (spec.md 9, the released form).';
