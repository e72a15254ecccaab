"""The persons and their numbers: what analysts see instead of fnr; where each of their series holds and breaks.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# lopenr has the database's collation, as what functions return has: with another one a condition on the column of a
# function would not use the index.
# The key is drawn once and goes with the database, also through pg_dump: the same person has the same number for ever.
PERSONS = """
CREATE TABLE trygdfob.lopenummer_nokkel (
    en_rad boolean PRIMARY KEY DEFAULT true CHECK (en_rad),
    nokkel text NOT NULL
);
INSERT INTO trygdfob.lopenummer_nokkel (nokkel) SELECT gen_random_uuid()::text || gen_random_uuid()::text;

CREATE TABLE trygdfob.person (
    fnr varchar(11) COLLATE "C" PRIMARY KEY,
    lopenr varchar(16) NOT NULL UNIQUE,
    aargang integer NOT NULL
);
"""

# What analysts read, and from when to when it holds: a row without brudd for each subject, one with it for each break.
COVERAGE = """
CREATE TABLE trygdfob.dekning_regel (
    slag varchar(9) NOT NULL CHECK (slag IN ('oversikt', 'tabell', 'kodeliste', 'variabel')),
    navn text NOT NULL,
    variabel text,
    gyldig_fra date,
    gyldig_til date,
    brudd date,
    merknad text NOT NULL,
    CONSTRAINT dekning_regel_noekkel UNIQUE NULLS NOT DISTINCT (slag, navn, variabel, brudd),
    CHECK ((slag = 'variabel') = (variabel IS NOT NULL)),
    CHECK (brudd IS NULL OR (gyldig_fra IS NULL AND gyldig_til IS NULL)),
    CHECK (gyldig_til >= gyldig_fra)
);
"""


# What holds on a day. A load is made once a year, such questions are asked every day: what the index gives them, and
# what it costs the load, is measured in docs/benchmark.md 9. The planner takes no statistics from a partial index: they
# stand beside it.
INDEX = """
CREATE INDEX f_arbsok_gjelder ON trygdfob.f_arbsok USING gist (daterange(regdato, regtom, '[]')) WHERE kode <> '0';
CREATE STATISTICS trygdfob.f_arbsok_gjelder_stat ON (daterange(regdato, regtom, '[]')) FROM trygdfob.f_arbsok;
"""


def upgrade() -> None:
    for ddl in (PERSONS, COVERAGE, INDEX):
        op.execute(ddl)


def downgrade() -> None:
    raise NotImplementedError("0004 cannot be taken back: restore the backup from before the upgrade.")
