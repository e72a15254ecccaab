"""What to do about a warning is a sentence of its own: it is said where the year is loaded, and not before.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CATALOGUE = """
ALTER TABLE trygdfob.kontroll
    ADD COLUMN vei_tilbake text,
    ADD COLUMN vei_tilbake_norsk text;
"""


def upgrade() -> None:
    op.execute(CATALOGUE)
