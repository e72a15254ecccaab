-- fdtrygd_laster: loads, unloads, checks, reports, writes a year's flat file, and loads the population register. It
-- reads everything of the register but the key of the person numbers, and nothing of deliveries, of persons in the
-- population register, or of counts before they are protected. It changes the register, and logs a flat file, only
-- through functions that run with the owner's rights (SECURITY DEFINER).

DO $laster$
DECLARE
    skjemaer text := (
        SELECT string_agg(s.skjema::text, ', ')
        FROM trygdfob.skjema AS s
        WHERE s.skjema::text NOT IN ('leveranse', 'leveranse_nokkel', 'befolkning', 'statistikk')
    );
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO fdtrygd_laster', skjemaer);
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO fdtrygd_laster', skjemaer);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO fdtrygd_laster', skjemaer);
END
$laster$;
REVOKE ALL ON TABLE trygdfob.lopenummer_nokkel FROM fdtrygd_laster;
-- The partitions that a load makes
ALTER DEFAULT PRIVILEGES FOR ROLE fdtrygd_dba IN SCHEMA trygdfob GRANT SELECT ON TABLES TO fdtrygd_laster;

-- The month files
GRANT INSERT ON TABLE
arbsok_lasting.raa_01, arbsok_lasting.raa_02, arbsok_lasting.raa_03, arbsok_lasting.raa_04,
arbsok_lasting.raa_05, arbsok_lasting.raa_06, arbsok_lasting.raa_07, arbsok_lasting.raa_08,
arbsok_lasting.raa_09, arbsok_lasting.raa_10, arbsok_lasting.raa_11, arbsok_lasting.raa_12
TO fdtrygd_laster;
GRANT USAGE ON SEQUENCE
arbsok_lasting.raa_linje_01, arbsok_lasting.raa_linje_02, arbsok_lasting.raa_linje_03, arbsok_lasting.raa_linje_04,
arbsok_lasting.raa_linje_05, arbsok_lasting.raa_linje_06, arbsok_lasting.raa_linje_07, arbsok_lasting.raa_linje_08,
arbsok_lasting.raa_linje_09, arbsok_lasting.raa_linje_10, arbsok_lasting.raa_linje_11, arbsok_lasting.raa_linje_12
TO fdtrygd_laster;

-- A run of the controls begins with this row; the database itself writes the rest of it, and who ran it
GRANT INSERT (anledning, aargang, produktversjon, objektversjon) ON TABLE kontroll.kontrollkjoring TO fdtrygd_laster;
GRANT UPDATE (godtatt) ON TABLE kontroll.kontrollresultat TO fdtrygd_laster;
-- The findings of a refused year, which outlive its transaction by way of the program
GRANT INSERT, DELETE ON TABLE kontroll.avvist_funn TO fdtrygd_laster;

-- What users fill in
GRANT UPDATE ON TABLE trygdfob.innstilling TO fdtrygd_laster;
GRANT UPDATE (egen_prosent, egen_minst) ON TABLE trygdfob.terskel TO fdtrygd_laster;
GRANT INSERT, UPDATE, DELETE ON TABLE trygdfob.hoved_koding, trygdfob.arbeidssokerstatus, trygdfob.ytelse,
trygdfob.sysselsetting, trygdfob.offisiell_statistikk
TO fdtrygd_laster;

-- The flat file: a row in the log, and nothing else of deliveries
GRANT USAGE ON SCHEMA leveranse TO fdtrygd_laster;
GRANT EXECUTE ON FUNCTION
leveranse.avbryt_utlevering,
leveranse.begynn_flatfil,
leveranse.forbered_flatfil,
leveranse.fullfor_utlevering
TO fdtrygd_laster;

-- The population register: it goes in, and nothing but counts comes out
GRANT USAGE ON SCHEMA befolkning TO fdtrygd_laster;
GRANT SELECT ON TABLE
befolkning.folkeregisterversjon,
befolkning.fylke,
befolkning.koderetting,
befolkning.kommune,
befolkning.kommune_endring
TO fdtrygd_laster;
GRANT INSERT, UPDATE, DELETE ON TABLE befolkning.koderetting TO fdtrygd_laster;
GRANT EXECUTE ON FUNCTION
befolkning.begynn_register,
befolkning.ta_inn_register
TO fdtrygd_laster;
