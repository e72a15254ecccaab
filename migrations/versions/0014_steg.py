"""The steps of a load and its counts are rows; a step takes the year and the month or part, and finds out the rest.

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STEPS = """
CREATE TABLE arbsok_lasting.steg (
    navn varchar(40) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    fase varchar(24) NOT NULL,
    omfang varchar(8) NOT NULL CHECK (omfang IN ('aar', 'maaned', 'del')),
    side_om_side boolean NOT NULL,
    tittel text NOT NULL,
    CONSTRAINT steg_av_aaret_er_alene CHECK (NOT (omfang = 'aar' AND side_om_side))
)
"""
COUNTS = """
CREATE TABLE arbsok_lasting.tellepost (
    navn varchar(40) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    kilde varchar(16) NOT NULL CHECK (kilde IN ('steg', 'aarets_tall')),
    innrykk boolean NOT NULL,
    recorder integer CHECK (recorder > 0),
    tittel text NOT NULL,
    tittel_norsk text NOT NULL
)
"""
# Whether test persons' numbers count was an argument
GONE = """
DROP FUNCTION IF EXISTS arbsok_lasting.lag_miniregister(integer, integer, boolean);
DROP FUNCTION IF EXISTS arbsok_lasting.sjekkfnr_dub(integer, integer, boolean);
"""


def upgrade() -> None:
    op.execute(STEPS)
    op.execute(COUNTS)
    op.execute("ALTER TABLE arbsok_lasting.aarets_fil ADD COLUMN syntetisk boolean NOT NULL DEFAULT false")
    op.execute(GONE)
