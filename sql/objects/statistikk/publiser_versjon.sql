-- publiser_versjon: an approved version is published, by another login than the one that approved it. Where there is
-- one person alone, p_alene says why, which the page shows (spec.md 10, V14). From then on it never changes, and keeps
-- what the catalogue said of it (katalog). A package of which others publish a table exactly is not protected by
-- rounding: then p_eksakt says why it is published (spec.md 10, V12). What is published at once has one time.

CREATE OR REPLACE FUNCTION statistikk.publiser_versjon(p_versjon integer, p_alene text, p_eksakt text)
RETURNS TABLE (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[])
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v record;
BEGIN
    SELECT x.*, p.finnes_eksakt INTO v
    FROM statistikk.versjon AS x
    JOIN statistikk.pakke AS p ON p.pakke = x.pakke
    WHERE x.versjon = p_versjon
    FOR UPDATE OF x;
    IF v.versjon IS NULL OR v.tilstand <> 'godkjent' THEN
        RAISE EXCEPTION '%', CASE WHEN v.versjon IS NULL THEN format('There is no version %s.', p_versjon)
            ELSE format('%s, version %s, %s.', v.periode, v.nummer,
                CASE v.tilstand WHEN 'utkast' THEN 'is not approved' ELSE 'is published already' END) END
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    ELSIF v.godkjent_av = session_user AND p_alene IS NULL THEN
        RAISE EXCEPTION '% has approved % and does not publish it too.', session_user, v.periode USING ERRCODE = 'FD009',
            HINT = 'Let another login publish it; or, where there is no other, --alone --why, which the page shows.';
    END IF;
    RETURN QUERY SELECT k.* FROM statistikk.krev_feilfri(p_versjon) AS k;
    UPDATE statistikk.versjon AS x
    SET tilstand = 'publisert', publisert = date_trunc('second', now()), publisert_av = session_user,
        katalog = statistikk.katalog(p_versjon),
        alene = CASE WHEN v.godkjent_av = session_user THEN
            statistikk.krev_grunn(p_alene, 'One person approves and publishes it') END,
        eksakt = CASE WHEN v.finnes_eksakt THEN statistikk.krev_grunn(p_eksakt,
            format('Package %s has a table that is published exactly elsewhere, so that rounding does not protect it', v.pakke)) END
    WHERE x.versjon = p_versjon;
END
$$;

COMMENT ON FUNCTION statistikk.publiser_versjon(integer, text, text) IS
    'Publishes an approved version, for good, and says what its controls find: warnings. p_alene: why the same login approved it; p_eksakt: why, where a table of the package is published exactly elsewhere. Error FD009: it is not approved, or one of these is missing, or a control finds an error (spec.md 10, V12 and V14).';
