-- skriv_avsloringskontroll: what an attack on a version found, in counts (spec.md 10, the audit).

CREATE OR REPLACE FUNCTION statistikk.skriv_avsloringskontroll(
    p_versjon integer, p_smaa integer, p_avslort integer, p_kjent_liten integer, p_resultat jsonb
) RETURNS void
LANGUAGE sql
SECURITY DEFINER
BEGIN ATOMIC
    INSERT INTO statistikk.avsloringskontroll (versjon, smaa, avslort, kjent_liten, resultat)
    VALUES (p_versjon, p_smaa, p_avslort, p_kjent_liten, p_resultat);
END;

COMMENT ON FUNCTION statistikk.skriv_avsloringskontroll(integer, integer, integer, integer, jsonb) IS
    'Keeps the result of an attack on a version: small cells, those worked out, those known to be small, and the rest as JSON (spec.md 10, the audit).';
