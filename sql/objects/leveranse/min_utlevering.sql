-- min_utlevering: a delivery that the caller has begun, and that is not done: only of such a one rows can be read. With
-- p_eldre, the earlier delivery that it is compared with (spec.md 9, comparing deliveries): its version and its day.

CREATE OR REPLACE FUNCTION leveranse.min_utlevering(
    p_utlevering integer, p_eldre integer DEFAULT NULL, OUT utlevering integer, OUT prosjekt varchar,
    OUT bestilling varchar, OUT versjon integer, OUT til date, OUT gjentar integer
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
    ELSIF p_eldre IS NOT NULL THEN
        SELECT d.utlevering, d.versjon, d.til, NULL::integer
        INTO utlevering, versjon, til, gjentar
        FROM leveranse.utlevering AS d
        WHERE d.utlevering = p_eldre AND d.slag = 'leveranse' AND d.tilstand = 'ferdig'
            AND d.prosjekt = min_utlevering.prosjekt AND d.bestilling = min_utlevering.bestilling
            AND d.til <= min_utlevering.til;
        IF utlevering IS NULL THEN
            RAISE EXCEPTION 'Delivery % is no earlier one of the order of delivery %.', p_eldre, p_utlevering
                USING ERRCODE = 'FD007', HINT = 'Compared are deliveries of one order.';
        END IF;
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.min_utlevering(integer, integer) IS
    'What the log has of a delivery that the caller has begun and that is not done; with p_eldre, of that earlier delivery of the same order. Error FD007: it is none.';
