-- asok_insert_forlop: writes the year's records of F_ARBSOK, complete with tomdato, asoktom and regtom, and beside
-- them, anew, those of the spells that ran when the year began, with the ends that it gives them.
-- Original program: asok_insert_forlop.pls (spec.md 4; the source's 5.9.5).
-- Each range of person numbers is written in the order of the key: analysts see in which order rows lie, and a part of
-- the persons by fnr would be some days of birth. A record is where its spell is: among those that have ended, which no
-- later load changes, or among those that run.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_insert_forlop(p_aargang integer, p_rekke integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fra text := trygdfob.lopenr_fra(p_rekke);
    til text := trygdfob.lopenr_fra(p_rekke + 1);
    nummer integer := arbsok_lasting.lastenummer(p_aargang);
    forrige integer := (SELECT -max(l.lasting) FROM trygdfob.lastet_aargang AS l);
    skrevet bigint;
    fra_foer bigint;
BEGIN
    PERFORM arbsok_lasting.kontroller_rekkefolge(p_aargang);  -- a year that is loaded is refused
    INSERT INTO arbsok_lasting.aarets_forlop (lopenr, fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, asoktom, tomdato, regtom, aargang, lasting)
    SELECT s.*, CASE WHEN s.tomdato IS NULL THEN -nummer ELSE nummer END
    FROM (
        SELECT r.lopenr, r.fnr, r.kode, r.hoved, r.regdato, r.tilgdato, r.avgdato, r.asoktilg, r.asokavg,
            r.hovedarbstat, r.hovedarbdato, r.tiltak, r.tiltakdato, r.ytelse, r.ytelsedato,
            r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, r.status,
            arbsok_lasting.lag_asoktom(r.slutt_asoktom, r.avsluttet) AS asoktom,
            arbsok_lasting.lag_tomdato(r.slutt_tomdato, r.avsluttet) AS tomdato,
            arbsok_lasting.lag_regtom(r.slutt_regtom, r.avsluttet) AS regtom,
            p_aargang AS aargang
        FROM arbsok_lasting.asok_record AS r
        WHERE r.lopenr >= fra AND r.lopenr < til
        UNION ALL
        SELECT f.lopenr, f.fnr, f.kode, f.hoved, f.regdato, f.tilgdato, f.avgdato, f.asoktilg, f.asokavg,
            f.hovedarbstat, f.hovedarbdato, f.tiltak, f.tiltakdato, f.ytelse, f.ytelsedato,
            f.dagdato, f.fdagdato, f.henddato, f.mrk_sys, f.mrk_fnr, f.as_f, f.as_gr, f.status,
            CASE WHEN f.asoktilg = t.asoktilg THEN t.asoktom ELSE f.asoktom END,
            t.tomdato,
            coalesce(f.regtom, t.regtom),
            f.aargang
        FROM trygdfob.forlopsdel AS f
        LEFT JOIN (
            SELECT u.lopenr, u.tilgdato, u.asoktilg, u.tomdato, u.asoktom, u.regtom
            FROM arbsok_lasting.tidligere_tilfelle AS u
            WHERE u.lopenr >= fra AND u.lopenr < til
        ) AS t ON t.lopenr = f.lopenr AND t.tilgdato = f.tilgdato
        WHERE f.lasting = forrige AND f.lopenr >= fra AND f.lopenr < til
    ) AS s
    ORDER BY s.lopenr, s.regdato, s.kode;
    GET DIAGNOSTICS skrevet = ROW_COUNT;
    SELECT count(*) INTO fra_foer
    FROM trygdfob.forlopsdel AS f
    WHERE f.lasting = forrige AND f.lopenr >= fra AND f.lopenr < til;
    RETURN skrevet - fra_foer;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.asok_insert_forlop(integer, integer) IS
    'Writes the records of the year being loaded, of one range of person numbers (lopenr_fra), to its tables of F_ARBSOK, each with the person''s number, tomdato, asoktom and regtom, and beside them those of the spells that ran when it began; returns the number of the year''s own (original asok_insert_forlop.pls; spec.md 4).';
