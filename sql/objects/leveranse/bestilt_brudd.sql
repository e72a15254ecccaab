-- bestilt_brudd: the days inside an order's period on which the series breaks, of its tables and of the variables that
-- it has (spec.md 9, orders). A break on the period's first day has nothing before it to be compared with. A table's
-- own row goes before the one for all tables, and a variable has the row of its name without ending, as in dekning.

CREATE OR REPLACE VIEW leveranse.bestilt_brudd AS
SELECT DISTINCT ON (e.prosjekt, e.bestilling, e.versjon, e.tabell, e.variabel, r.brudd)
    e.prosjekt, e.bestilling, e.versjon, e.tabell, e.variabel, r.brudd, r.merknad_norsk
FROM (
    SELECT t.prosjekt, t.bestilling, t.versjon, t.tabell, t.form, NULL::varchar AS variabel
    FROM leveranse.bestilt_tabell AS t
    UNION ALL
    SELECT v.prosjekt, v.bestilling, v.versjon, v.tabell, v.form, v.variabel
    FROM leveranse.bestilt_variabel AS v
) AS e
JOIN leveranse.bestilling AS b
    ON b.prosjekt = e.prosjekt AND b.bestilling = e.bestilling AND b.versjon = e.versjon
CROSS JOIN arbsok.endelighet AS s
JOIN arbsok.dekning_regel AS r
    ON r.navn IN (e.form, '*')
        AND r.brudd > coalesce((b.innhold ->> 'fra')::date, s.serie_start)
        AND r.brudd <= (b.innhold ->> 'til')::date
        AND CASE WHEN e.variabel IS NULL THEN r.slag = 'tabell'
            ELSE r.slag = 'variabel' AND r.variabel IN (
                e.variabel, regexp_replace(e.variabel, '_(mnd|inn|ut|neste)$', '')
            ) END
ORDER BY e.prosjekt, e.bestilling, e.versjon, e.tabell, e.variabel, r.brudd, r.navn = '*';

COMMENT ON VIEW leveranse.bestilt_brudd IS
    'The days after the first one of each stored order''s period, up to its last one, on which the series breaks: of its tables (variabel empty) and of the variables that they have (spec.md 9, orders; spec.md 2, T8).';
COMMENT ON COLUMN leveranse.bestilt_brudd.tabell IS 'The table''s name, which is that of its files.';
