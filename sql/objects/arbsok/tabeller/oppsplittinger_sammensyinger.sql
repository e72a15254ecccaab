-- oppsplittinger_sammensyinger: splits, and sewings outside the 13-week rule, the third table of the source's 4.3
-- (spec.md 6). The codes are those of its footnotes; OI001 stands for OI0011 to OI0017.

CREATE OR REPLACE VIEW arbsok.oppsplittinger_sammensyinger AS
SELECT a.aargang, k.hendelsestype, k.rekkefolge,
    coalesce(sum(r.antall), 0)::bigint AS antall,
    k.statuskoder
FROM (SELECT DISTINCT aargang FROM arbsok_lasting.registrering_tall) AS a
CROSS JOIN (
    VALUES
        ('Oppsplittede', 1, 'UK100, UK900, OI000, OI010, OI001, OI011, OI200, OI210, OI201, OI211'),
        ('Sammensydde, endringsrecord', 2, 'UK101, UK901'),
        ('Sammensydde, gruppeovergang', 3, 'UI110, UK111, UI910, UK911')
) AS k (hendelsestype, rekkefolge, statuskoder)
LEFT JOIN arbsok_lasting.registrering_tall AS r
    ON r.aargang = a.aargang AND r.utfall = 'ga_record'
        AND left(r.status, 5) = ANY(string_to_array(k.statuskoder, ', '))
GROUP BY a.aargang, k.hendelsestype, k.rekkefolge, k.statuskoder;

COMMENT ON VIEW arbsok.oppsplittinger_sammensyinger IS
    'Spells that were split, and spells that were sewn outside the 13-week rule: registrations that gave records, by the status codes of the source''s footnotes, three rows for each loaded year (spec.md 6; the source''s 4.3).';
COMMENT ON COLUMN arbsok.oppsplittinger_sammensyinger.hendelsestype IS 'What was done, as the source calls it.';
COMMENT ON COLUMN arbsok.oppsplittinger_sammensyinger.statuskoder IS
    'The status codes of the row, as the source lists them; OI001 stands for OI0011 to OI0017.';
