-- beholdning_kan_besvares: kan_besvares for beholdning, whose range may hold none of the dates that it counts on.

CREATE OR REPLACE FUNCTION trygdfob.beholdning_kan_besvares(p_fra date, p_til date, p_steg text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    PERFORM trygdfob.kjent_valg(p_steg, '{dag,uke,maaned,uttrekk}');
    IF NOT trygdfob.kan_besvares(p_fra, p_til) THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (SELECT FROM trygdfob.stegdato(p_fra, p_til, p_steg)) THEN
        RAISE NOTICE 'There is no % from % to %: nothing is counted. p_steg ''dag'' counts on every day.',
            CASE p_steg WHEN 'uke' THEN 'Sunday' WHEN 'maaned' THEN 'last day of a month' ELSE 'extraction' END,
            p_fra, p_til;
    END IF;
    RETURN trygdfob.meld_brudd(p_fra, p_til, 'gruppetilfelle');
END
$$;

COMMENT ON FUNCTION trygdfob.beholdning_kan_besvares(date, date, text) IS
    'Whether the register knows any day that beholdning is asked about. NOTICE and errors as in kan_besvares, kjent_valg and meld_brudd; and a NOTICE where no date of p_steg is in the range (SPEC.md 5).';
