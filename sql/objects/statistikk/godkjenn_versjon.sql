-- godkjenn_versjon: somebody has looked at a draft and says that it is right. Another one publishes it (spec.md 10,
-- V14).

CREATE OR REPLACE FUNCTION statistikk.godkjenn_versjon(p_versjon integer)
RETURNS TABLE (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[])
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v record;
BEGIN
    SELECT x.* INTO v FROM statistikk.versjon AS x WHERE x.versjon = p_versjon FOR UPDATE;
    IF v.versjon IS NULL OR v.tilstand <> 'utkast' THEN
        RAISE EXCEPTION '%', CASE WHEN v.versjon IS NULL THEN format('There is no version %s.', p_versjon)
            ELSE format('%s, version %s, is %s already.', v.periode, v.nummer,
                CASE v.tilstand WHEN 'godkjent' THEN 'approved' ELSE 'published' END) END
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    RETURN QUERY SELECT k.* FROM statistikk.krev_feilfri(p_versjon) AS k;
    UPDATE statistikk.versjon AS x SET tilstand = 'godkjent', godkjent = clock_timestamp(), godkjent_av = session_user
    WHERE x.versjon = p_versjon;
END
$$;

COMMENT ON FUNCTION statistikk.godkjenn_versjon(integer) IS
    'Approves a draft, and says what its controls find: warnings. Error FD009: it is none, or a control finds an error in it (spec.md 10, V14).';
