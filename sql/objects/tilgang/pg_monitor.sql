-- pg_monitor: PostgreSQL's own role for programs that watch a server may read the one row that is made for them.

GRANT USAGE ON SCHEMA trygdfob TO pg_monitor;
GRANT SELECT ON TABLE trygdfob.driftstatus TO pg_monitor;
