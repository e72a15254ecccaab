-- fdtrygd_utlevering: orders and makes deliveries, through functions that run with the owner's rights and take nothing
-- but an order or the number of a delivery. It sees no fnr, no key, and no table of the register. Making, closing and
-- destroying projects is the owner's: whoever takes deliveries does not say what may be delivered.

GRANT USAGE ON SCHEMA leveranse TO fdtrygd_utlevering;
-- Whether the database is of the program's version
GRANT USAGE ON SCHEMA trygdfob TO fdtrygd_utlevering;
GRANT SELECT ON TABLE trygdfob.alembic_version, trygdfob.objektversjon TO fdtrygd_utlevering;
GRANT EXECUTE ON FUNCTION
leveranse.avbryt_utlevering,
leveranse.begynn_microdata,
leveranse.begynn_sammenligning,
leveranse.begynn_tabell,
leveranse.begynn_utlevering,
leveranse.beskriv_microdata,
leveranse.beskrivelse_av_utlevering,
leveranse.finn_personer,
leveranse.fullfor_utlevering,
leveranse.gjenta_utlevering,
leveranse.kjoringer_siden,
leveranse.microdata_rader,
leveranse.rader,
leveranse.sammenlign_tabell
TO fdtrygd_utlevering;

-- The catalogue, the projects, the log
GRANT SELECT ON TABLE
leveranse.avslag,
leveranse.bestilling,
leveranse.bestilt_tabell,
leveranse.bestilt_variabel,
leveranse.form,
leveranse.formvariabel,
leveranse.kode,
leveranse.koderad,
leveranse.microdata,
leveranse.populasjonsvilkar,
leveranse.prosjekt,
leveranse.prosjektstatus,
leveranse.utlevering,
leveranse.utlevert_fil,
leveranse.utlevert_tabell,
leveranse.variabel
TO fdtrygd_utlevering;
-- A view calls its functions with the reader's rights
GRANT EXECUTE ON FUNCTION leveranse.norsk_dag, leveranse.som_dag TO fdtrygd_utlevering;
