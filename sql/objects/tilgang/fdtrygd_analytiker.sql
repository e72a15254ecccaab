-- fdtrygd_analytiker: reads what analysts read. No column here holds an fnr, and nobody of this role can read a new
-- object until it stands here. tests/tilgang/test_analytiker.py holds the first two lists to arbsok/analyse.

-- In trygdfob they read the code lists, in kontroll the catalogue of the controls
GRANT USAGE ON SCHEMA arbsok, trygdfob, kontroll TO fdtrygd_analytiker;

-- Views of arbsok/analyse
GRANT SELECT ON TABLE
arbsok.dekning,
arbsok.endelighet,
arbsok.f_arbsok_mnd,
arbsok.f_arbsok_tall,
arbsok.gruppetilfelle,
arbsok.periode,
arbsok.tilfelle,
arbsok.uttrekksdato
TO fdtrygd_analytiker;
-- Functions of arbsok/analyse
GRANT EXECUTE ON FUNCTION
arbsok.begynnelse,
arbsok.beholdning,
arbsok.dato_som_tall,
arbsok.forbehold,
arbsok.kan_besvares,
arbsok.kjent_valg,
arbsok.maaned_som_tall,
arbsok.manedspanel,
arbsok.manedstilstand,
arbsok.slutt,
arbsok.stegdato,
arbsok.strom,
arbsok.tverrsnitt,
arbsok.varighet
TO fdtrygd_analytiker;

-- Tables of chapter 4
GRANT SELECT ON TABLE
arbsok.aarsendring,
arbsok.asok_kontroll,
arbsok.asok_status,
arbsok.beholdning_maaned,
arbsok.hendelser_konsistens,
arbsok.hovedgruppe,
arbsok.kodebruk,
arbsok.miniregister_kontroll,
arbsok.oppsplittinger_sammensyinger,
arbsok.overlevelse,
arbsok.regnskap,
arbsok.regnskap_aargang,
arbsok.sammensyinger_13_uker,
arbsok.strom_maaned,
arbsok.tilganger_avganger,
arbsok.ukjente_koder,
arbsok.varighet_kontroll
TO fdtrygd_analytiker;
-- A view calls its functions with the reader's rights
GRANT EXECUTE ON FUNCTION arbsok.norsk_tall, arbsok.uten_ukebokstav TO fdtrygd_analytiker;

-- Code lists and rules, the catalogue of the controls, and which version is installed
GRANT SELECT ON TABLE
trygdfob.alembic_version,
trygdfob.arbeidssokerstatus,
arbsok.dekning_regel,
trygdfob.handling,
trygdfob.hoved_koding,
kontroll.kontroll,
trygdfob.objektversjon,
trygdfob.offisiell_statistikk,
trygdfob.skjema,
trygdfob.statuskode,
trygdfob.ytelse
TO fdtrygd_analytiker;
