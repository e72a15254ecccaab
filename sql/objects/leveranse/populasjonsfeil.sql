-- populasjonsfeil: what is wrong with the population of an order or a project (spec.md 9, populations).

CREATE OR REPLACE FUNCTION leveranse.populasjonsfeil(p_populasjon jsonb)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    kriterium jsonb := p_populasjon -> 'kriterium';
    nivaa text := p_populasjon -> 'kriterium' ->> 'nivaa';
    slag text [] := array(
        SELECT k.navn
        FROM unnest('{alle,kriterium,tverrsnitt,liste}'::text []) AS k (navn)
        WHERE jsonb_typeof(p_populasjon) = 'object' AND p_populasjon ? k.navn
    );
BEGIN
    IF p_populasjon IS NULL THEN
        RETURN QUERY SELECT 'populasjon', 'is missing: alle = true, kriterium, tverrsnitt or liste';
        RETURN;
    ELSIF jsonb_typeof(p_populasjon) <> 'object' THEN
        RETURN QUERY SELECT 'populasjon', 'is to be a table: [populasjon], and below it alle = true, kriterium, tverrsnitt or liste';
        RETURN;
    END IF;
    RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler('populasjon.', p_populasjon,
        '{alle,kriterium,tverrsnitt,liste,utvalg}') AS u;
    IF cardinality(slag) <> 1 THEN
        RETURN QUERY SELECT 'populasjon', format('has %s: give exactly one of alle, kriterium, tverrsnitt and liste',
            coalesce(nullif(array_to_string(slag, ' and '), ''), 'none'));
    END IF;
    IF p_populasjon ? 'alle' AND p_populasjon -> 'alle' <> 'true' THEN
        RETURN QUERY SELECT 'populasjon.alle', 'can only be true';
    END IF;
    IF p_populasjon ? 'utvalg' THEN
        IF jsonb_typeof(p_populasjon -> 'utvalg') <> 'number' THEN
            RETURN QUERY SELECT 'populasjon.utvalg', 'is to be a number, a share of the persons: 0.1 for every tenth';
        ELSIF NOT ((p_populasjon ->> 'utvalg')::numeric > 0 AND (p_populasjon ->> 'utvalg')::numeric <= 1) THEN
            RETURN QUERY SELECT 'populasjon.utvalg', format('%s is no share: it lies above 0, and at most at 1',
                p_populasjon ->> 'utvalg');
        END IF;
    END IF;
    IF p_populasjon ? 'tverrsnitt' THEN
        RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler('populasjon.tverrsnitt.', p_populasjon -> 'tverrsnitt', '{dager}') AS u;
        IF p_populasjon -> 'tverrsnitt' -> 'dager' IS NULL THEN
            RETURN QUERY SELECT 'populasjon.tverrsnitt.dager', 'is missing: the days on at least one of which a person is registered';
        END IF;
        RETURN QUERY SELECT d.* FROM leveranse.dagerfeil('populasjon.tverrsnitt.dager', p_populasjon -> 'tverrsnitt' -> 'dager') AS d;
    END IF;
    IF p_populasjon ? 'liste' THEN
        RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler('populasjon.liste.', p_populasjon -> 'liste', '{fil}') AS u;
        IF coalesce(jsonb_typeof(p_populasjon -> 'liste' -> 'fil'), '') <> 'string' THEN
            RETURN QUERY SELECT 'populasjon.liste.fil', 'is missing: the file with a fødselsnummer a line';
        END IF;
    END IF;
    IF p_populasjon ? 'kriterium' THEN
        IF jsonb_typeof(kriterium) <> 'object' THEN
            RETURN QUERY SELECT 'populasjon.kriterium', 'is to be a table: [populasjon.kriterium], and below it nivaa and what is asked for';
            RETURN;
        END IF;
        RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler('populasjon.kriterium.', kriterium,
            '{nivaa,fra,til,hoved,hovedarbstat,tiltak,ytelse,begynte}') AS u;
        IF NOT EXISTS (SELECT FROM leveranse.populasjonsvilkar AS v WHERE v.nivaa = kriterium ->> 'nivaa') THEN
            RETURN QUERY SELECT 'populasjon.kriterium.nivaa', format('%s: it is tilfelle, gruppetilfelle or periode',
                coalesce(nivaa || ' is no level', 'is missing'));
        ELSE
            RETURN QUERY
            SELECT 'populasjon.kriterium.' || k.vilkar, format('is nothing that %s has: that has %s', nivaa,
                (SELECT string_agg(v.vilkar, ', ' ORDER BY v.vilkar) FROM leveranse.populasjonsvilkar AS v WHERE v.nivaa = kriterium ->> 'nivaa'))
            FROM (SELECT DISTINCT v.vilkar FROM leveranse.populasjonsvilkar AS v) AS k
            WHERE kriterium ? k.vilkar AND NOT EXISTS (
                SELECT FROM leveranse.populasjonsvilkar AS v
                WHERE v.nivaa = kriterium ->> 'nivaa' AND v.vilkar = k.vilkar
            );
        END IF;
        RETURN QUERY
        SELECT l.*
        FROM (SELECT DISTINCT v.vilkar FROM leveranse.populasjonsvilkar AS v) AS k
        CROSS JOIN LATERAL leveranse.listefeil('populasjon.kriterium.' || k.vilkar, kriterium -> k.vilkar, 'codes') AS l;
        RETURN QUERY
        SELECT 'populasjon.kriterium.' || d.nokkel, leveranse.dagfeil(kriterium -> d.nokkel)
        FROM unnest('{fra,til}'::text []) AS d (nokkel)
        WHERE leveranse.dagfeil(kriterium -> d.nokkel) IS NOT NULL;
        IF leveranse.som_dag(kriterium ->> 'fra') > leveranse.som_dag(kriterium ->> 'til') THEN
            RETURN QUERY SELECT 'populasjon.kriterium.fra', format('%s comes after til, %s', kriterium ->> 'fra', kriterium ->> 'til');
        END IF;
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.populasjonsfeil(jsonb) IS
    'What is wrong with the population of an order or a project: each fault with its key and a sentence (spec.md 9, populations).';
