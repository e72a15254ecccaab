-- avbryt_utlevering: a delivery that the caller has begun was ended before it was done, and left nothing (spec.md 9,
-- the log): refused for its rows, for a format's limits, by a full disk, or by whoever ran it. A run that is killed
-- cannot say so, and its delivery stays begynt.

CREATE OR REPLACE FUNCTION leveranse.avbryt_utlevering(p_utlevering integer) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE leveranse.utlevering SET tilstand = 'avbrutt'
    WHERE utlevering = (SELECT m.utlevering FROM leveranse.min_utlevering(p_utlevering) AS m);
END
$$;

COMMENT ON FUNCTION leveranse.avbryt_utlevering(integer) IS
    'Writes into the log that a delivery that the caller has begun was ended early, and left nothing. Error FD007: the caller has begun none of that number, or it is done (spec.md 9, the log).';
