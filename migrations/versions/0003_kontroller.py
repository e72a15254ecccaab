"""The check catalogue and its history, the tallies of a loaded year, what the run log says of the checks.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: What today's files replace by an object of another shape, or no longer have.
GONE = """
DROP VIEW IF EXISTS trygdfob.kontroll_en_apning;
DROP VIEW IF EXISTS trygdfob.kontroll_en_avgang;
DROP VIEW IF EXISTS trygdfob.kontroll_innenfor_tilfellet;
DROP VIEW IF EXISTS trygdfob.kontroll_ingen_overlapp;
DROP VIEW IF EXISTS trygdfob.kontroll_grupper_dekker;
DROP VIEW IF EXISTS trygdfob.kontroll_endring_er_endring;
DROP VIEW IF EXISTS trygdfob.kontroll_tomdatoer;
DROP VIEW IF EXISTS trygdfob.kontroll_alle_innleste_gjort_rede_for;
DROP VIEW IF EXISTS trygdfob.kontroll_alle_registreringer_gjort_rede_for;
DROP VIEW IF EXISTS trygdfob.kontroll_h_er_siste_registrering;
DROP VIEW IF EXISTS trygdfob.h_arbsok_fra_forlop;
DROP VIEW IF EXISTS trygdfob.ukjente_koder;
DROP TABLE trygdfob.kontroll;
"""

CATALOGUE = """
CREATE TABLE trygdfob.kontroll (
    kontroll varchar(40) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    alvor varchar(8) NOT NULL CHECK (alvor IN ('feil', 'advarsel')),
    tittel text NOT NULL,
    lover text NOT NULL,
    kilde text NOT NULL,
    visning text NOT NULL GENERATED ALWAYS AS ('kontroll_' || kontroll) STORED
);

CREATE TABLE trygdfob.kontrollkjoring (
    kjoring bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    anledning varchar(8) NOT NULL CHECK (anledning IN ('load', 'check')),
    aargang integer NOT NULL,
    startet timestamptz NOT NULL DEFAULT clock_timestamp(),
    ferdig timestamptz,
    bruker text NOT NULL DEFAULT session_user,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL
);
CREATE INDEX kontrollkjoring_aargang ON trygdfob.kontrollkjoring (aargang, kjoring);

CREATE TABLE trygdfob.kontrollresultat (
    kjoring bigint NOT NULL REFERENCES trygdfob.kontrollkjoring ON DELETE CASCADE,
    kontroll varchar(40) NOT NULL,
    alvor varchar(8) NOT NULL,
    antall bigint NOT NULL,
    godtatt text,
    PRIMARY KEY (kjoring, kontroll)
);

CREATE TABLE trygdfob.kontrollfunn (
    kjoring bigint NOT NULL REFERENCES trygdfob.kontrollkjoring ON DELETE CASCADE,
    kontroll varchar(40) NOT NULL,
    noekkel text COLLATE "C" NOT NULL,
    detalj text NOT NULL,
    PRIMARY KEY (kjoring, kontroll, noekkel)
);

ALTER TABLE trygdfob.kjorelogg
    ADD COLUMN kontroller jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN godtatt jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN advarsler jsonb NOT NULL DEFAULT '[]';
ALTER TABLE trygdfob.statuskode ADD COLUMN tekst text;
ALTER TABLE trygdfob.offisiell_statistikk
    ALTER COLUMN filene TYPE numeric,
    ALTER COLUMN offisiell TYPE numeric,
    ADD COLUMN kilde text NOT NULL DEFAULT 'kap. 4.2';
"""

# Sums of a year's rows, so that a report over many years need not count them all again; a control holds them against
# the rows themselves.
TALLIES = """
CREATE TABLE trygdfob.miniregister_tall (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    hoved varchar(2) NOT NULL,
    hovedarbstat varchar(2),
    tiltak varchar(10),
    ytelse varchar(2),
    as_gr varchar(2),
    mrk_fnr varchar(1) NOT NULL,
    mrk_dl integer,
    antall bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (aargang, mnddato, hoved, hovedarbstat, tiltak, ytelse, as_gr, mrk_fnr, mrk_dl)
);

CREATE TABLE trygdfob.registrering_tall (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    utfall varchar(12) CHECK (utfall IN ('foer_start', 'bekreftet', 'ga_record', 'vraket')),
    status varchar(6),
    handling varchar(16),
    en_maaned_borte boolean NOT NULL DEFAULT false,
    antall bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (aargang, mnddato, utfall, status, handling, en_maaned_borte)
);

CREATE TABLE trygdfob.forlop_tall (
    aargang integer NOT NULL,
    maaned date NOT NULL CHECK (extract(day FROM maaned) = 1),
    status varchar(6) NOT NULL,
    kode varchar(1) NOT NULL,
    hoved varchar(2) NOT NULL,
    fra_hoved varchar(2),
    tilfelle boolean NOT NULL,
    antall bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (aargang, maaned, status, kode, hoved, fra_hoved, tilfelle)
);

CREATE TABLE trygdfob.varighet_tall (
    aargang integer NOT NULL,
    hoved varchar(2),
    dager integer NOT NULL,
    venstresensurert boolean NOT NULL,
    avsluttet boolean NOT NULL,
    antall bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (aargang, hoved, dager, venstresensurert, avsluttet)
);
"""

# F_ARBSOK is written year by year, and in a year part by part: the pages of a year's part lie together.
INDEX = """
CREATE INDEX f_arbsok_aargang ON trygdfob.f_arbsok USING brin (aargang, fnr) WITH (pages_per_range = 16);
"""


def upgrade() -> None:
    for ddl in (GONE, CATALOGUE, TALLIES, INDEX):
        op.execute(ddl)
