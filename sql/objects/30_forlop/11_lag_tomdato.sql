-- lag_tomdato: tomdato = avgdato of the main spell, on all its records.
-- Original program: lag_tomdato.sql (SPEC.md 4; the source's 5.9.13). The records are the year's, and those of earlier
-- years that can still change: of a spell that runs and of a person who has records in the year.

CREATE OR REPLACE VIEW trygdfob.lag_tomdato AS
SELECT r.*, max(r.avgdato) OVER (PARTITION BY r.fnr, r.tilgdato) AS ny_tomdato
FROM (
    SELECT a.*, true AS ny
    FROM trygdfob.aarets_rekord AS a
    UNION ALL
    SELECT f.*, false
    FROM trygdfob.f_arbsok AS f
    WHERE f.tomdato IS NULL AND EXISTS (SELECT FROM trygdfob.aarets_rekord AS a WHERE a.fnr = f.fnr)
) AS r;

COMMENT ON VIEW trygdfob.lag_tomdato IS
    'The records of the year being loaded (ny) and the earlier ones that they can bear on, with tomdato: the main spell''s avgdato (original lag_tomdato.sql; SPEC.md 4).';
