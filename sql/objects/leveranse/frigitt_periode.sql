-- frigitt_periode: view periode over the released form of the register on a day (frigitt_hendelser): an end after it is
-- not known yet, nor what the record that ends the stretch says; that of a change is dated the day after the stretch.

CREATE OR REPLACE FUNCTION leveranse.frigitt_periode(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, tilgdato date, asoktilg date, regdato date, regtom date, dager integer, hoved varchar,
    hovedarbstat varchar, tiltak varchar, ytelse varchar, begynte text, sluttet text, slutt_observert boolean,
    status_inn varchar, status_ut varchar, mrk_fnr varchar
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT p.lopenr, p.tilgdato, p.asoktilg, p.regdato, k.regtom, k.regtom - p.regdato + 1, p.hoved,
    p.hovedarbstat, p.tiltak, p.ytelse,
    arbsok.begynnelse(p.kode, p.tilgdato, p.asoktilg),
    arbsok.slutt(k.regtom, k.asoktom, k.tomdato, k.status_ut),
    k.regtom IS NOT NULL, p.status, k.status_ut, p.mrk_fnr
FROM arbsok_lasting.periode_med_slutt AS p
CROSS JOIN LATERAL (
    SELECT CASE WHEN p.regtom <= p_til THEN p.regtom END AS regtom,
        CASE WHEN p.asoktom <= p_til THEN p.asoktom END AS asoktom,
        CASE WHEN p.tomdato <= p_til THEN p.tomdato END AS tomdato,
        CASE WHEN p.slutt_regdato <= p_til THEN p.slutt_status END AS status_ut
) AS k
WHERE p.regdato <= p_til AND (p.regtom >= p_fra OR p.regtom IS NULL);
END;

COMMENT ON FUNCTION leveranse.frigitt_periode(date, date) IS
    'The rows of view periode as they are released on day p_til: those that begin by then, each end after it, and what is known with it, empty; those that touch p_fra or a later day (spec.md 9, the released form).';
