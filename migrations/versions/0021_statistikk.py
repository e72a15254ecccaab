"""Official statistics: the catalogue, and each version of a period with its base, its cells and what was published.

Revision ID: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

#: Names that become a part of file names.
NAME = "CHECK ({0} ~ '^[a-z][a-z0-9_]*$')"
#: What persons are told apart by in the base.
ATTRIBUTES = "('hoved', 'region', 'kjonn', 'alder', 'varighet', 'bosatt')"

CATALOGUE = f"""
CREATE TABLE statistikk.gruppering (
    gruppering varchar(24) PRIMARY KEY {NAME.format("gruppering")},
    kjennemerke varchar(8) NOT NULL CHECK (kjennemerke IN {ATTRIBUTES}),
    tekst text NOT NULL,
    fra_fil boolean NOT NULL DEFAULT false
);
CREATE TABLE statistikk.klasse (
    gruppering varchar(24) NOT NULL REFERENCES statistikk.gruppering DEFERRABLE INITIALLY DEFERRED,
    kode varchar(12) NOT NULL,
    rekkefolge integer NOT NULL,
    tekst text NOT NULL,
    fra integer,
    til integer CHECK (til >= fra),
    verdier text [],
    i_alt boolean NOT NULL,
    symbol varchar(2) CHECK (symbol IN ('.', '..')),
    gyldig_fra date,
    gyldig_til date CHECK (gyldig_til >= gyldig_fra),
    fra_fil boolean NOT NULL DEFAULT false,
    PRIMARY KEY (gruppering, kode)
);
CREATE TABLE statistikk.pakke (
    pakke varchar(24) PRIMARY KEY {NAME.format("pakke")},
    tittel text NOT NULL,
    metode varchar(12) NOT NULL CHECK (metode IN ('avrunding')),
    terskel integer NOT NULL CHECK (terskel = 3),
    minste_rettelse integer NOT NULL CHECK (minste_rettelse >= 1),
    inndeling date,
    finnes_eksakt boolean NOT NULL,
    fra_fil boolean NOT NULL DEFAULT false
);
CREATE TABLE statistikk.pakke_lag (
    pakke varchar(24) NOT NULL REFERENCES statistikk.pakke DEFERRABLE INITIALLY DEFERRED,
    lag varchar(16) NOT NULL {NAME.format("lag")},
    hoved text [] NOT NULL,
    tekst text NOT NULL,
    fra_fil boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pakke, lag)
);
CREATE TABLE statistikk.pakke_base (
    pakke varchar(24) NOT NULL,
    lag varchar(16) NOT NULL,
    gruppering varchar(24) NOT NULL REFERENCES statistikk.gruppering DEFERRABLE INITIALLY DEFERRED,
    fra_fil boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pakke, lag, gruppering),
    FOREIGN KEY (pakke, lag) REFERENCES statistikk.pakke_lag DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE statistikk.tabell (
    tabell varchar(32) PRIMARY KEY {NAME.format("tabell")},
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    pakke varchar(24) NOT NULL REFERENCES statistikk.pakke DEFERRABLE INITIALLY DEFERRED,
    maal varchar(16) NOT NULL CHECK (maal IN ('beholdning', 'aarsgjennomsnitt')),
    snitt_av varchar(32) REFERENCES statistikk.tabell DEFERRABLE INITIALLY DEFERRED,
    lag text [] NOT NULL,
    bosatt boolean,
    tittel text NOT NULL,
    enhet text NOT NULL,
    ekstern_id varchar(24),
    kontakt text NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date CHECK (gyldig_til >= gyldig_fra),
    fra_fil boolean NOT NULL DEFAULT false,
    CHECK ((maal = 'aarsgjennomsnitt') = (snitt_av IS NOT NULL))
);
CREATE TABLE statistikk.dimensjon (
    tabell varchar(32) NOT NULL REFERENCES statistikk.tabell DEFERRABLE INITIALLY DEFERRED,
    plass integer NOT NULL CHECK (plass > 0),
    gruppering varchar(24) NOT NULL REFERENCES statistikk.gruppering DEFERRABLE INITIALLY DEFERRED,
    tekst text NOT NULL,
    i_alt text,
    fra_fil boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tabell, plass)
);
CREATE TABLE statistikk.note (
    note varchar(24) PRIMARY KEY {NAME.format("note")},
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    tabell varchar(32) REFERENCES statistikk.tabell DEFERRABLE INITIALLY DEFERRED,
    maal varchar(16) CHECK (maal IN ('beholdning', 'aarsgjennomsnitt')),
    kjennemerke varchar(8) CHECK (kjennemerke IN {ATTRIBUTES}),
    hoved text [],
    fra_periode varchar(7),
    til_periode varchar(7),
    tekst text NOT NULL,
    fra_fil boolean NOT NULL DEFAULT false
);
CREATE TABLE statistikk.statistikkontroll (
    kontroll varchar(24) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    alvor varchar(8) NOT NULL CHECK (alvor IN ('feil', 'advarsel')),
    tittel text NOT NULL,
    lover text NOT NULL,
    lover_norsk text NOT NULL,
    kilde text NOT NULL
)
"""
VERSIONS = """
CREATE TABLE statistikk.versjon (
    versjon integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pakke varchar(24) NOT NULL,
    periode varchar(7) NOT NULL CHECK (periode ~ '^[0-9]{4}(M(0[1-9]|1[0-2]))?$'),
    nummer integer NOT NULL CHECK (nummer > 0),
    grunn text NOT NULL,
    tilstand varchar(12) NOT NULL DEFAULT 'utkast' CHECK (tilstand IN ('utkast', 'godkjent', 'publisert')),
    mnddato date,
    dagdato date,
    folkeregisterversjon integer REFERENCES befolkning.folkeregisterversjon,
    syntetisk boolean NOT NULL,
    kjoring bigint,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    kodelister jsonb NOT NULL,
    mal jsonb NOT NULL,
    laget timestamptz NOT NULL DEFAULT clock_timestamp(),
    laget_av text NOT NULL DEFAULT session_user,
    godkjent timestamptz,
    godkjent_av text,
    publisert timestamptz,
    publisert_av text,
    alene text,
    eksakt text,
    katalog jsonb,
    kontroller jsonb NOT NULL DEFAULT '{}',
    UNIQUE (pakke, periode, nummer),
    CHECK ((mnddato IS NULL) = (length(periode) = 4)),
    CHECK ((tilstand = 'utkast') = (godkjent IS NULL)),
    CHECK ((tilstand = 'publisert') = (publisert IS NOT NULL)),
    CHECK ((tilstand = 'publisert') = (katalog IS NOT NULL))
);
CREATE TABLE statistikk.grunnlag (
    versjon integer NOT NULL REFERENCES statistikk.versjon ON DELETE CASCADE,
    celle integer NOT NULL,
    lag varchar(16) NOT NULL,
    hoved varchar(2) NOT NULL,
    fylke varchar(2),
    kommune varchar(4),
    kjonn varchar(1),
    alder smallint,
    uker smallint,
    bosatt boolean,
    antall integer NOT NULL CHECK (antall > 0),
    beskyttet integer,
    PRIMARY KEY (versjon, celle)
);
CREATE TABLE statistikk.versjonsregnskap (
    versjon integer NOT NULL REFERENCES statistikk.versjon ON DELETE CASCADE,
    hoved varchar(2) NOT NULL,
    hva varchar(16) NOT NULL CHECK (hva IN ('talt', 'annet_nummer', 'utenfor')),
    antall bigint NOT NULL,
    PRIMARY KEY (versjon, hoved, hva)
);
CREATE TABLE statistikk.celle (
    versjon integer NOT NULL REFERENCES statistikk.versjon ON DELETE CASCADE,
    tabell varchar(32) NOT NULL,
    koder text [] NOT NULL,
    verdi numeric,
    symbol varchar(2) CHECK (symbol IN ('.', '..', ':', '-')),
    PRIMARY KEY (versjon, tabell, koder),
    CHECK ((verdi IS NULL) = (symbol IS NOT NULL))
);
CREATE TABLE statistikk.snitt_av_versjon (
    versjon integer NOT NULL REFERENCES statistikk.versjon ON DELETE CASCADE,
    maaned integer NOT NULL REFERENCES statistikk.versjon,
    PRIMARY KEY (versjon, maaned)
);
CREATE TABLE statistikk.avsloringskontroll (
    versjon integer NOT NULL REFERENCES statistikk.versjon ON DELETE CASCADE,
    kjort timestamptz NOT NULL DEFAULT clock_timestamp(),
    kjort_av text NOT NULL DEFAULT session_user,
    avslort integer NOT NULL,
    kjent_liten integer NOT NULL,
    smaa integer NOT NULL,
    resultat jsonb NOT NULL,
    PRIMARY KEY (versjon, kjort)
);
CREATE TABLE statistikk.publisert_fil (
    versjon integer NOT NULL REFERENCES statistikk.versjon,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (versjon, fil)
);
CREATE TABLE statistikk.offisiell_celle (
    kilde text NOT NULL,
    tabell varchar(32) NOT NULL,
    periode varchar(7) NOT NULL,
    koder text [] NOT NULL,
    verdi numeric,
    symbol varchar(2),
    PRIMARY KEY (kilde, tabell, periode, koder),
    CHECK ((verdi IS NULL) = (symbol IS NOT NULL))
)
"""
#: By which small counts are drawn; nobody but the owner reads it
KEY = """
CREATE TABLE statistikk.avrundingsnokkel (
    en_rad boolean PRIMARY KEY DEFAULT true CHECK (en_rad),
    nokkel text NOT NULL CHECK (nokkel ~ '^[0-9a-f]{64}$')
);
INSERT INTO statistikk.avrundingsnokkel (nokkel)
SELECT encode(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
), 'hex')
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA statistikk")
    for statements in (CATALOGUE, VERSIONS, KEY):
        op.execute(statements)
