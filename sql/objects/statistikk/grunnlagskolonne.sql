-- grunnlagskolonne: by which column the base, and the persons, are told apart for a grouping.

CREATE OR REPLACE FUNCTION statistikk.grunnlagskolonne(p_gruppering text) RETURNS text
LANGUAGE sql STABLE
RETURN (
    SELECT CASE g.kjennemerke
        WHEN 'varighet' THEN 'uker'
        WHEN 'region' THEN statistikk.regionniva(g.gruppering)
        ELSE g.kjennemerke
    END
    FROM statistikk.gruppering AS g
    WHERE g.gruppering = p_gruppering
);

COMMENT ON FUNCTION statistikk.grunnlagskolonne(text) IS
    'The column of grunnlag by which persons are told apart for a grouping: uker for varighet, kommune or fylke for a region, else what it groups.';
