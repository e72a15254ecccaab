"""Work tables that several connections fill side by side; H_ARBSOK a partition for each year; L_ARBSOK a view.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: What today's files replace by an object of another kind or shape; the readers of each come first.
GONE = """
DROP VIEW IF EXISTS trygdfob.aarets_tall;
DROP VIEW IF EXISTS trygdfob.kontroll_h_er_siste_registrering;
DROP VIEW IF EXISTS trygdfob.h_arbsok_fra_forlop;
DROP VIEW IF EXISTS trygdfob.lag_regtom;
DROP VIEW IF EXISTS trygdfob.lag_asoktom;
DROP VIEW IF EXISTS trygdfob.lag_tomdato;
DROP VIEW IF EXISTS trygdfob.asok_kod_kjennemerker;
DROP VIEW IF EXISTS trygdfob.forrige_registrering;
DROP VIEW IF EXISTS trygdfob.mrk_sys;
DROP VIEW IF EXISTS trygdfob.grkode;
DROP VIEW IF EXISTS trygdfob.hoved_koding_maaned;
DROP VIEW IF EXISTS trygdfob.statuskode_delt;
DROP VIEW IF EXISTS trygdfob.antall_dager;
DROP VIEW IF EXISTS trygdfob.dagdato_rettet;
DROP FUNCTION IF EXISTS trygdfob.lagsasf(integer);
DROP FUNCTION IF EXISTS trygdfob.kontroller_felt(integer);
DROP FUNCTION IF EXISTS trygdfob.mrk_fnr(bigint, boolean);
DROP FUNCTION IF EXISTS trygdfob.sjekkfnr_dub(integer);
DROP FUNCTION IF EXISTS trygdfob.lag_miniregister(integer);
DROP FUNCTION IF EXISTS trygdfob.last_l_arbsok(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_oppdater(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_bestem_status(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_record(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_insert_vrak(integer);
DROP FUNCTION IF EXISTS trygdfob.oppdater_h_arbsok(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_avslutt(integer);
DROP FUNCTION IF EXISTS trygdfob.asok_insert_forlop(integer);
DROP FUNCTION IF EXISTS trygdfob.rydd_arbeidstabeller(integer);
DROP TABLE trygdfob.raa;
DROP SEQUENCE trygdfob.raa_linje;
DROP TABLE trygdfob.aarsfil;
DROP TABLE trygdfob.dagdato_i_fil;
DROP TABLE trygdfob.hendelse;
DROP TABLE trygdfob.registreringspar;
DROP TABLE trygdfob.aarets_rekord;
DROP TABLE trygdfob.l_arbsok;
"""

# An empty field is '' here, so that records can be joined to the combinations of codes that they have.
RAW = """
CREATE TABLE trygdfob.raa (
    maaned smallint NOT NULL,
    linje bigint NOT NULL,
    fnr text COLLATE "C" NOT NULL,
    as_stat text COLLATE "C" NOT NULL,
    dagdato text COLLATE "C" NOT NULL,
    ant_d_as text COLLATE "C" NOT NULL,
    as_gr text COLLATE "C" NOT NULL,
    as_f text COLLATE "C" NOT NULL,
    mnd text COLLATE "C" NOT NULL
) PARTITION BY LIST (maaned);

CREATE UNLOGGED TABLE trygdfob.aarets_fil (
    mnddato date NOT NULL,
    aargang integer NOT NULL,
    maaned smallint NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    antall bigint NOT NULL,
    dagdato date,
    fdagdato date,
    i_miniregisteret bigint,
    uten_henddato bigint
);

CREATE UNLOGGED TABLE trygdfob.kodekombinasjon (
    maaned smallint NOT NULL,
    as_stat_tekst text COLLATE "C" NOT NULL,
    dagdato_tekst text COLLATE "C" NOT NULL,
    as_gr_tekst text COLLATE "C" NOT NULL,
    as_f_tekst text COLLATE "C" NOT NULL,
    antall bigint NOT NULL,
    lengste_fnr integer NOT NULL,
    lengste_mnd integer NOT NULL
);

CREATE UNLOGGED TABLE trygdfob.dagantall (
    maaned smallint NOT NULL,
    ant_d_as_tekst text COLLATE "C" NOT NULL,
    antall bigint NOT NULL
);

CREATE UNLOGGED TABLE trygdfob.aarets_lagt_til_side (
    LIKE trygdfob.lagt_til_side
);
"""

PERSONS = """
CREATE TABLE trygdfob.registreringspar (
    del integer NOT NULL,
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
) PARTITION BY LIST (del);

CREATE TABLE trygdfob.hendelse (
    LIKE trygdfob.registreringspar,
    status varchar(6) NOT NULL,
    handling varchar(16) NOT NULL,
    kode varchar(1),
    avgang date,
    tilgang date,
    foerste boolean NOT NULL,
    tilgdato date,
    asoktilg date,
    hovedarbdato date,
    tiltakdato date,
    ytelsedato date,
    sist_tilgdato date,
    sist_asoktilg date,
    sist_hovedarbdato date,
    sist_tiltakdato date,
    sist_ytelsedato date,
    neste_avgang date,
    neste_gruppeavgang date,
    neste_hendelse date
) PARTITION BY LIST (del);

CREATE TABLE trygdfob.aarets_h (
    del integer NOT NULL,
    LIKE trygdfob.h_arbsok,
    gjaldt_tilgdato date,
    gjaldt_asoktilg date
) PARTITION BY LIST (del);

CREATE TABLE trygdfob.tidligere_tilfelle (
    del integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    tilgdato date NOT NULL,
    asoktilg date NOT NULL,
    tomdato date,
    asoktom date,
    regtom date
) PARTITION BY LIST (del);
"""

# H_ARBSOK as it was at each loaded year's end: the last registration of everybody who was registered in the year or
# whose spell ran when it began.
H_ARBSOK = """
ALTER TABLE trygdfob.h_arbsok RENAME TO h_arbsok_0001;
ALTER TABLE trygdfob.h_arbsok_0001 RENAME CONSTRAINT h_arbsok_pkey TO h_arbsok_0001_pkey;
CREATE TABLE trygdfob.h_arbsok (
    LIKE trygdfob.h_arbsok_0001,
    PRIMARY KEY (fnr, aargang)
) PARTITION BY LIST (aargang);
DO $$
DECLARE
    aar integer;
BEGIN
    FOR aar IN SELECT aargang FROM trygdfob.lastet_aargang ORDER BY aargang LOOP
        EXECUTE format('CREATE TABLE trygdfob.h_arbsok_%s PARTITION OF trygdfob.h_arbsok FOR VALUES IN (%s)', aar, aar);
        INSERT INTO trygdfob.h_arbsok
        SELECT r.fnr, r.hoved, r.hovedarbstat, f.hovedarbdato, r.tiltak, f.tiltakdato, r.ytelse, f.ytelsedato,
            f.tilgdato, f.avgdato, f.asoktilg, r.dagdato, r.fdagdato, r.henddato,
            r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, f.status, aar
        FROM (
            SELECT DISTINCT ON (m.fnr) m.*
            FROM trygdfob.miniregister AS m
            WHERE m.aargang <= aar
                AND m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
            ORDER BY m.fnr, m.mnddato DESC
        ) AS r
        JOIN (
            SELECT DISTINCT ON (a.fnr) a.*
            FROM trygdfob.f_arbsok AS a
            WHERE a.aargang <= aar
            ORDER BY a.fnr, a.regdato DESC, a.kode = '0' DESC
        ) AS f ON f.fnr = r.fnr
        LEFT JOIN (
            SELECT DISTINCT ON (b.fnr) b.fnr, b.kode
            FROM trygdfob.f_arbsok AS b
            WHERE b.aargang < aar
            ORDER BY b.fnr, b.regdato DESC, b.kode = '0' DESC
        ) AS forrige ON forrige.fnr = r.fnr
        WHERE r.aargang = aar OR forrige.kode <> '0';
        EXECUTE format('ANALYZE trygdfob.h_arbsok_%s', aar);
    END LOOP;
END
$$;
DROP TABLE trygdfob.h_arbsok_0001;
"""


# Room on each page of F_ARBSOK for the rows whose tomdato, asoktom and regtom a later year sets: no index entry then.
SETTING = """
ALTER TABLE trygdfob.f_arbsok SET (fillfactor = 80);
ALTER TABLE trygdfob.innstilling
    ADD COLUMN arbeidsminne_mb integer NOT NULL DEFAULT 512 CHECK (arbeidsminne_mb >= 16);
"""


def upgrade() -> None:
    for ddl in (SETTING, GONE, RAW, H_ARBSOK, PERSONS):
        op.execute(ddl)
    for month in range(1, 13):
        op.execute(
            f"""
            CREATE UNLOGGED TABLE trygdfob.raa_{month:02} PARTITION OF trygdfob.raa FOR VALUES IN ({month});
            CREATE SEQUENCE trygdfob.raa_linje_{month:02} CACHE 1000 OWNED BY trygdfob.raa_{month:02}.linje;
            ALTER TABLE trygdfob.raa_{month:02}
                ALTER maaned SET DEFAULT {month},
                ALTER linje SET DEFAULT nextval('trygdfob.raa_linje_{month:02}'),
                ALTER as_gr SET DEFAULT '',
                ALTER as_f SET DEFAULT '';
            """
        )
    for table in ("registreringspar", "hendelse", "aarets_h", "tidligere_tilfelle"):
        for del_ in range(8):
            op.execute(
                f"CREATE UNLOGGED TABLE trygdfob.{table}_{del_} PARTITION OF trygdfob.{table} FOR VALUES IN ({del_})"
            )
