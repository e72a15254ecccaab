-- frigitt_manedspanel: function manedspanel over the released form of the register on a day (frigitt_hendelser). It
-- asks about no later day: a stretch that ends after the range and one that runs look alike in it.

CREATE OR REPLACE FUNCTION leveranse.frigitt_manedspanel(p_fra date, p_til date)
RETURNS TABLE (
    lopenr varchar, maaned date, sluttdato date, dager integer, registrert_ved_slutten boolean, hoved varchar,
    hovedarbstat varchar, tiltak varchar, ytelse varchar, tilgdato date, asoktilg date, dager_1 integer,
    dager_2 integer, dager_3 integer, dager_4 integer, dager_5 integer, dager_7 integer, dager_annen integer
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT m.lopenr, m.maaned, m.sluttdato, m.dager, m.registrert_ved_slutten, m.hoved, m.hovedarbstat, m.tiltak,
    m.ytelse, m.tilgdato, m.asoktilg, m.dager_1, m.dager_2, m.dager_3, m.dager_4, m.dager_5, m.dager_7, m.dager_annen
FROM arbsok.manedspanel(p_fra, p_til) AS m;
END;

COMMENT ON FUNCTION leveranse.frigitt_manedspanel(date, date) IS
    'The rows of manedspanel as they are released on day p_til, of the months from p_fra on (spec.md 9, the released form).';
