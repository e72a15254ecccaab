-- prosjektfeil: everything that is wrong with the description of a project, at once (spec.md 9, projects).

CREATE OR REPLACE FUNCTION leveranse.prosjektfeil(p_prosjekt jsonb)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    IF jsonb_typeof(p_prosjekt) <> 'object' THEN
        RETURN QUERY SELECT 'prosjekt', 'is to be an object';
        RETURN;
    END IF;
    RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler('', p_prosjekt,
        '{prosjekt,tittel,vedtak,gyldig_til,slettes_etter,former,variabler,populasjon}') AS u;
    RETURN QUERY
    SELECT k.navn, k.mangler
    FROM (VALUES
        ('prosjekt', 'is missing: the project''s name'),
        ('tittel', 'is missing: what the project is called among people'),
        ('vedtak', 'is missing: the decision that allows it'),
        ('gyldig_til', 'is missing: the last day on which it may get a delivery'),
        ('slettes_etter', 'is missing: the day after which the recipient''s files and the project''s key must go'),
        ('former', 'is missing: the tables that it may order, as a list'),
        ('variabler', 'is missing: the variables that it may order, as a list, or "alle"')
    ) AS k (navn, mangler)
    WHERE NOT p_prosjekt ? k.navn OR p_prosjekt -> k.navn = '""';
    RETURN QUERY
    SELECT k.navn, 'is to be text, in quotes'
    FROM unnest('{prosjekt,tittel,vedtak}'::text []) AS k (navn)
    WHERE jsonb_typeof(p_prosjekt -> k.navn) <> 'string';
    IF jsonb_typeof(p_prosjekt -> 'prosjekt') = 'string' AND p_prosjekt ->> 'prosjekt' !~ '^[a-z][a-z0-9-]{0,31}$' THEN
        RETURN QUERY SELECT 'prosjekt', format('%s is no name: a to z, 0 to 9 and -, a letter first, at most 32',
            p_prosjekt ->> 'prosjekt');
    ELSIF EXISTS (SELECT FROM leveranse.prosjekt AS p WHERE p.prosjekt = p_prosjekt ->> 'prosjekt') THEN
        RETURN QUERY SELECT 'prosjekt',
            format('there is a project %s already; a name is used once, also of a project that is destroyed',
                p_prosjekt ->> 'prosjekt');
    END IF;
    RETURN QUERY
    SELECT d.nokkel, leveranse.dagfeil(p_prosjekt -> d.nokkel)
    FROM unnest('{gyldig_til,slettes_etter}'::text []) AS d (nokkel)
    WHERE leveranse.dagfeil(p_prosjekt -> d.nokkel) IS NOT NULL;
    IF leveranse.som_dag(p_prosjekt ->> 'gyldig_til') < leveranse.norsk_dag(now()) THEN
        RETURN QUERY SELECT 'gyldig_til', format('%s is past', p_prosjekt ->> 'gyldig_til');
    END IF;
    IF leveranse.som_dag(p_prosjekt ->> 'slettes_etter') < leveranse.som_dag(p_prosjekt ->> 'gyldig_til') THEN
        RETURN QUERY SELECT 'slettes_etter', format('%s comes before gyldig_til, %s', p_prosjekt ->> 'slettes_etter',
            p_prosjekt ->> 'gyldig_til');
    END IF;
    RETURN QUERY SELECT l.* FROM leveranse.listefeil('former', p_prosjekt -> 'former', 'tables') AS l;
    RETURN QUERY
    SELECT 'former', format('%s is no form: there are %s', n.form, (SELECT string_agg(f.form,
        ', ' ORDER BY f.rekkefolge) FROM leveranse.form AS f))
    FROM jsonb_array_elements_text(leveranse.som_liste(p_prosjekt -> 'former')) AS n (form)
    WHERE NOT EXISTS (SELECT FROM leveranse.form AS f WHERE f.form = n.form);
    IF p_prosjekt -> 'variabler' <> '"alle"' THEN
        RETURN QUERY SELECT l.* FROM leveranse.listefeil('variabler', p_prosjekt -> 'variabler', 'variables') AS l;
        RETURN QUERY
        SELECT 'variabler', CASE WHEN v.variabel IS NULL THEN format('%s is no variable', n.variabel)
            ELSE format('%s cannot be ordered: %s', n.variabel, v.hvorfor_ikke) END
        FROM jsonb_array_elements_text(leveranse.som_liste(p_prosjekt -> 'variabler')) AS n (variabel)
        LEFT JOIN leveranse.variabel AS v ON v.variabel = n.variabel
        WHERE v.type IS NULL;
    END IF;
    RETURN QUERY SELECT f.* FROM leveranse.populasjonsfeil(coalesce(p_prosjekt -> 'populasjon', '{"alle": true}')) AS f;
END
$$;

COMMENT ON FUNCTION leveranse.prosjektfeil(jsonb) IS
    'Everything that is wrong with the description of a project, as JSON: each fault with its key and a sentence (spec.md 9, projects).';
