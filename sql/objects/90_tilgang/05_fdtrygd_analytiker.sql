-- fdtrygd_analytiker: reads what analysts read. No column here holds a fnr, and a new object is not readable until
-- it stands here; tests/test_roller.py holds the first two lists together with the folder 55_analyse.

GRANT USAGE ON SCHEMA trygdfob TO fdtrygd_analytiker;

-- Views of 55_analyse
GRANT SELECT ON TABLE
trygdfob.dekning,
trygdfob.endelighet,
trygdfob.f_arbsok_mnd,
trygdfob.f_arbsok_tall,
trygdfob.gruppetilfelle,
trygdfob.periode,
trygdfob.tilfelle,
trygdfob.uttrekksdato
TO fdtrygd_analytiker;
-- Functions of 55_analyse
GRANT EXECUTE ON FUNCTION
trygdfob.begynnelse,
trygdfob.beholdning,
trygdfob.dato_som_tall,
trygdfob.forbehold,
trygdfob.kan_besvares,
trygdfob.kjent_valg,
trygdfob.maaned_som_tall,
trygdfob.manedspanel,
trygdfob.manedstilstand,
trygdfob.slutt,
trygdfob.stegdato,
trygdfob.strom,
trygdfob.tverrsnitt,
trygdfob.varighet
TO fdtrygd_analytiker;

-- Tables of chapter 4
GRANT SELECT ON TABLE
trygdfob.aarsendring,
trygdfob.asok_kontroll,
trygdfob.asok_status,
trygdfob.beholdning_maaned,
trygdfob.hendelser_konsistens,
trygdfob.hovedgruppe,
trygdfob.kodebruk,
trygdfob.miniregister_kontroll,
trygdfob.oppsplittinger_sammensyinger,
trygdfob.overlevelse,
trygdfob.regnskap,
trygdfob.regnskap_aargang,
trygdfob.sammensyinger_13_uker,
trygdfob.strom_maaned,
trygdfob.tilganger_avganger,
trygdfob.ukjente_koder,
trygdfob.varighet_kontroll
TO fdtrygd_analytiker;
-- Whoever reads a view calls the functions in it
GRANT EXECUTE ON FUNCTION trygdfob.norsk_tall, trygdfob.uten_ukebokstav TO fdtrygd_analytiker;

-- Code lists, rules, controls as promised; the version
GRANT SELECT ON TABLE
trygdfob.alembic_version,
trygdfob.arbeidssokerstatus,
trygdfob.dekning_regel,
trygdfob.hoved_koding,
trygdfob.kontroll,
trygdfob.objektversjon,
trygdfob.offisiell_statistikk,
trygdfob.statuskode,
trygdfob.ytelse
TO fdtrygd_analytiker;
