-- begynnelse: how a spell or stretch began, by the record that opens it (spec.md 4; the source's 3.1.2).
-- It has no SET, so that PostgreSQL can put it in place of its call in the views.

CREATE OR REPLACE FUNCTION arbsok.begynnelse(p_kode text, p_tilgdato date, p_asoktilg date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_kode
    WHEN '3' THEN 'venstresensur_kjent'
    WHEN '9' THEN 'venstresensur_ukjent'
    WHEN '2' THEN 'endring'
    ELSE CASE WHEN p_asoktilg = p_tilgdato THEN 'tilgang' ELSE 'gruppeovergang' END
END;

COMMENT ON FUNCTION arbsok.begynnelse(text, date, date) IS
    'Gives column begynte of periode, gruppetilfelle and tilfelle, from kode, tilgdato and asoktilg of the record that opens the row (spec.md 4; the source''s 3.1.2).';
