-- strom_maaned: the flow: entries, exits and transitions between main groups by month (spec.md 6).

CREATE OR REPLACE VIEW arbsok.strom_maaned AS
SELECT t.maaned,
    CASE WHEN t.kode = '0' THEN t.hoved ELSE t.fra_hoved END AS fra_hoved,
    CASE WHEN t.kode = '1' THEN t.hoved END AS til_hoved,
    sum(t.antall)::bigint AS antall
FROM arbsok_lasting.forlop_tall AS t
-- A group transition is counted by its entry, which knows what was left, and not by its exit too
WHERE t.kode = '1' OR (t.kode = '0' AND t.tilfelle)
GROUP BY 1, 2, 3;

COMMENT ON VIEW arbsok.strom_maaned IS
    'The flow: entries to the register, exits from it and transitions between main groups, by month of the date. An exit is dated its last day, a transition the first day in the new group. Spells that may have begun before the series (kode 3 and 9) are not entries, and left out. The last months of the last loaded year lack what the next year''s load will date in them (spec.md 6). Internal: its counts are exact, and not controlled for disclosure (spec.md 10, R8).';
