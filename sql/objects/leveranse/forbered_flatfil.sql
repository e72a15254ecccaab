-- forbered_flatfil: checks the year of a flat file that the caller has begun, in the transaction that reads it, and
-- says what its files need: the statement that gives the lines, fields, code lists (spec.md 9, the flat file).
-- Unloading drops the year's partition, which a snapshot does not hold: the transaction has locked the miniregister
-- before its snapshot, and its records must be as many as the load has logged.

CREATE OR REPLACE FUNCTION leveranse.forbered_flatfil(p_utlevering integer) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    u record;
    f record;
    v_lastet bigint;
BEGIN
    PERFORM leveranse.min_utlevering(p_utlevering);
    SELECT * INTO u FROM leveranse.utlevering AS d WHERE d.utlevering = p_utlevering AND d.slag = 'flatfil';
    IF u.utlevering IS NULL THEN
        RAISE EXCEPTION 'Delivery % is no flat file.', p_utlevering USING ERRCODE = 'FD007';
    END IF;
    PERFORM leveranse.begynn_lesing(NULL);
    PERFORM leveranse.krev_lastet(u.aargang);
    f := leveranse.flatfilfeil(u.aargang);
    -- The first version of the product had another name for the count
    SELECT coalesce(k.antall -> 'nokkel_miniregister', k.antall -> 'lag_miniregister')::bigint INTO v_lastet
    FROM trygdfob.kjorelogg AS k
    WHERE k.aargang = u.aargang AND k.handling = 'load'
    ORDER BY k.kjoring DESC
    LIMIT 1;
    IF f.rader IS DISTINCT FROM v_lastet THEN
        RAISE EXCEPTION 'The miniregister of % has % records, and its load has logged %.',
            u.aargang, f.rader, coalesce(v_lastet::text, 'none')
            USING ERRCODE = 'FD007',
                HINT = format('Nothing is written. make check YEAR=%s says what does not hold.', u.aargang);
    ELSIF f.feil IS NOT NULL THEN
        RAISE EXCEPTION 'The miniregister of % does not fit the flat file: %.', u.aargang, f.feil
            USING ERRCODE = 'FD007', HINT = 'Nothing is written: no value is cut.';
    END IF;
    RETURN jsonb_build_object(
        'aargang', u.aargang,
        'rader', f.rader,
        'sporring', leveranse.sporring_for_flatfil(u.aargang),
        'felt', (
            SELECT jsonb_agg(jsonb_build_object('felt', o.felt, 'start', o.start, 'bredde', o.bredde, 'type', o.type,
                'kodeliste', o.kodeliste, 'ledetekst', o.ledetekst) ORDER BY o.plass)
            FROM leveranse.flatfiloppsett(u.aargang) AS o
        ),
        'kodelister', (
            SELECT jsonb_object_agg(k.kodeliste, k.koder)
            FROM (
                SELECT a.kodeliste,
                    jsonb_agg(jsonb_build_array(a.kode, a.tekst) ORDER BY a.rekkefolge, a.kode COLLATE "C") AS koder
                FROM leveranse.flatfilens_koder(u.aargang) AS a
                GROUP BY a.kodeliste
            ) AS k
        )
    );
END
$$;

COMMENT ON FUNCTION leveranse.forbered_flatfil(integer) IS
    'Checks the year of a flat file that the caller has begun, and returns what its files need: rows, the statement that gives the lines, fields, code lists. Before it, in the same transaction (REPEATABLE READ), comes LOCK TABLE trygdfob.miniregister IN ACCESS SHARE MODE. Error FD007: the year is not loaded, its records are others than its load has logged, or something does not fit its field (spec.md 9, the flat file).';
