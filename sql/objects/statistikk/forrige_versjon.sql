-- forrige_versjon: the published version that a version corrects: its cells keep their protected counts where nothing
-- changed (spec.md 10, R5).

CREATE OR REPLACE FUNCTION statistikk.forrige_versjon(p_versjon integer) RETURNS integer
LANGUAGE sql STABLE
RETURN (
    SELECT f.versjon
    FROM statistikk.versjon AS v
    JOIN statistikk.versjon AS f
        ON f.pakke = v.pakke AND f.periode = v.periode AND f.nummer < v.nummer AND f.tilstand = 'publisert'
    WHERE v.versjon = p_versjon
    ORDER BY f.nummer DESC
    LIMIT 1
);

COMMENT ON FUNCTION statistikk.forrige_versjon(integer) IS
    'The last published version of the same package and period before version p_versjon (spec.md 10, R5).';
