-- asok_oppdater: compares every record of a month with the registration of the month before.
-- Original program: asok_oppdater.pls, which took them one by one (spec.md 3, T10; the source's 5.9.7).
--
-- Nine records in ten say "still the same": registered the month before, with the same values and the same henddato
-- (UK000, no record). A full join of the month with the month before sorts them out without sorting, and before any
-- rule is asked: UK000's row in statuskode is what controls and forklar say of them, and another handling there would
-- change nothing here. What the join keeps:
--   both sides       something changed between two registrations without a gap
--   this side only   no registration the month before: a new person, or one who is back
--   last side only   the last registration before a gap (dagdato is missing)
-- The month before January is in H_ARBSOK; before the start of the series there is none.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_oppdater(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    start date := (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling);
    forrige text;
    antall bigint;
BEGIN
    IF make_date(p_aargang, p_maaned, 1) < start THEN
        RETURN 0;
    ELSIF make_date(p_aargang, p_maaned, 1) = start THEN
        forrige := 'SELECT * FROM trygdfob.h_arbsok WHERE false';
    ELSIF p_maaned = 1 THEN
        forrige := format('SELECT h.* FROM trygdfob.h_arbsok AS h JOIN arbsok_lasting.aarets_fil AS f ON f.maaned = 1'
            ' WHERE h.aargang = %s AND h.dagdato = f.fdagdato', p_aargang - 1);
    ELSE
        forrige := format('SELECT * FROM %s', arbsok_lasting.miniregister_maaned(p_aargang, p_maaned - 1));
    END IF;
    EXECUTE format($sql$
        INSERT INTO arbsok_lasting.registreringspar
        SELECT trygdfob.fnr_del(coalesce(d.fnr, s.fnr)), coalesce(d.fnr, s.fnr),
            d.dagdato, d.fdagdato, d.mnddato, d.henddato, d.hoved, d.hovedarbstat, d.tiltak, d.ytelse,
            d.mrk_sys, d.mrk_fnr, d.mrk_dl, d.ant_d_as_n, d.as_f, d.as_gr,
            s.dagdato, s.fdagdato, s.henddato, s.hoved, s.hovedarbstat, s.tiltak, s.ytelse,
            s.mrk_sys, s.mrk_fnr, s.as_f, s.as_gr
        FROM %s AS d
        FULL JOIN (%s) AS s ON s.fnr = d.fnr
        WHERE (s.hoved = d.hoved
            AND s.hovedarbstat IS NOT DISTINCT FROM d.hovedarbstat
            AND s.tiltak IS NOT DISTINCT FROM d.tiltak
            AND s.ytelse IS NOT DISTINCT FROM d.ytelse
            AND arbsok_lasting.henddato_uendret(d.henddato, s.henddato)) IS NOT TRUE
        $sql$, arbsok_lasting.miniregister_maaned(p_aargang, p_maaned), forrige);
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.asok_oppdater(integer, integer) IS
    'Compares a month of the year being loaded with the registrations of the month before; keeps in registreringspar the pairs where something is new and the last registrations before a gap, and returns how many (original asok_oppdater.pls; spec.md 3).';
