-- bestillingsfeil: everything that is wrong with an order, at once (spec.md 9, orders). What the project does not allow
-- is marked (av_prosjektet): such a refusal is logged.

CREATE OR REPLACE FUNCTION leveranse.bestillingsfeil(p_bestilling jsonb)
RETURNS TABLE (nokkel text, feil text, av_prosjektet boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    start date := (SELECT e.serie_start FROM arbsok.endelighet AS e);
    v_til date := CASE WHEN jsonb_typeof(p_bestilling) = 'object' THEN leveranse.som_dag(p_bestilling ->> 'til') END;
    v_fra date := CASE WHEN jsonb_typeof(p_bestilling) = 'object' THEN leveranse.som_dag(p_bestilling ->> 'fra') END;
    tabeller jsonb := leveranse.som_liste(p_bestilling -> 'tabell');
    p record;
    siste integer;
BEGIN
    IF jsonb_typeof(p_bestilling) <> 'object' THEN
        RETURN QUERY SELECT 'bestilling', 'is to be an object', false;
        RETURN;
    END IF;
    RETURN QUERY SELECT u.*, false FROM leveranse.ukjente_nokler('', p_bestilling,
        '{prosjekt,bestilling,versjon,til,fra,dato,populasjon,tabell}') AS u;
    RETURN QUERY
    SELECT k.navn, CASE WHEN p_bestilling ? k.navn
        THEN format('%s is no name: a to z, 0 to 9 and -, a letter first, at most 32', p_bestilling -> k.navn)
        ELSE 'is missing' END, false
    FROM unnest('{prosjekt,bestilling}'::text []) AS k (navn)
    WHERE coalesce(jsonb_typeof(p_bestilling -> k.navn) <> 'string'
        OR p_bestilling ->> k.navn !~ '^[a-z][a-z0-9-]{0,31}$', true);
    IF p_bestilling ? 'versjon' AND NOT leveranse.er_heltall(p_bestilling -> 'versjon', 1, 999999) THEN
        RETURN QUERY SELECT 'versjon', format('%s is no version: a whole number from 1', p_bestilling -> 'versjon'),
            false;
    END IF;
    IF NOT p_bestilling ? 'til' THEN
        RETURN QUERY SELECT 'til', 'is missing: the last day of the delivery', false;
    END IF;
    RETURN QUERY
    SELECT d.nokkel, leveranse.dagfeil(p_bestilling -> d.nokkel), false
    FROM unnest('{til,fra}'::text []) AS d (nokkel)
    WHERE leveranse.dagfeil(p_bestilling -> d.nokkel) IS NOT NULL;
    IF v_fra < start THEN
        RETURN QUERY SELECT 'fra', format('%s is before %s, where the series starts', v_fra, start), false;
    ELSIF v_fra > v_til THEN
        RETURN QUERY SELECT 'fra', format('%s comes after til, %s', v_fra, v_til), false;
    END IF;
    RETURN QUERY
    SELECT 'til', h.hvorfor, false
    FROM leveranse.hvorfor_ikke_frigitt(v_til) AS h (hvorfor)
    WHERE h.hvorfor IS NOT NULL AND v_til IS NOT NULL;
    IF p_bestilling ? 'dato' AND p_bestilling -> 'dato' NOT IN ('"dato"', '"tall"', '"maaned"') THEN
        RETURN QUERY SELECT 'dato', format('%s is no form of a date: dato, tall (YYYYMMDD) or maaned (YYYYMM)',
            p_bestilling ->> 'dato'), false;
    END IF;
    RETURN QUERY SELECT f.*, false FROM leveranse.populasjonsfeil(p_bestilling -> 'populasjon') AS f;
    IF tabeller = '[]' THEN
        RETURN QUERY SELECT 'tabell', 'is missing: [[tabell]], once for each table', false;
    END IF;
    RETURN QUERY
    SELECT f.*, false
    FROM jsonb_array_elements(tabeller) WITH ORDINALITY AS t (tabell, nr)
    CROSS JOIN LATERAL leveranse.tabellfeil(format('tabell[%s]', t.nr), t.tabell, coalesce(v_fra, start), v_til) AS f;
    RETURN QUERY
    SELECT 'tabell', format('%s is the name of %s tables', t.tabell ->> 'navn', count(*)), false
    FROM jsonb_array_elements(tabeller) AS t (tabell)
    WHERE jsonb_typeof(t.tabell) = 'object' AND t.tabell ? 'navn'
    GROUP BY t.tabell ->> 'navn'
    HAVING count(*) > 1;

    -- What the project says
    IF coalesce(jsonb_typeof(p_bestilling -> 'prosjekt') <> 'string'
        OR p_bestilling ->> 'prosjekt' !~ '^[a-z][a-z0-9-]{0,31}$', true) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT 'prosjekt', h.hvorfor, true
    FROM leveranse.hvorfor_ikke_utlevert(p_bestilling ->> 'prosjekt', false) AS h (hvorfor)
    WHERE h.hvorfor IS NOT NULL;
    SELECT * INTO p FROM leveranse.prosjekt AS r WHERE r.prosjekt = p_bestilling ->> 'prosjekt';
    IF p.prosjekt IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT format('tabell[%s].form', t.nr), format('%s is not among the tables of project %s: %s', t.tabell ->> 'form',
        p.prosjekt, array_to_string(p.former, ', ')), true
    FROM jsonb_array_elements(tabeller) WITH ORDINALITY AS t (tabell, nr)
    WHERE jsonb_typeof(t.tabell) = 'object'
        AND EXISTS (SELECT FROM leveranse.form AS f WHERE f.form = t.tabell ->> 'form')
        AND t.tabell ->> 'form' <> ALL (p.former);
    RETURN QUERY
    SELECT b.hvor, format('%s is not among the variables of project %s', b.variabel, p.prosjekt), true
    FROM (
        SELECT format('tabell[%s].variabler', t.nr) AS hvor, v.variabel
        FROM jsonb_array_elements(tabeller) WITH ORDINALITY AS t (tabell, nr)
        CROSS JOIN LATERAL (
            SELECT n.verdi #>> '{}'
            FROM jsonb_array_elements(leveranse.som_liste(t.tabell -> 'variabler')) AS n (verdi)
            UNION ALL
            SELECT f.variabel FROM leveranse.formvariabel AS f
            WHERE f.form = t.tabell ->> 'form' AND f.standard AND t.tabell -> 'variabler' IS NULL
        ) AS v (variabel)
        UNION ALL
        SELECT format('tabell[%s].rader.%s', t.nr, r.variabel), r.variabel
        FROM jsonb_array_elements(tabeller) WITH ORDINALITY AS t (tabell, nr)
        CROSS JOIN LATERAL jsonb_object_keys(leveranse.som_tabell(t.tabell -> 'rader')) AS r (variabel)
        UNION ALL
        SELECT 'populasjon.kriterium.' || v.vilkar, v.kolonne
        FROM leveranse.populasjonsvilkar AS v
        WHERE p_bestilling -> 'populasjon' -> 'kriterium' ->> 'nivaa' = v.nivaa
            AND p_bestilling -> 'populasjon' -> 'kriterium' ? v.vilkar
    ) AS b
    JOIN leveranse.variabel AS v ON v.variabel = b.variabel AND v.hvorfor_ikke IS NULL
    WHERE b.variabel <> 'lpnr' AND b.variabel <> ALL (p.variabler);

    -- What is stored
    siste := (
        SELECT max(b.versjon) FROM leveranse.bestilling AS b
        WHERE b.prosjekt = p.prosjekt AND b.bestilling = p_bestilling ->> 'bestilling'
    );
    IF leveranse.er_heltall(p_bestilling -> 'versjon', coalesce(siste, 0) + 2, 999999) THEN
        RETURN QUERY SELECT 'versjon', format('%s follows on no other: the next version of %s is %s',
            p_bestilling ->> 'versjon',
            p_bestilling ->> 'bestilling', coalesce(siste, 0) + 1), false;
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.bestillingsfeil(jsonb) IS
    'Everything that is wrong with an order, as JSON: each fault with its key and a sentence, and whether it is the project that does not allow it (spec.md 9, orders).';
