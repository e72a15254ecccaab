-- kontroller_rekkefolge: refuses a year whose turn it is not: years are loaded in chronological order (spec.md 2, T9).

CREATE OR REPLACE FUNCTION arbsok_lasting.kontroller_rekkefolge(p_aargang integer) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    start_aar integer := (SELECT extract(year FROM serie_start) FROM trygdfob.innstilling);
    siste integer := (SELECT max(aargang) FROM trygdfob.lastet_aargang);
BEGIN
    IF EXISTS (SELECT FROM trygdfob.lastet_aargang WHERE aargang = p_aargang) THEN
        RAISE EXCEPTION '% is already loaded.', p_aargang
            USING ERRCODE = 'FD001',
                HINT = format('To load it again, first take it back: make unload-year YEAR=%s.', p_aargang);
    ELSIF siste IS NULL AND p_aargang > start_aar THEN
        RAISE EXCEPTION 'The first year loaded cannot be %: the series starts in %.', p_aargang, start_aar
            USING ERRCODE = 'FD001',
                HINT = format('Load %s first, or an earlier year.', start_aar);
    ELSIF p_aargang <> siste + 1 THEN
        RAISE EXCEPTION '% cannot be loaded after %.', p_aargang, siste
            USING ERRCODE = 'FD001',
                HINT = format('Years load in chronological order: the next one is %s.', siste + 1);
    END IF;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.kontroller_rekkefolge(integer) IS
    'Refuses (error FD001) a year that is already loaded, is not the next one, or would be the first and later than the start of the series (spec.md 2, T9).';
