-- pg_monitor: the one row that is made for programs that watch a server; the role is PostgreSQL's own for them.

GRANT USAGE ON SCHEMA trygdfob TO pg_monitor;
GRANT SELECT ON TABLE trygdfob.driftstatus TO pg_monitor;
