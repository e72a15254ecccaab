-- frigitt_tilfelle: view tilfelle over the released form of the register on a day (frigitt_hendelser): an end after it
-- is not known yet, nor what the record that ends the spell says.

CREATE OR REPLACE FUNCTION leveranse.frigitt_tilfelle(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, tilgdato date, tomdato date, dager integer, hoved_inn varchar, hoved_ut varchar, begynte text,
    sluttet text, slutt_observert boolean, status_inn varchar, status_ut varchar, mrk_fnr varchar
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT t.lopenr, t.tilgdato, k.tomdato, k.tomdato - t.tilgdato + 1, t.hoved, k.hoved_ut,
    arbsok.begynnelse(t.kode, t.tilgdato, t.asoktilg),
    arbsok.slutt(k.tomdato, k.tomdato, k.tomdato, k.status_ut),
    k.tomdato IS NOT NULL, t.status, k.status_ut, t.mrk_fnr
FROM arbsok_lasting.tilfelle_med_slutt AS t
CROSS JOIN LATERAL (
    SELECT CASE WHEN t.tomdato <= p_til THEN t.tomdato END AS tomdato,
        CASE WHEN t.slutt_regdato <= p_til THEN t.slutt_hoved END AS hoved_ut,
        CASE WHEN t.slutt_regdato <= p_til THEN t.slutt_status END AS status_ut
) AS k
WHERE t.tilgdato <= p_til AND (t.tomdato >= p_fra OR t.tomdato IS NULL);
END;

COMMENT ON FUNCTION leveranse.frigitt_tilfelle(date, date) IS
    'The rows of view tilfelle as they are released on day p_til: those that begin by then, each end after it, and what is known with it, empty; those that touch p_fra or a later day (spec.md 9, the released form).';
