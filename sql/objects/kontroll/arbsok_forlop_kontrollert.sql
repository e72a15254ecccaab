-- arbsok_forlop_kontrollert: the records of F_ARBSOK that break a promise about dates, codes or levels (spec.md 4, 5).
-- The promises are in arbsok_forlop_vurdert.

CREATE OR REPLACE FUNCTION kontroll.arbsok_forlop_kontrollert(p_aargang integer, p_fra text, p_til text)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.kontroll, v.noekkel, v.fnr, v.dato, v.kode, v.detalj
    FROM kontroll.arbsok_forlop_vurdert(p_aargang, p_fra, p_til, true) AS v;
END;

COMMENT ON FUNCTION kontroll.arbsok_forlop_kontrollert(integer, text, text) IS
    'The records of F_ARBSOK that break a promise of the catalogue (table kontroll), each with the first one that it breaks. Looked at are the spells that the year''s load began, continued or ended, of the persons p_fra <= fnr < p_til. No rows in a sound database (spec.md 4 and 5).';
