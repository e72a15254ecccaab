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

# Steps that from now on take all persons at once
GONE = """
DROP FUNCTION IF EXISTS trygdfob.oppdater_tidligere_tilfelle(integer, integer);
DROP FUNCTION IF EXISTS trygdfob.asok_insert_forlop(integer, integer);
"""

# fnr begins with the date of birth, and rows come in the order of an index or as they lie. What analysts read must have
# neither in the order of fnr: the number stands in F_ARBSOK itself, its key and its rows are in the order of the
# numbers, and fnr has a hash index, which finds a person and knows no order. With the key, (fnr, regdato, kode) is
# unique as well, since fnr and number belong together (person; the control lopenr_er_personens).
# One rewrite works the numbers out (as the function lopenr does), one puts the rows in order, year by year, as a load
# does.
NUMBERED = """
ALTER TABLE trygdfob.f_arbsok DROP CONSTRAINT f_asok_pk, ADD COLUMN lopenr varchar(16);
DROP INDEX trygdfob.f_arbsok_aargang;

DO $$
BEGIN
    EXECUTE format(
        'ALTER TABLE trygdfob.f_arbsok ALTER lopenr TYPE varchar(16)'
        ' USING left(encode(sha256(convert_to(%L || fnr, ''UTF8'')), ''hex''), 16)',
        (SELECT nokkel FROM trygdfob.lopenummer_nokkel)
    );
END
$$;

CREATE INDEX f_arbsok_rekkefolge ON trygdfob.f_arbsok (aargang, lopenr, regdato, kode);
CLUSTER trygdfob.f_arbsok USING f_arbsok_rekkefolge;
DROP INDEX trygdfob.f_arbsok_rekkefolge;
ALTER TABLE trygdfob.f_arbsok ADD CONSTRAINT f_asok_pk PRIMARY KEY (lopenr, regdato, kode);
CREATE INDEX f_arbsok_fnr ON trygdfob.f_arbsok USING hash (fnr);
CREATE INDEX f_arbsok_aargang ON trygdfob.f_arbsok USING brin (aargang) WITH (pages_per_range = 16);

INSERT INTO trygdfob.person (fnr, lopenr, aargang)
SELECT fnr, lopenr, min(aargang) FROM trygdfob.f_arbsok GROUP BY lopenr, fnr ORDER BY lopenr;
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
# what it costs the load, is measured in docs/measured/2026-11-22-benchmark.md, section 9. The planner takes no
# statistics from a partial index: they stand beside it.
INDEX = """
CREATE INDEX f_arbsok_gjelder ON trygdfob.f_arbsok USING gist (daterange(regdato, regtom, '[]')) WHERE kode <> '0';
CREATE STATISTICS trygdfob.f_arbsok_gjelder_stat ON (daterange(regdato, regtom, '[]')) FROM trygdfob.f_arbsok;
"""


def upgrade() -> None:
    for ddl in (PERSONS, GONE, NUMBERED, COVERAGE, INDEX):
        op.execute(ddl)
