-- lag_miniregister: a month's records of the miniregister, in a table of their own that becomes a partition of it
-- (spec.md 2; the source's 2.3). Until the year is in place it is no partition yet, and a load that is killed leaves it
-- behind.

CREATE OR REPLACE FUNCTION arbsok_lasting.lag_miniregister(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tabell text := arbsok_lasting.miniregister_maaned(p_aargang, p_maaned);
    antall bigint;
BEGIN
    -- Without autovacuum until it is attached, which would else wait for it
    EXECUTE format('CREATE TABLE %s (LIKE trygdfob.miniregister INCLUDING COMMENTS) WITH (autovacuum_enabled = off)',
        tabell);
    -- Until it has its key (nokkel_miniregister): a publication of all tables would else refuse to let duplicates be
    -- deleted
    EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', tabell);
    EXECUTE format('COMMENT ON TABLE %s IS %L', tabell,
        format('The miniregister of %s.', to_char(make_date(p_aargang, p_maaned, 1), 'YYYY-MM')));
    EXECUTE format($sql$
        INSERT INTO %s (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
            mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang)
        SELECT a.fnr, a.hoved, a.hovedarbstat, a.tiltak, a.ytelse, a.dagdato, a.fdagdato, a.mnddato,
            a.mrk_sys, a.mrk_fnr, a.mrk_dl, a.ant_d_as_n, a.henddato, a.as_f, a.as_gr, a.aargang
        FROM arbsok_lasting.aarsfil(%s, %L, NULL) AS a
        WHERE a.fnr IS NOT NULL
        $sql$, tabell, p_maaned, arbsok_lasting.testnumre_godtas());
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.lag_miniregister(integer, integer) IS
    'Writes a month''s records of the miniregister to a new table, duplicates included; returns how many (spec.md 2; the source''s 2.3).';
