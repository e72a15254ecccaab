-- tilganger_avganger: entries and exits per year and status, the last table of the source's 4.3 (spec.md 6).
-- They are counted by the year of the date and not by aargang, as the source did (docs/full-volume.md, 4.3).

CREATE OR REPLACE VIEW arbsok.tilganger_avganger AS
SELECT date_part('year', t.maaned)::integer AS aar,
    CASE t.kode WHEN '0' THEN 'avgang' WHEN '1' THEN 'tilgang' ELSE 'venstresensur' END AS retning,
    CASE WHEN t.status LIKE '_X%' THEN 'Avsl' ELSE left(t.status, 5) END AS status,
    sum(t.antall)::bigint AS antall
FROM arbsok_lasting.forlop_tall AS t
WHERE t.tilfelle
GROUP BY 1, 2, 3;

COMMENT ON VIEW arbsok.tilganger_avganger IS
    'Entries to and exits from the register (main spells, no group transitions) by year of the date and status. The last loaded year lacks the exits that the next year''s load will date in it, and the year before the first loaded one may have a few (spec.md 6; the source''s 4.3).';
COMMENT ON COLUMN arbsok.tilganger_avganger.aar IS 'Year of the date of entry or exit.';
COMMENT ON COLUMN arbsok.tilganger_avganger.retning IS
    'venstresensur: a spell that may have begun before the series (kode 3 and 9); tilgang: entry (kode 1); avgang: exit (kode 0).';
