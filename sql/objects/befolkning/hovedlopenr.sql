-- hovedlopenr: the person number (lopenr) of a person's current number, whichever of the numbers is given (spec.md 10,
-- V3). The current one need never have been in a month file: so it is worked out, and not looked up.

CREATE OR REPLACE FUNCTION befolkning.hovedlopenr(p_fnr text) RETURNS text
LANGUAGE sql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT trygdfob.lopenr(
        n.nokkel,
        coalesce((SELECT l.gjeldende FROM befolkning.personlenke AS l WHERE l.fnr = p_fnr), p_fnr)
    )
    FROM trygdfob.lopenummer_nokkel AS n;
END;

COMMENT ON FUNCTION befolkning.hovedlopenr(text) IS
    'The lopenr of the person''s current number, of whichever number of the person''s; of a number without a link its own. F_ARBSOK stays by number: nothing in it moves when a link is learnt (spec.md 10, V3).';
