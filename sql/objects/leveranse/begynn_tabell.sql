-- begynn_tabell: the two sides of a table that is compared, as temporary tables of the owner's, into which the session
-- copies their rows. They have the columns that both deliveries have, by the catalogue; what a row is known by is never
-- empty.

CREATE OR REPLACE FUNCTION leveranse.begynn_tabell(p_form text, p_kolonner text[]) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    ukjent text := (
        SELECT string_agg(k.kolonne, ', ') FROM unnest(p_kolonner) AS k (kolonne)
        WHERE k.kolonne = 'lpnr' OR NOT EXISTS (
            SELECT FROM leveranse.formvariabel AS f WHERE f.form = p_form AND f.variabel = k.kolonne
        )
    );
    mangler text := (
        SELECT string_agg(f.variabel, ', ') FROM leveranse.formvariabel AS f
        WHERE f.form = p_form AND f.nokkel AND f.variabel <> ALL (p_kolonner)
    );
    kolonner text := (
        SELECT string_agg(format(', %I %s', v.variabel, CASE v.type WHEN 'tekst' THEN 'text COLLATE "C"' WHEN 'dato' THEN 'date'
            WHEN 'logisk' THEN 'boolean' ELSE 'integer' END || CASE WHEN f.nokkel THEN ' NOT NULL' ELSE '' END), ''
            ORDER BY array_position(p_kolonner, v.variabel::text))
        FROM leveranse.formvariabel AS f
        JOIN leveranse.variabel AS v ON v.variabel = f.variabel
        WHERE f.form = p_form AND f.variabel = ANY (p_kolonner)
    );
    side text;
BEGIN
    IF ukjent IS NOT NULL OR mangler IS NOT NULL OR kolonner IS NULL THEN
        RAISE EXCEPTION 'A table of % cannot be compared: %.', p_form,
            coalesce(ukjent || ' is no column of it', mangler || ' is missing, by which its rows are known', 'it has no columns')
            USING ERRCODE = 'FD007';
    END IF;
    FOREACH side IN ARRAY '{sammenlign_eldre,sammenlign_nyere}'::text[] LOOP
        PERFORM trygdfob.mottakstabell(side, 'lpnr text COLLATE "C" NOT NULL' || kolonner);
    END LOOP;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_tabell(text, text[]) IS
    'Makes the temporary tables sammenlign_eldre and sammenlign_nyere for a table of that form: lpnr and these columns, which hold those its rows are known by; the session copies the rows in. Error FD007: a column that the form does not have, or one that is missing (spec.md 9, comparing deliveries).';
