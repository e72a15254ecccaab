-- oppdater_statistikk: counts the tables that a year has been written to, for the planner, and brings the index of
-- F_ARBSOK that knows which pages a year is on up to date. Without it the year's controls would read all of F_ARBSOK.

CREATE OR REPLACE FUNCTION arbsok_lasting.oppdater_statistikk() RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- The small ones too: autovacuum never comes to them, and the planner expects thousands of rows in a table that
    -- nobody has counted
    ANALYZE trygdfob.f_arbsok, trygdfob.person, trygdfob.vrak_arbsok, trygdfob.lagt_til_side, trygdfob.maanedsfil,
        arbsok_lasting.maanedsfil_tall, trygdfob.innstilling;
    PERFORM brin_summarize_new_values('trygdfob.f_arbsok_aargang');
END
$$;

COMMENT ON FUNCTION arbsok_lasting.oppdater_statistikk() IS
    'Brings the statistics of what a load writes up to date, and the index f_arbsok_aargang.';
