-- regionniva: whether the classes of a grouping of regions are made of kommuner or of fylker. The codes say so: those
-- of kommuner have four digits, those of fylker two.

CREATE OR REPLACE FUNCTION statistikk.regionniva(p_gruppering text) RETURNS text
LANGUAGE sql STABLE
RETURN (
    SELECT CASE WHEN max(length(v.verdi)) = 4 THEN 'kommune' ELSE 'fylke' END
    FROM statistikk.kategori AS k
    CROSS JOIN LATERAL unnest(k.verdier) AS v (verdi)
    WHERE k.gruppering = p_gruppering AND k.kjennemerke = 'region'
    HAVING count(*) > 0
);

COMMENT ON FUNCTION statistikk.regionniva(text) IS
    'kommune or fylke: what the classes of a grouping of regions are made of; nothing of other groupings.';
