-- statusvalg: the rule table, worked out for every combination of facts that a record can show.
-- It is filled from statuskode (statusvalg_utledet), so that asok_bestem_status finds a status by one equality join,
-- and nobody edits it. When rules change it is filled anew and not made anew, since functions that are parsed once hang
-- on it. Three kinds of rule tables are refused: those that leave a combination without a status, those with a code
-- that no combination gets, and those with a code whose dates are not the ones that its handling needs.

CREATE MATERIALIZED VIEW IF NOT EXISTS arbsok_lasting.statusvalg AS
SELECT u.* FROM arbsok_lasting.statusvalg_utledet AS u;

CREATE UNIQUE INDEX IF NOT EXISTS statusvalg_fakta ON arbsok_lasting.statusvalg
    (individ, seriemaaned, hoved_5, etter_start, etter_fdagdato, henddato_klasse, hoved_endret, arbstat_sum);

REFRESH MATERIALIZED VIEW arbsok_lasting.statusvalg;

COMMENT ON MATERIALIZED VIEW arbsok_lasting.statusvalg IS
    'The rule table statuskode worked out for every combination of facts about a record: which status it gets, what is done and which dates are used. Filled anew when the rules change; asok_bestem_status joins it.';

DO $$
DECLARE
    umulige text := (
        SELECT string_agg(s.status, ', ' ORDER BY s.rekkefolge)
        FROM trygdfob.statuskode AS s
        WHERE NOT EXISTS (SELECT FROM arbsok_lasting.statusvalg AS v WHERE v.status = s.status)
    );
    feil_datert text := (
        SELECT string_agg(s.status, ', ' ORDER BY s.rekkefolge)
        FROM trygdfob.statuskode AS s
        JOIN trygdfob.handling AS h ON h.handling = s.handling
        WHERE (s.avgang_dato IS NOT NULL) <> h.avslutter_gruppe OR (s.tilgang_dato IS NOT NULL) <> h.gir_record
    );
    ubesvart record;
BEGIN
    IF feil_datert IS NOT NULL THEN
        RAISE EXCEPTION 'The status code % has dates that its handling does not need, or lacks one: what closes something '
            'has an avgang_dato, what writes a record a tilgang_dato.', feil_datert
            USING ERRCODE = 'FD006',
                HINT = 'Mend its row in sql/objects/arbsok/regler/statuskode.sql, or that of its handling in handling.sql there.';
    END IF;
    IF umulige IS NOT NULL THEN
        RAISE EXCEPTION 'No record can ever get the status code %: all that its row of statuskode fits is answered by '
            'rows before it (rekkefolge), or cannot occur.', umulige
            USING ERRCODE = 'FD006',
                HINT = 'Mend or move the row in sql/objects/arbsok/regler/statuskode.sql, or take it out.';
    END IF;
    SELECT count(*) OVER () AS antall, concat_ws(', ', 'individ ' || v.individ,
            CASE WHEN v.henddato_klasse = '-'
                THEN concat('seriemaaned ', v.seriemaaned, ', hoved_5 ', v.hoved_5::text, ', etter_start ', v.etter_start::text,
                    ', etter_fdagdato ', v.etter_fdagdato::text)
                ELSE concat('henddato_klasse ', v.henddato_klasse, ', hoved_endret ', v.hoved_endret::text,
                    ', arbstat_sum ', v.arbstat_sum)
            END) AS fakta
    INTO ubesvart
    FROM arbsok_lasting.statusvalg AS v
    WHERE v.status IS NULL
    ORDER BY v.*
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'No row of statuskode says which status a record gets in % of the combinations of facts; the '
            'first one: %.', ubesvart.antall, ubesvart.fakta
            USING ERRCODE = 'FD006',
                HINT = 'Put the row that answered it back into sql/objects/arbsok/regler/statuskode.sql, or add one.';
    END IF;
END
$$;
