-- lagsasf: the year file – the year's month files put together, text fields trimmed, blank is missing.
-- Original program: lagsasf.sas (SPEC.md 2, year file). mnddato is the month that the file's name says.

CREATE OR REPLACE FUNCTION trygdfob.lagsasf(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    TRUNCATE trygdfob.aarsfil;
    INSERT INTO trygdfob.aarsfil (aargang, mnddato, maaned, linje, fnr, as_stat, dagdato_tekst, ant_d_as, as_gr, as_f, mnd)
    SELECT m.aargang, m.mnddato, m.maaned, r.linje,
        nullif(btrim(r.fnr, trygdfob.blanke()), ''),
        nullif(btrim(r.as_stat, trygdfob.blanke()), ''),
        nullif(btrim(r.dagdato, trygdfob.blanke()), ''),
        nullif(btrim(r.ant_d_as, trygdfob.blanke()), ''),
        nullif(btrim(r.as_gr, trygdfob.blanke()), ''),
        nullif(btrim(r.as_f, trygdfob.blanke()), ''),
        nullif(btrim(r.mnd, trygdfob.blanke()), '')
    FROM trygdfob.raa AS r
    JOIN trygdfob.maanedsfil AS m ON m.maaned = r.maaned
    WHERE m.aargang = p_aargang;
    GET DIAGNOSTICS antall = ROW_COUNT;
    -- Without statistics the later steps' plans cost more than the statistics.
    ANALYZE trygdfob.raa, trygdfob.aarsfil, trygdfob.maanedsfil;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.lagsasf(integer) IS
    'Puts the year''s month files together in aarsfil, trimmed, blank made missing; returns the number of records read (original lagsasf.sas; SPEC.md 2).';
