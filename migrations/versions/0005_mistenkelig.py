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

# Thresholds: prosent and minst are the product's, put back at every upgrade; egen_… are a user's own, and stay. A share
# of a file or a month is at most all of it; what moves against the year before can move by more.
THRESHOLDS = """
CREATE TABLE trygdfob.terskel (
    navn varchar(40) PRIMARY KEY,
    prosent numeric NOT NULL CHECK (prosent >= 0),
    minst numeric NOT NULL CHECK (minst >= 0),
    merknad text NOT NULL,
    egen_prosent numeric CHECK (egen_prosent >= 0),
    egen_minst numeric CHECK (egen_minst >= 0),
    gjelder_prosent numeric GENERATED ALWAYS AS (coalesce(egen_prosent, prosent)) STORED,
    gjelder_minst numeric GENERATED ALWAYS AS (coalesce(egen_minst, minst)) STORED,
    CONSTRAINT terskel_egen_prosent_er_en_andel
        CHECK (egen_prosent <= 100 OR (starts_with(navn, 'aarsendring_') AND navn <> 'aarsendring_ung_serie'))
);
"""

# What each month file gave, by which it is judged: while the year is loaded, and as long as it is loaded.
FILES = """
CREATE TABLE trygdfob.maanedsfil_tall (
    mnddato date PRIMARY KEY,
    aargang integer NOT NULL,
    tall_i_as_stat bigint NOT NULL,
    ugyldig_fnr bigint NOT NULL,
    dublett bigint NOT NULL,
    i_miniregisteret bigint NOT NULL,
    uten_henddato bigint NOT NULL,
    rettet_dagdato bigint NOT NULL,
    feil_i_fnr bigint NOT NULL,
    lengste_dager integer,
    paa_lengste_dager bigint NOT NULL
);

ALTER TABLE trygdfob.aarets_fil
    ADD COLUMN tall_i_as_stat bigint,
    ADD COLUMN ugyldig_fnr bigint,
    ADD COLUMN dublett bigint,
    ADD COLUMN rettet_dagdato bigint,
    ADD COLUMN feil_i_fnr bigint,
    ADD COLUMN lengste_dager integer,
    ADD COLUMN paa_lengste_dager bigint;
"""

# aargang_mistenkelig gets a column; the views that read it come first
GONE = """
DROP VIEW IF EXISTS trygdfob.kontroll_maaned_for_liten;
DROP VIEW IF EXISTS trygdfob.kontroll_gruppe_borte;
DROP VIEW IF EXISTS trygdfob.kontroll_ny_kode;
DROP VIEW IF EXISTS trygdfob.kontroll_borte_og_tilbake;
DROP FUNCTION IF EXISTS trygdfob.aargang_mistenkelig(integer);
"""


def upgrade() -> None:
    for ddl in (CATALOGUE, REASONS, THRESHOLDS, FILES, GONE):
        op.execute(ddl)
