-- i_tallet: whether what stands in a table under these codes (plassert) is counted in a figure of the table: it has the
-- figure's class in each dimension, or is in the total that the figure has there.

CREATE OR REPLACE FUNCTION statistikk.i_tallet(
    p_tallets_koder text[], p_koder text[], p_i_alt boolean[]
) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT EXISTS (
    SELECT
    FROM generate_subscripts(p_koder, 1) AS i (plass)
    WHERE p_tallets_koder[i.plass] <> p_koder[i.plass] AND NOT (p_tallets_koder[i.plass] = 'T' AND p_i_alt[i.plass])
);

COMMENT ON FUNCTION statistikk.i_tallet(text[], text[], boolean[]) IS
    'Whether a base cell that stands under p_koder, and in the totals that p_i_alt says (plassert), is counted in the figure with p_tallets_koder (spec.md 10, lineage).';
