-- fdtrygd_fnr: a member of fdtrygd_analytiker that may also go from person numbers to fnr, and read the records.

-- A list of persons for an order (with fdtrygd_utlevering): it goes in, and nothing comes out
GRANT USAGE ON SCHEMA leveranse_nokkel TO fdtrygd_fnr;
GRANT INSERT (linje) ON TABLE leveranse_nokkel.liste_inn TO fdtrygd_fnr;

GRANT SELECT ON TABLE trygdfob.f_arbsok, trygdfob.person, trygdfob.vrak_arbsok TO fdtrygd_fnr;

-- The number of a person's current number, whichever is given
GRANT USAGE ON SCHEMA befolkning TO fdtrygd_fnr;
GRANT EXECUTE ON FUNCTION befolkning.hovedlopenr TO fdtrygd_fnr;
