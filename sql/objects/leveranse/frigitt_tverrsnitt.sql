-- frigitt_tverrsnitt: function tverrsnitt on each of some days. Each lies in the final part of the register, so that no
-- later load changes its rows.

CREATE OR REPLACE FUNCTION leveranse.frigitt_tverrsnitt(p_dager date[])
RETURNS TABLE (
    lopenr varchar, dato date, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar, tilgdato date,
    asoktilg date, regdato date, dager_i_tilfelle integer, dager_i_gruppetilfelle integer, dager_i_periode integer,
    mrk_fnr varchar, status_inn varchar
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT t.lopenr, t.dato, t.hoved, t.hovedarbstat, t.tiltak, t.ytelse, t.tilgdato, t.asoktilg, t.regdato,
    t.dager_i_tilfelle, t.dager_i_gruppetilfelle, t.dager_i_periode, t.mrk_fnr, t.status_inn
FROM (SELECT DISTINCT d.dag FROM unnest(p_dager) AS d (dag)) AS e
CROSS JOIN LATERAL arbsok.tverrsnitt(e.dag) AS t;
END;

COMMENT ON FUNCTION leveranse.frigitt_tverrsnitt(date[]) IS
    'Everybody registered on each of these days, as tverrsnitt shows them; a day given twice counts once (spec.md 9, the released form).';
