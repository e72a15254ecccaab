-- begynn_flatfil: a flat file gets its row in the log before anything of it is made (spec.md 9, the log). It holds
-- fødselsnummer and belongs to no project: so it must be said why it is made.

CREATE OR REPLACE FUNCTION leveranse.begynn_flatfil(p_aargang integer, p_begrunnelse text, p_versjoner jsonb)
RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nummer integer;
BEGIN
    PERFORM leveranse.krev_lastet(p_aargang);
    INSERT INTO leveranse.utlevering AS u (slag, aargang, begrunnelse, kjoring, versjoner)
    SELECT 'flatfil', p_aargang, leveranse.krev_begrunnelse(p_begrunnelse), l.kjoring, l.versjoner
    FROM leveranse.laget_med(p_versjoner) AS l
    RETURNING u.utlevering INTO STRICT nummer;
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_flatfil(integer, text, jsonb) IS
    'Begins the flat file of a year''s miniregister: writes into the log who makes it, and why; returns its number. Error FD007: the year is not loaded, or the reason is empty or has a number that may be a person''s (spec.md 9, the flat file).';
