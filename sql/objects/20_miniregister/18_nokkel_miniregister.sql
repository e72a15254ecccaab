-- nokkel_miniregister: the key of a month's miniregister, what makes it fit as a partition, and statistics.

CREATE OR REPLACE FUNCTION trygdfob.nokkel_miniregister(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET default_statistics_target = 30
AS $$
DECLARE
    tabell text := trygdfob.miniregister_maaned(p_aargang, p_maaned);
    alle bigint;
    uten bigint;
BEGIN
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (fnr, mnddato, aargang), ADD CHECK (aargang = %s),'
        ' ADD CHECK (mnddato = %L)', tabell, p_aargang, make_date(p_aargang, p_maaned, 1));
    EXECUTE format('ANALYZE %s', tabell);
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE henddato IS NULL) FROM %s', tabell) INTO alle, uten;
    UPDATE trygdfob.aarets_fil SET i_miniregisteret = alle, uten_henddato = uten WHERE maaned = p_maaned;
    RETURN alle;
END
$$;

COMMENT ON FUNCTION trygdfob.nokkel_miniregister(integer, integer) IS
    'Gives a month''s miniregister its key, the constraints of its partition and statistics; returns its number of records.';
