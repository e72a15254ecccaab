-- eier: everything in the product's schemas belongs to fdtrygd_dba, whoever made it.
-- ALTER … OWNER locks a table against everybody else. So it is done only to what does not belong to fdtrygd_dba yet:
-- what is new, and everything in the first upgrade of a database from before there were roles.

DO $eier$
DECLARE
    trinn record;
BEGIN
    FOR trinn IN
        SELECT e.setning
        FROM (
            -- The schema comes first: a new owner of something in it must have the right to create there
            SELECT 1 AS nummer, n.nspname AS navn, n.nspowner AS eier, format('ALTER SCHEMA %s', s.skjema) AS setning
            FROM trygdfob.skjema AS s
            JOIN pg_namespace AS n ON n.oid = s.skjema
            UNION ALL
            SELECT 2, c.relname, c.relowner,
                format('ALTER %s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                    WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass)
            FROM trygdfob.skjema AS n
            JOIN pg_class AS c ON c.relnamespace = n.skjema
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                -- A column's sequence goes with its table
                AND NOT (c.relkind = 'S' AND EXISTS (
                    SELECT FROM pg_depend AS d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                ))
            UNION ALL
            SELECT 3, p.proname, p.proowner,
                format('ALTER ROUTINE %s.%I(%s)', n.skjema, p.proname, pg_get_function_identity_arguments(p.oid))
            FROM trygdfob.skjema AS n
            JOIN pg_proc AS p ON p.pronamespace = n.skjema
            UNION ALL
            SELECT 3, s.stxname, s.stxowner, format('ALTER STATISTICS %s.%I', n.skjema, s.stxname)
            FROM trygdfob.skjema AS n
            JOIN pg_statistic_ext AS s ON s.stxnamespace = n.skjema
            UNION ALL
            SELECT 4, t.typname, t.typowner, format('ALTER TYPE %s', t.oid::regtype)
            FROM trygdfob.skjema AS n
            JOIN pg_type AS t ON t.typnamespace = n.skjema
            LEFT JOIN pg_class AS c ON c.oid = t.typrelid
            WHERE t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c'
        ) AS e
        WHERE e.eier <> 'fdtrygd_dba'::regrole
        ORDER BY e.nummer, e.navn
    LOOP
        EXECUTE trinn.setning || ' OWNER TO fdtrygd_dba';
    END LOOP;
END
$eier$;
