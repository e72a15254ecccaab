-- sammensyinger_13_uker: sewings under the 13-week rule, the second table of the source's 4.3 (spec.md 6).
-- The rule table decides which codes these are, since the source's footnotes have only those of its own years.

CREATE OR REPLACE VIEW arbsok.sammensyinger_13_uker AS
SELECT a.aargang, k.hendelsestype, k.rekkefolge,
    coalesce(sum(r.antall), 0)::bigint AS antall,
    string_agg(DISTINCT left(s.status, 5), ', ') AS statuskoder
FROM (SELECT DISTINCT aargang FROM arbsok_lasting.registrering_tall) AS a
CROSS JOIN (
    VALUES ('gruppeovergang', 'Gruppeovergang', 1), ('endring', 'Endringsrecord (samme gruppe)', 2),
        ('ingen', 'Uten endring (ingen hendelsesrecord)', 3)
) AS k (handling, hendelsestype, rekkefolge)
JOIN trygdfob.statuskode AS s ON s.individ = 'uten_opphold_13_uker' AND s.handling = k.handling
LEFT JOIN (
    SELECT aargang, arbsok.uten_ukebokstav(status) AS status, sum(antall) AS antall
    FROM arbsok_lasting.registrering_tall
    WHERE status LIKE 'Y%'
    GROUP BY aargang, arbsok.uten_ukebokstav(status)
) AS r ON r.aargang = a.aargang AND r.status = s.status
GROUP BY a.aargang, k.hendelsestype, k.rekkefolge;

COMMENT ON VIEW arbsok.sammensyinger_13_uker IS
    'Sewings under the 13-week rule (yrkeshemmede) by what the registration gave, three rows for each loaded year. A rejected registration after a gap (YI300) is not here, but under Vrakede in hendelser_konsistens (spec.md 6; the source''s 4.3).';
COMMENT ON COLUMN arbsok.sammensyinger_13_uker.hendelsestype IS 'What the registration gave, as the source calls it.';
COMMENT ON COLUMN arbsok.sammensyinger_13_uker.statuskoder IS
    'The status codes of the row, without the letter of the weeks; the source lists those that its years have.';
