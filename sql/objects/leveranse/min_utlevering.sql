-- min_utlevering: a delivery that the caller has begun, and that is not done: only of such a one rows can be read.

CREATE OR REPLACE FUNCTION leveranse.min_utlevering(
    p_utlevering integer, OUT utlevering integer, OUT prosjekt varchar, OUT bestilling varchar, OUT versjon integer,
    OUT til date, OUT gjentar integer
)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    SELECT d.utlevering, d.prosjekt, d.bestilling, d.versjon, d.til, d.gjentar
    INTO utlevering, prosjekt, bestilling, versjon, til, gjentar
    FROM leveranse.utlevering AS d
    WHERE d.utlevering = p_utlevering AND d.tilstand = 'begynt' AND d.bruker = session_user;
    IF utlevering IS NULL THEN
        RAISE EXCEPTION 'Delivery % is none that % has begun.', p_utlevering, session_user
            USING ERRCODE = 'FD007', HINT = 'Begin it with leveranse.begynn_utlevering.';
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.min_utlevering(integer) IS
    'What the log has of a delivery that the caller has begun and that is not done. Error FD007: it is none.';
