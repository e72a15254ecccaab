"""The tables of schema trygdfob: rules, miniregister, L/H/F/VRAK_ARBSOK, work tables, run log.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RULES = """
CREATE TABLE trygdfob.innstilling (
    en_rad boolean PRIMARY KEY DEFAULT true CHECK (en_rad),
    serie_start date NOT NULL DEFAULT DATE '2001-05-01',
    sammensying_dager integer NOT NULL DEFAULT 91 CHECK (sammensying_dager BETWEEN 1 AND 91),
    avslutning_dager integer NOT NULL DEFAULT 91 CHECK (avslutning_dager >= 91),
    testnumre boolean NOT NULL DEFAULT false
);
INSERT INTO trygdfob.innstilling DEFAULT VALUES;

CREATE TABLE trygdfob.statuskode (
    status varchar(6) PRIMARY KEY,
    rekkefolge integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
    individ varchar(24) NOT NULL,
    henddato_klasse varchar(32) NOT NULL,
    hoved_endret boolean,
    arbstat_endret boolean,
    arbstat_sum integer CHECK (arbstat_sum BETWEEN 1 AND 7),
    seriemaaned int4range,
    hoved varchar(2),
    handling varchar(16) NOT NULL
        CHECK (handling IN ('venstresensur', 'tilgang', 'ingen', 'endring', 'gruppeovergang',
                            'avgang_tilgang', 'vrak')),
    avgang_dato varchar(16)
        CHECK (avgang_dato IN ('siste_dagdato', 'dagdato-1', 'henddato-1', 'fdagdato')),
    tilgang_dato varchar(16)
        CHECK (tilgang_dato IN ('henddato', 'serie_start', 'fdagdato+1', 'dagdato')),
    kode varchar(1) CHECK (kode IN ('1', '2', '3', '9')),
    konsistens varchar(20) NOT NULL
        CHECK (konsistens IN ('konsistent', 'feil_datering', 'annen_inkonsistens', 'vraket')),
    CHECK ((avgang_dato IS NOT NULL) = (handling IN ('gruppeovergang', 'avgang_tilgang'))),
    CHECK ((tilgang_dato IS NULL) = (handling IN ('ingen', 'vrak')))
);

CREATE TABLE trygdfob.arbeidssokerstatus (
    as_gr varchar(2) NOT NULL,
    as_f varchar(3) NOT NULL,
    hovedarbstat varchar(2) NOT NULL,
    tiltak varchar(10) NOT NULL,
    hovedgruppe_tekst text NOT NULL,
    fingruppe_tekst text NOT NULL,
    PRIMARY KEY (as_gr, as_f, hovedarbstat, tiltak)
);

CREATE TABLE trygdfob.ytelse (
    kode varchar(2) PRIMARY KEY,
    tekst text NOT NULL
);

CREATE TABLE trygdfob.offisiell_statistikk (
    aargang integer NOT NULL,
    hoved varchar(2) NOT NULL,
    filene integer,
    offisiell integer,
    PRIMARY KEY (aargang, hoved)
);

CREATE TABLE trygdfob.hoved_koding (
    hovedarbstat varchar(2) NOT NULL,
    tiltak varchar(10) NOT NULL DEFAULT '*',
    gyldig_fra date NOT NULL DEFAULT DATE '1992-01-01',
    gyldig_til date NOT NULL DEFAULT 'infinity',
    hoved varchar(2) NOT NULL,
    PRIMARY KEY (hovedarbstat, tiltak, gyldig_fra),
    CHECK (gyldig_til >= gyldig_fra)
);

CREATE TABLE trygdfob.kontroll (
    kontroll varchar(40) PRIMARY KEY,
    lover text NOT NULL,
    kilde text NOT NULL
);

CREATE TABLE trygdfob.objektversjon (
    en_rad boolean PRIMARY KEY DEFAULT true CHECK (en_rad),
    digest text NOT NULL,
    lagt_inn timestamptz NOT NULL DEFAULT now()
);
"""

MINIREGISTER = """
CREATE TABLE trygdfob.lastet_aargang (
    aargang integer PRIMARY KEY,
    syntetisk boolean NOT NULL,
    satte_testnumre boolean NOT NULL DEFAULT false,
    lastet timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE trygdfob.maanedsfil (
    mnddato date PRIMARY KEY CHECK (extract(day FROM mnddato) = 1),
    aargang integer NOT NULL,
    maaned smallint NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    antall bigint NOT NULL,
    dagdato date,
    fdagdato date,
    UNIQUE (aargang, maaned),
    CHECK (mnddato = make_date(aargang, maaned, 1))
);

CREATE TABLE trygdfob.raa (
    maaned smallint NOT NULL,
    linje bigint NOT NULL,
    fnr text COLLATE "C",
    as_stat text COLLATE "C",
    dagdato text COLLATE "C",
    ant_d_as text COLLATE "C",
    as_gr text COLLATE "C",
    as_f text COLLATE "C",
    mnd text COLLATE "C"
) PARTITION BY LIST (maaned);

CREATE UNLOGGED TABLE trygdfob.aarsfil (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    maaned smallint NOT NULL,
    linje bigint NOT NULL,
    fnr text COLLATE "C",
    as_stat text COLLATE "C",
    dagdato_tekst text COLLATE "C",
    ant_d_as text COLLATE "C",
    as_gr text COLLATE "C",
    as_f text COLLATE "C",
    mnd text COLLATE "C"
);

CREATE UNLOGGED TABLE trygdfob.dagdato_i_fil (
    maaned smallint NOT NULL,
    tekst text COLLATE "C",
    antall bigint NOT NULL,
    dato date,
    reparert date
);

CREATE TABLE trygdfob.lagt_til_side (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    linje bigint NOT NULL,
    grunn varchar(16) NOT NULL CHECK (grunn IN ('ugyldig_fnr', 'dublett')),
    fnr text,
    as_stat text,
    dagdato text,
    ant_d_as text,
    as_gr text,
    as_f text,
    mnd text,
    PRIMARY KEY (mnddato, linje)
);

CREATE TABLE trygdfob.sysselsetting (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date NOT NULL DEFAULT 'infinity',
    PRIMARY KEY (fnr, fradato),
    CHECK (tildato >= fradato)
);

CREATE TABLE trygdfob.miniregister (
    fnr varchar(11) COLLATE "C" NOT NULL,
    hoved varchar(2) NOT NULL,
    hovedarbstat varchar(2),
    tiltak varchar(10),
    ytelse varchar(2),
    dagdato date NOT NULL,
    fdagdato date,
    mnddato date NOT NULL,
    mrk_sys varchar(1),
    mrk_fnr varchar(1) NOT NULL,
    mrk_dl integer,
    ant_d_as_n integer,
    henddato date,
    as_f varchar(3),
    as_gr varchar(2),
    aargang integer NOT NULL,
    PRIMARY KEY (fnr, mnddato, aargang)
) PARTITION BY LIST (aargang);
"""

SPELLS = """
CREATE UNLOGGED TABLE trygdfob.l_arbsok (
    fnr varchar(11) COLLATE "C" NOT NULL,
    hoved varchar(2) NOT NULL,
    hovedarbstat varchar(2),
    tiltak varchar(10),
    ytelse varchar(2),
    dagdato date NOT NULL,
    fdagdato date,
    mnddato date NOT NULL,
    mrk_sys varchar(1),
    mrk_fnr varchar(1) NOT NULL,
    mrk_dl integer,
    ant_d_as_n integer,
    henddato date,
    as_f varchar(3),
    as_gr varchar(2),
    aargang integer NOT NULL
);
CREATE INDEX l_arbsok_mnddato ON trygdfob.l_arbsok USING brin (mnddato);

CREATE TABLE trygdfob.h_arbsok (
    fnr varchar(11) COLLATE "C" PRIMARY KEY,
    hoved varchar(2) NOT NULL,
    hovedarbstat varchar(2),
    hovedarbdato date NOT NULL,
    tiltak varchar(10),
    tiltakdato date NOT NULL,
    ytelse varchar(2),
    ytelsedato date NOT NULL,
    tilgdato date NOT NULL,
    avgdato date,
    asoktilg date NOT NULL,
    dagdato date NOT NULL,
    fdagdato date,
    henddato date,
    mrk_sys varchar(1),
    mrk_fnr varchar(1) NOT NULL,
    as_f varchar(3),
    as_gr varchar(2),
    status varchar(6) NOT NULL,
    aargang integer NOT NULL
);

CREATE TABLE trygdfob.f_arbsok (
    fnr varchar(11) COLLATE "C" NOT NULL,
    kode varchar(1) NOT NULL,
    hoved varchar(2) NOT NULL,
    regdato date NOT NULL,
    tilgdato date NOT NULL,
    avgdato date,
    asoktilg date NOT NULL,
    asokavg date,
    hovedarbstat varchar(2),
    hovedarbdato date NOT NULL,
    tiltak varchar(10),
    tiltakdato date NOT NULL,
    ytelse varchar(2),
    ytelsedato date NOT NULL,
    dagdato date NOT NULL,
    fdagdato date,
    henddato date,
    mrk_sys varchar(1),
    mrk_fnr varchar(1) NOT NULL,
    as_f varchar(3),
    as_gr varchar(2),
    status varchar(6) NOT NULL,
    asoktom date,
    tomdato date,
    regtom date,
    aargang integer NOT NULL,
    CONSTRAINT f_asok_pk PRIMARY KEY (fnr, regdato, kode),
    CONSTRAINT f_arbsok_kode CHECK (kode IN ('0', '1', '2', '3', '9')),
    CONSTRAINT f_arbsok_avgang CHECK ((kode = '0') = (asokavg IS NOT NULL)),
    CONSTRAINT f_arbsok_avgdato CHECK (avgdato = asokavg),
    CONSTRAINT f_arbsok_rekkefolge CHECK (tilgdato <= asoktilg AND asoktilg <= regdato),
    CONSTRAINT f_arbsok_regdato CHECK (regdato = CASE kode WHEN '0' THEN asokavg WHEN '2' THEN regdato
                                                 ELSE asoktilg END)
);

CREATE TABLE trygdfob.vrak_arbsok (
    fnr varchar(11) COLLATE "C" NOT NULL,
    hoved varchar(2) NOT NULL,
    hovedarbstat varchar(14),
    tiltak varchar(10),
    ytelse varchar(2),
    dagdato date NOT NULL,
    fdagdato date,
    mnddato date NOT NULL,
    mrk_sys varchar(1),
    mrk_fnr varchar(1) NOT NULL,
    mrk_dl integer,
    ant_d_as_n integer,
    henddato date,
    as_f varchar(3),
    as_gr varchar(2),
    aargang integer NOT NULL,
    status varchar(6) NOT NULL,
    PRIMARY KEY (fnr, dagdato)
);

CREATE TABLE trygdfob.kjorelogg (
    kjoring bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handling varchar(8) NOT NULL CHECK (handling IN ('load', 'unload')),
    aargang integer NOT NULL,
    startet timestamptz NOT NULL,
    ferdig timestamptz NOT NULL,
    bruker text NOT NULL DEFAULT session_user,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    innstillinger jsonb NOT NULL,
    filer jsonb NOT NULL,
    antall jsonb NOT NULL,
    sekunder jsonb NOT NULL
);
"""

WORK = """
CREATE UNLOGGED TABLE trygdfob.registreringspar (
    fnr varchar(11) COLLATE "C" NOT NULL,
    dagdato date,
    fdagdato date,
    mnddato date,
    henddato date,
    hoved varchar(2),
    hovedarbstat varchar(2),
    tiltak varchar(10),
    ytelse varchar(2),
    mrk_sys varchar(1),
    mrk_fnr varchar(1),
    mrk_dl integer,
    ant_d_as_n integer,
    as_f varchar(3),
    as_gr varchar(2),
    sist_dagdato date,
    sist_fdagdato date,
    sist_henddato date,
    sist_hoved varchar(2),
    sist_hovedarbstat varchar(2),
    sist_tiltak varchar(10),
    sist_ytelse varchar(2),
    sist_mrk_sys varchar(1),
    sist_mrk_fnr varchar(1),
    sist_as_f varchar(3),
    sist_as_gr varchar(2)
);
CREATE INDEX registreringspar_rekkeslutt ON trygdfob.registreringspar (fnr, sist_dagdato)
    WHERE dagdato IS NULL;

CREATE UNLOGGED TABLE trygdfob.hendelse (
    LIKE trygdfob.registreringspar,
    individ varchar(24) NOT NULL,
    henddato_klasse varchar(32) NOT NULL,
    hovedarbstat_endret boolean NOT NULL,
    tiltak_endret boolean NOT NULL,
    ytelse_endret boolean NOT NULL,
    status varchar(6) NOT NULL,
    handling varchar(16) NOT NULL,
    kode varchar(1),
    avgang date,
    tilgang date
);

CREATE UNLOGGED TABLE trygdfob.aarets_rekord (
    LIKE trygdfob.f_arbsok
);
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS trygdfob")
    for ddl in (RULES, MINIREGISTER, SPELLS, WORK):
        op.execute(ddl)
    op.execute("CREATE SEQUENCE trygdfob.raa_linje CACHE 1000")
    for month in range(1, 13):
        op.execute(
            f"CREATE UNLOGGED TABLE trygdfob.raa_{month:02} PARTITION OF trygdfob.raa"
            f" (maaned DEFAULT {month}, linje DEFAULT nextval('trygdfob.raa_linje'))"
            f" FOR VALUES IN ({month})"
        )
