-- nokkel_miniregister: gives a month's miniregister its key, of the index that sjekkfnr_dub has made, the constraints
-- with which it fits as a partition, and statistics, and counts it.

CREATE OR REPLACE FUNCTION arbsok_lasting.nokkel_miniregister(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET default_statistics_target = 30
AS $$
DECLARE
    tabell text := arbsok_lasting.miniregister_maaned(p_aargang, p_maaned);
    alle bigint;
BEGIN
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY USING INDEX %s_pkey, ADD CHECK (aargang = %s),'
        ' ADD CHECK (mnddato = %L), REPLICA IDENTITY DEFAULT',
        tabell, split_part(tabell, '.', 2), p_aargang, make_date(p_aargang, p_maaned, 1));
    EXECUTE format('ANALYZE %s', tabell);
    UPDATE arbsok_lasting.aarets_fil AS f
    SET i_miniregisteret = t.i_miniregisteret, uten_henddato = t.uten_henddato, rettet_dagdato = t.rettet_dagdato,
        feil_i_fnr = t.feil_i_fnr, lengste_dager = t.lengste_dager, paa_lengste_dager = t.paa_lengste_dager
    FROM arbsok_lasting.maanedens_tall(tabell) AS t
    WHERE f.maaned = p_maaned
    RETURNING f.i_miniregisteret INTO alle;
    RETURN coalesce(alle, 0); -- a month without a file has no row
END
$$;

COMMENT ON FUNCTION arbsok_lasting.nokkel_miniregister(integer, integer) IS
    'Gives a month''s miniregister its key, the constraints of its partition and statistics, and counts it for aarets_fil; returns its number of records.';
