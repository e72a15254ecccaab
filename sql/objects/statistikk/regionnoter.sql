-- regionnoter: what a version's tables say of a fixed division of regions: of which day it is, and which regions have
-- no figures yet, and until when (spec.md 10, V6).

CREATE OR REPLACE FUNCTION statistikk.regionnoter(p_versjon integer)
RETURNS TABLE (gruppering varchar, note text, rekkefolge integer, tekst text)
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH gjelder AS (
    SELECT (v.mal ->> 'inndeling')::date AS inndeling, coalesce(v.dagdato, (
            SELECT min(m.dagdato)
            FROM statistikk.snitt_av_versjon AS s
            JOIN statistikk.versjon AS m ON m.versjon = s.maaned
            WHERE s.versjon = p_versjon
        )) AS dag
    FROM statistikk.versjon AS v
    WHERE v.versjon = p_versjon AND v.mal ->> 'inndeling' IS NOT NULL
),

uten_tall AS (
    SELECT k.gruppering, k.rekkefolge, k.kode, k.tekst, max(u.tall_fra) AS tall_fra
    FROM gjelder AS v
    CROSS JOIN LATERAL statistikk.uten_tall(v.dag, v.inndeling) AS u
    JOIN statistikk.kategori AS k ON k.kjennemerke = 'region' AND u.kode = ANY(k.verdier)
        AND (k.gyldig_fra <= v.inndeling OR k.gyldig_fra IS NULL)
        AND (k.gyldig_til >= v.inndeling OR k.gyldig_til IS NULL)
    GROUP BY k.gruppering, k.rekkefolge, k.kode, k.tekst
),

navngitt AS (
    SELECT u.gruppering, u.tall_fra, array_agg(u.tekst ORDER BY u.rekkefolge, u.kode) AS navn
    FROM uten_tall AS u
    GROUP BY u.gruppering, u.tall_fra
)

SELECT g.gruppering, to_char(v.inndeling, '"inndeling_"YYYYMMDD'), 1000, format('Regionene er inndelt som de var %s.',
    to_char(v.inndeling, 'FMDD.FMMM.YYYY'))
FROM gjelder AS v
CROSS JOIN statistikk.gruppering AS g
WHERE g.kjennemerke = 'region'
UNION ALL
SELECT n.gruppering, to_char(v.inndeling, '"inndeling_"YYYYMMDD') || to_char(n.tall_fra, '_YYYYMMDD'),
    1000 + row_number() OVER (PARTITION BY n.gruppering ORDER BY n.tall_fra)::integer,
    format(
        'Tall for %s er ikke tilgjengelige før %s: da ble kommuner delt, og det er ikke kjent hvem som bodde i hvilken '
        'del. De som bodde der, er med i Uoppgitt.',
        concat_ws(' og ', nullif(array_to_string(n.navn[1:cardinality(n.navn) - 1], ', '), ''),
            n.navn[cardinality(n.navn)]),
        regexp_replace(to_char(n.tall_fra, 'FMDD.FMMM.YYYY'), '^1\.1\.', ''))
FROM gjelder AS v
CROSS JOIN navngitt AS n;
END;

COMMENT ON FUNCTION statistikk.regionnoter(integer) IS
    'The notes that a version in a fixed division of regions has, in Norwegian, by grouping of regions: the division''s day, and the classes that have no figures, with the day from which they have. No rows of other versions (spec.md 10, V6).';
