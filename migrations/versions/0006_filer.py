"""What is known of a loaded year's files, so that a changed one is found.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# When a file was last written: with its size it says that nobody has touched it, and its bytes need not be read. Empty
# for years loaded before this revision.
TIMES = """
ALTER TABLE trygdfob.maanedsfil ADD COLUMN endringstid timestamptz;
ALTER TABLE trygdfob.aarets_fil ADD COLUMN endringstid timestamptz;
"""

# The file that lay in the folder of a later load in the place of the one that was loaded
OTHERS = """
CREATE TABLE trygdfob.avvikende_fil (
    mnddato date PRIMARY KEY REFERENCES trygdfob.maanedsfil ON DELETE CASCADE,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    sett timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


def upgrade() -> None:
    for ddl in (TIMES, OTHERS):
        op.execute(ddl)
