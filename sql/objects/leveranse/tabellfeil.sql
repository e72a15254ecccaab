-- tabellfeil: what is wrong with one table of an order (spec.md 9, orders).

CREATE OR REPLACE FUNCTION leveranse.tabellfeil(p_hvor text, p_tabell jsonb, p_fra date, p_til date)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v_form text := p_tabell ->> 'form';
    former text := (SELECT string_agg(f.form, ', ' ORDER BY f.rekkefolge) FROM leveranse.form AS f);
    kjent boolean := EXISTS (SELECT FROM leveranse.form AS f WHERE f.form = p_tabell ->> 'form');
BEGIN
    IF jsonb_typeof(p_tabell) <> 'object' THEN
        RETURN QUERY SELECT p_hvor, 'is to be a table: [[tabell]]';
        RETURN;
    END IF;
    RETURN QUERY SELECT u.* FROM leveranse.ukjente_nokler(p_hvor || '.', p_tabell,
        '{navn,form,variabler,rader,dager,formater,koder}') AS u;
    IF coalesce(jsonb_typeof(p_tabell -> 'navn'), '') <> 'string' THEN
        RETURN QUERY SELECT p_hvor || '.navn', 'is missing: the name that the table''s files get';
    ELSIF p_tabell ->> 'navn' !~ '^[a-z][a-z0-9-]{0,31}$' THEN
        RETURN QUERY SELECT p_hvor || '.navn',
            format('%s is no name: a to z, 0 to 9 and -, a letter first, at most 32', p_tabell ->> 'navn');
    ELSIF p_tabell ->> 'navn' IN ('populasjon', 'variabelliste', 'lesmeg', 'leveranse') THEN
        RETURN QUERY SELECT p_hvor || '.navn', format('%s is the name of another file of the delivery',
            p_tabell ->> 'navn');
    END IF;
    IF NOT kjent THEN
        RETURN QUERY SELECT p_hvor || '.form', format('%s: it is one of %s', coalesce(v_form || ' is no form',
            'is missing'), former);
    ELSE
        RETURN QUERY
        SELECT p_hvor || '.variabler', CASE
            WHEN v.hvorfor_ikke IS NOT NULL THEN format('%s cannot be ordered: %s', e.navn, v.hvorfor_ikke)
            WHEN v.variabel IS NULL THEN format('%s is no variable', e.navn)
            ELSE format('%s is no variable of %s', e.navn, v_form)
        END
        FROM jsonb_array_elements(leveranse.som_liste(p_tabell -> 'variabler')) AS a (verdi)
        CROSS JOIN LATERAL (SELECT a.verdi #>> '{}' AS navn WHERE jsonb_typeof(a.verdi) = 'string') AS e
        LEFT JOIN leveranse.variabel AS v ON v.variabel = e.navn
        WHERE NOT EXISTS (
            SELECT FROM leveranse.formvariabel AS f WHERE f.form = p_tabell ->> 'form' AND f.variabel = e.navn
        );
        RETURN QUERY SELECT r.* FROM leveranse.radfilterfeil(p_hvor || '.rader', p_tabell ->> 'form',
            p_tabell -> 'rader') AS r;
        IF v_form = 'tverrsnitt' THEN
            IF p_tabell -> 'dager' IS NULL THEN
                RETURN QUERY SELECT p_hvor || '.dager', 'is missing: the days of the tverrsnitt';
            END IF;
            RETURN QUERY SELECT d.* FROM leveranse.dagerfeil(p_hvor || '.dager', p_tabell -> 'dager') AS d;
            RETURN QUERY
            SELECT p_hvor || '.dager', format('%s does not lie between %s and %s', d.dag, p_fra, p_til)
            FROM jsonb_array_elements_text(leveranse.som_liste(p_tabell -> 'dager')) AS d (dag)
            WHERE leveranse.som_dag(d.dag) < p_fra OR leveranse.som_dag(d.dag) > p_til;
        ELSIF p_tabell ? 'dager' THEN
            RETURN QUERY SELECT p_hvor || '.dager',
                format('is for a tverrsnitt: %s has a period, fra and til of the order', v_form);
        END IF;
    END IF;
    RETURN QUERY SELECT l.* FROM leveranse.listefeil(p_hvor || '.variabler', p_tabell -> 'variabler', 'variables') AS l;
    IF p_tabell -> 'formater' IS NULL THEN
        RETURN QUERY SELECT p_hvor || '.formater', 'is missing: csv, parquet, dta or sav, as a list';
    END IF;
    RETURN QUERY SELECT l.* FROM leveranse.listefeil(p_hvor || '.formater', p_tabell -> 'formater', 'formats') AS l;
    RETURN QUERY
    SELECT p_hvor || '.formater', format('%s is no format: there are csv, parquet, dta and sav', f.format)
    FROM jsonb_array_elements_text(leveranse.som_liste(p_tabell -> 'formater')) AS f (format)
    WHERE f.format NOT IN ('csv', 'parquet', 'dta', 'sav');
    IF p_tabell ? 'koder' AND p_tabell -> 'koder' <> '"tekst"' THEN
        RETURN QUERY SELECT p_hvor || '.koder', 'can only be "tekst": all codes as text in dta and sav';
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.tabellfeil(text, jsonb, date, date) IS
    'What is wrong with a table of an order whose period is p_fra to p_til: each fault with its key, which begins with p_hvor, and a sentence (spec.md 9, orders).';
