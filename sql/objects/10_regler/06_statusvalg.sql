-- statusvalg: the rule table, worked out for every combination of facts that a record can show.
-- Made from statuskode (the first row that fits), so that asok_bestem_status is one equality join; never edited.
-- Facts that do not matter for an individ are 0, false or '-'. These are all the combinations that there are: a rule
-- table that leaves one without a status, or that has a code which none of them ever gets, is refused.
-- Filled anew with the rules, and not made anew: functions that are parsed once hang on it.

CREATE MATERIALIZED VIEW IF NOT EXISTS trygdfob.statusvalg AS
WITH fakta AS (
    -- No running spell: what matters is the month of the series, group 5, and where henddato lies.
    SELECT i.individ, m.seriemaaned, h.hoved_5, s.etter_start, f.etter_fdagdato,
        '-' AS henddato_klasse, false AS hoved_endret, 0 AS arbstat_sum,
        ARRAY[
            CASE WHEN s.etter_start THEN 'etter_start' ELSE 'ikke_etter_start' END,
            CASE WHEN f.etter_fdagdato THEN 'etter_fdagdato' ELSE 'ikke_etter_fdagdato' END
        ] AS klasser
    FROM (VALUES ('ny'), ('avsluttet')) AS i (individ),
        generate_series(0, 3) AS m (seriemaaned),
        (VALUES (false), (true)) AS h (hoved_5),
        (VALUES (false), (true)) AS s (etter_start),
        (VALUES (false), (true)) AS f (etter_fdagdato)
    UNION ALL
    -- A running spell: what matters is the class of henddato and what changed. The day after fdagdato is 'endret' too,
    -- unless a row is about that day alone.
    SELECT i.individ, 0, false, false, false, k.henddato_klasse, h.hoved_endret, a.arbstat_sum,
        ARRAY[k.henddato_klasse]
        || CASE WHEN k.henddato_klasse = 'endret_dagen_etter_fdagdato' THEN ARRAY['endret'] ELSE '{}' END
    FROM (VALUES ('uten_opphold'), ('uten_opphold_13_uker'), ('med_opphold')) AS i (individ),
        (VALUES ('uendret'), ('uoppgitt_eller_etter_dagdato'), ('ikke_etter_fdagdato'), ('endret'),
            ('endret_dagen_etter_fdagdato')) AS k (henddato_klasse),
        (VALUES (false), (true)) AS h (hoved_endret),
        generate_series(0, 7) AS a (arbstat_sum)
)

SELECT DISTINCT ON (f.individ, f.seriemaaned, f.hoved_5, f.etter_start, f.etter_fdagdato, f.henddato_klasse,
        f.hoved_endret, f.arbstat_sum)
    f.individ, f.seriemaaned, f.hoved_5, f.etter_start, f.etter_fdagdato, f.henddato_klasse,
    f.hoved_endret, f.arbstat_sum,
    s.status, s.handling, s.avgang_dato, s.tilgang_dato, s.kode
FROM fakta AS f
LEFT JOIN trygdfob.statuskode AS s
    ON s.individ = f.individ
    AND s.henddato_klasse = ANY(f.klasser)
    AND (s.seriemaaned IS NULL OR s.seriemaaned @> f.seriemaaned)
    AND (s.hoved IS NULL OR f.hoved_5)
    AND (s.hoved_endret IS NULL OR s.hoved_endret = f.hoved_endret)
    AND (s.arbstat_endret IS NULL OR s.arbstat_endret = (f.arbstat_sum > 0))
    AND (s.arbstat_sum IS NULL OR s.arbstat_sum = f.arbstat_sum)
ORDER BY f.individ, f.seriemaaned, f.hoved_5, f.etter_start, f.etter_fdagdato, f.henddato_klasse,
    f.hoved_endret, f.arbstat_sum, array_position(f.klasser, s.henddato_klasse::text) > 1 AND f.henddato_klasse <> '-',
    s.rekkefolge;

CREATE UNIQUE INDEX IF NOT EXISTS statusvalg_fakta ON trygdfob.statusvalg
    (individ, seriemaaned, hoved_5, etter_start, etter_fdagdato, henddato_klasse, hoved_endret, arbstat_sum);

REFRESH MATERIALIZED VIEW trygdfob.statusvalg;

COMMENT ON MATERIALIZED VIEW trygdfob.statusvalg IS
    'The rule table statuskode worked out for every combination of facts about a record: which status it gets, what is done and which dates are used. Made anew with the rules; asok_bestem_status joins it.';

DO $$
DECLARE
    umulige text := (
        SELECT string_agg(s.status, ', ' ORDER BY s.rekkefolge)
        FROM trygdfob.statuskode AS s
        WHERE NOT EXISTS (SELECT FROM trygdfob.statusvalg AS v WHERE v.status = s.status)
    );
    ubesvart record;
BEGIN
    IF umulige IS NOT NULL THEN
        RAISE EXCEPTION 'No record can ever get the status code %: all that its row of statuskode fits is answered by '
            'rows before it (rekkefolge), or cannot occur.', umulige
            USING ERRCODE = 'FD006',
                HINT = 'Nothing was changed. Mend or move the row in sql/objects/10_regler/01_statuskode.sql, or take '
                    'it out.';
    END IF;
    SELECT count(*) OVER () AS antall, concat_ws(', ', 'individ ' || v.individ,
            CASE WHEN v.henddato_klasse = '-'
                THEN concat('seriemaaned ', v.seriemaaned, ', hoved_5 ', v.hoved_5::text, ', etter_start ', v.etter_start::text,
                    ', etter_fdagdato ', v.etter_fdagdato::text)
                ELSE concat('henddato_klasse ', v.henddato_klasse, ', hoved_endret ', v.hoved_endret::text,
                    ', arbstat_sum ', v.arbstat_sum)
            END) AS fakta
    INTO ubesvart
    FROM trygdfob.statusvalg AS v
    WHERE v.status IS NULL
    ORDER BY v.*
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'No row of statuskode says which status a record gets in % of the combinations of facts; the '
            'first one: %.', ubesvart.antall, ubesvart.fakta
            USING ERRCODE = 'FD006',
                HINT = 'Nothing was changed. Put the row that answered it back into '
                    'sql/objects/10_regler/01_statuskode.sql, or add one that does.';
    END IF;
END
$$;
