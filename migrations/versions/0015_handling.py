"""What a handling does is a row: whether it writes records, what it opens and what it closes.

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# What statuskode has gets its row here, so that it can refer to it; sql/objects says what each of them does.
HANDLING = """
CREATE TABLE trygdfob.handling (
    handling varchar(16) PRIMARY KEY,
    gir_record boolean NOT NULL,
    nytt_tilfelle boolean NOT NULL,
    ny_gruppe boolean NOT NULL,
    avslutter_gruppe boolean NOT NULL,
    avslutter_tilfelle boolean NOT NULL,
    venstresensurert boolean NOT NULL,
    vrakes boolean NOT NULL,
    CONSTRAINT handling_apner CHECK (ny_gruppe OR NOT nytt_tilfelle),
    CONSTRAINT handling_avslutter CHECK (avslutter_gruppe OR NOT avslutter_tilfelle),
    CONSTRAINT handling_gir_record CHECK (gir_record OR NOT (ny_gruppe OR avslutter_gruppe)),
    CONSTRAINT handling_venstresensurert CHECK (nytt_tilfelle OR NOT venstresensurert),
    CONSTRAINT handling_vrakes CHECK (NOT (gir_record AND vrakes))
);
INSERT INTO trygdfob.handling
SELECT DISTINCT s.handling, false, false, false, false, false, false, false FROM trygdfob.statuskode AS s;
ALTER TABLE trygdfob.statuskode
    DROP CONSTRAINT statuskode_handling_check,
    DROP CONSTRAINT statuskode_check,
    DROP CONSTRAINT statuskode_check1,
    ADD FOREIGN KEY (handling) REFERENCES trygdfob.handling DEFERRABLE INITIALLY DEFERRED;
"""


def upgrade() -> None:
    op.execute(HANDLING)
