-- microdata_rader: the rows of a dataset for microdata.no that the caller has begun: by fødselsnummer, with the value
-- from its first to its last day. A value lasts until the day before the next one of the group spell, the last one as
-- long as the spell. It runs with the owner's rights, so that no role needs to see the released form of the register.

CREATE OR REPLACE FUNCTION leveranse.microdata_rader(
    p_utlevering integer, p_datasett text, OUT unit_id text, OUT value text, OUT start date, OUT stop date
) RETURNS SETOF record
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_nestloop = off -- nobody has counted how many records give a new value, and all persons are looked up
AS $$
DECLARE
    v_til date := leveranse.min_microdata(p_utlevering);
    m record;
BEGIN
    SELECT * INTO m FROM leveranse.microdata AS d WHERE d.datasett = p_datasett;
    IF m.datasett IS NULL THEN
        RAISE EXCEPTION 'There is no dataset %.', p_datasett USING ERRCODE = 'FD007';
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT p.fnr::text, coalesce(f.%1$I, %3$L)::text, f.regdato, coalesce(lead(f.regdato) OVER spell - 1, '
        'f.asoktom)'
        ' FROM leveranse.microdata_hendelser($1) AS f JOIN trygdfob.person AS p ON p.lopenr = f.lopenr'
        ' WHERE f.%2$I WINDOW spell AS (PARTITION BY p.fnr, f.asoktilg ORDER BY f.regdato)'
        ' ORDER BY p.fnr, f.asoktilg, f.regdato', m.variabel, m.variabel || '_ny', m.uoppgitt)
    USING v_til;
END
$$;

COMMENT ON FUNCTION leveranse.microdata_rader(integer, text) IS
    'The rows of a dataset for microdata.no that the caller has begun, as its file has them, with fødselsnummer: both dates inclusive, stop empty where the value still held on the last day. Error FD007: there is none (spec.md 9, microdata.no).';
