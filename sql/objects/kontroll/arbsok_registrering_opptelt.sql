-- arbsok_registrering_opptelt: a year's registrations counted by month, outcome and status (spec.md 5.8 and 6).

CREATE OR REPLACE FUNCTION kontroll.arbsok_registrering_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.registrering_tall
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p_aargang, r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte, count(*)
    FROM kontroll.arbsok_registrering_kontrollert(p_aargang, '', ':') AS r
    WHERE r.mnddato IS NOT NULL
    GROUP BY r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte;
END;

COMMENT ON FUNCTION kontroll.arbsok_registrering_opptelt(integer) IS
    'The rows that registrering_tall should have for a loaded year, counted anew (spec.md 5.8 and 6).';
