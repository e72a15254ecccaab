-- kjoringer_siden: the runs by which a year that a delivery rests on was loaded or taken back after it: where its rows
-- are others today, they are why. A delivery rests on the year after its last day, too: what ends in it is known then.

CREATE OR REPLACE FUNCTION leveranse.kjoringer_siden(p_utlevering integer, p_nyere integer DEFAULT NULL)
RETURNS TABLE (kjoring bigint, handling text, aargang integer)
LANGUAGE sql STABLE
SECURITY DEFINER
BEGIN ATOMIC
SELECT k.kjoring, k.handling::text, k.aargang
FROM leveranse.utlevering AS u
JOIN trygdfob.kjorelogg AS k ON k.kjoring > coalesce(u.kjoring, 0) AND k.aargang <= date_part('year', u.til) + 1
WHERE u.utlevering = p_utlevering
    AND (p_nyere IS NULL OR k.kjoring <= (SELECT n.kjoring FROM leveranse.utlevering AS n WHERE n.utlevering = p_nyere))
ORDER BY k.kjoring;
END;

COMMENT ON FUNCTION leveranse.kjoringer_siden(integer, integer) IS
    'The runs (number, load or unload, year) after a delivery, up to a newer one where that is given, of the years that it rests on: those up to the one after its last day (spec.md 9, comparing deliveries).';
