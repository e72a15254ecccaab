-- lag_kjennemerker: the set of kjennemerke of a month, by the population register that was loaded last. It is a table
-- of its own, filled and keyed before it becomes a partition. What is there already stays: the same month and the same
-- register give the same set.

CREATE OR REPLACE FUNCTION befolkning.lag_kjennemerker(p_mnddato date) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    r record;
    m record;
    nummer integer;
    tabell text;
    v_tall jsonb;
BEGIN
    PERFORM trygdfob.forbered_sesjon();
    -- No other register comes in between
    LOCK TABLE befolkning.folkeregisterversjon IN SHARE MODE;
    SELECT v.folkeregisterversjon, v.gjelder_til, v.syntetisk INTO r
    FROM befolkning.folkeregisterversjon AS v
    ORDER BY v.folkeregisterversjon DESC
    LIMIT 1;
    SELECT f.mnddato, f.dagdato, a.syntetisk INTO m
    FROM trygdfob.maanedsfil AS f
    JOIN trygdfob.lastet_aargang AS a ON a.aargang = f.aargang
    WHERE f.mnddato = p_mnddato;
    IF r.folkeregisterversjon IS NULL THEN
        RAISE EXCEPTION 'There is no population register in the database.'
            USING ERRCODE = 'FD008', HINT = 'make register-load DIR=folder';
    ELSIF m.dagdato IS NULL THEN
        RAISE EXCEPTION '% is not loaded.', to_char(p_mnddato, 'YYYY-MM') USING ERRCODE = 'FD008', HINT = 'make load-year YEAR=…';
    ELSIF r.syntetisk <> m.syntetisk THEN
        RAISE EXCEPTION '% is % data, and the population register is %: the two are never mixed.', to_char(p_mnddato, 'YYYY-MM'),
            CASE WHEN m.syntetisk THEN 'synthetic' ELSE 'real' END, CASE WHEN r.syntetisk THEN 'synthetic' ELSE 'real' END
            USING ERRCODE = 'FD008', HINT = 'Load the register that belongs to the years: make register-load DIR=folder';
    ELSIF r.gjelder_til < m.dagdato THEN
        RAISE EXCEPTION 'The population register knows what was up to %, and the extraction of % is of %.',
            to_char(r.gjelder_til, 'YYYY-MM-DD'), to_char(p_mnddato, 'YYYY-MM'), to_char(m.dagdato, 'YYYY-MM-DD')
            USING ERRCODE = 'FD008', HINT = 'Load a later one: make register-load DIR=folder';
    END IF;
    INSERT INTO befolkning.kjennemerkesett AS k (mnddato, dagdato, folkeregisterversjon, antall, tall)
    VALUES (p_mnddato, m.dagdato, r.folkeregisterversjon, 0, '{}')
    ON CONFLICT (mnddato, folkeregisterversjon) DO NOTHING
    RETURNING k.sett INTO nummer;
    IF nummer IS NULL THEN
        SELECT k.sett INTO STRICT nummer
        FROM befolkning.kjennemerkesett AS k
        WHERE k.mnddato = p_mnddato AND k.folkeregisterversjon = r.folkeregisterversjon;
        RETURN nummer;
    END IF;
    tabell := 'kjennemerke_' || nummer;
    EXECUTE format('CREATE TABLE befolkning.%I (LIKE befolkning.kjennemerke INCLUDING COMMENTS INCLUDING CONSTRAINTS,'
        ' CONSTRAINT del_av_settet CHECK (sett = %s))', tabell, nummer);
    EXECUTE format('COMMENT ON TABLE befolkning.%I IS %L', tabell,
        format('kjennemerke: %s, by version %s of the population register.', to_char(p_mnddato, 'YYYY-MM'), r.folkeregisterversjon));
    EXECUTE format($sql$
        WITH k AS MATERIALIZED (SELECT x.* FROM befolkning.kjennemerker($1, $2) AS x),

        inn AS (
            INSERT INTO befolkning.%I (sett, fnr, mnddato, kjonn, alder, kommune, fylke, bosted_grunn, telles)
            SELECT %s, k.fnr, k.mnddato, k.kjonn, k.alder, k.kommune, k.fylke, k.bosted_grunn, k.telles FROM k
        )

        SELECT jsonb_build_object('antall', count(*),
            'bosatt', count(*) FILTER (WHERE k.bosted_grunn = 'bosatt'),
            'ugyldig_fnr', count(*) FILTER (WHERE k.bosted_grunn = 'ugyldig_fnr'),
            'ikke_i_register', count(*) FILTER (WHERE k.bosted_grunn = 'ikke_i_register'),
            'dod', count(*) FILTER (WHERE k.bosted_grunn = 'dod'),
            'ikke_bosatt', count(*) FILTER (WHERE k.bosted_grunn = 'ikke_bosatt'),
            'uten_bosted', count(*) FILTER (WHERE k.bosted_grunn = 'uten_bosted'),
            'delt_kommune', count(*) FILTER (WHERE k.delt),
            'annet_nummer', count(*) FILTER (WHERE NOT k.telles),
            'kvinner', count(*) FILTER (WHERE k.kjonn = '2'),
            'under_15', count(*) FILTER (WHERE k.alder < 15),
            'over_74', count(*) FILTER (WHERE k.alder > 74))
        FROM k
        $sql$, tabell, nummer) INTO v_tall USING p_mnddato, m.dagdato;
    UPDATE befolkning.kjennemerkesett AS k SET antall = (v_tall ->> 'antall')::bigint, tall = v_tall - 'antall'
    WHERE k.sett = nummer;
    EXECUTE format('ALTER TABLE befolkning.%I ADD PRIMARY KEY (fnr, mnddato, sett)', tabell);
    EXECUTE format('ALTER TABLE befolkning.kjennemerke ATTACH PARTITION befolkning.%I FOR VALUES IN (%s)', tabell, nummer);
    EXECUTE format('ALTER TABLE befolkning.%I DROP CONSTRAINT del_av_settet', tabell);
    EXECUTE format('ANALYZE befolkning.%I', tabell);
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION befolkning.lag_kjennemerker(date) IS
    'Makes the kjennemerker of a month (its first day) by the population register that was loaded last, where they are not there yet, and returns the number of their set. Error FD008: there is no register, it does not reach the extraction, or it is not of the same persons as the years (spec.md 10, what a record gets).';
