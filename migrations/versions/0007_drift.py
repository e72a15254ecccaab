"""Bounds of the settings, and what lets the tables stand in a publication.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: A setting of innstilling, and what it may be: beyond that dates and memory settings of the server overflow.
BOUNDS = {
    "serie_start": "serie_start BETWEEN DATE '1992-01-01' AND DATE '2099-12-31'",
    "avslutning_dager": "avslutning_dager BETWEEN 91 AND 36525",
    "arbeidsminne_mb": "arbeidsminne_mb BETWEEN 16 AND 2097151",
}
# A database whose settings are beyond them already: whoever upgrades is told which one, and what to do.
REFUSE = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM trygdfob.innstilling WHERE NOT ({bound})) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD001',
            MESSAGE = 'The setting {name} of trygdfob.innstilling is beyond what can be worked with.',
            HINT = 'It must be {words}. Change it (UPDATE trygdfob.innstilling SET {name} = …), and upgrade again.';
    END IF;
END
$$;
ALTER TABLE trygdfob.innstilling ADD CONSTRAINT innstilling_{name} CHECK ({bound});
"""
# The checks that the new ones contain
OLDER = """
ALTER TABLE trygdfob.innstilling
    DROP CONSTRAINT IF EXISTS innstilling_avslutning_dager_check,
    DROP CONSTRAINT IF EXISTS innstilling_arbeidsminne_mb_check;
"""

# Tables that last and have no primary key, since NULL is one of their values: in a publication, nothing could be taken
# out of them.
IDENTITY = """
ALTER TABLE trygdfob.miniregister_tall REPLICA IDENTITY FULL;
ALTER TABLE trygdfob.registrering_tall REPLICA IDENTITY FULL;
ALTER TABLE trygdfob.forlop_tall REPLICA IDENTITY FULL;
ALTER TABLE trygdfob.varighet_tall REPLICA IDENTITY FULL;
ALTER TABLE trygdfob.dekning_regel REPLICA IDENTITY FULL;
"""


def upgrade() -> None:
    for name, bound in BOUNDS.items():
        words = bound.removeprefix(f"{name} ").replace("DATE ", "").replace("'", "").replace("BETWEEN", "between")
        op.execute(REFUSE.format(name=name, bound=bound, words=words.replace(" AND ", " and ")))
    for ddl in (OLDER, IDENTITY):
        op.execute(ddl)
