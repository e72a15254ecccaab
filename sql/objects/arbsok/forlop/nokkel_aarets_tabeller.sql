-- nokkel_aarets_tabeller: the keys, the indexes and the planner's statistics of the year's tables, once they are full.
-- Several can be built side by side, two on one table too: the key is told of in the end (fest_forlop).

CREATE OR REPLACE FUNCTION arbsok_lasting.nokkel_aarets_tabeller(p_aargang integer, p_tabell integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer integer := arbsok_lasting.lastenummer(p_aargang);
    ferdige text := arbsok_lasting.forlopstabell(nummer);
    lopende text := arbsok_lasting.forlopstabell(-nummer);
    h text := format('trygdfob.h_arbsok_%s', p_aargang);
    setning text;
BEGIN
    FOREACH setning IN ARRAY CASE p_tabell
        WHEN 0 THEN ARRAY[format('CREATE UNIQUE INDEX %s_pkey ON %s (lopenr, regdato, kode, lasting)',
            substr(ferdige, length('trygdfob.') + 1), ferdige)]
        WHEN 1 THEN ARRAY[format('CREATE UNIQUE INDEX %s_pkey ON %s (lopenr, regdato, kode, lasting)',
            substr(lopende, length('trygdfob.') + 1), lopende)]
        WHEN 2 THEN ARRAY[format('CREATE INDEX ON %s (regtom, regdato) WHERE kode <> ''0''', ferdige),
            format('ANALYZE %s', ferdige)]
        WHEN 3 THEN ARRAY[format('CREATE INDEX ON %s (regtom, regdato) WHERE kode <> ''0''', lopende),
            format('ANALYZE %s', lopende)]
        WHEN 4 THEN ARRAY[format('ALTER TABLE %s ADD PRIMARY KEY (fnr, aargang)', h), format('ANALYZE %s', h)]
    END LOOP
        EXECUTE setning;
    END LOOP;
    RETURN 1;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.nokkel_aarets_tabeller(integer, integer) IS
    'Builds a key or an index of the tables that the year being loaded has filled: 0 and 1 the keys of F_ARBSOK''s ended and running spells, 2 and 3 the indexes on regtom, 4 the key of H_ARBSOK; returns 1.';
