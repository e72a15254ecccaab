"""What the controls find is listed by a view a pass; the views kontroll_<control> go. A run of them is one function.

Revision ID: 0013
Revises: 0012
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: The controls that had a view of their own.
CONTROLS = """
    aargang_er_registreringens alle_innleste_gjort_rede_for asoktom avgang_viser_siste avslutning
    avsluttet_i_tide borte_og_tilbake datering datoer_ved_tilgang en_apning en_avgang en_hovedgruppe
    endring_er_endring faa_gjengangere fil_endret fra_serie_start gruppe_borte grupper_dekker
    h_er_siste_registrering ingen_overlapp innenfor_tilfellet kjorelogg_stemmer lopenr_er_personens
    maaned_for_liten maaneder_henger_sammen mange_dubletter mange_endringer mange_feil_i_fnr
    mange_like_dager mange_rettede_datoer mange_tall_i_as_stat mange_ugyldige_fnr mange_uten_dager
    mange_vrakede miniregister_datoer miniregister_koder nokkel_entydig ny_eller_kjent ny_kode
    record_har_registrering record_viser_registreringen registrering_gjort_rede_for regtom
    status_etter_reglene status_og_kode summer_stemmer tall_i_kode tomdato uendret_beholder_dato
"""


def upgrade() -> None:
    # One statement for each: where somebody's own view hangs on one, the error names both
    for control in CONTROLS.split():
        op.execute(f"DROP VIEW IF EXISTS kontroll.kontroll_{control}")
    # Was 'kontroll_' || kontroll; now the catalogue's rows say it
    op.execute("ALTER TABLE kontroll.kontroll ALTER COLUMN visning DROP EXPRESSION")
    # They took what the client had fetched, and the year beside the run
    op.execute("DROP FUNCTION IF EXISTS kontroll.asok_konsistenskontroll(bigint, integer, jsonb, boolean)")
    op.execute("DROP FUNCTION IF EXISTS kontroll.kontroller_aargang(bigint, integer)")
