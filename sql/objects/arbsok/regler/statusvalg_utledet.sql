-- statusvalg_utledet: what statusvalg is filled with, worked out from statuskode: the first row that fits.
-- It has every combination of facts that there is; a fact that does not matter for an individ is 0, false or '-' in it.

CREATE OR REPLACE VIEW arbsok_lasting.statusvalg_utledet AS
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

COMMENT ON VIEW arbsok_lasting.statusvalg_utledet IS
    'For every combination of facts about a record the status that the rule table statuskode gives it, worked out at each reading; statusvalg keeps the answer (spec.md 3).';
