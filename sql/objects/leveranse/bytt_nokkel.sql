-- bytt_nokkel: a project that has got no delivery yet gets another key: where two of its persons would have the same
-- number, which happens once in some fifty million projects.

CREATE OR REPLACE FUNCTION leveranse.bytt_nokkel(p_prosjekt text) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM leveranse.utlevering AS u WHERE u.prosjekt = p_prosjekt AND u.tilstand = 'ferdig') THEN
        RAISE EXCEPTION 'Project % has got a delivery: its persons keep their numbers.', p_prosjekt
            USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    END IF;
    UPDATE leveranse_nokkel.prosjektnokkel SET nokkel = leveranse_nokkel.ny_nokkel() WHERE prosjekt = p_prosjekt;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no project % that has a key.', p_prosjekt
            USING ERRCODE = 'FD007', HINT = 'fdtrygd project list shows them.';
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.bytt_nokkel(text) IS
    'Gives a project that has got no delivery yet another key. Error FD007: it has got one, or there is no such project (spec.md 9, person numbers).';
