-- forbered_sesjon: the settings on which the statements of a load lean, for the session that calls it.
-- The joins of a load are equalities between large sets that nothing has sorted or counted, so that they are to be hash
-- joins; where a look-up in a key is meant, the statement leaves no other way (LATERAL with LIMIT or OFFSET). Memory:
-- the load's connections together keep within innstilling.arbeidsminne_mb, each statement having up to four sorts and
-- hash tables of the size work_mem at one time. The runner calls it first (fdtrygd/lasting/load.py), and so does
-- whoever runs a step by hand. It runs with the caller's rights: what only an administrator may set is left where he does not call.

CREATE OR REPLACE FUNCTION trygdfob.forbered_sesjon(p_forbindelser integer DEFAULT 1) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    noder constant integer := 4;
    minne integer := (SELECT arbeidsminne_mb FROM trygdfob.innstilling);
BEGIN
    PERFORM set_config(v.navn, v.verdi, false)
    FROM (VALUES
        ('enable_nestloop', 'off'),
        ('enable_mergejoin', 'off'),
        ('jit', 'off'),
        ('plan_cache_mode', 'force_custom_plan'),
        ('max_parallel_workers_per_gather', '0'),
        ('max_parallel_maintenance_workers', '0'),
        ('work_mem', format('%skB', greatest(minne * 1024 / (p_forbindelser * noder), 64))),
        ('maintenance_work_mem', format('%sMB', greatest(minne / p_forbindelser, 1))),
        ('hash_mem_multiplier', '1'),
        ('client_min_messages', 'warning'),
        -- The server notices within a second that the client has been killed
        ('client_connection_check_interval', '1s')
    ) AS v (navn, verdi);
    -- The server's log must not quote records; where the role may say so, it says so
    PERFORM set_config(v.navn, v.verdi, false)
    FROM (VALUES ('log_error_verbosity', 'terse'), ('log_min_error_statement', 'panic')) AS v (navn, verdi)
    WHERE has_parameter_privilege(v.navn, 'SET');
END
$$;

COMMENT ON FUNCTION trygdfob.forbered_sesjon(integer) IS
    'Gives the session that calls it what the steps of a load rely on: the ways that the planner may go, and memory within innstilling.arbeidsminne_mb where so many sessions work on one load (one, unless said otherwise). Call it before running a step by hand.';
