-- sporring_for_tabell: the statement by which a table of a delivery is read. Only names of the catalogue become a part
-- of it; what the order says is a parameter: $1 and $2 its period, $3 its row filter, $4 its days.
-- Rows come in the order of the persons' numbers in the project, which says nothing about the persons, and within a
-- person in the order of time; the exit of a day stands behind its entry. Of hendelser a filter picks whole group
-- spells: a record alone cannot be read.

CREATE OR REPLACE FUNCTION leveranse.sporring_for_tabell(
    p_prosjekt text, p_bestilling text, p_versjon integer, p_tabell text
) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT format('SELECT %s FROM %s AS t JOIN pg_temp.leveranse_person AS p ON p.lopenr = t.lopenr%s'
    ' ORDER BY p.lpnr COLLATE "C"%s',
    (
        SELECT string_agg(CASE WHEN v.variabel = 'lpnr' THEN 'p.lpnr' ELSE format('t.%I%s', v.variabel,
            CASE WHEN v.type = 'tekst' THEN '::text' ELSE '' END) END, ', ' ORDER BY v.nr)
        FROM leveranse.bestilt_variabel AS v
        WHERE v.prosjekt = p_prosjekt AND v.bestilling = p_bestilling AND v.versjon = p_versjon AND v.tabell = p_tabell
    ),
    k.kilde,
    CASE WHEN w.vilkar IS NULL THEN '' WHEN b.form = 'hendelser' THEN format(
        ' WHERE (t.lopenr, t.asoktilg) IN (SELECT t.lopenr, t.asoktilg FROM %s AS t WHERE %s)', k.kilde, w.vilkar)
        ELSE format(' WHERE %s', w.vilkar) END,
    (
        SELECT coalesce(string_agg(', ' || o.uttrykk, '' ORDER BY o.nr), '')
        FROM (VALUES
            (1, 'tilgdato', 't.tilgdato'), (2, 'asoktilg', 't.asoktilg'), (3, 'regdato', 't.regdato'),
            (4, 'kode', 't.kode = ''0'''), (5, 'kode', 't.kode COLLATE "C"'), (6, 'maaned', 't.maaned'),
            (7, 'dato', 't.dato')
        ) AS o (nr, variabel, uttrykk)
        WHERE EXISTS (SELECT FROM leveranse.formvariabel AS f WHERE f.form = b.form AND f.variabel = o.variabel)
    ))
FROM leveranse.bestilt_tabell AS b
CROSS JOIN LATERAL (
    SELECT format('leveranse.%I(%s)', 'frigitt_' || b.form,
        CASE b.form WHEN 'tverrsnitt' THEN '$4' ELSE '$1, $2' END) AS kilde
) AS k
CROSS JOIN LATERAL (
    SELECT string_agg(CASE a.type
        WHEN 'tekst' THEN
            format('t.%I = ANY (array(SELECT jsonb_array_elements_text($3 -> %L)))', a.variabel, a.variabel)
        WHEN 'logisk' THEN format('t.%I = ($3 ->> %L)::boolean', a.variabel, a.variabel)
        ELSE format('(t.%1$I >= ($3 -> %2$L ->> ''fra'')::%3$s OR NOT $3 -> %2$L ? ''fra'')'
            ' AND (t.%1$I <= ($3 -> %2$L ->> ''til'')::%3$s OR NOT $3 -> %2$L ? ''til'')', a.variabel, a.variabel,
            CASE a.type WHEN 'dato' THEN 'date' ELSE 'integer' END)
    END, ' AND ' ORDER BY a.rekkefolge) AS vilkar
    FROM leveranse.variabel AS a
    WHERE b.rader ? a.variabel
) AS w
WHERE b.prosjekt = p_prosjekt AND b.bestilling = p_bestilling AND b.versjon = p_versjon AND b.tabell = p_tabell;
END;

COMMENT ON FUNCTION leveranse.sporring_for_tabell(text, text, integer, text) IS
    'The statement by which a table of an order is read, in the order in which its rows are delivered; $1 and $2 are the first and last day, $3 the row filter, $4 the days of a tverrsnitt (spec.md 9, orders).';
