"""What analysts call.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for ddl in ():
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0009 cannot be taken back: restore the backup from before the upgrade.")
