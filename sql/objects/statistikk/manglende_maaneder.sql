-- manglende_maaneder: why a year's averages have no figures: months that were not published when they were made. It is
-- a note of that year's version, which a later one with all twelve does not have (spec.md 10, measures).

CREATE OR REPLACE FUNCTION statistikk.manglende_maaneder(p_versjon integer, p_snitt_av text)
RETURNS TABLE (note text, rekkefolge integer, tekst text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT 'mangler_' || v.periode, 900, format(
    '%s av de tolv månedene i %s er publisert. Et gjennomsnitt for %2$s kan ikke regnes ut før alle er det, så alle '
    'tall er vist som «..».', CASE WHEN m.antall = 0 THEN 'Ingen' ELSE 'Bare ' || m.antall END, v.periode)
FROM statistikk.versjon AS v
CROSS JOIN LATERAL (
    SELECT count(*) AS antall
    FROM statistikk.snitt_av_versjon AS s
    WHERE s.versjon = v.versjon
        AND EXISTS (SELECT FROM statistikk.celle AS c WHERE c.versjon = s.maaned AND c.tabell = p_snitt_av)
) AS m
WHERE v.versjon = p_versjon AND v.mnddato IS NULL AND m.antall < 12;
END;

COMMENT ON FUNCTION statistikk.manglende_maaneder(integer, text) IS
    'The note, in Norwegian, of a year''s version whose table is the average of p_snitt_av in less than twelve months: how many are published. No rows of other versions (spec.md 10, measures).';
