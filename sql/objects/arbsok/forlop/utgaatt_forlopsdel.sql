-- utgaatt_forlopsdel: the partitions of forlopsdel that no loaded year needs any more: what a year that was taken back
-- has left, and running spells of earlier years. Those of the last year but one are kept: they are what counts again
-- when the last one is taken back.

CREATE OR REPLACE VIEW arbsok_lasting.utgaatt_forlopsdel AS
SELECT d.tabell, d.lasting
FROM (
    SELECT c.oid::regclass::text AS tabell,
        (substring(pg_get_expr(c.relpartbound, c.oid), '-?[0-9]+'))::integer AS lasting
    FROM pg_inherits AS i
    JOIN pg_class AS c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'trygdfob.forlopsdel'::regclass
) AS d
WHERE d.lasting <> 0 AND d.lasting NOT IN (
        SELECT n.lasting
        FROM (
            SELECT v.lasting, row_number() OVER (PARTITION BY v.lasting > 0 ORDER BY l.lasting DESC) AS nr
            FROM trygdfob.lastet_aargang AS l
            CROSS JOIN LATERAL (VALUES (l.lasting), (-l.lasting)) AS v (lasting)
        ) AS n
        WHERE n.lasting > 0 OR n.nr <= 2
    );

COMMENT ON VIEW arbsok_lasting.utgaatt_forlopsdel IS
    'The partitions of forlopsdel that no loaded year needs any more; the next load or unload drops them (rydd_forlopsdeler). tabell: the partition. lasting: the load that made it.';
