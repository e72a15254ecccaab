-- roller: the product's six roles, which are groups without a login, and what they must have on the server.
-- Roles belong to the whole server, and several of its databases may be upgraded at the same moment. So what is there
-- already is left alone, and it is no error where another upgrade makes it meanwhile. Whoever upgrades becomes a member
-- of fdtrygd_dba, to which eier.sql hands everything over.

DO $roller$
DECLARE
    trinn record;
    gjort boolean;
    mangler text := '';
BEGIN
    FOR trinn IN
        SELECT *
        FROM (
            SELECT format('EXISTS (SELECT FROM pg_roles WHERE rolname = %L)', r.rolle) AS finnes,
                format('CREATE ROLE %I NOLOGIN', r.rolle) AS setning,
                format('COMMENT ON ROLE %I IS %L', r.rolle, 'FD-Trygd ARBSOK: ' || r.tekst) AS kommentar
            FROM (VALUES
                ('fdtrygd_dba', 'owns everything in the product''s schemas, and upgrades it'),
                ('fdtrygd_laster', 'loads years, takes them back, checks and reports'),
                ('fdtrygd_analytiker', 'reads the analyst''s views and functions; no fnr'),
                ('fdtrygd_fnr', 'fdtrygd_analytiker, and the fnr behind the person numbers'),
                ('fdtrygd_utlevering', 'orders and makes deliveries; no fnr, no key, no table of the register'),
                ('fdtrygd_statistiker', 'makes official statistics; sees counts before they are protected; no fnr')
            ) AS r (rolle, tekst)
            UNION ALL
            SELECT 'pg_has_role(''fdtrygd_fnr'', ''fdtrygd_analytiker'', ''USAGE'')',
                'GRANT fdtrygd_analytiker TO fdtrygd_fnr', NULL
            UNION ALL
            -- A member uses what the role owns, and hands things over to it. From PostgreSQL 16 on these are two
            -- options of a membership
            SELECT 'pg_has_role(''fdtrygd_dba'', ''USAGE'')' || v.ogsaa,
                format('GRANT fdtrygd_dba TO %I', current_user) || v.med, NULL
            FROM (
                SELECT CASE WHEN s.ny THEN ' AND pg_has_role(''fdtrygd_dba'', ''SET'')' ELSE '' END AS ogsaa,
                    CASE WHEN s.ny THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END AS med
                FROM (SELECT current_setting('server_version_num')::integer >= 160000 AS ny) AS s
            ) AS v
            UNION ALL
            -- To upgrade, and for the scratch table of ta_tilbake_aargang
            SELECT format('has_database_privilege(''fdtrygd_dba'', %L, %L)', current_database(), p.rett),
                format('GRANT %s ON DATABASE %I TO fdtrygd_dba', p.rett, current_database()), NULL
            FROM (VALUES ('CREATE'), ('TEMPORARY')) AS p (rett)
        ) AS t
    LOOP
        BEGIN
            EXECUTE 'SELECT ' || trinn.finnes INTO gjort;
            IF NOT gjort THEN
                EXECUTE trinn.setning;
                IF trinn.kommentar IS NOT NULL THEN
                    EXECUTE trinn.kommentar;
                END IF;
            END IF;
        EXCEPTION
            WHEN insufficient_privilege OR undefined_object THEN
                mangler := mangler || E'\n    ' || trinn.setning || ';';
            WHEN duplicate_object OR unique_violation OR internal_error THEN
                -- Another upgrade was faster; internal_error is "tuple concurrently updated"
                EXECUTE 'SELECT ' || trinn.finnes INTO gjort;
                IF NOT gjort THEN
                    RAISE;
                END IF;
        END;
    END LOOP;
    IF mangler <> '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD005',
            MESSAGE = format('The roles that own and use the product''s schemas are not complete, and %s may not complete them.'
                ' Let an administrator of the server run this once, in database %s:%s',
                current_user, current_database(), mangler),
            HINT = 'Then run the command again.';
    END IF;
END
$roller$;
