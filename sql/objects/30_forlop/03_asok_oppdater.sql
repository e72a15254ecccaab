-- asok_oppdater: every record of L_ARBSOK against the registration before it.
-- Original program: asok_oppdater.pls, which took them one by one (SPEC.md 3, T10; the source's 5.9.7).
--
-- A full join of each month with the month before sorts out, without sorting, the nine records in ten that say
-- "still the same" (registered the month before, same values, same henddato: UK000, no record). What it keeps:
--   both sides       something changed between two registrations without a gap
--   this side only   no registration the month before: a new person, or one who is back
--   last side only   the last registration before a gap (dagdato is missing)
-- For the year's first month the month before stands in H_ARBSOK.

CREATE OR REPLACE FUNCTION trygdfob.asok_oppdater(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    m record;
    foerste boolean := true;
BEGIN
    TRUNCATE trygdfob.registreringspar;
    FOR m IN
        SELECT mnddato, fdagdato, (mnddato - interval '1 month')::date AS forrige_mnddato
        FROM trygdfob.maanedsfil
        WHERE aargang = p_aargang
            AND mnddato >= (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling)
        ORDER BY mnddato
    LOOP
        INSERT INTO trygdfob.registreringspar
        SELECT coalesce(d.fnr, s.fnr),
            d.dagdato, d.fdagdato, d.mnddato, d.henddato, d.hoved, d.hovedarbstat, d.tiltak, d.ytelse,
            d.mrk_sys, d.mrk_fnr, d.mrk_dl, d.ant_d_as_n, d.as_f, d.as_gr,
            s.dagdato, s.fdagdato, s.henddato, s.hoved, s.hovedarbstat, s.tiltak, s.ytelse,
            s.mrk_sys, s.mrk_fnr, s.as_f, s.as_gr
        FROM (SELECT * FROM trygdfob.l_arbsok WHERE mnddato = m.mnddato) AS d
        FULL JOIN (
            SELECT fnr, dagdato, fdagdato, henddato, hoved, hovedarbstat, tiltak, ytelse,
                mrk_sys, mrk_fnr, as_f, as_gr
            FROM trygdfob.l_arbsok
            WHERE mnddato = m.forrige_mnddato
            UNION ALL
            SELECT fnr, dagdato, fdagdato, henddato, hoved, hovedarbstat, tiltak, ytelse,
                mrk_sys, mrk_fnr, as_f, as_gr
            FROM trygdfob.h_arbsok
            WHERE foerste AND dagdato = m.fdagdato
        ) AS s ON s.fnr = d.fnr
        WHERE (s.hoved = d.hoved
            AND s.hovedarbstat IS NOT DISTINCT FROM d.hovedarbstat
            AND s.tiltak IS NOT DISTINCT FROM d.tiltak
            AND s.ytelse IS NOT DISTINCT FROM d.ytelse
            AND trygdfob.henddato_uendret(d.henddato, s.henddato)) IS NOT TRUE;
        foerste := false;
    END LOOP;
    ANALYZE trygdfob.registreringspar;
    RETURN (SELECT count(*) FROM trygdfob.registreringspar WHERE dagdato IS NOT NULL);
END
$$;

COMMENT ON FUNCTION trygdfob.asok_oppdater(integer) IS
    'Compares L_ARBSOK month by month with the registrations before, keeps the pairs where something is new and the last registrations before a gap in registreringspar, and returns the number of records that are not simply unchanged (original asok_oppdater.pls; SPEC.md 3).';
