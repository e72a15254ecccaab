-- forbered_sesjon: gives the session that calls it the settings that the statements of a load rely on.
-- A load joins large sets by equality, and nothing has sorted or counted them: so its joins are to be hash joins. Where
-- a look-up in a key is meant, the statement leaves the planner no other way (LATERAL with LIMIT or OFFSET). All
-- connections of a load together keep within innstilling.arbeidsminne_mb; a statement has up to four sorts and hash
-- tables at a time, each of the size work_mem. The runner calls this function first (fdtrygd/lasting/load.py), and so
-- does whoever runs a step by hand. It runs with the caller's rights, and leaves alone what the caller may not set.

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
    -- The server's log must not quote records. Only a role that has the privilege can set these
    PERFORM set_config(v.navn, v.verdi, false)
    FROM (VALUES ('log_error_verbosity', 'terse'), ('log_min_error_statement', 'panic')) AS v (navn, verdi)
    WHERE has_parameter_privilege(v.navn, 'SET');
END
$$;

COMMENT ON FUNCTION trygdfob.forbered_sesjon(integer) IS
    'Prepares the session that calls it for the steps of a load: limits what the planner may choose, and sets the memory so that p_forbindelser sessions (1 unless you say otherwise) together keep within innstilling.arbeidsminne_mb. Call it before you run a step by hand.';
