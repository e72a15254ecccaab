-- gjenta_utlevering: a delivery is begun again, for control or since its files are gone; it has its order's number of
-- version and its own row in the log (spec.md 9, repeating).

CREATE OR REPLACE FUNCTION leveranse.gjenta_utlevering(p_utlevering integer, p_versjoner jsonb) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    u record;
    hvorfor text;
    nummer integer;
BEGIN
    SELECT * INTO u FROM leveranse.utlevering AS d WHERE d.utlevering = p_utlevering;
    hvorfor := CASE
        WHEN u.utlevering IS NULL THEN 'there is none'
        WHEN u.slag <> 'leveranse' THEN format('it is a %s, and not a delivery of a project', u.slag)
        WHEN u.tilstand <> 'ferdig' THEN 'it was begun and never done'
        ELSE leveranse.hvorfor_ikke_utlevert(u.prosjekt, true)
    END;
    IF hvorfor IS NOT NULL THEN
        RAISE EXCEPTION 'Delivery % cannot be repeated: %.', p_utlevering, hvorfor
            USING ERRCODE = 'FD007', HINT = 'fdtrygd project list shows what there is.';
    END IF;
    INSERT INTO leveranse.utlevering AS n (slag, prosjekt, bestilling, versjon, til, gjentar, kjoring, versjoner)
    SELECT 'gjentakelse', u.prosjekt, u.bestilling, u.versjon, u.til, u.utlevering, l.kjoring, l.versjoner
    FROM leveranse.laget_med(p_versjoner) AS l
    RETURNING n.utlevering INTO STRICT nummer;
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION leveranse.gjenta_utlevering(integer, jsonb) IS
    'Begins a delivery again; returns the number of the repeat. Error FD007: there is no such delivery, it was not done, or its project is or should be destroyed (spec.md 9, repeating).';
