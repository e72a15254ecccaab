-- kan_besvares: whether the register knows any day of a range; it says the rows of forbehold as NOTICEs (spec.md 5).
-- The functions after it ask once, as WHERE (SELECT arbsok.kan_besvares(…)). A subquery that depends on no row is run
-- once a query, before anything else and by no worker (PARALLEL RESTRICTED): so each NOTICE comes once, and the rows
-- may be read in parallel. And the caller's own dates stay constants, from which the planner can estimate.

CREATE OR REPLACE FUNCTION arbsok.kan_besvares(
    p_funksjon text, p_fra timestamp, p_til timestamp,
    p_steg text DEFAULT 'uttrekk', p_nivaa text DEFAULT 'tilfelle', p_observert_til timestamp DEFAULT NULL
)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_forbehold text;
BEGIN
    FOR v_forbehold IN
        SELECT f.forbehold FROM arbsok.forbehold(p_funksjon, p_fra, p_til, p_steg, p_nivaa, p_observert_til) AS f
    LOOP
        RAISE NOTICE '%', v_forbehold;
    END LOOP;
    RETURN (
        SELECT coalesce(p_fra, '-infinity') <= e.siste_dagdato AND coalesce(p_til, 'infinity') >= e.serie_start
        FROM arbsok.endelighet AS e
    );
END
$$;

COMMENT ON FUNCTION arbsok.kan_besvares(text, timestamp, timestamp, text, text, timestamp) IS
    'Whether the register knows any day from p_fra to p_til, inclusive; NULL is no limit. tverrsnitt, beholdning, strom, manedspanel, manedstilstand and varighet call it with their own parameters. NOTICE: each row of forbehold. Error FD004 as there (spec.md 5).';
