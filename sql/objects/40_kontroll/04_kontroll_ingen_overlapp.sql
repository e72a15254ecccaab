-- kontroll_ingen_overlapp: the offending records, none in a sound database. SPEC.md 5.3.

CREATE OR REPLACE VIEW trygdfob.kontroll_ingen_overlapp AS
SELECT t.fnr, t.tilgdato, t.avgdato, t.neste_tilgdato
FROM (
    SELECT f.fnr, f.tilgdato, max(f.avgdato) AS avgdato,
        lead(f.tilgdato) OVER (PARTITION BY f.fnr ORDER BY f.tilgdato) AS neste_tilgdato
    FROM trygdfob.f_arbsok AS f
    GROUP BY f.fnr, f.tilgdato
) AS t
WHERE t.neste_tilgdato <= coalesce(t.avgdato, 'infinity');

COMMENT ON VIEW trygdfob.kontroll_ingen_overlapp IS
    'Offending records of the control «A person''s main spells do not overlap; only the last can be running.» (SPEC.md 5.3); none in a sound database.';
