"""The status of a registration is worked out in one function, of the registration and the one before it.

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # It took the year and the part, and found the registrations itself
    op.execute("DROP FUNCTION IF EXISTS arbsok_lasting.asok_bestem_status(integer, integer)")
