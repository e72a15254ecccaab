-- slett_prosjekt: a project's key and lists of persons are destroyed, so that nothing of it can be repeated or joined
-- any more; the log of what it got stays. What DELETE takes out stays in the pages, and VACUUM FULL keeps what
-- somebody's older snapshot may still see. So the tables are emptied and filled again with what is the other
-- projects': with the commit their old files are gone. WAL and backups hold it until they are rotated: nobody can
-- promise more here.

CREATE OR REPLACE FUNCTION leveranse.slett_prosjekt(p_prosjekt text) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    v_tilstand text;
    utlopt boolean;
BEGIN
    -- The tables first, as begynn_utlevering has them: else each would wait for the other
    LOCK TABLE leveranse_nokkel.liste_inn, leveranse_nokkel.person_i_liste, leveranse_nokkel.prosjektnokkel
    IN ACCESS EXCLUSIVE MODE;
    SELECT p.tilstand, leveranse.norsk_dag(now()) > p.slettes_etter INTO v_tilstand, utlopt
    FROM leveranse.prosjekt AS p
    WHERE p.prosjekt = p_prosjekt
    FOR UPDATE;
    IF v_tilstand IS NULL THEN
        RAISE EXCEPTION 'There is no project %.', p_prosjekt
            USING ERRCODE = 'FD007', HINT = 'fdtrygd project list shows them.';
    ELSIF v_tilstand = 'slettet' THEN
        RAISE EXCEPTION 'Project % is destroyed already.', p_prosjekt
            USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    ELSIF v_tilstand = 'apen' AND NOT utlopt THEN
        RAISE EXCEPTION 'Project % is open: it is closed first.', p_prosjekt
            USING ERRCODE = 'FD007', HINT = 'fdtrygd project close. Nothing was changed.';
    END IF;
    CREATE TEMPORARY TABLE andres_nokkel AS
    SELECT n.prosjekt, n.nokkel FROM leveranse_nokkel.prosjektnokkel AS n WHERE n.prosjekt <> p_prosjekt;
    CREATE TEMPORARY TABLE andres_liste AS
    SELECT l.prosjekt, l.bestilling, l.versjon, l.fnr
    FROM leveranse_nokkel.person_i_liste AS l
    WHERE l.prosjekt <> p_prosjekt;
    TRUNCATE leveranse_nokkel.liste_inn, leveranse_nokkel.person_i_liste, leveranse_nokkel.prosjektnokkel;
    INSERT INTO leveranse_nokkel.prosjektnokkel (prosjekt, nokkel)
    SELECT a.prosjekt, a.nokkel FROM pg_temp.andres_nokkel AS a;
    INSERT INTO leveranse_nokkel.person_i_liste (prosjekt, bestilling, versjon, fnr)
    SELECT a.prosjekt, a.bestilling, a.versjon, a.fnr FROM pg_temp.andres_liste AS a;
    DROP TABLE pg_temp.andres_nokkel, pg_temp.andres_liste;
    UPDATE leveranse.prosjekt SET tilstand = 'slettet', slettet = clock_timestamp(), slettet_av = session_user
    WHERE prosjekt = p_prosjekt;
END
$$;

COMMENT ON FUNCTION leveranse.slett_prosjekt(text) IS
    'Destroys a project''s key and lists of persons; its log stays. Older backups and WAL hold them until they are rotated. It waits for deliveries that are being read. Error FD007: there is none, or it is destroyed already (spec.md 9, projects).';
