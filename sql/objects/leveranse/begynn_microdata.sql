-- begynn_microdata: datasets for microdata.no are begun: they get a number before anything of them is made, so that
-- nothing leaves without a row in the log (spec.md 9, microdata.no).

CREATE OR REPLACE FUNCTION leveranse.begynn_microdata(p_til date, p_begrunnelse text, p_versjoner jsonb) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    hvorfor text;
    nummer integer;
BEGIN
    PERFORM leveranse.krev_fnr();
    hvorfor := CASE
        -- Their days are numbers of 16 bits
        WHEN p_til > '2059-09-18' THEN format('%s is after 2059-09-18, the last day that microdata.no can have', p_til)
        ELSE leveranse.hvorfor_ikke_frigitt(p_til)
    END;
    IF hvorfor IS NOT NULL THEN
        RAISE EXCEPTION 'No datasets for microdata.no: %.', hvorfor
            USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
    INSERT INTO leveranse.utlevering AS u (slag, til, begrunnelse, kjoring, versjoner)
    SELECT 'microdata', p_til, leveranse.krev_begrunnelse(p_begrunnelse), l.kjoring, l.versjoner
    FROM leveranse.laget_med(p_versjoner) AS l
    RETURNING u.utlevering INTO STRICT nummer;
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_microdata(date, text, jsonb) IS
    'Begins the datasets for microdata.no of the register as it is released on day p_til; returns their number in the log. p_begrunnelse: why they leave; p_versjoner: what they are made with. Error FD007: the login may not, there is no reason, or the register cannot be released on that day (spec.md 9, microdata.no).';
