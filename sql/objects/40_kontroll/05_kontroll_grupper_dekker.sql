-- kontroll_grupper_dekker: the offending records, none in a sound database. SPEC.md 5.3.

CREATE OR REPLACE VIEW trygdfob.kontroll_grupper_dekker AS
SELECT g.fnr, g.tilgdato, g.asoktilg, g.asokavg, g.avgdato, g.neste_asoktilg
FROM (
    SELECT f.fnr, f.tilgdato, f.asoktilg, max(f.asokavg) AS asokavg, max(f.avgdato) AS avgdato,
        count(*) FILTER (WHERE f.kode IN ('1', '3', '9')) AS tilganger,
        count(f.asokavg) AS avganger,
        row_number() OVER tilfelle AS nummer,
        lead(f.asoktilg) OVER tilfelle AS neste_asoktilg
    FROM trygdfob.f_arbsok AS f
    GROUP BY f.fnr, f.tilgdato, f.asoktilg
    WINDOW tilfelle AS (PARTITION BY f.fnr, f.tilgdato ORDER BY f.asoktilg)
) AS g
WHERE g.tilganger <> 1
    OR g.avganger > 1
    OR (g.nummer = 1 AND g.asoktilg <> g.tilgdato)
    OR (g.neste_asoktilg IS NOT NULL AND g.neste_asoktilg IS DISTINCT FROM g.asokavg + 1)
    OR (g.neste_asoktilg IS NOT NULL AND g.avgdato IS NOT NULL)
    OR (g.neste_asoktilg IS NULL AND g.asokavg IS DISTINCT FROM g.avgdato);

COMMENT ON VIEW trygdfob.kontroll_grupper_dekker IS
    'Offending records of the control «Group spells partition their main spell: the first begins with it, each group exit is followed by a group entry on the next day, the last ends with it.» (SPEC.md 5.3); none in a sound database.';
