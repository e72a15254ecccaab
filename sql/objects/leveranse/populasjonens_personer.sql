-- populasjonens_personer: the persons of a population, found in the released form of the register on a day (spec.md 9,
-- populations). A criterion is met by one row that meets all of its conditions and touches its period. The conditions
-- come as JSON and go into the statement as a parameter; only names of the catalogue become a part of it.

CREATE OR REPLACE FUNCTION leveranse_nokkel.populasjonens_personer(
    p_prosjekt text, p_bestilling text, p_versjon integer, p_populasjon jsonb, p_til date
)
RETURNS TABLE (lopenr varchar)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    kriterium jsonb := p_populasjon -> 'kriterium';
    start date := (SELECT e.serie_start FROM arbsok.endelighet AS e);
BEGIN
    IF p_populasjon ? 'alle' THEN
        RETURN QUERY SELECT DISTINCT t.lopenr FROM leveranse.frigitt_tilfelle(start, p_til) AS t;
    ELSIF p_populasjon ? 'tverrsnitt' THEN
        RETURN QUERY
        SELECT DISTINCT t.lopenr
        FROM leveranse.frigitt_tverrsnitt(array(
            SELECT d.dag::date
            FROM jsonb_array_elements_text(p_populasjon -> 'tverrsnitt' -> 'dager') AS d (dag)
            WHERE d.dag::date BETWEEN start AND p_til
        )) AS t;
    ELSIF p_populasjon ? 'liste' THEN
        RETURN QUERY
        SELECT p.lopenr
        FROM leveranse_nokkel.person_i_liste AS l
        JOIN trygdfob.person AS p ON p.fnr = l.fnr
        WHERE l.prosjekt = p_prosjekt AND l.bestilling = p_bestilling AND l.versjon = p_versjon
            AND p.lopenr IN (SELECT t.lopenr FROM leveranse.frigitt_tilfelle(start, p_til) AS t);
    ELSE
        RETURN QUERY EXECUTE (
            SELECT format('SELECT DISTINCT t.lopenr FROM leveranse.%I($1, $2) AS t WHERE t.%I <= $3 AND (t.%I >= $1 OR t.%I IS NULL)',
                'frigitt_' || (kriterium ->> 'nivaa'),
                max(f.variabel) FILTER (WHERE f.rolle = 'begynnelse'),
                max(f.variabel) FILTER (WHERE f.rolle = 'slutt'), max(f.variabel) FILTER (WHERE f.rolle = 'slutt'))
            FROM leveranse.formvariabel AS f
            WHERE f.form = kriterium ->> 'nivaa'
        ) || coalesce((
            SELECT string_agg(format(' AND t.%I = ANY (array(SELECT jsonb_array_elements_text($4 -> %L)))', v.kolonne, v.vilkar), '')
            FROM leveranse.populasjonsvilkar AS v
            WHERE v.nivaa = kriterium ->> 'nivaa' AND kriterium ? v.vilkar
        ), '')
        USING coalesce((kriterium ->> 'fra')::date, start), p_til, coalesce((kriterium ->> 'til')::date, p_til), kriterium;
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse_nokkel.populasjonens_personer(text, text, integer, jsonb, date) IS
    'The persons (lopenr) of a population, given as JSON, in the released form of the register on day p_til; a list is that of the order or, with order '''' and version 0, of the project (spec.md 9, populations).';
