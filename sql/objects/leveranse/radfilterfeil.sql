-- radfilterfeil: what is wrong with the row filter of an ordered table (spec.md 9, orders). It is variables with codes,
-- or with from and to; it never is SQL.

CREATE OR REPLACE FUNCTION leveranse.radfilterfeil(p_hvor text, p_form text, p_rader jsonb)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    f record;
BEGIN
    IF p_rader IS NULL THEN
        RETURN;
    ELSIF jsonb_typeof(p_rader) <> 'object' THEN
        RETURN QUERY SELECT p_hvor, 'is to be a table: variable = [codes], or variable = { fra = …, til = … }';
        RETURN;
    END IF;
    FOR f IN
        SELECT p_hvor || '.' || r.variabel AS hvor, r.variabel, r.verdi, v.type, n.variabel IS NOT NULL AS i_formen
        FROM jsonb_each(p_rader) AS r (variabel, verdi)
        LEFT JOIN leveranse.formvariabel AS n ON n.form = p_form AND n.variabel = r.variabel
        LEFT JOIN leveranse.variabel AS v ON v.variabel = n.variabel
    LOOP
        IF NOT f.i_formen OR f.variabel = 'lpnr' THEN
            RETURN QUERY SELECT f.hvor, format('is no variable by which rows of %s can be picked', p_form);
        ELSIF f.type = 'tekst' THEN
            IF jsonb_typeof(f.verdi) <> 'array' THEN
                RETURN QUERY SELECT f.hvor, 'is to be a list of codes: ' || f.variabel || ' is text';
            END IF;
            RETURN QUERY SELECT l.* FROM leveranse.listefeil(f.hvor, f.verdi,
                'codes') AS l WHERE jsonb_typeof(f.verdi) = 'array';
        ELSIF f.type = 'logisk' THEN
            IF jsonb_typeof(f.verdi) <> 'boolean' THEN
                RETURN QUERY SELECT f.hvor, 'is to be true or false';
            END IF;
        ELSIF jsonb_typeof(f.verdi) <> 'object' OR f.verdi = '{}' THEN
            RETURN QUERY SELECT f.hvor, 'is to be { fra = …, til = … }, or one of the two';
        ELSE
            RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler(f.hvor || '.', f.verdi, '{fra,til}') AS u;
            RETURN QUERY
            SELECT f.hvor || '.' || d.nokkel, CASE f.type
                WHEN 'dato' THEN leveranse.dagfeil(f.verdi -> d.nokkel)
                ELSE format('%s is no whole number', f.verdi -> d.nokkel)
            END
            FROM unnest('{fra,til}'::text []) AS d (nokkel)
            WHERE CASE f.type
                WHEN 'dato' THEN leveranse.dagfeil(f.verdi -> d.nokkel) IS NOT NULL
                ELSE f.verdi ? d.nokkel AND NOT leveranse.er_heltall(f.verdi -> d.nokkel, -999999999, 999999999)
            END;
            IF (CASE f.type
                WHEN 'dato' THEN leveranse.som_dag(f.verdi ->> 'fra') > leveranse.som_dag(f.verdi ->> 'til')
                ELSE leveranse.er_heltall(f.verdi -> 'fra', -999999999, 999999999)
                    AND leveranse.er_heltall(f.verdi -> 'til', -999999999, 999999999)
                    AND (f.verdi -> 'fra')::integer > (f.verdi -> 'til')::integer
            END) THEN
                RETURN QUERY SELECT f.hvor || '.fra', format('%s comes after til, %s', f.verdi ->> 'fra',
                    f.verdi ->> 'til');
            END IF;
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION leveranse.radfilterfeil(text, text, jsonb) IS
    'What is wrong with the row filter of a table of form p_form: each fault with its key, which begins with p_hvor, and a sentence (spec.md 9, orders).';
