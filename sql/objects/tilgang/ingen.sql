-- ingen: PUBLIC and the roles have nothing, until the files after this one grant it anew: those show all that holds.
-- What the owner grants to other roles stays. CASCADE: also what was passed on.

REVOKE ALL ON SCHEMA trygdfob, arbsok_lasting, arbsok, kontroll
FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr, pg_monitor CASCADE;
REVOKE ALL ON ALL TABLES IN SCHEMA trygdfob, arbsok_lasting, arbsok, kontroll
FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr, pg_monitor CASCADE;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA trygdfob, arbsok_lasting, arbsok, kontroll
FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr CASCADE;
REVOKE ALL ON ALL ROUTINES IN SCHEMA trygdfob, arbsok_lasting, arbsok, kontroll
FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr CASCADE;
ALTER DEFAULT PRIVILEGES FOR ROLE fdtrygd_dba IN SCHEMA trygdfob, arbsok_lasting, arbsok, kontroll
REVOKE ALL ON TABLES FROM PUBLIC, fdtrygd_laster, fdtrygd_analytiker, fdtrygd_fnr;
