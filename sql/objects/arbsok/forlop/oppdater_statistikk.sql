-- oppdater_statistikk: what the planner knows of the tables that a year has been written to, and the index on F_ARBSOK
-- that knows pages by year: else the year's controls would read all of it.

CREATE OR REPLACE FUNCTION arbsok_lasting.oppdater_statistikk() RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- The small ones too: autovacuum never comes to them, and a table that nobody has counted is thought to have rows
    -- by the thousand
    ANALYZE trygdfob.f_arbsok, trygdfob.person, trygdfob.vrak_arbsok, trygdfob.lagt_til_side, trygdfob.maanedsfil,
        arbsok_lasting.maanedsfil_tall, trygdfob.innstilling;
    PERFORM brin_summarize_new_values('trygdfob.f_arbsok_aargang');
END
$$;

COMMENT ON FUNCTION arbsok_lasting.oppdater_statistikk() IS
    'Brings the statistics of what a load writes up to date, and the index f_arbsok_aargang.';
