-- fdtrygd_statistiker: makes official statistics, through functions that run with the owner's rights. It alone sees
-- counts by sex, age or region before they are protected (spec.md 10), and no fnr.

GRANT USAGE ON SCHEMA statistikk, befolkning TO fdtrygd_statistiker;
-- Whether the database is of the program's version
GRANT USAGE ON SCHEMA trygdfob TO fdtrygd_statistiker;
GRANT SELECT ON TABLE trygdfob.alembic_version, trygdfob.objektversjon TO fdtrygd_statistiker;

-- The catalogue, the regions, the versions and their cells; the base, before and after it is protected
GRANT SELECT ON TABLE
befolkning.folkeregisterversjon,
befolkning.fylke,
befolkning.kommune,
befolkning.kommune_endring,
befolkning.registerfunn,
statistikk.avsloringskontroll,
statistikk.celle,
statistikk.dimensjon,
statistikk.grunnlag,
statistikk.gruppering,
statistikk.kategori,
statistikk.klasse,
statistikk.note,
statistikk.offisiell_celle,
statistikk.pakke,
statistikk.pakke_base,
statistikk.pakke_lag,
statistikk.publisert_fil,
statistikk.versjonsregnskap,
statistikk.rettelse,
statistikk.snitt_av_versjon,
statistikk.statistikkontroll,
statistikk.tabell,
statistikk.versjon
TO fdtrygd_statistiker;
GRANT EXECUTE ON FUNCTION
statistikk.begynn_offisielle,
statistikk.begynn_versjon,
statistikk.beskytt,
statistikk.celler_til_avrunding,
statistikk.forklar_tall,
statistikk.godkjenn_versjon,
statistikk.kontroller_versjon,
statistikk.publiser_versjon,
statistikk.skriv_avsloringskontroll,
statistikk.skriv_publiserte_filer,
statistikk.ta_inn_offisielle,
statistikk.tallets_personer,
statistikk.uten_tall,
-- These read what he may read, with his own rights
statistikk.grunnlagskolonne,
statistikk.i_bruk,
statistikk.klassejoin,
statistikk.nyere_maaneder,
statistikk.plassert,
statistikk.regionniva
TO fdtrygd_statistiker;
