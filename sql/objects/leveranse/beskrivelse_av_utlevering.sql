-- beskrivelse_av_utlevering: all that the files of a delivery say besides its rows: the order, what its tables and
-- variables mean, the code lists, the days in its period on which a series breaks. Labels, types and texts of every
-- format come from here, and never from the data.

CREATE OR REPLACE FUNCTION leveranse.beskrivelse_av_utlevering(p_utlevering integer) RETURNS jsonb
LANGUAGE plpgsql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    u record := leveranse.min_utlevering(p_utlevering);
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'utlevering', coalesce(u.gjentar, u.utlevering),
            -- A repeat says what the delivery said
            'dato', (SELECT leveranse.norsk_dag(f.begynt) FROM leveranse.utlevering AS f WHERE f.utlevering = coalesce(u.gjentar, u.utlevering)),
            'prosjekt', jsonb_build_object('navn', p.prosjekt, 'tittel', p.tittel, 'vedtak', p.vedtak,
                'slettes_etter', p.slettes_etter, 'populasjon', p.populasjon),
            'uttrekksdatoer', (
                SELECT coalesce(jsonb_agg(x.dagdato ORDER BY x.dagdato), '[]')
                FROM arbsok.uttrekksdato AS x
                WHERE x.dagdato BETWEEN coalesce((b.innhold ->> 'fra')::date, e.serie_start) AND u.til
            ),
            'bestilling', b.bestilling,
            'versjon', b.versjon,
            'innhold', b.innhold,
            'fra', coalesce((b.innhold ->> 'fra')::date, e.serie_start),
            'til', u.til,
            'serie_start', e.serie_start,
            'dato_som', coalesce(b.innhold ->> 'dato', 'dato'),
            -- Of the years that it rests on: no later one changes what a repeat says
            'syntetisk', coalesce((
                SELECT bool_or(l.syntetisk) FROM trygdfob.lastet_aargang AS l
                WHERE l.aargang <= date_part('year', u.til) + 1
            ), false),
            'uten_liste', (
                SELECT coalesce(jsonb_object_agg(k.nokkel, k.koder), '{}')
                FROM (
                    SELECT o.nokkel, jsonb_agg(o.kode ORDER BY o.kode COLLATE "C") AS koder
                    FROM leveranse.bestilte_koder(b.innhold) AS o
                    WHERE NOT EXISTS (SELECT FROM leveranse.kode AS d WHERE d.kodeliste = o.kodeliste AND d.kode = o.kode)
                    GROUP BY o.nokkel
                ) AS k
            ),
            'tabeller', (
                SELECT jsonb_agg(jsonb_build_object(
                    'navn', t.tabell, 'form', t.form, 'tittel', f.tittel, 'tekst', f.tekst, 'rader', t.rader,
                    'dager', t.dager, 'formater', t.formater, 'koder_som_tekst', t.koder_som_tekst,
                    'nokkel', (
                        SELECT jsonb_agg(n.variabel ORDER BY n.plass) FROM leveranse.formvariabel AS n
                        WHERE n.form = t.form AND n.nokkel
                    ),
                    'variabler', (
                        SELECT jsonb_agg(jsonb_build_object(
                            'navn', v.variabel, 'type', v.type, 'bredde', v.bredde, 'kodeliste', v.kodeliste,
                            'som_heltall', v.som_heltall, 'ledetekst', v.ledetekst, 'tekst', v.tekst,
                            'nokkel', v.nokkel, 'rolle', v.rolle
                        ) ORDER BY v.nr)
                        FROM leveranse.bestilt_variabel AS v
                        WHERE v.prosjekt = t.prosjekt AND v.bestilling = t.bestilling AND v.versjon = t.versjon
                            AND v.tabell = t.tabell
                    )
                ) ORDER BY t.nr)
                FROM leveranse.bestilt_tabell AS t
                JOIN leveranse.form AS f ON f.form = t.form
                WHERE t.prosjekt = u.prosjekt AND t.bestilling = u.bestilling AND t.versjon = u.versjon
            ),
            'kodelister', (
                SELECT jsonb_object_agg(k.kodeliste, k.koder)
                FROM (
                    SELECT k.kodeliste, jsonb_agg(jsonb_build_object(
                        'kode', k.kode, 'sammen_med', k.sammen_med, 'tekst', k.tekst,
                        'gyldig_fra', k.gyldig_fra, 'gyldig_til', k.gyldig_til
                    ) ORDER BY k.rekkefolge, k.kode COLLATE "C", k.sammen_med COLLATE "C") AS koder
                    FROM leveranse.kode AS k
                    WHERE k.kodeliste IN (
                        SELECT v.kodeliste FROM leveranse.bestilt_variabel AS v
                        WHERE v.prosjekt = u.prosjekt AND v.bestilling = u.bestilling AND v.versjon = u.versjon
                    )
                    GROUP BY k.kodeliste
                ) AS k
            ),
            'brudd', (
                SELECT jsonb_agg(jsonb_build_object(
                    'dag', d.brudd, 'tabeller', d.tabeller, 'variabler', d.variabler, 'tekst', d.merknad_norsk
                ) ORDER BY d.brudd, cardinality(d.variabler), d.variabler::text COLLATE "C", d.tabeller::text COLLATE "C")
                FROM (
                    SELECT g.brudd, g.merknad_norsk,
                        array_agg(DISTINCT g.tabell COLLATE "C" ORDER BY g.tabell COLLATE "C") AS tabeller,
                        array_remove(array_agg(DISTINCT g.variabel COLLATE "C" ORDER BY g.variabel COLLATE "C"), NULL) AS variabler
                    FROM leveranse.bestilt_brudd AS g
                    WHERE g.prosjekt = u.prosjekt AND g.bestilling = u.bestilling AND g.versjon = u.versjon
                    GROUP BY g.brudd, g.merknad_norsk
                ) AS d
            ),
            'liste', (
                SELECT f.tall -> 'liste' FROM leveranse.utlevering AS f
                WHERE f.utlevering = coalesce(u.gjentar, u.utlevering)
            )
        )
        FROM leveranse.prosjekt AS p
        JOIN leveranse.bestilling AS b ON b.prosjekt = p.prosjekt
        CROSS JOIN arbsok.endelighet AS e
        WHERE p.prosjekt = u.prosjekt AND b.bestilling = u.bestilling AND b.versjon = u.versjon
    );
END
$$;

COMMENT ON FUNCTION leveranse.beskrivelse_av_utlevering(integer) IS
    'All that the files of a delivery that the caller has begun say besides its rows, as JSON: the order, its tables and variables with labels and texts, the code lists, the days on which the series breaks (brudd), the counts of its list of persons (spec.md 9, the log).';
