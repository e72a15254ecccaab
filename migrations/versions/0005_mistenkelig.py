"""What makes a delivery suspicious: the catalogue's Norwegian words, thresholds as rows, sentences from values.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# lover_norsk: the promise in Norwegian, for the report. setning, setning_norsk: the sentence of a warning, in which
# format() puts the values of a finding (kontrollfunn.verdier).
CATALOGUE = """
ALTER TABLE trygdfob.kontroll
    ADD COLUMN lover_norsk text,
    ADD COLUMN setning text,
    ADD COLUMN setning_norsk text;
ALTER TABLE trygdfob.kontrollfunn ADD COLUMN verdier text [];
"""


# T13 is one more reason to set a record aside. An employment without an end runs on.
REASONS = """
ALTER TABLE trygdfob.lagt_til_side
    DROP CONSTRAINT lagt_til_side_grunn_check,
    ADD CONSTRAINT lagt_til_side_grunn_check CHECK (grunn IN ('ugyldig_fnr', 'dublett', 'tall_i_as_stat'));
ALTER TABLE trygdfob.sysselsetting ALTER tildato DROP NOT NULL;
"""


def upgrade() -> None:
    for ddl in (CATALOGUE, REASONS):
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0005 cannot be taken back: restore the backup from before the upgrade.")
