-- populasjonens_personer: the persons of a criterion or a tverrsnitt, found in the released form of the register on a
-- day (spec.md 9, populations). A criterion is met by one row that meets all of its conditions and touches its period.
-- The conditions come as JSON and go into the statement as a parameter; only names of the catalogue become a part of
-- it.

CREATE OR REPLACE FUNCTION leveranse.populasjonens_personer(p_populasjon jsonb, p_til date)
RETURNS TABLE (lopenr varchar)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    kriterium jsonb := p_populasjon -> 'kriterium';
    start date := (SELECT e.serie_start FROM arbsok.endelighet AS e);
BEGIN
    IF p_populasjon ? 'tverrsnitt' THEN
        RETURN QUERY
        SELECT DISTINCT t.lopenr
        FROM leveranse.frigitt_tverrsnitt(array(
            SELECT d.dag::date
            FROM jsonb_array_elements_text(p_populasjon -> 'tverrsnitt' -> 'dager') AS d (dag)
            WHERE d.dag::date BETWEEN start AND p_til
        )) AS t;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE (
        SELECT format('SELECT DISTINCT t.lopenr FROM leveranse.%1$I($1, $2) AS t'
            ' WHERE t.%2$I <= $3 AND (t.%3$I >= $1 OR t.%3$I IS NULL)', 'frigitt_' || f.form,
            max(f.variabel) FILTER (WHERE f.rolle = 'begynnelse'), max(f.variabel) FILTER (WHERE f.rolle = 'slutt'))
        FROM leveranse.formvariabel AS f
        WHERE f.form = kriterium ->> 'nivaa'
        GROUP BY f.form
    ) || coalesce((
        SELECT string_agg(format(' AND t.%I = ANY (array(SELECT jsonb_array_elements_text($4 -> %L)))',
            v.kolonne, v.vilkar), '')
        FROM leveranse.populasjonsvilkar AS v
        WHERE v.nivaa = kriterium ->> 'nivaa' AND kriterium ? v.vilkar
    ), '')
    USING coalesce((kriterium ->> 'fra')::date, start), p_til, coalesce((kriterium ->> 'til')::date, p_til), kriterium;
END
$$;

COMMENT ON FUNCTION leveranse.populasjonens_personer(jsonb, date) IS
    'The persons (lopenr) whom a population''s criterion or tverrsnitt, given as JSON, picks in the released form of the register on day p_til (spec.md 9, populations).';
