-- opprett_prosjekt: a project, with a key of its own (spec.md 9, projects). The key is made here and is seen nowhere
-- else.

CREATE OR REPLACE FUNCTION leveranse.opprett_prosjekt(p_prosjekt jsonb) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    feil text := (SELECT string_agg(f.nokkel || ': ' || f.feil, E'\n') FROM leveranse.prosjektfeil(p_prosjekt) AS f);
    populasjon jsonb := coalesce(p_prosjekt -> 'populasjon', '{"alle": true}');
    tall jsonb;
BEGIN
    IF feil IS NOT NULL THEN
        RAISE EXCEPTION '%', feil USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    END IF;
    INSERT INTO leveranse.prosjekt (prosjekt, tittel, vedtak, gyldig_til, slettes_etter, former, variabler, populasjon)
    SELECT p_prosjekt ->> 'prosjekt', p_prosjekt ->> 'tittel', p_prosjekt ->> 'vedtak',
        (p_prosjekt ->> 'gyldig_til')::date, (p_prosjekt ->> 'slettes_etter')::date,
        array(SELECT f.form FROM jsonb_array_elements_text(p_prosjekt -> 'former') AS f (form)),
        -- "alle" stands for all that need not be named
        array(
            SELECT v.variabel
            FROM leveranse.variabel AS v
            WHERE v.type IS NOT NULL AND CASE WHEN p_prosjekt -> 'variabler' = '"alle"' THEN NOT v.bare_navngitt
                ELSE p_prosjekt -> 'variabler' ? v.variabel END
            ORDER BY v.rekkefolge
        ),
        populasjon;
    INSERT INTO leveranse_nokkel.prosjektnokkel (prosjekt, nokkel)
    SELECT p_prosjekt ->> 'prosjekt', leveranse_nokkel.ny_nokkel();
    IF populasjon ? 'liste' THEN
        tall := leveranse_nokkel.ta_inn_liste(p_prosjekt ->> 'prosjekt', '', 0);
    ELSE
        DELETE FROM leveranse_nokkel.liste_inn;
    END IF;
    RETURN tall;
END
$$;

COMMENT ON FUNCTION leveranse.opprett_prosjekt(jsonb) IS
    'Makes a project, described as JSON, with a key of its own; returns the counts of its list of persons, where it has one. Error FD007: what is wrong with it, a line a fault (spec.md 9, projects).';
