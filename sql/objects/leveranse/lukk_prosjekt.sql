-- lukk_prosjekt: a project gets no deliveries any more; what it has got can still be repeated and compared.

CREATE OR REPLACE FUNCTION leveranse.lukk_prosjekt(p_prosjekt text) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_tilstand text := (SELECT p.tilstand FROM leveranse.prosjekt AS p WHERE p.prosjekt = p_prosjekt FOR UPDATE);
BEGIN
    IF v_tilstand IS NULL THEN
        RAISE EXCEPTION 'There is no project %.', p_prosjekt USING ERRCODE = 'FD007', HINT = 'fdtrygd project list shows them.';
    ELSIF v_tilstand <> 'apen' THEN
        RAISE EXCEPTION 'Project % is % already.', p_prosjekt, CASE v_tilstand WHEN 'lukket' THEN 'closed' ELSE 'destroyed' END
            USING ERRCODE = 'FD007', HINT = 'There is no way back. Nothing was changed.';
    END IF;
    UPDATE leveranse.prosjekt SET tilstand = 'lukket', lukket = clock_timestamp(), lukket_av = session_user
    WHERE prosjekt = p_prosjekt;
END
$$;

COMMENT ON FUNCTION leveranse.lukk_prosjekt(text) IS
    'Closes a project: it gets no deliveries any more, and there is no way back. Error FD007: there is none, or it is closed already (spec.md 9, projects).';
