-- regel_vern: a row of the rules that loaded years use does not leave its table, neither because it is gone from its
-- file nor by hand. A year uses a row where its records would else be without a status, a text or their main group:
-- that is looked up in the sums of the years (…_tall). Rows that users have added may always go.
--
-- offisiell_statistikk, dekning_regel and kontroll are not guarded: they say something about the register and decide
-- nothing in it, so that their rows just leave.

CREATE OR REPLACE FUNCTION arbsok_lasting.regel_vern() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rader jsonb := (SELECT jsonb_agg(b) FROM borte AS b WHERE coalesce((to_jsonb(b) ->> 'fra_fil')::boolean, true));
    brukt text;
    siste integer;
BEGIN
    IF rader IS NULL OR NOT EXISTS (SELECT FROM trygdfob.lastet_aargang) THEN
        RETURN NULL;
    END IF;

    SELECT string_agg(l.aargang::text, ', ' ORDER BY l.aargang) INTO brukt
    FROM trygdfob.lastet_aargang AS l
    WHERE NOT EXISTS (SELECT FROM arbsok_lasting.registrering_tall AS t WHERE t.aargang = l.aargang)
        OR NOT EXISTS (SELECT FROM arbsok_lasting.miniregister_tall AS t WHERE t.aargang = l.aargang);
    IF brukt IS NOT NULL THEN
        RAISE EXCEPTION 'Rows of % are to leave, and nobody knows yet whether % use them: they were loaded by a version '
            'that kept no sums.', tg_table_name, brukt
            USING ERRCODE = 'FD006',
                HINT = 'Upgrade with the rows in their file (sql/objects/arbsok/regler), which makes the sums; then take '
                    'the rows out and upgrade again.';
    END IF;

    SELECT string_agg(format('%s (%s)', u.rad, u.aar), '; ' ORDER BY u.rad), max(u.siste) INTO brukt, siste
    FROM (
        SELECT a.rad, string_agg(a.aargang::text, ', ' ORDER BY a.aargang) AS aar, max(a.aargang) AS siste
        FROM (
            SELECT s.status AS rad, l.aargang
            FROM jsonb_populate_recordset(NULL::trygdfob.statuskode, rader) AS s
            CROSS JOIN trygdfob.lastet_aargang AS l
            WHERE tg_table_name = 'statuskode'
                AND EXISTS (
                    SELECT FROM arbsok_lasting.registrering_tall AS t
                    WHERE t.aargang = l.aargang AND arbsok.uten_ukebokstav(t.status) = s.status
                )
            UNION ALL
            SELECT y.kode, l.aargang
            FROM jsonb_populate_recordset(NULL::trygdfob.ytelse, rader) AS y
            CROSS JOIN trygdfob.lastet_aargang AS l
            WHERE tg_table_name = 'ytelse'
                AND EXISTS (
                    SELECT FROM arbsok_lasting.miniregister_tall AS t
                    WHERE t.aargang = l.aargang AND t.ytelse = y.kode
                )
            UNION ALL
            -- Not in use where another row has the same codes. Before October 2002 as_gr may be missing
            SELECT concat_ws(' ', k.as_gr, k.as_f, k.hovedarbstat, k.tiltak), l.aargang
            FROM jsonb_populate_recordset(NULL::trygdfob.arbeidssokerstatus, rader) AS k
            CROSS JOIN trygdfob.lastet_aargang AS l
            WHERE tg_table_name = 'arbeidssokerstatus'
                AND EXISTS (
                    SELECT FROM arbsok_lasting.miniregister_tall AS t
                    WHERE t.aargang = l.aargang AND t.hovedarbstat = k.hovedarbstat AND t.tiltak = k.tiltak
                        AND coalesce(t.as_gr, k.as_gr) = k.as_gr
                        AND NOT EXISTS (
                            SELECT FROM trygdfob.arbeidssokerstatus AS igjen
                            WHERE igjen.hovedarbstat = t.hovedarbstat AND igjen.tiltak = t.tiltak
                                AND coalesce(t.as_gr, igjen.as_gr) = igjen.as_gr
                        )
                )
            UNION ALL
            -- A row has decided something where the month has another main group without it
            SELECT concat_ws(' ', k.hovedarbstat, k.tiltak, k.gyldig_fra), l.aargang
            FROM jsonb_populate_recordset(NULL::trygdfob.hoved_koding, rader) AS k
            CROSS JOIN trygdfob.lastet_aargang AS l
            WHERE tg_table_name = 'hoved_koding'
                AND EXISTS (
                    SELECT FROM arbsok_lasting.miniregister_tall AS t
                    WHERE t.aargang = l.aargang AND t.mnddato < arbsok_lasting.as_gr_fra()
                        AND t.mnddato BETWEEN k.gyldig_fra AND k.gyldig_til
                        AND t.hovedarbstat = k.hovedarbstat AND k.tiltak IN (t.tiltak, '*') AND t.hoved = k.hoved
                        AND t.hoved <> coalesce((
                            SELECT igjen.hoved FROM trygdfob.hoved_koding AS igjen
                            WHERE t.mnddato BETWEEN igjen.gyldig_fra AND igjen.gyldig_til
                                AND igjen.hovedarbstat = t.hovedarbstat AND igjen.tiltak IN (t.tiltak, '*')
                            ORDER BY igjen.tiltak = '*', igjen.gyldig_fra DESC
                            LIMIT 1
                        ), '7')
                )
        ) AS a
        GROUP BY a.rad
    ) AS u;
    IF brukt IS NOT NULL THEN
        -- One would look in F_ARBSOK first, but not every use is a record there: so the message names the table
        RAISE EXCEPTION 'Rows of % that loaded years use cannot leave: %. %', tg_table_name, brukt, CASE tg_table_name
                WHEN 'statuskode'
                    THEN 'Registrations got it, also where they wrote no record (see registrering_tall).'
                WHEN 'hoved_koding' THEN 'It gave registrations their main group (see miniregister_tall).'
                ELSE 'Registrations have it, also from before the series'' start (see miniregister_tall).'
            END
            USING ERRCODE = 'FD006',
                HINT = format('Leave them in (put them back into their file, sql/objects/arbsok/regler), or unload these '
                    'years first, the last one first: make unload-year YEAR=%s.', siste);
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.regel_vern() IS
    'Called by triggers on the rules tables: keeps a row from leaving while loaded years use it, such as a status that was given, a code that the miniregister has, or a row of hoved_koding that decided a main group. The error FD006 names the rows and the years (spec.md 8).';

CREATE OR REPLACE TRIGGER regel_vern AFTER DELETE ON trygdfob.statuskode REFERENCING OLD TABLE AS borte
FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

CREATE OR REPLACE TRIGGER regel_vern AFTER DELETE ON trygdfob.arbeidssokerstatus REFERENCING OLD TABLE AS borte
FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

CREATE OR REPLACE TRIGGER regel_vern AFTER DELETE ON trygdfob.ytelse REFERENCING OLD TABLE AS borte
FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

CREATE OR REPLACE TRIGGER regel_vern AFTER DELETE ON trygdfob.hoved_koding REFERENCING OLD TABLE AS borte
FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();
