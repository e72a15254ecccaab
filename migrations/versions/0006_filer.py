"""What is known of a loaded year's files, so that a changed one is found.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for ddl in ():
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0006 cannot be taken back: restore the backup from before the upgrade.")
