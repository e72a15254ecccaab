-- katalog: all that the catalogue says of a version, as the catalogue is now: the texts, dimensions and notes of its
-- tables, and the classes in use on its day. A version keeps it from the moment it is published (publiser_versjon): its
-- files are made of that, and so never change (spec.md 10, publication). An average has the dimensions of the table
-- that it is of, and that one's notes too.

CREATE OR REPLACE FUNCTION statistikk.katalog(p_versjon integer) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH gjelder AS (
    SELECT v.pakke, (v.mal ->> 'inndeling')::date AS inndeling,
        coalesce(v.dagdato, make_date(left(v.periode, 4)::integer, 12, 31)) AS dag,
        left(v.periode || 'M01', 7) AS fra, left(v.periode || 'M12', 7) AS til
    FROM statistikk.versjon AS v
    WHERE v.versjon = p_versjon
),

tabell AS (
    SELECT t.*
    FROM gjelder AS v
    JOIN statistikk.tabell AS t ON t.pakke = v.pakke
    WHERE EXISTS (SELECT FROM statistikk.celle AS c WHERE c.versjon = p_versjon AND c.tabell = t.tabell)
),

dimensjon AS (
    SELECT t.tabell, d.plass, d.gruppering, d.tekst, d.i_alt
    FROM tabell AS t
    JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
)

SELECT jsonb_build_object(
    'dag', v.dag,
    'tittel', p.tittel,
    'tabeller', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'tabell', t.tabell, 'rekkefolge', t.rekkefolge, 'maal', t.maal, 'snitt_av', t.snitt_av, 'tittel', t.tittel,
            'enhet', t.enhet, 'ekstern_id', t.ekstern_id, 'kontakt', t.kontakt, 'lag', t.lag, 'bosatt', t.bosatt,
            'dimensjoner', (
                SELECT jsonb_agg(jsonb_build_object(
                    'gruppering', d.gruppering, 'tekst', d.tekst, 'i_alt', d.i_alt
                ) ORDER BY d.plass)
                FROM dimensjon AS d
                WHERE d.tabell = t.tabell
            ),
            'noter', (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'note', n.note, 'rekkefolge', n.rekkefolge, 'tekst', n.tekst
                ) ORDER BY n.rekkefolge), '[]')
                FROM (
                    SELECT n.note, n.rekkefolge, n.tekst
                    FROM statistikk.note AS n
                    WHERE (n.tabell IN (t.tabell, t.snitt_av) OR n.tabell IS NULL)
                        AND (n.maal = t.maal OR n.maal IS NULL)
                        AND (n.kjennemerke IS NULL OR EXISTS (
                            SELECT
                            FROM dimensjon AS d
                            JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
                            WHERE d.tabell = t.tabell AND g.kjennemerke = n.kjennemerke
                        ))
                        AND (n.hoved IS NULL OR EXISTS (
                            SELECT
                            FROM statistikk.pakke_lag AS l
                            WHERE l.pakke = t.pakke AND l.lag = ANY(t.lag) AND l.hoved && n.hoved
                        ))
                        -- Of a year it is enough that it holds for some month
                        AND (left(n.fra_periode || 'M01', 7) <= v.til OR n.fra_periode IS NULL)
                        AND (left(n.til_periode || 'M12', 7) >= v.fra OR n.til_periode IS NULL)
                    UNION ALL
                    SELECT r.note, r.rekkefolge, r.tekst
                    FROM statistikk.regionnoter(p_versjon) AS r
                    WHERE r.gruppering IN (SELECT d.gruppering FROM dimensjon AS d WHERE d.tabell = t.tabell)
                    UNION ALL
                    SELECT m.note, m.rekkefolge, m.tekst
                    FROM statistikk.manglende_maaneder(p_versjon, t.snitt_av) AS m
                    UNION ALL
                    SELECT b.note, b.rekkefolge, b.tekst
                    FROM statistikk.bruddnote(p_versjon) AS b
                ) AS n
            )
        ) ORDER BY t.rekkefolge), '[]')
        FROM tabell AS t
    ),
    'grupperinger', (
        SELECT coalesce(jsonb_object_agg(g.gruppering, jsonb_build_object('kjennemerke', g.kjennemerke, 'klasser', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kode', i.kode, 'rekkefolge', i.rekkefolge, 'tekst', i.tekst, 'gyldig_fra', i.gyldig_fra,
                'gyldig_til', i.gyldig_til, 'fra', i.fra, 'til', i.til, 'verdier', i.verdier, 'i_alt', i.i_alt
            ) ORDER BY i.rekkefolge, i.kode), '[]')
            FROM statistikk.i_bruk(g.gruppering, v.dag, v.inndeling) AS i
        ))), '{}')
        FROM statistikk.gruppering AS g
        WHERE g.gruppering IN (SELECT d.gruppering FROM dimensjon AS d)
    )
)
FROM gjelder AS v
JOIN statistikk.pakke AS p ON p.pakke = v.pakke;
END;

COMMENT ON FUNCTION statistikk.katalog(integer) IS
    'What the catalogue says of a version, as JSON, from the catalogue as it is now: its day, the package''s title, its tables with texts, dimensions and the notes of its period, and the classes in use on its day (spec.md 10, publication).';
