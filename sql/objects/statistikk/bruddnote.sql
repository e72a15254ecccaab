-- bruddnote: that a version's base is told apart otherwise than that of the last published period before it: a note
-- that whoever has one file alone must find in it. It names both, so that it stays true whatever is corrected later
-- (spec.md 10, the base).

CREATE OR REPLACE FUNCTION statistikk.bruddnote(p_versjon integer)
RETURNS TABLE (note text, rekkefolge integer, tekst text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT 'brudd', 910, format(
    'Tallene for %s er laget av et grunnlag som er delt inn på en annen måte enn for %s (versjon %s). Små tall er '
    'avrundet på nytt, så de kan ikke uten videre sammenlignes.', v.periode, f.periode, f.nummer)
FROM statistikk.versjon AS v
JOIN LATERAL (
    SELECT x.periode, x.nummer, x.mal
    FROM statistikk.versjon AS x
    WHERE x.pakke = v.pakke AND x.tilstand = 'publisert' AND length(x.periode) = length(v.periode)
        AND x.periode < v.periode
    ORDER BY x.periode DESC, x.nummer DESC
    LIMIT 1
) AS f ON f.mal <> v.mal
WHERE v.versjon = p_versjon;
END;

COMMENT ON FUNCTION statistikk.bruddnote(integer) IS
    'The note, in Norwegian, of a version whose base is told apart otherwise than that of the last published period before it. No rows where it is the same, or none is before it (spec.md 10, the base).';
