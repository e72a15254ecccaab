-- pagaende_arbeid: what loads, unloads, checks, upgrades and deliveries are doing right now, seen from another session.
-- What a load has written cannot be seen before its commit. But each of its sessions says in application_name, which
-- everybody sees at once, what it does: 'fdtrygd load 2003: spells 13:52:07', in UTC (fdtrygd/db/database.py,
-- announce). An idle session that is named after a step has ended it; one that is named after a phase waits for those
-- beside it. Since anybody may call his session what he likes, the pattern only lets numbers and times through to
-- casts.

CREATE OR REPLACE VIEW trygdfob.pagaende_arbeid AS
SELECT a.pid,
    a.usename AS bruker,
    n.ord[1] AS handling,
    n.ord[2]::integer AS aargang,
    n.ord[3] AS fase,
    n.ord[4]::integer AS nummer,
    -- The last moment that had this time of day
    (d.naa::date + n.ord[5]::time - CASE WHEN n.ord[5]::time > d.naa::time THEN interval '1 day' ELSE interval '0' END)
    AT TIME ZONE 'UTC' AS siden,
    c.tuples_processed AS kopierte_rader,
    c.bytes_processed AS kopierte_bytes,
    l.venter_paa,
    b.blokkert_av
FROM pg_catalog.pg_stat_activity AS a
CROSS JOIN LATERAL pg_catalog.regexp_match(a.application_name,
    '^fdtrygd (load|unload|check|upgrade|delivery|register|statistics)(?: ([0-9]{4}))?: (.*?)(?: ([0-9]{1,2}))? '
    '((?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2})$') AS n (ord)
CROSS JOIN LATERAL (SELECT pg_catalog.clock_timestamp() AT TIME ZONE 'UTC' AS naa) AS d
LEFT JOIN pg_catalog.pg_stat_progress_copy AS c ON c.pid = a.pid
LEFT JOIN LATERAL (
    SELECT pg_catalog.concat_ws(' ', v.locktype, r.relname, v.mode) AS venter_paa
    FROM pg_catalog.pg_locks AS v
    LEFT JOIN pg_catalog.pg_class AS r ON r.oid = v.relation
    WHERE v.pid = a.pid AND NOT v.granted
    LIMIT 1
) AS l ON true
LEFT JOIN LATERAL (
    SELECT pg_catalog.pg_blocking_pids(a.pid) AS blokkert_av
    WHERE l.venter_paa IS NOT NULL
) AS b ON true
WHERE a.datname = pg_catalog.current_database()
    AND n.ord IS NOT NULL
    AND a.leader_pid IS NULL
    AND (n.ord[4] IS NULL OR a.state IS DISTINCT FROM 'idle');

COMMENT ON VIEW trygdfob.pagaende_arbeid IS
    'The sessions of loads, unloads, checks, upgrades and deliveries that run now in this database, and what each is doing: the session whose transaction puts the year in place, and those that work on months and parts beside it. If one of them is killed, nothing is kept. Without pg_read_all_stats you do not see the copied rows and bytes of other users'' sessions, and you see finished steps and parallel workers too. What has ended is in kjorelogg (the source''s 5.8).';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.pid IS
    'The session''s process: pg_cancel_backend(pid) stops it, and with it the whole load; nothing of its year is kept then.';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.fase IS
    'The phase, as in kjorelogg.sekunder, or the step that runs: a function of schema arbsok_lasting; of a delivery (handling = delivery) the table that is read, or what is done beside.';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.nummer IS
    'The month, 1 to 12, or the part of the persons, 0 to 7, that the step works on; NULL for a phase or a step of the whole year.';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.siden IS 'When that phase or step began.';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.kopierte_rader IS
    'Rows of the month file that have been copied so far; NULL when no file is being read (pg_stat_progress_copy).';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.kopierte_bytes IS
    'Bytes of the month file that have been copied so far; NULL when no file is being read (pg_stat_progress_copy).';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.venter_paa IS
    'The lock that the session waits for: kind, relation, mode; NULL when it waits for none (pg_locks).';
COMMENT ON COLUMN trygdfob.pagaende_arbeid.blokkert_av IS
    'The processes that hold that lock, or stand before the session in the queue (pg_blocking_pids); NULL when it waits for none.';
