-- dagerfeil: what is wrong with a list of days in an order or a project.

CREATE OR REPLACE FUNCTION leveranse.dagerfeil(p_hvor text, p_dager jsonb)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT l.nokkel, l.feil FROM leveranse.listefeil(p_hvor, p_dager, 'days') AS l
UNION ALL
SELECT p_hvor, leveranse.dagfeil(d.dag)
FROM jsonb_array_elements(leveranse.som_liste(p_dager)) AS d (dag)
WHERE jsonb_typeof(d.dag) = 'string' AND leveranse.dagfeil(d.dag) IS NOT NULL;
END;

COMMENT ON FUNCTION leveranse.dagerfeil(text, jsonb) IS
    'What is wrong with a list of days in an order or a project: each fault with its key p_hvor and a sentence.';
