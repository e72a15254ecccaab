-- fdtrygd_utlevering: orders and makes deliveries, through functions that run with the owner's rights and take nothing
-- but an order or the number of a delivery. It sees no fnr, no key, and no table of the register. Making, closing and
-- destroying projects is the owner's: whoever takes deliveries does not say what may be delivered.

GRANT USAGE ON SCHEMA leveranse TO fdtrygd_utlevering;
GRANT EXECUTE ON FUNCTION
leveranse.begynn_microdata,
leveranse.begynn_utlevering,
leveranse.beskriv_microdata,
leveranse.beskrivelse_av_utlevering,
leveranse.finn_personer,
leveranse.fullfor_utlevering,
leveranse.gjenta_utlevering,
leveranse.microdata_rader,
leveranse.rader
TO fdtrygd_utlevering;

-- The catalogue, the projects, the log
GRANT SELECT ON TABLE
leveranse.avslag,
leveranse.bestilling,
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
