"""The exact controls of records and of H_ARBSOK take persons, whom a screen has named, in place of a range of fnr.

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP VIEW IF EXISTS kontroll.arbsok_forlop_funn")
    op.execute("DROP VIEW IF EXISTS kontroll.arbsok_h_arbsok_funn")
    op.execute("DROP FUNCTION IF EXISTS kontroll.arbsok_forlop_kontrollert(integer, text, text)")
    op.execute("DROP FUNCTION IF EXISTS kontroll.arbsok_forlop_vurdert(integer, text, text, boolean)")
    op.execute("DROP FUNCTION IF EXISTS kontroll.arbsok_h_arbsok_kontrollert(integer, text, text)")
