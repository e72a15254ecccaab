-- eier: everything in the schema belongs to fdtrygd_dba, whoever made it; what does already is not touched.
-- ALTER … OWNER locks a table out of everybody else's reach: so it happens once, to new ones and in the first upgrade
-- of a database from before there were roles.

DO $eier$
DECLARE
    trinn record;
BEGIN
    FOR trinn IN
        SELECT e.setning
        FROM (
            -- The schema comes first: who is given something in it must have the right to create there
            SELECT 1 AS nummer, n.nspname AS navn, n.nspowner AS eier, 'ALTER SCHEMA trygdfob' AS setning
            FROM pg_namespace AS n
            WHERE n.nspname = 'trygdfob'
            UNION ALL
            SELECT 2, c.relname, c.relowner,
                format('ALTER %s trygdfob.%I', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                    WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.relname)
            FROM pg_class AS c
            WHERE c.relnamespace = 'trygdfob'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                -- A column's sequence goes with its table
                AND NOT (c.relkind = 'S' AND EXISTS (
                    SELECT FROM pg_depend AS d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                ))
            UNION ALL
            SELECT 3, p.proname, p.proowner,
                format('ALTER ROUTINE trygdfob.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
            FROM pg_proc AS p
            WHERE p.pronamespace = 'trygdfob'::regnamespace
            UNION ALL
            SELECT 3, s.stxname, s.stxowner, format('ALTER STATISTICS trygdfob.%I', s.stxname)
            FROM pg_statistic_ext AS s
            WHERE s.stxnamespace = 'trygdfob'::regnamespace
            UNION ALL
            SELECT 4, t.typname, t.typowner, format('ALTER TYPE trygdfob.%I', t.typname)
            FROM pg_type AS t
            LEFT JOIN pg_class AS c ON c.oid = t.typrelid
            WHERE t.typnamespace = 'trygdfob'::regnamespace AND (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
        ) AS e
        WHERE e.eier <> 'fdtrygd_dba'::regrole
        ORDER BY e.nummer, e.navn
    LOOP
        EXECUTE trinn.setning || ' OWNER TO fdtrygd_dba';
    END LOOP;
END
$eier$;
