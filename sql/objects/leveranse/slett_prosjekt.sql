-- slett_prosjekt: a project's key and lists of persons are destroyed, so that nothing of it can be repeated or joined
-- any more; the log of what it got stays. What is deleted lies in the pages until they are vacuumed, in WAL and in
-- backups until these are rotated: nobody can promise more here.

CREATE OR REPLACE FUNCTION leveranse.slett_prosjekt(p_prosjekt text) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_tilstand text := (SELECT p.tilstand FROM leveranse.prosjekt AS p WHERE p.prosjekt = p_prosjekt FOR UPDATE);
BEGIN
    IF v_tilstand IS NULL THEN
        RAISE EXCEPTION 'There is no project %.', p_prosjekt USING ERRCODE = 'FD007', HINT = 'fdtrygd project list shows them.';
    ELSIF v_tilstand = 'slettet' THEN
        RAISE EXCEPTION 'Project % is destroyed already.', p_prosjekt USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    END IF;
    DELETE FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = p_prosjekt;
    DELETE FROM leveranse_nokkel.person_i_liste WHERE prosjekt = p_prosjekt;
    UPDATE leveranse.prosjekt SET tilstand = 'slettet', slettet = clock_timestamp(), slettet_av = session_user
    WHERE prosjekt = p_prosjekt;
END
$$;

COMMENT ON FUNCTION leveranse.slett_prosjekt(text) IS
    'Destroys a project''s key and lists of persons; its log stays. Older backups and WAL hold them until they are rotated. Error FD007: there is none, or it is destroyed already (spec.md 9, projects).';
