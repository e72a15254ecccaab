"""Deliveries: the catalogue of what can be ordered, projects, orders, the log, and the keys in a schema of their own.

Revision ID: 0019
Revises: 0018
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

#: What a file, a table or a project may be called: it becomes a part of file names.
NAME = "CHECK ({0} ~ '^[a-z][a-z0-9-]{{0,31}}$')"

CATALOGUE = """
CREATE TABLE leveranse.form (
    form varchar(16) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    tittel text NOT NULL CHECK (char_length(tittel) <= 80),
    tekst text NOT NULL
);
CREATE TABLE leveranse.variabel (
    variabel varchar(32) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    type varchar(8) CHECK (type IN ('tekst', 'dato', 'heltall', 'logisk')),
    bredde integer CHECK (bredde > 0),
    kodeliste varchar(16),
    som_heltall boolean NOT NULL DEFAULT false CHECK (NOT som_heltall OR kodeliste IS NOT NULL),
    bare_navngitt boolean NOT NULL DEFAULT false,
    hvorfor_ikke text,
    ledetekst text CHECK (char_length(ledetekst) <= 80),
    tekst text,
    CHECK ((type = 'tekst') = (bredde IS NOT NULL)),
    CHECK ((hvorfor_ikke IS NULL) = (type IS NOT NULL)),
    CHECK ((hvorfor_ikke IS NULL) = (ledetekst IS NOT NULL AND tekst IS NOT NULL))
);
CREATE TABLE leveranse.formvariabel (
    form varchar(16) NOT NULL REFERENCES leveranse.form DEFERRABLE INITIALLY DEFERRED,
    variabel varchar(32) NOT NULL REFERENCES leveranse.variabel DEFERRABLE INITIALLY DEFERRED,
    plass integer NOT NULL,
    standard boolean NOT NULL,
    nokkel boolean NOT NULL,
    rolle varchar(12) CHECK (rolle IN ('begynnelse', 'slutt', 'vet_slutten')),
    ledetekst text CHECK (char_length(ledetekst) <= 80),
    tekst text,
    PRIMARY KEY (form, variabel),
    UNIQUE (form, plass) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE leveranse.koderad (
    kodeliste varchar(16) NOT NULL,
    kode varchar(20) NOT NULL,
    rekkefolge integer NOT NULL,
    tekst text NOT NULL CHECK (char_length(tekst) <= 120),
    gyldig_fra date,
    gyldig_til date,
    PRIMARY KEY (kodeliste, kode)
);
CREATE TABLE leveranse.flatfilfelt (
    felt varchar(16) NOT NULL,
    plass integer NOT NULL,
    fra_aargang integer NOT NULL,
    til_aargang integer CHECK (til_aargang >= fra_aargang),
    bredde integer NOT NULL CHECK (bredde > 0),
    type varchar(8) NOT NULL CHECK (type IN ('tekst', 'heltall', 'dato', 'maaned')),
    kolonne varchar(32) NOT NULL,
    kodeliste varchar(16),
    ledetekst text NOT NULL CHECK (char_length(ledetekst) <= 80),
    PRIMARY KEY (felt, fra_aargang),
    UNIQUE (plass, fra_aargang) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE leveranse.populasjonsvilkar (
    nivaa varchar(16) NOT NULL REFERENCES leveranse.form DEFERRABLE INITIALLY DEFERRED,
    vilkar varchar(16) NOT NULL,
    kolonne varchar(32) NOT NULL,
    PRIMARY KEY (nivaa, vilkar)
);
CREATE TABLE leveranse.microdata (
    datasett varchar(32) PRIMARY KEY CHECK (datasett ~ '^[A-Z][A-Z0-9_]*$'),
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    variabel varchar(32) NOT NULL REFERENCES leveranse.variabel DEFERRABLE INITIALLY DEFERRED,
    navn text NOT NULL,
    tekst text NOT NULL,
    sensitivitet text NOT NULL,
    populasjon text NOT NULL,
    emner text [] NOT NULL,
    utgave text NOT NULL,
    uoppgitt varchar(20) NOT NULL,
    uoppgitt_tekst text NOT NULL,
    ukjent_tekst text NOT NULL
)
"""
PROJECTS = f"""
CREATE TABLE leveranse.prosjekt (
    prosjekt varchar(32) PRIMARY KEY {NAME.format("prosjekt")},
    tittel text NOT NULL,
    vedtak text NOT NULL,
    gyldig_til date NOT NULL,
    slettes_etter date NOT NULL,
    former text [] NOT NULL,
    variabler text [] NOT NULL,
    populasjon jsonb NOT NULL,
    tilstand varchar(8) NOT NULL DEFAULT 'apen' CHECK (tilstand IN ('apen', 'lukket', 'slettet')),
    opprettet timestamptz NOT NULL DEFAULT clock_timestamp(),
    opprettet_av text NOT NULL DEFAULT session_user,
    lukket timestamptz,
    lukket_av text,
    slettet timestamptz,
    slettet_av text,
    CHECK (slettes_etter >= gyldig_til)
);
CREATE TABLE leveranse.bestilling (
    prosjekt varchar(32) NOT NULL REFERENCES leveranse.prosjekt,
    bestilling varchar(32) NOT NULL {NAME.format("bestilling")},
    versjon integer NOT NULL CHECK (versjon > 0),
    innhold jsonb NOT NULL,
    liste_sha256 text,
    lagret timestamptz NOT NULL DEFAULT clock_timestamp(),
    lagret_av text NOT NULL DEFAULT session_user,
    PRIMARY KEY (prosjekt, bestilling, versjon)
)
"""
LOG = """
CREATE TABLE leveranse.utlevering (
    utlevering integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slag varchar(12) NOT NULL CHECK (slag IN ('leveranse', 'gjentakelse', 'flatfil', 'microdata')),
    tilstand varchar(8) NOT NULL DEFAULT 'begynt' CHECK (tilstand IN ('begynt', 'ferdig', 'avbrutt')),
    prosjekt varchar(32),
    bestilling varchar(32),
    versjon integer,
    til date,
    aargang integer,
    gjentar integer REFERENCES leveranse.utlevering,
    begrunnelse text,
    begynt timestamptz NOT NULL DEFAULT clock_timestamp(),
    ferdig timestamptz,
    bruker text NOT NULL DEFAULT session_user,
    kjoring bigint,
    personer bigint,
    tall jsonb,
    versjoner jsonb NOT NULL,
    FOREIGN KEY (prosjekt, bestilling, versjon) REFERENCES leveranse.bestilling,
    CHECK ((slag IN ('leveranse', 'gjentakelse')) = (versjon IS NOT NULL)),
    CHECK ((slag IN ('flatfil', 'microdata')) = (begrunnelse IS NOT NULL)),
    CHECK ((slag = 'gjentakelse') = (gjentar IS NOT NULL)),
    CHECK ((slag = 'flatfil') = (aargang IS NOT NULL)),
    CHECK ((slag = 'flatfil') = (til IS NULL)),
    CHECK ((tilstand = 'ferdig') = (ferdig IS NOT NULL))
);
CREATE INDEX ON leveranse.utlevering (prosjekt, bestilling, versjon, til);
CREATE TABLE leveranse.utlevert_tabell (
    utlevering integer NOT NULL REFERENCES leveranse.utlevering,
    tabell varchar(32) NOT NULL,
    rader bigint NOT NULL,
    personer bigint NOT NULL,
    radsum text NOT NULL,
    PRIMARY KEY (utlevering, tabell)
);
CREATE TABLE leveranse.utlevert_fil (
    utlevering integer NOT NULL REFERENCES leveranse.utlevering,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (utlevering, fil)
);
CREATE TABLE leveranse.avslag (
    avslag integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tid timestamptz NOT NULL DEFAULT clock_timestamp(),
    bruker text NOT NULL DEFAULT session_user,
    prosjekt text NOT NULL,
    bestilling text,
    grunner text [] NOT NULL
)
"""
#: The rows come back with the objects, each break with its note in Norwegian.
BREAKS = """
DELETE FROM arbsok.dekning_regel WHERE brudd IS NOT NULL;
ALTER TABLE arbsok.dekning_regel
    ADD COLUMN merknad_norsk text,
    ADD CHECK ((brudd IS NULL) = (merknad_norsk IS NULL))
"""
KEYS = """
CREATE TABLE leveranse_nokkel.prosjektnokkel (
    prosjekt varchar(32) PRIMARY KEY REFERENCES leveranse.prosjekt,
    nokkel text NOT NULL CHECK (nokkel ~ '^[0-9a-f]{64}$')
);
CREATE TABLE leveranse_nokkel.person_i_liste (
    prosjekt varchar(32) NOT NULL REFERENCES leveranse.prosjekt,
    bestilling varchar(32) NOT NULL,
    versjon integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    PRIMARY KEY (prosjekt, bestilling, versjon, fnr)
);
CREATE UNLOGGED TABLE leveranse_nokkel.liste_inn (
    linje text,
    transaksjon xid8 NOT NULL DEFAULT pg_current_xact_id()
)
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA leveranse")
    op.execute("CREATE SCHEMA leveranse_nokkel")
    for statements in (CATALOGUE, PROJECTS, LOG, KEYS, BREAKS):
        op.execute(statements)
