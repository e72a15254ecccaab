-- varighet_kan_besvares: kan_besvares for varighet, whose dates may be left out and whose last one is when it looks.

CREATE OR REPLACE FUNCTION trygdfob.varighet_kan_besvares(p_fra date, p_til date, p_observert_til date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    e record;
    v_observert_til date;
BEGIN
    SELECT * INTO STRICT e FROM trygdfob.endelighet;
    IF p_fra > p_til THEN
        RETURN trygdfob.kan_besvares(p_fra, p_til);  -- which refuses it
    ELSIF e.siste_dagdato IS NULL THEN
        RETURN trygdfob.kan_besvares(e.serie_start, e.serie_start);  -- which says that nothing is loaded
    ELSIF p_observert_til IS NULL AND e.endelig_til < e.serie_start THEN
        RAISE NOTICE 'No day of the register is final yet: give p_observert_til, a date up to %.', e.siste_dagdato;
        RETURN false;
    END IF;
    v_observert_til := coalesce(p_observert_til, e.endelig_til);
    IF coalesce(p_til, p_fra) > v_observert_til AND coalesce(p_til, p_fra) <> 'infinity' THEN
        RAISE NOTICE 'Spells are looked at up to %: those that began after that are left out. A later p_observert_til takes them along.',
            v_observert_til;
    END IF;
    RETURN trygdfob.kan_besvares(least(p_fra, v_observert_til, e.siste_dagdato), v_observert_til);
END
$$;

COMMENT ON FUNCTION trygdfob.varighet_kan_besvares(date, date, date) IS
    'Whether the register knows any day that varighet is asked about. NOTICE and errors as in kan_besvares, for p_observert_til; and a NOTICE where p_til, the last day on which a spell may begin, is after it (SPEC.md 5).';
