-- ingen: PUBLIC and the roles have nothing until the files after this one grant it anew. So those files show everything
-- that a role has. What the owner grants to other roles stays; CASCADE takes back what a role has passed on.

DO $ingen$
DECLARE
    skjemaer text := (SELECT string_agg(s.skjema::text, ', ') FROM trygdfob.skjema AS s);
    hva text;
BEGIN
    FOREACH hva IN ARRAY ARRAY[
        'SCHEMA', 'ALL TABLES IN SCHEMA', 'ALL SEQUENCES IN SCHEMA', 'ALL ROUTINES IN SCHEMA'
    ] LOOP
        EXECUTE format('REVOKE ALL ON %s %s'
            ' FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr, fdtrygd_utlevering,'
            ' fdtrygd_statistiker, pg_monitor CASCADE', hva, skjemaer);
    END LOOP;
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE fdtrygd_dba IN SCHEMA %s'
        ' REVOKE ALL ON TABLES FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr, fdtrygd_utlevering,'
        ' fdtrygd_statistiker', skjemaer);
END
$ingen$;
