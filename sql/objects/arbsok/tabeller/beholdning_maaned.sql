-- beholdning_maaned: the stock: how many are registered on each extraction date, by main group (spec.md 6).

CREATE OR REPLACE VIEW arbsok.beholdning_maaned AS
SELECT t.mnddato, t.aargang, f.dagdato, t.hoved, sum(t.antall)::bigint AS antall
FROM arbsok_lasting.miniregister_tall AS t
LEFT JOIN trygdfob.maanedsfil AS f ON f.mnddato = t.mnddato
GROUP BY t.mnddato, t.aargang, f.dagdato, t.hoved;

COMMENT ON VIEW arbsok.beholdning_maaned IS
    'The stock: number of persons registered on each month''s extraction date, by main group. Months before the start of the series are included (spec.md 6). Internal: its counts are exact, and not controlled for disclosure (spec.md 10, R8).';
