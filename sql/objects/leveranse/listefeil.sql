-- listefeil: what is wrong with a list of texts in an order or a project: codes, names, days.
-- A code as a number is a fault: 05 and 5 are two codes, and TOML makes one number of them.

CREATE OR REPLACE FUNCTION leveranse.listefeil(p_hvor text, p_verdi jsonb, p_hva text)
RETURNS TABLE (nokkel text, feil text)
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
SELECT p_hvor, format('is to be a list of %s', p_hva)
WHERE p_verdi IS NOT NULL AND jsonb_typeof(p_verdi) <> 'array'
UNION ALL
SELECT p_hvor, format('is empty: name at least one of the %s, or leave the key out', p_hva)
WHERE p_verdi = '[]'
UNION ALL
SELECT p_hvor, format('%s is to be text, in quotes', e.verdi)
FROM jsonb_array_elements(leveranse.som_liste(p_verdi)) AS e (verdi)
WHERE jsonb_typeof(e.verdi) <> 'string'
UNION ALL
SELECT p_hvor, format('%s stands there twice', e.verdi)
FROM jsonb_array_elements(leveranse.som_liste(p_verdi)) AS e (verdi)
GROUP BY e.verdi
HAVING count(*) > 1;
END;

COMMENT ON FUNCTION leveranse.listefeil(text, jsonb, text) IS
    'What is wrong with a list of texts in an order or a project: each fault with its key p_hvor and a sentence; p_hva says what the list is of.';
