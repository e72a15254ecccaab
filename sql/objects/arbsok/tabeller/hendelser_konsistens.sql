-- hendelser_konsistens: a year's events by consistency, the first table of the source's 4.3 (spec.md 6).
-- An event is a registration that gave records in F_ARBSOK, however many, or was rejected. If it counted records, the
-- source's transitions, entries and exits would exceed its own totals (docs/full-volume.md, 4.3).

CREATE OR REPLACE VIEW arbsok.hendelser_konsistens AS
SELECT a.aargang, k.konsistens, k.tekst, coalesce(h.antall, 0)::bigint AS antall
FROM (SELECT DISTINCT aargang FROM arbsok_lasting.registrering_tall) AS a
CROSS JOIN (
    VALUES ('konsistent', 'Konsistent'), ('feil_datering', 'Inkonsistens, feilaktig datering'),
        ('annen_inkonsistens', 'Annen inkonsistens'), ('vraket', 'Vrakede')
) AS k (konsistens, tekst)
LEFT JOIN (
    SELECT r.aargang, s.konsistens, sum(r.antall) AS antall
    FROM arbsok_lasting.registrering_tall AS r
    JOIN trygdfob.statuskode AS s ON s.status = arbsok.uten_ukebokstav(r.status)
    WHERE r.utfall IN ('ga_record', 'vraket')
    GROUP BY r.aargang, s.konsistens
) AS h ON h.aargang = a.aargang AND h.konsistens = k.konsistens;

COMMENT ON VIEW arbsok.hendelser_konsistens IS
    'Events by consistency, four rows for each loaded year. An event is a registration that gave records in F_ARBSOK or was rejected: a group transition is one event, and a closing at the year''s end (X) is none (spec.md 6; the source''s 4.3).';
COMMENT ON COLUMN arbsok.hendelser_konsistens.tekst IS 'The class, as the source calls it.';
