-- arbsok_aargang_kontrollert: what breaks a year's promises about its files, its sums, its run log and the person
-- numbers of its records (spec.md 2, 5.1, 5.8, 6). A run of the controls asks for its three parts side by side
-- (arbsok_aargangskontroll); this is what they are together.

CREATE OR REPLACE FUNCTION kontroll.arbsok_aargang_kontrollert(p_aargang integer)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT h.kontroll, h.noekkel, h.fnr, h.dato, h.kode, h.detalj
    FROM kontroll.arbsok_aargang_holdt(
        p_aargang,
        (SELECT jsonb_agg(to_jsonb(r)) FROM kontroll.arbsok_register_talt(p_aargang) AS r),
        (SELECT jsonb_agg(to_jsonb(f)) FROM kontroll.arbsok_forlop_talt(p_aargang) AS f)
    ) AS h
    UNION ALL
    SELECT l.kontroll, l.noekkel, l.fnr, l.dato, l.kode, l.detalj
    FROM kontroll.arbsok_lopenr_kontrollert(p_aargang) AS l;
END;

COMMENT ON FUNCTION kontroll.arbsok_aargang_kontrollert(integer) IS
    'What breaks a loaded year''s promises about its files, its sums, its run log and the person numbers of its records. No rows in a sound database (spec.md 2, 5.1, 5.8, 6).';
