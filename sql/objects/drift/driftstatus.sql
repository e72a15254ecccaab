-- driftstatus: one row for whoever watches over the database, to be asked every minute: it reads no record.
-- docs/dba.md (Watching) says what to alarm on. A load's sessions hold the advisory lock 0x41524253 or 0x41524254
-- (fdtrygd/db/locks.py), which pg_locks shows as a number in two halves. Whoever asks for a table's size waits while a
-- load that puts its months in place, or an upgrade, has the table locked: such a table's size is left out.

CREATE OR REPLACE VIEW trygdfob.driftstatus AS
SELECT v.version_num AS revisjon,
    o.digest AS objekter,
    o.lagt_inn AS installert,
    l.siste_aargang,
    l.antall_aarganger,
    k.handling AS siste_handling,
    k.aargang AS siste_handling_aargang,
    k.ferdig AS siste_handling_ferdig,
    c.aargang AS siste_kontroll_aargang,
    c.ferdig AS siste_kontroll_ferdig,
    f.feil,
    f.godtatte_feil,
    f.advarsler,
    p.pagaar,
    p.pagaar_siden,
    p.pagaar_venter_paa,
    s.kladd_bytes,
    s.kladd AND NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_locks AS a
        WHERE a.locktype = 'advisory' AND a.classid = 0 AND a.objid IN (1095909971, 1095909972)
            AND a.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
    ) AS kladd_etter_avbrudd,
    b.f_arbsok_bytes,
    pg_catalog.pg_database_size(current_database()) AS database_bytes,
    pg_catalog.pg_is_in_recovery() AS kun_lesing,
    t.eldste_transaksjon,
    t.blokkerte
FROM trygdfob.objektversjon AS o
CROSS JOIN trygdfob.alembic_version AS v
CROSS JOIN (
    SELECT max(a.aargang) AS siste_aargang, count(*)::integer AS antall_aarganger FROM trygdfob.lastet_aargang AS a
) AS l
LEFT JOIN (
    SELECT r.handling, r.aargang, r.ferdig FROM trygdfob.kjorelogg AS r ORDER BY r.kjoring DESC LIMIT 1
) AS k ON true
LEFT JOIN (
    SELECT r.aargang, r.ferdig FROM kontroll.kontrollkjoring AS r ORDER BY r.kjoring DESC LIMIT 1
) AS c ON true
CROSS JOIN (
    SELECT (count(*) FILTER (WHERE r.alvor = 'feil' AND r.godtatt IS NULL))::integer AS feil,
        (count(*) FILTER (WHERE r.alvor = 'feil' AND r.godtatt IS NOT NULL))::integer AS godtatte_feil,
        (count(*) FILTER (WHERE r.alvor = 'advarsel'))::integer AS advarsler
    FROM trygdfob.lastet_aargang AS a
    CROSS JOIN LATERAL (
        SELECT q.kjoring
        FROM kontroll.kontrollkjoring AS q
        WHERE q.aargang = a.aargang AND q.ferdig IS NOT NULL
        ORDER BY q.kjoring DESC
        LIMIT 1
    ) AS q
    JOIN kontroll.kontrollresultat AS r ON r.kjoring = q.kjoring AND r.antall > 0
) AS f
CROSS JOIN (
    SELECT string_agg(DISTINCT concat_ws(' ', a.handling, a.aargang), ', ') AS pagaar,
        min(a.siden) AS pagaar_siden,
        string_agg(DISTINCT array_to_string(a.blokkert_av, ' '), ' ') AS pagaar_venter_paa
    FROM trygdfob.pagaende_arbeid AS a
) AS p
CROSS JOIN (
    -- What a killed load leaves: pages in a work table, or tables of a year that are no partitions yet
    SELECT coalesce(sum(CASE WHEN w.aapen THEN pg_catalog.pg_total_relation_size(r.oid) END), 0)::bigint AS kladd_bytes,
        coalesce(bool_or(CASE
            WHEN r.relpersistence = 'p' THEN true
            WHEN w.aapen THEN pg_catalog.pg_relation_size(r.oid) > 0
        END), false) AS kladd
    FROM pg_catalog.pg_class AS r
    CROSS JOIN LATERAL (
        SELECT NOT EXISTS (
            SELECT FROM pg_catalog.pg_locks AS a
            JOIN pg_catalog.pg_database AS d ON d.oid = a.database AND d.datname = current_database()
            WHERE a.relation = r.oid AND a.mode = 'AccessExclusiveLock'
        ) AS aapen
    ) AS w
    WHERE r.relnamespace IN (SELECT n.skjema FROM trygdfob.skjema AS n) AND r.relkind = 'r'
        AND (r.relpersistence = 'u' OR r.oid IN (SELECT k.tabell FROM arbsok_lasting.kladd_av_aargang AS k))
        -- Lists of persons pass through it, and leave pages: no load has
        AND r.oid <> 'leveranse_nokkel.liste_inn'::regclass
) AS s
CROSS JOIN (
    SELECT sum(pg_catalog.pg_total_relation_size(r.inhrelid))::bigint AS f_arbsok_bytes
    FROM pg_catalog.pg_inherits AS r
    WHERE r.inhparent = 'trygdfob.forlopsdel'::regclass AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_locks AS a
        JOIN pg_catalog.pg_database AS d ON d.oid = a.database AND d.datname = current_database()
        WHERE a.relation = r.inhrelid AND a.mode = 'AccessExclusiveLock'
    )
) AS b
CROSS JOIN (
    SELECT min(a.xact_start) FILTER (WHERE a.pid <> pg_catalog.pg_backend_pid()) AS eldste_transaksjon,
        (count(*) FILTER (WHERE EXISTS (
            SELECT FROM pg_catalog.pg_locks AS w WHERE w.pid = a.pid AND NOT w.granted
        )))::integer AS blokkerte
    FROM pg_catalog.pg_stat_activity AS a
    WHERE a.datname = current_database()
) AS t;

COMMENT ON VIEW trygdfob.driftstatus IS
    'One row for monitoring: what is installed, what was loaded and checked last and what the controls found, what runs now and whom it waits for, what a killed load has left, sizes, the oldest transaction and blocked sessions. It takes milliseconds whatever the size of the register, and shows no record. Members of pg_monitor may read it, and see all of it (docs/dba.md, Watching).';
