"""Schemas of their own for what a load needs (arbsok_lasting), what analysts read (arbsok) and the controls (kontroll).

Revision ID: 0012
Revises: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: What leaves trygdfob, by where it goes: tables, views, and functions of databases of earlier revisions. Partitions go
#: with their table; SET SCHEMA changes the catalogue and writes no row, and who reads a view of its own by it reads on.
MOVED = {
    "arbsok_lasting": """
        aarets_fil aarets_h aarets_lagt_til_side aarets_tall aarets_ukjente_koder aarsfil antall_dager as_gr_fra
        asok_avslutt asok_bestem_status asok_insert_forlop asok_insert_vrak asok_kod_kjennemerker asok_oppdater
        asok_record avvik_ved_uttrekk dagantall dagdato_i_fil dagdato_ret dagdato_rettet datoret
        effektiv_henddato fest_filer fest_h_arbsok fest_miniregister finn_tidligere_tilfelle forklar
        forklar_record forklar_regeldato forklar_verdier forlop_opptelt forlop_tall forrige_registrering
        gi_lopenummer grkode henddato_klasse henddato_uendret hendelse hoved_av_as_gr hoved_koding_maaned
        individ kjent_kode kodekombinasjon kontroller_dagdato kontroller_felt kontroller_rekkefolge lag_asoktom
        lag_miniregister lag_regtom lag_tomdato lagsasf maanedens_tall maanedsfil_tall med_ukebokstav
        miniregister_maaned miniregister_opptelt miniregister_tall nokkel_miniregister oppdater_h_arbsok
        oppdater_statistikk oppdater_tidligere_tilfelle raa rad_fra_fil regel_vern regeldato registrering
        registrering_tall registreringspar rydd_arbeidstabeller seriemaaned sjekkfnr_dub statuskode_delt
        statusvalg statusvalg_utledet sysselsetting_dekning ta_tilbake_aargang tall_i_as_stat tell_aargang
        tidligere_tilfelle tom_raa uttrekk_avstemt uttrekk_sammenlignet varighet_opptelt varighet_tall
    """,
    "arbsok": """
        aarsendring asok_kontroll asok_status begynnelse beholdning beholdning_maaned dato_som_tall dekning
        dekning_regel endelighet f_arbsok_mnd f_arbsok_tall forbehold gruppetilfelle hendelser_konsistens
        hovedgruppe kan_besvares kjent_valg kodebruk maaned_som_tall manedspanel manedstilstand
        miniregister_kontroll norsk_tall oppsplittinger_sammensyinger overlevelse periode regnskap
        regnskap_aargang sammensyinger_13_uker slutt stegdato strom strom_maaned tilfelle tilganger_avganger
        tverrsnitt ukjente_koder uten_ukebokstav uttrekksdato varighet varighet_kontroll
    """,
    "kontroll": """
        aargang_kontrollert aargang_mistenkelig asok_konsistenskontroll fil_avviker fil_mistenkelig filmaal
        forlop_kontrollert h_arbsok_kontrollert innstilling_ved_lasting kontroll
        kontroll_aargang_er_registreringens kontroll_alle_innleste_gjort_rede_for kontroll_asoktom
        kontroll_avgang_viser_siste kontroll_avslutning kontroll_avsluttet_i_tide kontroll_borte_og_tilbake
        kontroll_datering kontroll_datoer_ved_tilgang kontroll_en_apning kontroll_en_avgang
        kontroll_en_hovedgruppe kontroll_endring_er_endring kontroll_faa_gjengangere kontroll_fil_endret
        kontroll_fra_serie_start kontroll_gruppe_borte kontroll_grupper_dekker kontroll_h_er_siste_registrering
        kontroll_ingen_overlapp kontroll_innenfor_tilfellet kontroll_kjorelogg_stemmer
        kontroll_lopenr_er_personens kontroll_maaned_for_liten kontroll_maaneder_henger_sammen
        kontroll_mange_dubletter kontroll_mange_endringer kontroll_mange_feil_i_fnr kontroll_mange_like_dager
        kontroll_mange_rettede_datoer kontroll_mange_tall_i_as_stat kontroll_mange_ugyldige_fnr
        kontroll_mange_uten_dager kontroll_mange_vrakede kontroll_miniregister_datoer
        kontroll_miniregister_koder kontroll_nokkel_entydig kontroll_ny_eller_kjent kontroll_ny_kode
        kontroll_record_har_registrering kontroll_record_viser_registreringen
        kontroll_registrering_gjort_rede_for kontroll_regtom kontroll_status_etter_reglene
        kontroll_status_og_kode kontroll_summer_stemmer kontroll_tall_i_kode kontroll_tomdato
        kontroll_uendret_beholder_dato kontroller_aargang kontrollfunn kontrollfunn_endret kontrollkjoring
        kontrollresultat kontrollstatus personkontroll registrering_kontrollert registrering_opptelt
    """,
}

RELATIONS = """
DO $$
DECLARE
    k record;
BEGIN
    FOR k IN
        WITH RECURSIVE valgt AS (
            SELECT c.oid
            FROM pg_class AS c
            WHERE c.relnamespace = 'trygdfob'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
                AND c.relname = ANY (string_to_array('{names}', ' '))
            UNION ALL
            SELECT i.inhrelid FROM valgt AS v JOIN pg_inherits AS i ON i.inhparent = v.oid
        )
        SELECT c.oid::regclass AS navn,
            CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS slag
        FROM valgt
        JOIN pg_class AS c USING (oid)
        ORDER BY c.relkind, c.relname
    LOOP
        EXECUTE format('ALTER %s %s SET SCHEMA {schema}', k.slag, k.navn);
    END LOOP;
    FOR k IN
        SELECT p.oid::regprocedure AS navn
        FROM pg_proc AS p
        WHERE p.pronamespace = 'trygdfob'::regnamespace AND p.proname = ANY (string_to_array('{names}', ' '))
        ORDER BY p.proname
    LOOP
        EXECUTE format('ALTER ROUTINE %s SET SCHEMA {schema}', k.navn);
    END LOOP;
END
$$
"""


def upgrade() -> None:
    for schema, listed in MOVED.items():
        op.execute(f"CREATE SCHEMA {schema}")
        op.execute(RELATIONS.format(schema=schema, names=" ".join(listed.split())))
