-- nyere_maaneder: the months of which another version is published than a year's average is made of (spec.md 10,
-- controls). None for a month.

CREATE OR REPLACE FUNCTION statistikk.nyere_maaneder(p_versjon integer)
RETURNS TABLE (periode text, brukt integer, siste integer)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT m.periode, max(m.nummer) FILTER (WHERE x.maaned IS NOT NULL), max(m.nummer)
FROM statistikk.versjon AS v
JOIN statistikk.versjon AS m ON m.pakke = v.pakke AND m.tilstand = 'publisert' AND m.periode ~ ('^' || v.periode || 'M')
LEFT JOIN statistikk.snitt_av_versjon AS x ON x.versjon = v.versjon AND x.maaned = m.versjon
WHERE v.versjon = p_versjon
GROUP BY m.periode
HAVING max(m.nummer) FILTER (WHERE x.maaned IS NOT NULL) IS DISTINCT FROM max(m.nummer);
END;

COMMENT ON FUNCTION statistikk.nyere_maaneder(integer) IS
    'Of a year''s average the months of which another version is published (siste, its number) than it is made of (brukt, NULL where none is in it) (spec.md 10, controls).';
