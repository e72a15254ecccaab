-- innstilling_vern: the start of the series and the sewing limit are fixed once a year is loaded (spec.md 2, T9).

CREATE OR REPLACE FUNCTION trygdfob.innstilling_vern() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF tg_op <> 'UPDATE' THEN
        RAISE EXCEPTION 'innstilling has exactly one row: it is updated, never deleted.' USING ERRCODE = 'FD001';
    END IF;
    IF (new.serie_start, new.sammensying_dager) IS DISTINCT FROM (old.serie_start, old.sammensying_dager)
       AND EXISTS (SELECT FROM trygdfob.lastet_aargang) THEN
        RAISE EXCEPTION 'serie_start and sammensying_dager cannot change: a year is loaded.'
            USING ERRCODE = 'FD001', HINT = 'Unload the years first (make unload-year YEAR=…), the last one first.';
    END IF;
    RETURN new;
END
$$;

COMMENT ON FUNCTION trygdfob.innstilling_vern() IS
    'Trigger function of innstilling: refuses to change the start of the series and the sewing limit while a year is loaded, and to delete the one row (spec.md 2, T9).';

CREATE OR REPLACE TRIGGER innstilling_vern BEFORE UPDATE ON trygdfob.innstilling
FOR EACH ROW EXECUTE FUNCTION trygdfob.innstilling_vern();

CREATE OR REPLACE TRIGGER innstilling_en_rad BEFORE DELETE OR TRUNCATE ON trygdfob.innstilling
FOR EACH STATEMENT EXECUTE FUNCTION trygdfob.innstilling_vern();
