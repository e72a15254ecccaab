"""The population register: versions, the register as it was loaded last, and what each record gets from it, frozen.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

VERSIONS = """
CREATE TABLE befolkning.folkeregisterversjon (
    folkeregisterversjon integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    gjelder_til date NOT NULL,
    syntetisk boolean NOT NULL,
    lastet timestamptz NOT NULL DEFAULT clock_timestamp(),
    bruker text NOT NULL DEFAULT session_user,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    filer jsonb NOT NULL,
    tall jsonb NOT NULL
)
"""
#: Of the version that was loaded last
REGISTER = """
CREATE TABLE befolkning.folkeregisterperson (
    fnr varchar(11) COLLATE "C" PRIMARY KEY,
    kjonn varchar(1) NOT NULL CHECK (kjonn IN ('1', '2')),
    fodselsdato date NOT NULL
);
CREATE TABLE befolkning.bosted (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date CHECK (tildato >= fradato),
    kommune varchar(4) NOT NULL,
    PRIMARY KEY (fnr, fradato)
);
CREATE TABLE befolkning.status (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date CHECK (tildato >= fradato),
    regstatus varchar(12) NOT NULL
        CHECK (regstatus IN ('bosatt', 'utvandret', 'dod', 'forsvunnet', 'ikke_bosatt', 'opphort')),
    PRIMARY KEY (fnr, fradato)
);
CREATE TABLE befolkning.personlenke (
    fnr varchar(11) COLLATE "C" PRIMARY KEY,
    gjeldende varchar(11) COLLATE "C" NOT NULL,
    fradato date
);
CREATE TABLE befolkning.satt_til_side (
    fnr varchar(11) COLLATE "C" NOT NULL,
    grunn varchar(24) NOT NULL,
    fil text NOT NULL,
    linje bigint NOT NULL,
    PRIMARY KEY (fnr, grunn, fil, linje)
)
"""
LISTS = """
CREATE TABLE befolkning.kommune (
    kommune varchar(4) NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date CHECK (gyldig_til >= gyldig_fra),
    tekst text NOT NULL,
    fylke varchar(2) NOT NULL,
    PRIMARY KEY (kommune, gyldig_fra)
);
CREATE TABLE befolkning.fylke (
    fylke varchar(2) NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date CHECK (gyldig_til >= gyldig_fra),
    tekst text NOT NULL,
    PRIMARY KEY (fylke, gyldig_fra)
);
CREATE TABLE befolkning.kommune_endring (
    fra_kommune varchar(4) NOT NULL,
    til_kommune varchar(4) NOT NULL,
    dato date NOT NULL,
    PRIMARY KEY (fra_kommune, til_kommune, dato)
);
CREATE TABLE befolkning.koderetting (
    kodeliste varchar(12) NOT NULL CHECK (kodeliste IN ('regstatus', 'kommune')),
    fra_kode varchar(24) NOT NULL,
    til_kode varchar(24) NOT NULL,
    fra_fil boolean NOT NULL DEFAULT false,
    PRIMARY KEY (kodeliste, fra_kode)
)
"""
#: A partition for each set, which goes with its month
ATTRIBUTES = """
CREATE TABLE befolkning.kjennemerkesett (
    sett integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mnddato date NOT NULL REFERENCES trygdfob.maanedsfil ON DELETE CASCADE,
    dagdato date NOT NULL,
    folkeregisterversjon integer NOT NULL REFERENCES befolkning.folkeregisterversjon,
    laget timestamptz NOT NULL DEFAULT clock_timestamp(),
    antall bigint NOT NULL,
    tall jsonb NOT NULL,
    UNIQUE (mnddato, folkeregisterversjon)
);
CREATE TABLE befolkning.kjennemerke (
    sett integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    mnddato date NOT NULL,
    kjonn varchar(1) NOT NULL CHECK (kjonn IN ('1', '2', '9')),
    alder smallint,
    kommune varchar(4) NOT NULL,
    fylke varchar(2) NOT NULL,
    bosted_grunn varchar(16) NOT NULL CHECK (
        bosted_grunn IN ('bosatt', 'ugyldig_fnr', 'ikke_i_register', 'dod', 'ikke_bosatt', 'uten_bosted')
    ),
    telles boolean NOT NULL,
    PRIMARY KEY (fnr, mnddato, sett),
    CHECK ((bosted_grunn = 'bosatt') = (kommune <> '9999')),
    CHECK ((kommune = '9999') = (fylke = '99')),
    CHECK ((kjonn = '9') = (alder IS NULL))
) PARTITION BY LIST (sett)
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA befolkning")
    for statements in (VERSIONS, REGISTER, LISTS, ATTRIBUTES):
        op.execute(statements)
