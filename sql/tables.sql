-- Today's tables, schema by schema: what the migrations in ../migrations/versions add up to. To be read, and never
-- applied; tests/test_tables_sql.py writes it and holds it. What a column means: objects/kommentarer/kolonner.sql.

-- trygdfob.alembic_version: Which migration the tables have, in one row that Alembic keeps.
CREATE TABLE trygdfob.alembic_version (
    version_num varchar(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- trygdfob.arbeidssokerstatus: NAV's code list as of February 2004: main group (as_gr), fine group (as_f), status and
-- activity, with their names. A combination of status and activity can be in more than one group. You may add rows;
-- every upgrade puts those of the source back (spec.md 2; the source's 2.2.2).
CREATE TABLE trygdfob.arbeidssokerstatus (
    as_gr varchar(2) NOT NULL,
    as_f varchar(3) NOT NULL,
    hovedarbstat varchar(2) NOT NULL,
    tiltak varchar(10) NOT NULL,
    hovedgruppe_tekst text NOT NULL,
    fingruppe_tekst text NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT arbeidssokerstatus_pkey PRIMARY KEY (as_gr, as_f, hovedarbstat, tiltak)
);
CREATE TRIGGER rad_fra_fil BEFORE UPDATE OF as_gr, as_f, hovedarbstat, tiltak ON trygdfob.arbeidssokerstatus FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
CREATE TRIGGER regel_vern AFTER DELETE ON trygdfob.arbeidssokerstatus REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

-- trygdfob.avvikende_fil: Month files of loaded years that are no longer what was loaded: what a later load-year saw in
-- the folder in their place. A row goes when the file that was loaded is seen there again, or its year is unloaded
-- (spec.md 6).
CREATE TABLE trygdfob.avvikende_fil (
    mnddato date NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    sett timestamptz DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT avvikende_fil_pkey PRIMARY KEY (mnddato),
    CONSTRAINT avvikende_fil_mnddato_fkey FOREIGN KEY (mnddato) REFERENCES trygdfob.maanedsfil(mnddato) ON DELETE CASCADE
);

-- trygdfob.forlopsdel: Where the records of F_ARBSOK lie: read the view f_arbsok, which shows those that count. Each
-- load makes two partitions, by its number (lasting): forlop_YYYY_NN with the records of the spells that it ended,
-- which no later load changes, and lopende_YYYY_NN with those of the spells that run at its end, which the next load
-- writes anew. Partitions: trygdfob.forlopsdel_ingen to trygdfob.forlopsdel_ingen.
CREATE TABLE trygdfob.forlopsdel (
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
    lopenr varchar(16) NOT NULL,
    lasting integer NOT NULL,
    CONSTRAINT forlopsdel_pkey PRIMARY KEY (lopenr, regdato, kode, lasting),
    CONSTRAINT f_arbsok_avgang CHECK ((kode::text = '0'::text) = (asokavg IS NOT NULL)),
    CONSTRAINT f_arbsok_avgdato CHECK (avgdato = asokavg),
    CONSTRAINT f_arbsok_kode CHECK (kode::text = ANY (ARRAY['0'::varchar, '1'::varchar, '2'::varchar, '3'::varchar, '9'::varchar]::text[])),
    CONSTRAINT f_arbsok_regdato CHECK (regdato =
CASE kode
    WHEN '0'::text THEN asokavg
    WHEN '2'::text THEN regdato
    ELSE asoktilg
END),
    CONSTRAINT f_arbsok_rekkefolge CHECK (tilgdato <= asoktilg AND asoktilg <= regdato)
) PARTITION BY LIST (lasting);
CREATE INDEX forlopsdel_regtom ON trygdfob.forlopsdel USING btree (regtom, regdato) WHERE kode::text <> '0'::text;

-- trygdfob.h_arbsok: A partition for each year loaded, with one row for each person who was registered in it or whose
-- spell ran when it began: the last registration so far, whether or not it gave a record, and the main and group spell
-- it belongs to, as they stood at the year's end. The next year's first records are compared with it. A person stands
-- here once for each such year: take one aargang (spec.md 3 and 4, T10; the source's 5.9.3).
CREATE TABLE trygdfob.h_arbsok (
    fnr varchar(11) COLLATE "C" NOT NULL,
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
    aargang integer NOT NULL,
    CONSTRAINT h_arbsok_pkey PRIMARY KEY (fnr, aargang)
) PARTITION BY LIST (aargang);

-- trygdfob.handling: What is done with a registration, by the handling of its status code (table statuskode): which
-- records are written, what they open and what they close (spec.md 4).
CREATE TABLE trygdfob.handling (
    handling varchar(16) NOT NULL,
    gir_record boolean NOT NULL,
    nytt_tilfelle boolean NOT NULL,
    ny_gruppe boolean NOT NULL,
    avslutter_gruppe boolean NOT NULL,
    avslutter_tilfelle boolean NOT NULL,
    venstresensurert boolean NOT NULL,
    vrakes boolean NOT NULL,
    CONSTRAINT handling_pkey PRIMARY KEY (handling),
    CONSTRAINT handling_apner CHECK (ny_gruppe OR NOT nytt_tilfelle),
    CONSTRAINT handling_avslutter CHECK (avslutter_gruppe OR NOT avslutter_tilfelle),
    CONSTRAINT handling_gir_record CHECK (gir_record OR NOT (ny_gruppe OR avslutter_gruppe)),
    CONSTRAINT handling_venstresensurert CHECK (nytt_tilfelle OR NOT venstresensurert),
    CONSTRAINT handling_vrakes CHECK (NOT (gir_record AND vrakes))
);

-- trygdfob.hoved_koding: Main group by status and activity for months before October 2002, with a period of validity.
-- You may add rows with another gyldig_fra: of those that cover the month the newest decides, and what none covers is
-- main group 7 (spec.md 2, T8; the source's 2.2.1).
CREATE TABLE trygdfob.hoved_koding (
    hovedarbstat varchar(2) NOT NULL,
    tiltak varchar(10) DEFAULT '*'::varchar NOT NULL,
    gyldig_fra date DEFAULT '1992-01-01'::date NOT NULL,
    gyldig_til date DEFAULT 'infinity'::date NOT NULL,
    hoved varchar(2) NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT hoved_koding_pkey PRIMARY KEY (hovedarbstat, tiltak, gyldig_fra),
    CONSTRAINT hoved_koding_check CHECK (gyldig_til >= gyldig_fra)
);
CREATE TRIGGER rad_fra_fil BEFORE UPDATE ON trygdfob.hoved_koding FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
CREATE TRIGGER regel_vern AFTER DELETE ON trygdfob.hoved_koding REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

-- trygdfob.innstilling: The database's settings, in one row. Change them with UPDATE; the start of the series and the
-- sewing limit are fixed while a year is loaded (spec.md 2 to 4, T7, T9, T11).
CREATE TABLE trygdfob.innstilling (
    en_rad boolean DEFAULT true NOT NULL,
    serie_start date DEFAULT '2001-05-01'::date NOT NULL,
    sammensying_dager integer DEFAULT 91 NOT NULL,
    avslutning_dager integer DEFAULT 91 NOT NULL,
    testnumre boolean DEFAULT false NOT NULL,
    arbeidsminne_mb integer DEFAULT 512 NOT NULL,
    CONSTRAINT innstilling_pkey PRIMARY KEY (en_rad),
    CONSTRAINT innstilling_arbeidsminne_mb CHECK (arbeidsminne_mb >= 16 AND arbeidsminne_mb <= 2097151),
    CONSTRAINT innstilling_avslutning_dager CHECK (avslutning_dager >= 91 AND avslutning_dager <= 36525),
    CONSTRAINT innstilling_en_rad_check CHECK (en_rad),
    CONSTRAINT innstilling_sammensying_dager_check CHECK (sammensying_dager >= 1 AND sammensying_dager <= 91),
    CONSTRAINT innstilling_serie_start CHECK (serie_start >= '1992-01-01'::date AND serie_start <= '2099-12-31'::date)
);
CREATE TRIGGER innstilling_en_rad BEFORE DELETE OR TRUNCATE ON trygdfob.innstilling FOR EACH STATEMENT EXECUTE FUNCTION trygdfob.innstilling_vern();
CREATE TRIGGER innstilling_vern BEFORE UPDATE ON trygdfob.innstilling FOR EACH ROW EXECUTE FUNCTION trygdfob.innstilling_vern();

-- trygdfob.kjorelogg: The run log: a row for each year loaded or unloaded, with who did it and when, the files
-- (checksums), the settings and versions, counts and times. It is never emptied; a run that failed leaves no row (the
-- source's 5.8).
CREATE TABLE trygdfob.kjorelogg (
    kjoring bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    handling varchar(8) NOT NULL,
    aargang integer NOT NULL,
    startet timestamptz NOT NULL,
    ferdig timestamptz NOT NULL,
    bruker text DEFAULT SESSION_USER NOT NULL,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    innstillinger jsonb NOT NULL,
    filer jsonb NOT NULL,
    antall jsonb NOT NULL,
    sekunder jsonb NOT NULL,
    kontroller jsonb DEFAULT '{}'::jsonb NOT NULL,
    godtatt jsonb DEFAULT '{}'::jsonb NOT NULL,
    advarsler jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT kjorelogg_pkey PRIMARY KEY (kjoring),
    CONSTRAINT kjorelogg_handling_check CHECK (handling::text = ANY (ARRAY['load'::varchar, 'unload'::varchar]::text[]))
);

-- trygdfob.lagt_til_side: Records that are in a month file and not in the miniregister, as delivered, with the reason:
-- no 11-digit fnr, a duplicate, or digits in as_stat (spec.md 2, T1, T2 and T13).
CREATE TABLE trygdfob.lagt_til_side (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    linje bigint NOT NULL,
    grunn varchar(16) NOT NULL,
    fnr text,
    as_stat text,
    dagdato text,
    ant_d_as text,
    as_gr text,
    as_f text,
    mnd text,
    CONSTRAINT lagt_til_side_pkey PRIMARY KEY (mnddato, linje),
    CONSTRAINT lagt_til_side_grunn_check CHECK (grunn::text = ANY (ARRAY['ugyldig_fnr'::varchar, 'dublett'::varchar, 'tall_i_as_stat'::varchar]::text[]))
);

-- trygdfob.lastet_aargang: The years that are loaded. They are loaded in chronological order, and the last one is
-- unloaded first (spec.md 5.7).
CREATE TABLE trygdfob.lastet_aargang (
    aargang integer NOT NULL,
    syntetisk boolean NOT NULL,
    satte_testnumre boolean DEFAULT false NOT NULL,
    lastet timestamptz DEFAULT now() NOT NULL,
    lasting integer NOT NULL,
    CONSTRAINT lastet_aargang_pkey PRIMARY KEY (aargang),
    CONSTRAINT lastet_aargang_lasting_key UNIQUE (lasting)
);

-- trygdfob.lopenummer_nokkel: One row: the secret that lopenr is made with. Nobody but the owner reads it.
CREATE TABLE trygdfob.lopenummer_nokkel (
    en_rad boolean DEFAULT true NOT NULL,
    nokkel text NOT NULL,
    CONSTRAINT lopenummer_nokkel_pkey PRIMARY KEY (en_rad),
    CONSTRAINT lopenummer_nokkel_en_rad_check CHECK (en_rad)
);

-- trygdfob.maanedsfil: One row per month file loaded: its name, checksum and number of records, and the month's right
-- extraction date (spec.md 2).
CREATE TABLE trygdfob.maanedsfil (
    mnddato date NOT NULL,
    aargang integer NOT NULL,
    maaned smallint NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    antall bigint NOT NULL,
    dagdato date,
    fdagdato date,
    endringstid timestamptz,
    CONSTRAINT maanedsfil_pkey PRIMARY KEY (mnddato),
    CONSTRAINT maanedsfil_aargang_maaned_key UNIQUE (aargang, maaned),
    CONSTRAINT maanedsfil_check CHECK (mnddato = make_date(aargang, maaned::integer, 1)),
    CONSTRAINT maanedsfil_mnddato_check CHECK (EXTRACT(day FROM mnddato) = 1::numeric)
);
CREATE TRIGGER slett_utkast AFTER DELETE ON trygdfob.maanedsfil REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION statistikk.slett_utkast();

-- trygdfob.miniregister: The month files' records, controlled and recoded: one per person and month, a partition for
-- each year, and in it one for each month. Months before the start of the series are here too. Records that were set
-- aside are in lagt_til_side (spec.md 2; the source's 2.3).
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
    CONSTRAINT miniregister_pkey PRIMARY KEY (fnr, mnddato, aargang)
) PARTITION BY LIST (aargang);

-- trygdfob.objektversjon: Which state of sql/objects (functions, views, rules) the database has, in one row.
CREATE TABLE trygdfob.objektversjon (
    en_rad boolean DEFAULT true NOT NULL,
    digest text NOT NULL,
    lagt_inn timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT objektversjon_pkey PRIMARY KEY (en_rad),
    CONSTRAINT objektversjon_en_rad_check CHECK (en_rad)
);

-- trygdfob.offisiell_statistikk: Yearly averages per main group to compare with: counted in the source's files, and as
-- NAV published them. fdtrygd official import adds rows of your own, with their file in kilde. For group 5 in 2003 the
-- source prints 72 444 under its files, a misprint: the year's record count gives 77 645 (spec.md 6; the source's 4.2).
CREATE TABLE trygdfob.offisiell_statistikk (
    aargang integer NOT NULL,
    hoved varchar(2) NOT NULL,
    filene numeric,
    offisiell numeric,
    kilde text DEFAULT 'satt inn for hånd'::text NOT NULL,
    CONSTRAINT offisiell_statistikk_pkey PRIMARY KEY (aargang, hoved)
);

-- trygdfob.person: Everybody who has a record in F_ARBSOK, with the number (lopenr) by which analysts know them.
-- Whoever may read this table can trace the numbers back.
CREATE TABLE trygdfob.person (
    fnr varchar(11) COLLATE "C" NOT NULL,
    lopenr varchar(16) NOT NULL,
    aargang integer NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (fnr),
    CONSTRAINT person_lopenr_key UNIQUE (lopenr)
);

-- trygdfob.statuskode: The rule table: for each status code the facts that give it, what is written and how it is
-- dated. Rows come from sql/objects/arbsok/regler and are put back at every upgrade (spec.md 3 and 4; the source's
-- 5.7).
CREATE TABLE trygdfob.statuskode (
    status varchar(6) NOT NULL,
    rekkefolge integer NOT NULL,
    individ varchar(24) NOT NULL,
    henddato_klasse varchar(32) NOT NULL,
    hoved_endret boolean,
    arbstat_endret boolean,
    arbstat_sum integer,
    seriemaaned int4range,
    hoved varchar(2),
    handling varchar(16) NOT NULL,
    avgang_dato varchar(16),
    tilgang_dato varchar(16),
    kode varchar(1),
    konsistens varchar(20) NOT NULL,
    tekst text,
    CONSTRAINT statuskode_pkey PRIMARY KEY (status),
    CONSTRAINT statuskode_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT statuskode_handling_fkey FOREIGN KEY (handling) REFERENCES trygdfob.handling(handling) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT statuskode_arbstat_sum_check CHECK (arbstat_sum >= 1 AND arbstat_sum <= 7),
    CONSTRAINT statuskode_avgang_dato_check CHECK (avgang_dato::text = ANY (ARRAY['siste_dagdato'::varchar, 'dagdato-1'::varchar, 'henddato-1'::varchar, 'fdagdato'::varchar]::text[])),
    CONSTRAINT statuskode_kode_check CHECK (kode::text = ANY (ARRAY['1'::varchar, '2'::varchar, '3'::varchar, '9'::varchar]::text[])),
    CONSTRAINT statuskode_konsistens_check CHECK (konsistens::text = ANY (ARRAY['konsistent'::varchar, 'feil_datering'::varchar, 'annen_inkonsistens'::varchar, 'vraket'::varchar]::text[])),
    CONSTRAINT statuskode_tilgang_dato_check CHECK (tilgang_dato::text = ANY (ARRAY['henddato'::varchar, 'serie_start'::varchar, 'fdagdato+1'::varchar, 'dagdato'::varchar]::text[]))
);
CREATE TRIGGER regel_vern AFTER DELETE ON trygdfob.statuskode REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

-- trygdfob.sysselsetting: Spells of employment from an employment register, which you load yourself; mrk_sys is made
-- from it. While the table is empty, so is mrk_sys (spec.md 2).
CREATE TABLE trygdfob.sysselsetting (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date DEFAULT 'infinity'::date,
    CONSTRAINT sysselsetting_pkey PRIMARY KEY (fnr, fradato),
    CONSTRAINT sysselsetting_check CHECK (tildato >= fradato)
);

-- trygdfob.terskel: The thresholds: from which share on, in per cent, and from which number on a control warns (one row
-- for each such control), or a figure stands out against the year before (aarsendring_...). Write your own values to
-- egen_prosent and egen_minst, which upgrades leave alone; set them to NULL to have the product's back (spec.md 6).
CREATE TABLE trygdfob.terskel (
    navn varchar(40) NOT NULL,
    prosent numeric NOT NULL,
    minst numeric NOT NULL,
    merknad text NOT NULL,
    egen_prosent numeric,
    egen_minst numeric,
    gjelder_prosent numeric GENERATED ALWAYS AS (COALESCE(egen_prosent, prosent)) STORED,
    gjelder_minst numeric GENERATED ALWAYS AS (COALESCE(egen_minst, minst)) STORED,
    CONSTRAINT terskel_pkey PRIMARY KEY (navn),
    CONSTRAINT terskel_egen_minst_check CHECK (egen_minst >= 0::numeric),
    CONSTRAINT terskel_egen_prosent_check CHECK (egen_prosent >= 0::numeric),
    CONSTRAINT terskel_egen_prosent_er_en_andel CHECK (egen_prosent <= 100::numeric OR starts_with(navn::text, 'aarsendring_'::text) AND navn::text <> 'aarsendring_ung_serie'::text),
    CONSTRAINT terskel_minst_check CHECK (minst >= 0::numeric),
    CONSTRAINT terskel_prosent_check CHECK (prosent >= 0::numeric)
);

-- trygdfob.vrak_arbsok: Rejected registrations, as in the miniregister, with the status that says why. They give no
-- record in F_ARBSOK, and the spell runs on. Key: fnr, dagdato (spec.md 4; the source's 5.9.6 and 5.11).
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
    CONSTRAINT vrak_arbsok_pkey PRIMARY KEY (fnr, dagdato)
);

-- trygdfob.ytelse: Code list of ytelse, the benefit. You may add rows; every upgrade puts those of the source back
-- (spec.md 2; the source's 2.2.2).
CREATE TABLE trygdfob.ytelse (
    kode varchar(2) NOT NULL,
    tekst text NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT ytelse_pkey PRIMARY KEY (kode)
);
CREATE TRIGGER rad_fra_fil BEFORE UPDATE OF kode ON trygdfob.ytelse FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
CREATE TRIGGER regel_vern AFTER DELETE ON trygdfob.ytelse REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION arbsok_lasting.regel_vern();

-- arbsok_lasting.aarets_fil: Work table: the month files of the year being loaded, on their way to maanedsfil (spec.md
-- 2).
CREATE UNLOGGED TABLE arbsok_lasting.aarets_fil (
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
    uten_henddato bigint,
    tall_i_as_stat bigint,
    ugyldig_fnr bigint,
    dublett bigint,
    rettet_dagdato bigint,
    feil_i_fnr bigint,
    lengste_dager integer,
    paa_lengste_dager bigint,
    endringstid timestamptz,
    syntetisk boolean DEFAULT false NOT NULL
) WITH (autovacuum_enabled=off);

-- arbsok_lasting.aarets_forlop: Work table: F_ARBSOK of the year being loaded, until its two partitions become
-- partitions of forlopsdel (spec.md 4).
CREATE TABLE arbsok_lasting.aarets_forlop (
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
    lopenr varchar(16) NOT NULL,
    lasting integer NOT NULL
) PARTITION BY LIST (lasting);

-- arbsok_lasting.aarets_h: Work table: H_ARBSOK of the year being loaded (spec.md 4). Partitions:
-- arbsok_lasting.aarets_h_0 to arbsok_lasting.aarets_h_7.
CREATE TABLE arbsok_lasting.aarets_h (
    del integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
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
    aargang integer NOT NULL,
    gjaldt_tilgdato date,
    gjaldt_asoktilg date,
    lopenr varchar(16)
) PARTITION BY LIST (del);

-- arbsok_lasting.aarets_lagt_til_side: Work table: the records of the year being loaded on their way to lagt_til_side
-- (spec.md 2, T1, T2 and T13).
CREATE UNLOGGED TABLE arbsok_lasting.aarets_lagt_til_side (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    linje bigint NOT NULL,
    grunn varchar(16) NOT NULL,
    fnr text,
    as_stat text,
    dagdato text,
    ant_d_as text,
    as_gr text,
    as_f text,
    mnd text
) WITH (autovacuum_enabled=off);

-- arbsok_lasting.aarets_person: Work table: the persons who are new in the year being loaded, with their numbers, on
-- their way to person.
CREATE UNLOGGED TABLE arbsok_lasting.aarets_person (
    fnr varchar(11) COLLATE "C" NOT NULL,
    lopenr varchar(16) NOT NULL
) WITH (autovacuum_enabled=off);

-- arbsok_lasting.dagantall: Work table: each text that stands as ant_d_as in a month's file, with its number of records
-- (spec.md 2).
CREATE UNLOGGED TABLE arbsok_lasting.dagantall (
    maaned smallint NOT NULL,
    ant_d_as_tekst text COLLATE "C" NOT NULL,
    antall bigint NOT NULL
) WITH (autovacuum_enabled=off);

-- arbsok_lasting.forlop_tall: Number of records in F_ARBSOK that each year's load made, by month of regdato, status,
-- kode and main group. That load makes it, and a control compares it with the records (spec.md 6; the source's 4.3).
CREATE TABLE arbsok_lasting.forlop_tall (
    aargang integer NOT NULL,
    maaned date NOT NULL,
    status varchar(6) NOT NULL,
    kode varchar(1) NOT NULL,
    hoved varchar(2) NOT NULL,
    fra_hoved varchar(2),
    tilfelle boolean NOT NULL,
    antall bigint NOT NULL,
    CONSTRAINT forlop_tall_aargang_maaned_status_kode_hoved_fra_hoved_tilf_key UNIQUE NULLS NOT DISTINCT (aargang, maaned, status, kode, hoved, fra_hoved, tilfelle),
    CONSTRAINT forlop_tall_maaned_check CHECK (EXTRACT(day FROM maaned) = 1::numeric)
);
ALTER TABLE arbsok_lasting.forlop_tall REPLICA IDENTITY FULL;

-- arbsok_lasting.hendelse: Work table: the registrations that are not simply unchanged, with their status, what it
-- opens and closes, the spell, group and attribute dates after and before (sist_...), and the ends that later ones give
-- (neste_...) (spec.md 3 and 4; the source's 5.9.8 and 5.9.9). Partitions: arbsok_lasting.hendelse_0 to
-- arbsok_lasting.hendelse_7.
CREATE TABLE arbsok_lasting.hendelse (
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
    sist_as_gr varchar(2),
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
    neste_hendelse date,
    lopenr varchar(16)
) PARTITION BY LIST (del);

-- arbsok_lasting.kodekombinasjon: Work table: each combination of as_stat, dagdato, as_gr and as_f in a month's file,
-- as delivered, with its number of records. A combination is read and recoded once for all its records (spec.md 2).
CREATE UNLOGGED TABLE arbsok_lasting.kodekombinasjon (
    maaned smallint NOT NULL,
    as_stat_tekst text COLLATE "C" NOT NULL,
    dagdato_tekst text COLLATE "C" NOT NULL,
    as_gr_tekst text COLLATE "C" NOT NULL,
    as_f_tekst text COLLATE "C" NOT NULL,
    antall bigint NOT NULL,
    lengste_fnr integer NOT NULL,
    lengste_mnd integer NOT NULL
) WITH (autovacuum_enabled=off);

-- arbsok_lasting.maanedsfil_tall: What each loaded month file gave, by which the controls judge it: records set aside
-- by reason, in the miniregister, without henddato, with a corrected dagdato or an fnr that fails its control, and on
-- the largest number of days (spec.md 6).
CREATE TABLE arbsok_lasting.maanedsfil_tall (
    mnddato date NOT NULL,
    aargang integer NOT NULL,
    tall_i_as_stat bigint NOT NULL,
    ugyldig_fnr bigint NOT NULL,
    dublett bigint NOT NULL,
    i_miniregisteret bigint NOT NULL,
    uten_henddato bigint NOT NULL,
    rettet_dagdato bigint NOT NULL,
    feil_i_fnr bigint NOT NULL,
    lengste_dager integer,
    paa_lengste_dager bigint NOT NULL,
    CONSTRAINT maanedsfil_tall_pkey PRIMARY KEY (mnddato)
);

-- arbsok_lasting.miniregister_tall: Number of records in the miniregister by month and every combination of codes and
-- marks. The year's load makes it, and a control compares it with the records (spec.md 6; the source's 4.1 and 4.2).
CREATE TABLE arbsok_lasting.miniregister_tall (
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
    CONSTRAINT miniregister_tall_aargang_mnddato_hoved_hovedarbstat_tiltak_key UNIQUE NULLS NOT DISTINCT (aargang, mnddato, hoved, hovedarbstat, tiltak, ytelse, as_gr, mrk_fnr, mrk_dl)
);
ALTER TABLE arbsok_lasting.miniregister_tall REPLICA IDENTITY FULL;

-- arbsok_lasting.raa: Work table: the year's month files as delivered, a partition for each month; an empty field is ''
-- here (spec.md 2). Partitions: arbsok_lasting.raa_01 to arbsok_lasting.raa_12.
CREATE TABLE arbsok_lasting.raa (
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

-- arbsok_lasting.registrering_tall: Number of registrations by month, outcome and status, also those that gave no
-- record (UK000, YK000A ...). The year's load makes it, and a control compares it with the records (spec.md 5.8 and 6).
CREATE TABLE arbsok_lasting.registrering_tall (
    aargang integer NOT NULL,
    mnddato date NOT NULL,
    utfall varchar(12),
    status varchar(6),
    handling varchar(16),
    en_maaned_borte boolean DEFAULT false NOT NULL,
    antall bigint NOT NULL,
    CONSTRAINT registrering_tall_aargang_mnddato_utfall_status_handling_en_key UNIQUE NULLS NOT DISTINCT (aargang, mnddato, utfall, status, handling, en_maaned_borte),
    CONSTRAINT registrering_tall_utfall_check CHECK (utfall::text = ANY (ARRAY['foer_start'::varchar, 'bekreftet'::varchar, 'ga_record'::varchar, 'vraket'::varchar]::text[]))
);
ALTER TABLE arbsok_lasting.registrering_tall REPLICA IDENTITY FULL;

-- arbsok_lasting.registreringspar: Work table: the registrations that are not simply unchanged, each beside the one of
-- the month before (columns sist_...), and the last registrations before a gap (dagdato empty) (spec.md 3). Partitions:
-- arbsok_lasting.registreringspar_0 to arbsok_lasting.registreringspar_7.
CREATE TABLE arbsok_lasting.registreringspar (
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

-- arbsok_lasting.steg: The steps of a year's load, in running order: functions of schema arbsok_lasting that return a
-- count. Each takes the year, and where omfang says so the month or the part of the persons. The rows come from
-- sql/objects.
CREATE TABLE arbsok_lasting.steg (
    navn varchar(40) NOT NULL,
    rekkefolge integer NOT NULL,
    fase varchar(24) NOT NULL,
    omfang varchar(8) NOT NULL,
    tittel text NOT NULL,
    numre int4range,
    CONSTRAINT steg_pkey PRIMARY KEY (navn),
    CONSTRAINT steg_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT steg_numre CHECK ((omfang::text = 'aar'::text) = (numre IS NULL)) NOT VALID,
    CONSTRAINT steg_omfang_check CHECK (omfang::text = ANY (ARRAY['aar'::varchar, 'maaned'::varchar, 'del'::varchar, 'rekke'::varchar, 'tabell'::varchar]::text[]))
);

-- arbsok_lasting.tellepost: The counts of a load that people read, with their words, in the order of the closing table
-- and the report. kjorelogg.antall has them by their navn, beside what the other steps return. The rows come from
-- sql/objects.
CREATE TABLE arbsok_lasting.tellepost (
    navn varchar(40) NOT NULL,
    rekkefolge integer NOT NULL,
    kilde varchar(16) NOT NULL,
    innrykk boolean NOT NULL,
    recorder integer,
    tittel text NOT NULL,
    tittel_norsk text NOT NULL,
    CONSTRAINT tellepost_pkey PRIMARY KEY (navn),
    CONSTRAINT tellepost_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT tellepost_kilde_check CHECK (kilde::text = ANY (ARRAY['steg'::varchar, 'aarets_tall'::varchar]::text[])),
    CONSTRAINT tellepost_recorder_check CHECK (recorder > 0)
);

-- arbsok_lasting.tidligere_tilfelle: Work table: the spells that ran when the year being loaded began and met something
-- in it, with the tomdato, asoktom and regtom that their records get (spec.md 4). Partitions:
-- arbsok_lasting.tidligere_tilfelle_0 to arbsok_lasting.tidligere_tilfelle_7.
CREATE TABLE arbsok_lasting.tidligere_tilfelle (
    del integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    tilgdato date NOT NULL,
    asoktilg date NOT NULL,
    tomdato date,
    asoktom date,
    regtom date,
    lopenr varchar(16)
) PARTITION BY LIST (del);

-- arbsok_lasting.varighet_tall: Number of main spells (hoved empty) and group spells by length in days: those that each
-- year's load ended, and those that ran at the year's end, by their length at that time (spec.md 6).
CREATE TABLE arbsok_lasting.varighet_tall (
    aargang integer NOT NULL,
    hoved varchar(2),
    dager integer NOT NULL,
    venstresensurert boolean NOT NULL,
    avsluttet boolean NOT NULL,
    antall bigint NOT NULL,
    CONSTRAINT varighet_tall_aargang_hoved_dager_venstresensurert_avslutte_key UNIQUE NULLS NOT DISTINCT (aargang, hoved, dager, venstresensurert, avsluttet)
);
ALTER TABLE arbsok_lasting.varighet_tall REPLICA IDENTITY FULL;

-- arbsok.dekning_regel: What analysts read (slag oversikt, tabell, kodeliste), and for each of these and of their
-- variables from when to when it is valid and where its series breaks. The rows come from sql/objects/arbsok/regler,
-- and every upgrade puts them back. The view dekning shows them, and functions for analysts say in a NOTICE where the
-- state breaks (spec.md 2, T8; the source's 3.4).
CREATE TABLE arbsok.dekning_regel (
    slag varchar(9) NOT NULL,
    navn text NOT NULL,
    variabel text,
    gyldig_fra date,
    gyldig_til date,
    brudd date,
    merknad text NOT NULL,
    merknad_norsk text,
    CONSTRAINT dekning_regel_noekkel UNIQUE NULLS NOT DISTINCT (slag, navn, variabel, brudd),
    CONSTRAINT dekning_regel_check CHECK ((slag::text = 'variabel'::text) = (variabel IS NOT NULL)),
    CONSTRAINT dekning_regel_check1 CHECK (brudd IS NULL OR gyldig_fra IS NULL AND gyldig_til IS NULL),
    CONSTRAINT dekning_regel_check2 CHECK (gyldig_til >= gyldig_fra),
    CONSTRAINT dekning_regel_check3 CHECK ((brudd IS NULL) = (merknad_norsk IS NULL)),
    CONSTRAINT dekning_regel_slag_check CHECK (slag::text = ANY (ARRAY['oversikt'::varchar, 'tabell'::varchar, 'kodeliste'::varchar, 'variabel'::varchar]::text[]))
);
ALTER TABLE arbsok.dekning_regel REPLICA IDENTITY FULL;

-- kontroll.avvist_funn: What the controls found in years that were refused, a row for each finding that refused it: the
-- year itself left nothing else. They stay until the year is loaded or refused anew. The keys may hold fnr.
CREATE TABLE kontroll.avvist_funn (
    aargang integer NOT NULL,
    avvist timestamptz NOT NULL,
    kontroll varchar(40) NOT NULL,
    noekkel text COLLATE "C" NOT NULL,
    detalj text NOT NULL,
    CONSTRAINT avvist_funn_pkey PRIMARY KEY (aargang, kontroll, noekkel)
);

-- kontroll.kontroll: The check catalogue: what each control promises, how serious a finding is, and the view that lists
-- the offending records. Rows come from sql/objects/kontroll and are put back at every upgrade (spec.md 5 and 6; the
-- source's 5.8, asok_konsistenskontroll.sql).
CREATE TABLE kontroll.kontroll (
    kontroll varchar(40) NOT NULL,
    rekkefolge integer NOT NULL,
    alvor varchar(8) NOT NULL,
    tittel text NOT NULL,
    lover text NOT NULL,
    kilde text NOT NULL,
    visning text NOT NULL,
    lover_norsk text,
    setning text,
    setning_norsk text,
    vei_tilbake text,
    vei_tilbake_norsk text,
    CONSTRAINT kontroll_pkey PRIMARY KEY (kontroll),
    CONSTRAINT kontroll_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT kontroll_alvor_check CHECK (alvor::text = ANY (ARRAY['feil'::varchar, 'advarsel'::varchar]::text[]))
);

-- kontroll.kontrollfunn: The offending records that each run found, by a key that names the record, so that two runs
-- can be compared record by record. It holds fnr.
CREATE TABLE kontroll.kontrollfunn (
    kjoring bigint NOT NULL,
    kontroll varchar(40) NOT NULL,
    noekkel text COLLATE "C" NOT NULL,
    detalj text NOT NULL,
    verdier text[],
    CONSTRAINT kontrollfunn_pkey PRIMARY KEY (kjoring, kontroll, noekkel),
    CONSTRAINT kontrollfunn_kjoring_fkey FOREIGN KEY (kjoring) REFERENCES kontroll.kontrollkjoring(kjoring) ON DELETE CASCADE
);

-- kontroll.kontrollkjoring: The runs of the controls: a row for each year each time it was checked, by a load before it
-- was committed or by fdtrygd check. It is never emptied.
CREATE TABLE kontroll.kontrollkjoring (
    kjoring bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    anledning varchar(8) NOT NULL,
    aargang integer NOT NULL,
    startet timestamptz DEFAULT clock_timestamp() NOT NULL,
    ferdig timestamptz,
    bruker text DEFAULT SESSION_USER NOT NULL,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    CONSTRAINT kontrollkjoring_pkey PRIMARY KEY (kjoring),
    CONSTRAINT kontrollkjoring_anledning_check CHECK (anledning::text = ANY (ARRAY['load'::varchar, 'check'::varchar]::text[]))
);
CREATE INDEX kontrollkjoring_aargang ON kontroll.kontrollkjoring USING btree (aargang, kjoring);

-- kontroll.kontrollresultat: What each control found in each run (kontrollkjoring): the number of offending records, 0
-- where all is well.
CREATE TABLE kontroll.kontrollresultat (
    kjoring bigint NOT NULL,
    kontroll varchar(40) NOT NULL,
    alvor varchar(8) NOT NULL,
    antall bigint NOT NULL,
    godtatt text,
    CONSTRAINT kontrollresultat_pkey PRIMARY KEY (kjoring, kontroll),
    CONSTRAINT kontrollresultat_kjoring_fkey FOREIGN KEY (kjoring) REFERENCES kontroll.kontrollkjoring(kjoring) ON DELETE CASCADE
);

-- leveranse.avslag: Orders that were refused since their project does not allow them: by whom and why (spec.md 9, the
-- log).
CREATE TABLE leveranse.avslag (
    avslag integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    tid timestamptz DEFAULT clock_timestamp() NOT NULL,
    bruker text DEFAULT SESSION_USER NOT NULL,
    prosjekt text NOT NULL,
    bestilling text,
    grunner text[] NOT NULL,
    CONSTRAINT avslag_pkey PRIMARY KEY (avslag)
);

-- leveranse.bestilling: The orders of the projects, as they were given. An order never changes: a changed one is
-- another version (spec.md 9, orders).
CREATE TABLE leveranse.bestilling (
    prosjekt varchar(32) NOT NULL,
    bestilling varchar(32) NOT NULL,
    versjon integer NOT NULL,
    innhold jsonb NOT NULL,
    liste_sha256 text,
    lagret timestamptz DEFAULT clock_timestamp() NOT NULL,
    lagret_av text DEFAULT SESSION_USER NOT NULL,
    CONSTRAINT bestilling_pkey PRIMARY KEY (prosjekt, bestilling, versjon),
    CONSTRAINT bestilling_prosjekt_fkey FOREIGN KEY (prosjekt) REFERENCES leveranse.prosjekt(prosjekt),
    CONSTRAINT bestilling_bestilling_check CHECK (bestilling::text ~ '^[a-z][a-z0-9-]{0,31}$'::text),
    CONSTRAINT bestilling_versjon_check CHECK (versjon > 0)
);

-- leveranse.flatfilfelt: The fields of the flat file of a year's miniregister, with their widths and the years that
-- have them so (spec.md 9, the flat file; the source's 2.3).
CREATE TABLE leveranse.flatfilfelt (
    felt varchar(16) NOT NULL,
    plass integer NOT NULL,
    fra_aargang integer NOT NULL,
    til_aargang integer,
    bredde integer NOT NULL,
    type varchar(8) NOT NULL,
    kolonne varchar(32) NOT NULL,
    kodeliste varchar(16),
    ledetekst text NOT NULL,
    CONSTRAINT flatfilfelt_pkey PRIMARY KEY (felt, fra_aargang),
    CONSTRAINT flatfilfelt_plass_fra_aargang_key UNIQUE (plass, fra_aargang) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT flatfilfelt_bredde_check CHECK (bredde > 0),
    CONSTRAINT flatfilfelt_check CHECK (til_aargang >= fra_aargang),
    CONSTRAINT flatfilfelt_ledetekst_check CHECK (char_length(ledetekst) <= 80),
    CONSTRAINT flatfilfelt_type_check CHECK (type::text = ANY (ARRAY['tekst'::varchar, 'heltall'::varchar, 'dato'::varchar, 'maaned'::varchar]::text[]))
);

-- leveranse.form: The forms in which the register's records can be ordered (spec.md 9, forms).
CREATE TABLE leveranse.form (
    form varchar(16) NOT NULL,
    rekkefolge integer NOT NULL,
    tittel text NOT NULL,
    tekst text NOT NULL,
    CONSTRAINT form_pkey PRIMARY KEY (form),
    CONSTRAINT form_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT form_tittel_check CHECK (char_length(tittel) <= 80)
);

-- leveranse.formvariabel: Which variables each form of delivery has, in which order, and what each is to a row (spec.md
-- 9, variables).
CREATE TABLE leveranse.formvariabel (
    form varchar(16) NOT NULL,
    variabel varchar(32) NOT NULL,
    plass integer NOT NULL,
    standard boolean NOT NULL,
    nokkel boolean NOT NULL,
    rolle varchar(12),
    ledetekst text,
    tekst text,
    CONSTRAINT formvariabel_pkey PRIMARY KEY (form, variabel),
    CONSTRAINT formvariabel_form_plass_key UNIQUE (form, plass) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT formvariabel_form_fkey FOREIGN KEY (form) REFERENCES leveranse.form(form) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT formvariabel_variabel_fkey FOREIGN KEY (variabel) REFERENCES leveranse.variabel(variabel) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT formvariabel_ledetekst_check CHECK (char_length(ledetekst) <= 80),
    CONSTRAINT formvariabel_rolle_check CHECK (rolle::text = ANY (ARRAY['begynnelse'::varchar, 'slutt'::varchar, 'vet_slutten'::varchar]::text[]))
);

-- leveranse.koderad: Codes of deliveries that no code list of the register has (spec.md 9, variables).
CREATE TABLE leveranse.koderad (
    kodeliste varchar(16) NOT NULL,
    kode varchar(20) NOT NULL,
    rekkefolge integer NOT NULL,
    tekst text NOT NULL,
    gyldig_fra date,
    gyldig_til date,
    CONSTRAINT koderad_pkey PRIMARY KEY (kodeliste, kode),
    CONSTRAINT koderad_tekst_check CHECK (char_length(tekst) <= 120)
);

-- leveranse.microdata: The datasets for microdata.no: names, and what their metadata says (spec.md 9, microdata.no).
CREATE TABLE leveranse.microdata (
    datasett varchar(32) NOT NULL,
    rekkefolge integer NOT NULL,
    variabel varchar(32) NOT NULL,
    navn text NOT NULL,
    tekst text NOT NULL,
    sensitivitet text NOT NULL,
    populasjon text NOT NULL,
    emner text[] NOT NULL,
    utgave text NOT NULL,
    uoppgitt varchar(20) NOT NULL,
    uoppgitt_tekst text NOT NULL,
    ukjent_tekst text NOT NULL,
    CONSTRAINT microdata_pkey PRIMARY KEY (datasett),
    CONSTRAINT microdata_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT microdata_variabel_fkey FOREIGN KEY (variabel) REFERENCES leveranse.variabel(variabel) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT microdata_datasett_check CHECK (datasett::text ~ '^[A-Z][A-Z0-9_]*$'::text)
);

-- leveranse.populasjonsvilkar: What the criterion of a population can ask for, at which level (spec.md 9, populations).
CREATE TABLE leveranse.populasjonsvilkar (
    nivaa varchar(16) NOT NULL,
    vilkar varchar(16) NOT NULL,
    kolonne varchar(32) NOT NULL,
    CONSTRAINT populasjonsvilkar_pkey PRIMARY KEY (nivaa, vilkar),
    CONSTRAINT populasjonsvilkar_nivaa_fkey FOREIGN KEY (nivaa) REFERENCES leveranse.form(form) DEFERRABLE INITIALLY DEFERRED
);

-- leveranse.prosjekt: The projects that get data from the register: by which decision, until when, and what they may
-- order (spec.md 9, projects).
CREATE TABLE leveranse.prosjekt (
    prosjekt varchar(32) NOT NULL,
    tittel text NOT NULL,
    vedtak text NOT NULL,
    gyldig_til date NOT NULL,
    slettes_etter date NOT NULL,
    former text[] NOT NULL,
    variabler text[] NOT NULL,
    populasjon jsonb NOT NULL,
    tilstand varchar(8) DEFAULT 'apen'::varchar NOT NULL,
    opprettet timestamptz DEFAULT clock_timestamp() NOT NULL,
    opprettet_av text DEFAULT SESSION_USER NOT NULL,
    lukket timestamptz,
    lukket_av text,
    slettet timestamptz,
    slettet_av text,
    CONSTRAINT prosjekt_pkey PRIMARY KEY (prosjekt),
    CONSTRAINT prosjekt_check CHECK (slettes_etter >= gyldig_til),
    CONSTRAINT prosjekt_prosjekt_check CHECK (prosjekt::text ~ '^[a-z][a-z0-9-]{0,31}$'::text),
    CONSTRAINT prosjekt_tilstand_check CHECK (tilstand::text = ANY (ARRAY['apen'::varchar, 'lukket'::varchar, 'slettet'::varchar]::text[]))
);

-- leveranse.utlevering: The log of what has left the register: deliveries and their repeats, flat files, what
-- microdata.no gets. A row comes before anything is made, and is done when its files are in place (spec.md 9, the log).
CREATE TABLE leveranse.utlevering (
    utlevering integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    slag varchar(12) NOT NULL,
    tilstand varchar(8) DEFAULT 'begynt'::varchar NOT NULL,
    prosjekt varchar(32),
    bestilling varchar(32),
    versjon integer,
    til date,
    aargang integer,
    gjentar integer,
    begrunnelse text,
    begynt timestamptz DEFAULT clock_timestamp() NOT NULL,
    ferdig timestamptz,
    bruker text DEFAULT SESSION_USER NOT NULL,
    kjoring bigint,
    personer bigint,
    tall jsonb,
    versjoner jsonb NOT NULL,
    CONSTRAINT utlevering_pkey PRIMARY KEY (utlevering),
    CONSTRAINT utlevering_gjentar_fkey FOREIGN KEY (gjentar) REFERENCES leveranse.utlevering(utlevering),
    CONSTRAINT utlevering_prosjekt_bestilling_versjon_fkey FOREIGN KEY (prosjekt, bestilling, versjon) REFERENCES leveranse.bestilling(prosjekt, bestilling, versjon),
    CONSTRAINT utlevering_check CHECK ((slag::text = ANY (ARRAY['leveranse'::varchar, 'gjentakelse'::varchar]::text[])) = (versjon IS NOT NULL)),
    CONSTRAINT utlevering_check1 CHECK ((slag::text = ANY (ARRAY['flatfil'::varchar, 'microdata'::varchar]::text[])) = (begrunnelse IS NOT NULL)),
    CONSTRAINT utlevering_check2 CHECK ((slag::text = 'gjentakelse'::text) = (gjentar IS NOT NULL)),
    CONSTRAINT utlevering_check3 CHECK ((slag::text = 'flatfil'::text) = (aargang IS NOT NULL)),
    CONSTRAINT utlevering_check4 CHECK ((slag::text = 'flatfil'::text) = (til IS NULL)),
    CONSTRAINT utlevering_check5 CHECK ((tilstand::text = 'ferdig'::text) = (ferdig IS NOT NULL)),
    CONSTRAINT utlevering_slag_check CHECK (slag::text = ANY (ARRAY['leveranse'::varchar, 'gjentakelse'::varchar, 'flatfil'::varchar, 'microdata'::varchar]::text[])),
    CONSTRAINT utlevering_tilstand_check CHECK (tilstand::text = ANY (ARRAY['begynt'::varchar, 'ferdig'::varchar, 'avbrutt'::varchar]::text[]))
);
CREATE INDEX utlevering_prosjekt_bestilling_versjon_til_idx ON leveranse.utlevering USING btree (prosjekt, bestilling, versjon, til);

-- leveranse.utlevert_fil: The files of each delivery, with their checksums (spec.md 9, the log).
CREATE TABLE leveranse.utlevert_fil (
    utlevering integer NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT utlevert_fil_pkey PRIMARY KEY (utlevering, fil),
    CONSTRAINT utlevert_fil_utlevering_fkey FOREIGN KEY (utlevering) REFERENCES leveranse.utlevering(utlevering)
);

-- leveranse.utlevert_tabell: The tables of each delivery, with the checksum by which a repeat is held against it
-- (spec.md 9, repeating).
CREATE TABLE leveranse.utlevert_tabell (
    utlevering integer NOT NULL,
    tabell varchar(32) NOT NULL,
    rader bigint NOT NULL,
    personer bigint NOT NULL,
    radsum text NOT NULL,
    CONSTRAINT utlevert_tabell_pkey PRIMARY KEY (utlevering, tabell),
    CONSTRAINT utlevert_tabell_utlevering_fkey FOREIGN KEY (utlevering) REFERENCES leveranse.utlevering(utlevering)
);

-- leveranse.variabel: The variables of deliveries: name, label, type, width, code list and what each means; and those
-- that cannot be ordered, with the reason (spec.md 9, variables).
CREATE TABLE leveranse.variabel (
    variabel varchar(32) NOT NULL,
    rekkefolge integer NOT NULL,
    type varchar(8),
    bredde integer,
    kodeliste varchar(16),
    som_heltall boolean DEFAULT false NOT NULL,
    bare_navngitt boolean DEFAULT false NOT NULL,
    hvorfor_ikke text,
    ledetekst text,
    tekst text,
    CONSTRAINT variabel_pkey PRIMARY KEY (variabel),
    CONSTRAINT variabel_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT variabel_bredde_check CHECK (bredde > 0),
    CONSTRAINT variabel_check CHECK (NOT som_heltall OR kodeliste IS NOT NULL),
    CONSTRAINT variabel_check1 CHECK ((type::text = 'tekst'::text) = (bredde IS NOT NULL)),
    CONSTRAINT variabel_check2 CHECK ((hvorfor_ikke IS NULL) = (type IS NOT NULL)),
    CONSTRAINT variabel_check3 CHECK ((hvorfor_ikke IS NULL) = (ledetekst IS NOT NULL AND tekst IS NOT NULL)),
    CONSTRAINT variabel_ledetekst_check CHECK (char_length(ledetekst) <= 80),
    CONSTRAINT variabel_type_check CHECK (type::text = ANY (ARRAY['tekst'::varchar, 'dato'::varchar, 'heltall'::varchar, 'logisk'::varchar]::text[]))
);

-- leveranse_nokkel.liste_inn: Where a list of persons is copied to; the same transaction takes it on and empties it.
-- Always empty to others.
CREATE UNLOGGED TABLE leveranse_nokkel.liste_inn (
    linje text,
    transaksjon xid8 DEFAULT pg_current_xact_id() NOT NULL
);

-- leveranse_nokkel.person_i_liste: The persons on the lists that orders and projects have brought. Nobody but the owner
-- reads it (spec.md 9, populations).
CREATE TABLE leveranse_nokkel.person_i_liste (
    prosjekt varchar(32) NOT NULL,
    bestilling varchar(32) NOT NULL,
    versjon integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    CONSTRAINT person_i_liste_pkey PRIMARY KEY (prosjekt, bestilling, versjon, fnr),
    CONSTRAINT person_i_liste_prosjekt_fkey FOREIGN KEY (prosjekt) REFERENCES leveranse.prosjekt(prosjekt)
);

-- leveranse_nokkel.prosjektnokkel: The secret key of each project that is not destroyed. Nobody but the owner reads it
-- (spec.md 9, person numbers).
CREATE TABLE leveranse_nokkel.prosjektnokkel (
    prosjekt varchar(32) NOT NULL,
    nokkel text NOT NULL,
    CONSTRAINT prosjektnokkel_pkey PRIMARY KEY (prosjekt),
    CONSTRAINT prosjektnokkel_prosjekt_fkey FOREIGN KEY (prosjekt) REFERENCES leveranse.prosjekt(prosjekt),
    CONSTRAINT prosjektnokkel_nokkel_check CHECK (nokkel ~ '^[0-9a-f]{64}$'::text)
);

-- befolkning.bosted: Where each person of the population register lived, from day to day, both included (spec.md 10,
-- the population register).
CREATE TABLE befolkning.bosted (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date,
    kommune varchar(4) NOT NULL,
    CONSTRAINT bosted_pkey PRIMARY KEY (fnr, fradato),
    CONSTRAINT bosted_check CHECK (tildato >= fradato)
);

-- befolkning.folkeregisterperson: The persons of the population register that was loaded last: sex and date of birth,
-- which come from the register and never from the fødselsnummer (spec.md 10, V2).
CREATE TABLE befolkning.folkeregisterperson (
    fnr varchar(11) COLLATE "C" NOT NULL,
    kjonn varchar(1) NOT NULL,
    fodselsdato date NOT NULL,
    CONSTRAINT folkeregisterperson_pkey PRIMARY KEY (fnr),
    CONSTRAINT folkeregisterperson_kjonn_check CHECK (kjonn::text = ANY (ARRAY['1'::varchar, '2'::varchar]::text[]))
);

-- befolkning.folkeregisterversjon: The population registers that were loaded, one after the other: files with
-- checksums, what was in them, and the last day that each knows. Only the last one's rows are kept (person, bosted,
-- status, personlenke); what records got from an earlier one is in kjennemerke (spec.md 10, the population register).
CREATE TABLE befolkning.folkeregisterversjon (
    folkeregisterversjon integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    gjelder_til date NOT NULL,
    syntetisk boolean NOT NULL,
    lastet timestamptz DEFAULT clock_timestamp() NOT NULL,
    bruker text DEFAULT SESSION_USER NOT NULL,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    filer jsonb NOT NULL,
    tall jsonb NOT NULL,
    CONSTRAINT folkeregisterversjon_pkey PRIMARY KEY (folkeregisterversjon)
);

-- befolkning.fylke: The fylker, each from when to when its code was in force (Klass 104) (spec.md 10, V6).
CREATE TABLE befolkning.fylke (
    fylke varchar(2) NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date,
    tekst text NOT NULL,
    CONSTRAINT fylke_pkey PRIMARY KEY (fylke, gyldig_fra),
    CONSTRAINT fylke_check CHECK (gyldig_til >= gyldig_fra)
);

-- befolkning.kjennemerke: What each record of the miniregister gets from the population register on its extraction
-- date, frozen: a figure can be traced when the register has moved on (spec.md 10, what a record gets).
CREATE TABLE befolkning.kjennemerke (
    sett integer NOT NULL,
    fnr varchar(11) COLLATE "C" NOT NULL,
    mnddato date NOT NULL,
    kjonn varchar(1) NOT NULL,
    alder smallint,
    kommune varchar(4) NOT NULL,
    fylke varchar(2) NOT NULL,
    bosted_grunn varchar(16) NOT NULL,
    telles boolean NOT NULL,
    CONSTRAINT kjennemerke_pkey PRIMARY KEY (fnr, mnddato, sett),
    CONSTRAINT kjennemerke_bosted_grunn_check CHECK (bosted_grunn::text = ANY (ARRAY['bosatt'::varchar, 'ugyldig_fnr'::varchar, 'ikke_i_register'::varchar, 'dod'::varchar, 'ikke_bosatt'::varchar, 'uten_bosted'::varchar]::text[])),
    CONSTRAINT kjennemerke_check CHECK ((bosted_grunn::text = 'bosatt'::text) = (kommune::text <> '9999'::text)),
    CONSTRAINT kjennemerke_check1 CHECK ((kommune::text = '9999'::text) = (fylke::text = '99'::text)),
    CONSTRAINT kjennemerke_check2 CHECK ((kjonn::text = '9'::text) = (alder IS NULL)),
    CONSTRAINT kjennemerke_kjonn_check CHECK (kjonn::text = ANY (ARRAY['1'::varchar, '2'::varchar, '9'::varchar]::text[]))
) PARTITION BY LIST (sett);

-- befolkning.kjennemerkesett: The sets of kjennemerke: one for each month and version of the population register that
-- statistics were made of. It goes with its month (spec.md 10, what a record gets).
CREATE TABLE befolkning.kjennemerkesett (
    sett integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    mnddato date NOT NULL,
    dagdato date NOT NULL,
    folkeregisterversjon integer NOT NULL,
    laget timestamptz DEFAULT clock_timestamp() NOT NULL,
    antall bigint NOT NULL,
    tall jsonb NOT NULL,
    CONSTRAINT kjennemerkesett_pkey PRIMARY KEY (sett),
    CONSTRAINT kjennemerkesett_mnddato_folkeregisterversjon_key UNIQUE (mnddato, folkeregisterversjon),
    CONSTRAINT kjennemerkesett_folkeregisterversjon_fkey FOREIGN KEY (folkeregisterversjon) REFERENCES befolkning.folkeregisterversjon(folkeregisterversjon),
    CONSTRAINT kjennemerkesett_mnddato_fkey FOREIGN KEY (mnddato) REFERENCES trygdfob.maanedsfil(mnddato) ON DELETE CASCADE
);
CREATE TRIGGER slett_kjennemerker AFTER DELETE ON befolkning.kjennemerkesett FOR EACH ROW EXECUTE FUNCTION befolkning.slett_kjennemerker();

-- befolkning.koderetting: Codes of a delivered register that are not those of the product, with what they stand for.
-- You may add rows; every upgrade puts those of the product back (spec.md 10, the population register).
CREATE TABLE befolkning.koderetting (
    kodeliste varchar(12) NOT NULL,
    fra_kode varchar(24) NOT NULL,
    til_kode varchar(24) NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT koderetting_pkey PRIMARY KEY (kodeliste, fra_kode),
    CONSTRAINT koderetting_kodeliste_check CHECK (kodeliste::text = ANY (ARRAY['regstatus'::varchar, 'kommune'::varchar]::text[]))
);

-- befolkning.kommune: The kommuner, each from when to when its code was in force (Klass 131). A code may be used again
-- for another area, so none is read without a date (spec.md 10, V6).
CREATE TABLE befolkning.kommune (
    kommune varchar(4) NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date,
    tekst text NOT NULL,
    fylke varchar(2) NOT NULL,
    CONSTRAINT kommune_pkey PRIMARY KEY (kommune, gyldig_fra),
    CONSTRAINT kommune_check CHECK (gyldig_til >= gyldig_fra)
);

-- befolkning.kommune_endring: What became of kommuner whose code changed: with one successor they are followed, with
-- more than one (a split) never (spec.md 10, V6).
CREATE TABLE befolkning.kommune_endring (
    fra_kommune varchar(4) NOT NULL,
    til_kommune varchar(4) NOT NULL,
    dato date NOT NULL,
    CONSTRAINT kommune_endring_pkey PRIMARY KEY (fra_kommune, til_kommune, dato)
);

-- befolkning.personlenke: The numbers that are one person's, each with that person's current number; who has one number
-- alone has no row (spec.md 10, V3).
CREATE TABLE befolkning.personlenke (
    fnr varchar(11) COLLATE "C" NOT NULL,
    gjeldende varchar(11) COLLATE "C" NOT NULL,
    fradato date,
    CONSTRAINT personlenke_pkey PRIMARY KEY (fnr)
);

-- befolkning.satt_til_side: Persons whose rows in the population register contradict one another, with the reason. They
-- are in none of its tables, and count as not in the register (spec.md 10, the population register).
CREATE TABLE befolkning.satt_til_side (
    fnr varchar(11) COLLATE "C" NOT NULL,
    grunn varchar(24) NOT NULL,
    fil text NOT NULL,
    linje bigint NOT NULL,
    CONSTRAINT satt_til_side_pkey PRIMARY KEY (fnr, grunn, fil, linje)
);

-- befolkning.status: What each person is to the population register, from day to day, both included (spec.md 10, the
-- population register).
CREATE TABLE befolkning.status (
    fnr varchar(11) COLLATE "C" NOT NULL,
    fradato date NOT NULL,
    tildato date,
    regstatus varchar(12) NOT NULL,
    CONSTRAINT status_pkey PRIMARY KEY (fnr, fradato),
    CONSTRAINT status_check CHECK (tildato >= fradato),
    CONSTRAINT status_regstatus_check CHECK (regstatus::text = ANY (ARRAY['bosatt'::varchar, 'utvandret'::varchar, 'dod'::varchar, 'forsvunnet'::varchar, 'ikke_bosatt'::varchar, 'opphort'::varchar]::text[]))
);

-- statistikk.avrundingsnokkel: One row: the secret by which small counts are drawn. Nobody but the owner reads it
-- (spec.md 10, R3).
CREATE TABLE statistikk.avrundingsnokkel (
    en_rad boolean DEFAULT true NOT NULL,
    nokkel text NOT NULL,
    CONSTRAINT avrundingsnokkel_pkey PRIMARY KEY (en_rad),
    CONSTRAINT avrundingsnokkel_en_rad_check CHECK (en_rad),
    CONSTRAINT avrundingsnokkel_nokkel_check CHECK (nokkel ~ '^[0-9a-f]{64}$'::text)
);

-- statistikk.avsloringskontroll: Runs of the attack on a version, and what it disclosed (spec.md 10, the audit).
CREATE TABLE statistikk.avsloringskontroll (
    versjon integer NOT NULL,
    kjort timestamptz DEFAULT clock_timestamp() NOT NULL,
    kjort_av text DEFAULT SESSION_USER NOT NULL,
    avslort integer NOT NULL,
    kjent_liten integer NOT NULL,
    smaa integer NOT NULL,
    resultat jsonb NOT NULL,
    CONSTRAINT avsloringskontroll_pkey PRIMARY KEY (versjon, kjort),
    CONSTRAINT avsloringskontroll_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon) ON DELETE CASCADE
);

-- statistikk.celle: The figures of each version's tables: a number, or a symbol in its place (spec.md 10, symbols).
CREATE TABLE statistikk.celle (
    versjon integer NOT NULL,
    tabell varchar(32) NOT NULL,
    koder text[] NOT NULL,
    verdi numeric,
    symbol varchar(2),
    CONSTRAINT celle_pkey PRIMARY KEY (versjon, tabell, koder),
    CONSTRAINT celle_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon) ON DELETE CASCADE,
    CONSTRAINT celle_check CHECK ((verdi IS NULL) = (symbol IS NOT NULL)),
    CONSTRAINT celle_symbol_check CHECK (symbol::text = ANY (ARRAY['.'::varchar, '..'::varchar, ':'::varchar, '-'::varchar]::text[]))
);
CREATE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.celle REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.celle REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.celle REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.celle FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

-- statistikk.dimensjon: The dimensions of each table, in their order (spec.md 10, the catalogue).
CREATE TABLE statistikk.dimensjon (
    tabell varchar(32) NOT NULL,
    plass integer NOT NULL,
    gruppering varchar(24) NOT NULL,
    tekst text NOT NULL,
    i_alt text,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT dimensjon_pkey PRIMARY KEY (tabell, plass),
    CONSTRAINT dimensjon_gruppering_fkey FOREIGN KEY (gruppering) REFERENCES statistikk.gruppering(gruppering) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT dimensjon_tabell_fkey FOREIGN KEY (tabell) REFERENCES statistikk.tabell(tabell) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT dimensjon_plass_check CHECK (plass > 0)
);

-- statistikk.grunnlag: The base of a version: the persons of the day counted in the finest cells, before and after
-- protection. Everything published is made from beskyttet (spec.md 10, R1 to R4).
CREATE TABLE statistikk.grunnlag (
    versjon integer NOT NULL,
    celle integer NOT NULL,
    lag varchar(16) NOT NULL,
    hoved varchar(2) NOT NULL,
    fylke varchar(2),
    kommune varchar(4),
    kjonn varchar(1),
    alder smallint,
    uker smallint,
    bosatt boolean,
    antall integer NOT NULL,
    beskyttet integer,
    CONSTRAINT grunnlag_pkey PRIMARY KEY (versjon, celle),
    CONSTRAINT grunnlag_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon) ON DELETE CASCADE,
    CONSTRAINT grunnlag_antall_check CHECK (antall > 0)
);
CREATE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.grunnlag REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.grunnlag REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.grunnlag REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.grunnlag FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

-- statistikk.gruppering: The groupings by which persons are told apart in statistics: groups, bands of age and of
-- weeks, regions (spec.md 10, the catalogue).
CREATE TABLE statistikk.gruppering (
    gruppering varchar(24) NOT NULL,
    kjennemerke varchar(8) NOT NULL,
    tekst text NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT gruppering_pkey PRIMARY KEY (gruppering),
    CONSTRAINT gruppering_gruppering_check CHECK (gruppering::text ~ '^[a-z][a-z0-9_]*$'::text),
    CONSTRAINT gruppering_kjennemerke_check CHECK (kjennemerke::text = ANY (ARRAY['hoved'::varchar, 'region'::varchar, 'kjonn'::varchar, 'alder'::varchar, 'varighet'::varchar, 'bosatt'::varchar]::text[]))
);

-- statistikk.klasse: The classes of each grouping but those of regions, which are in the schema befolkning (view
-- kategori has all) (spec.md 10, the catalogue).
CREATE TABLE statistikk.klasse (
    gruppering varchar(24) NOT NULL,
    kode varchar(12) NOT NULL,
    rekkefolge integer NOT NULL,
    tekst text NOT NULL,
    fra integer,
    til integer,
    verdier text[],
    i_alt boolean NOT NULL,
    symbol varchar(2),
    gyldig_fra date,
    gyldig_til date,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT klasse_pkey PRIMARY KEY (gruppering, kode),
    CONSTRAINT klasse_gruppering_fkey FOREIGN KEY (gruppering) REFERENCES statistikk.gruppering(gruppering) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT klasse_check CHECK (til >= fra),
    CONSTRAINT klasse_check1 CHECK (gyldig_til >= gyldig_fra),
    CONSTRAINT klasse_symbol_check CHECK (symbol::text = ANY (ARRAY['.'::varchar, '..'::varchar]::text[]))
);

-- statistikk.note: Footnotes: of which tables (all that is said of them holds), in which periods (spec.md 10, the
-- catalogue).
CREATE TABLE statistikk.note (
    note varchar(24) NOT NULL,
    rekkefolge integer NOT NULL,
    tabell varchar(32),
    maal varchar(16),
    kjennemerke varchar(8),
    hoved text[],
    fra_periode varchar(7),
    til_periode varchar(7),
    tekst text NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT note_pkey PRIMARY KEY (note),
    CONSTRAINT note_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT note_tabell_fkey FOREIGN KEY (tabell) REFERENCES statistikk.tabell(tabell) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT note_kjennemerke_check CHECK (kjennemerke::text = ANY (ARRAY['hoved'::varchar, 'region'::varchar, 'kjonn'::varchar, 'alder'::varchar, 'varighet'::varchar, 'bosatt'::varchar]::text[])),
    CONSTRAINT note_maal_check CHECK (maal::text = ANY (ARRAY['beholdning'::varchar, 'aarsgjennomsnitt'::varchar]::text[])),
    CONSTRAINT note_note_check CHECK (note::text ~ '^[a-z][a-z0-9_]*$'::text)
);

-- statistikk.offisiell_celle: What others have published of the same, to be held against it, and what an attacker may
-- know (spec.md 10, controls).
CREATE TABLE statistikk.offisiell_celle (
    kilde text NOT NULL,
    tabell varchar(32) NOT NULL,
    periode varchar(7) NOT NULL,
    koder text[] NOT NULL,
    verdi numeric,
    symbol varchar(2),
    CONSTRAINT offisiell_celle_pkey PRIMARY KEY (kilde, tabell, periode, koder),
    CONSTRAINT offisiell_celle_check CHECK ((verdi IS NULL) = (symbol IS NOT NULL))
);

-- statistikk.pakke: What is protected together: the persons of a day belong to one package, and all its tables are made
-- from one base (spec.md 10, disclosure control).
CREATE TABLE statistikk.pakke (
    pakke varchar(24) NOT NULL,
    tittel text NOT NULL,
    metode varchar(12) NOT NULL,
    terskel integer NOT NULL,
    minste_rettelse integer NOT NULL,
    inndeling date,
    finnes_eksakt boolean NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT pakke_pkey PRIMARY KEY (pakke),
    CONSTRAINT pakke_metode_check CHECK (metode::text = 'avrunding'::text),
    CONSTRAINT pakke_minste_rettelse_check CHECK (minste_rettelse >= 1),
    CONSTRAINT pakke_pakke_check CHECK (pakke::text ~ '^[a-z][a-z0-9_]*$'::text),
    CONSTRAINT pakke_terskel_check CHECK (terskel = 3)
);

-- statistikk.pakke_base: By which groupings each part of a package's base is told apart; several of one kind are
-- refined into one (spec.md 10, R1).
CREATE TABLE statistikk.pakke_base (
    pakke varchar(24) NOT NULL,
    lag varchar(16) NOT NULL,
    gruppering varchar(24) NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT pakke_base_pkey PRIMARY KEY (pakke, lag, gruppering),
    CONSTRAINT pakke_base_gruppering_fkey FOREIGN KEY (gruppering) REFERENCES statistikk.gruppering(gruppering) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT pakke_base_pakke_lag_fkey FOREIGN KEY (pakke, lag) REFERENCES statistikk.pakke_lag(pakke, lag) DEFERRABLE INITIALLY DEFERRED
);

-- statistikk.pakke_lag: The parts of a package's population that differ in detail: the fully unemployed are told apart
-- more finely than the others (spec.md 10, R1).
CREATE TABLE statistikk.pakke_lag (
    pakke varchar(24) NOT NULL,
    lag varchar(16) NOT NULL,
    hoved text[] NOT NULL,
    tekst text NOT NULL,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT pakke_lag_pkey PRIMARY KEY (pakke, lag),
    CONSTRAINT pakke_lag_pakke_fkey FOREIGN KEY (pakke) REFERENCES statistikk.pakke(pakke) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT pakke_lag_lag_check CHECK (lag::text ~ '^[a-z][a-z0-9_]*$'::text)
);

-- statistikk.publisert_fil: The files of each published version, with their checksums (spec.md 10, publication).
CREATE TABLE statistikk.publisert_fil (
    versjon integer NOT NULL,
    fil text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT publisert_fil_pkey PRIMARY KEY (versjon, fil),
    CONSTRAINT publisert_fil_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon)
);
CREATE TRIGGER vern_publisert BEFORE DELETE OR UPDATE ON statistikk.publisert_fil FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.publisert_fil FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

-- statistikk.snitt_av_versjon: The versions of months that a year's averages are made of (spec.md 10, the catalogue).
CREATE TABLE statistikk.snitt_av_versjon (
    versjon integer NOT NULL,
    maaned integer NOT NULL,
    CONSTRAINT snitt_av_versjon_pkey PRIMARY KEY (versjon, maaned),
    CONSTRAINT snitt_av_versjon_maaned_fkey FOREIGN KEY (maaned) REFERENCES statistikk.versjon(versjon),
    CONSTRAINT snitt_av_versjon_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon) ON DELETE CASCADE
);
CREATE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.snitt_av_versjon REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.snitt_av_versjon REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.snitt_av_versjon REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.snitt_av_versjon FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

-- statistikk.statistikkontroll: What is promised of a version of statistics, in two languages (spec.md 10, controls).
CREATE TABLE statistikk.statistikkontroll (
    kontroll varchar(24) NOT NULL,
    rekkefolge integer NOT NULL,
    alvor varchar(8) NOT NULL,
    tittel text NOT NULL,
    lover text NOT NULL,
    lover_norsk text NOT NULL,
    kilde text NOT NULL,
    CONSTRAINT statistikkontroll_pkey PRIMARY KEY (kontroll),
    CONSTRAINT statistikkontroll_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT statistikkontroll_alvor_check CHECK (alvor::text = ANY (ARRAY['feil'::varchar, 'advarsel'::varchar]::text[]))
);

-- statistikk.tabell: The tables that are published, a row each: a new one is a new row (spec.md 10, the catalogue).
CREATE TABLE statistikk.tabell (
    tabell varchar(32) NOT NULL,
    rekkefolge integer NOT NULL,
    pakke varchar(24) NOT NULL,
    maal varchar(16) NOT NULL,
    snitt_av varchar(32),
    lag text[] NOT NULL,
    bosatt boolean,
    tittel text NOT NULL,
    enhet text NOT NULL,
    ekstern_id varchar(24),
    kontakt text NOT NULL,
    gyldig_fra date NOT NULL,
    gyldig_til date,
    fra_fil boolean DEFAULT false NOT NULL,
    CONSTRAINT tabell_pkey PRIMARY KEY (tabell),
    CONSTRAINT tabell_rekkefolge_key UNIQUE (rekkefolge) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT tabell_pakke_fkey FOREIGN KEY (pakke) REFERENCES statistikk.pakke(pakke) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT tabell_snitt_av_fkey FOREIGN KEY (snitt_av) REFERENCES statistikk.tabell(tabell) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT tabell_check CHECK (gyldig_til >= gyldig_fra),
    CONSTRAINT tabell_check1 CHECK ((maal::text = 'aarsgjennomsnitt'::text) = (snitt_av IS NOT NULL)),
    CONSTRAINT tabell_maal_check CHECK (maal::text = ANY (ARRAY['beholdning'::varchar, 'aarsgjennomsnitt'::varchar]::text[])),
    CONSTRAINT tabell_tabell_check CHECK (tabell::text ~ '^[a-z][a-z0-9_]*$'::text)
);

-- statistikk.versjon: Each version of a period's statistics: a draft, then approved, then published. What is published
-- never changes; a correction is another version (spec.md 10, versions).
CREATE TABLE statistikk.versjon (
    versjon integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    pakke varchar(24) NOT NULL,
    periode varchar(7) NOT NULL,
    nummer integer NOT NULL,
    grunn text NOT NULL,
    tilstand varchar(12) DEFAULT 'utkast'::varchar NOT NULL,
    mnddato date,
    dagdato date,
    folkeregisterversjon integer,
    syntetisk boolean NOT NULL,
    kjoring bigint,
    produktversjon text NOT NULL,
    objektversjon text NOT NULL,
    kodelister jsonb NOT NULL,
    mal jsonb NOT NULL,
    laget timestamptz DEFAULT clock_timestamp() NOT NULL,
    laget_av text DEFAULT SESSION_USER NOT NULL,
    godkjent timestamptz,
    godkjent_av text,
    publisert timestamptz,
    publisert_av text,
    alene text,
    eksakt text,
    katalog jsonb,
    kontroller jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT versjon_pkey PRIMARY KEY (versjon),
    CONSTRAINT versjon_pakke_periode_nummer_key UNIQUE (pakke, periode, nummer),
    CONSTRAINT versjon_folkeregisterversjon_fkey FOREIGN KEY (folkeregisterversjon) REFERENCES befolkning.folkeregisterversjon(folkeregisterversjon),
    CONSTRAINT versjon_check CHECK ((mnddato IS NULL) = (length(periode::text) = 4)),
    CONSTRAINT versjon_check1 CHECK ((tilstand::text = 'utkast'::text) = (godkjent IS NULL)),
    CONSTRAINT versjon_check2 CHECK ((tilstand::text = 'publisert'::text) = (publisert IS NOT NULL)),
    CONSTRAINT versjon_check3 CHECK ((tilstand::text = 'publisert'::text) = (katalog IS NOT NULL)),
    CONSTRAINT versjon_nummer_check CHECK (nummer > 0),
    CONSTRAINT versjon_periode_check CHECK (periode::text ~ '^[0-9]{4}(M(0[1-9]|1[0-2]))?$'::text),
    CONSTRAINT versjon_tilstand_check CHECK (tilstand::text = ANY (ARRAY['utkast'::varchar, 'godkjent'::varchar, 'publisert'::varchar]::text[]))
);
CREATE TRIGGER vern_publisert BEFORE DELETE OR UPDATE ON statistikk.versjon FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();

-- statistikk.versjonsregnskap: What became of each record of the miniregister's month in a version: counted, another
-- number of a person who is counted, or outside the package (spec.md 10, controls).
CREATE TABLE statistikk.versjonsregnskap (
    versjon integer NOT NULL,
    hoved varchar(2) NOT NULL,
    hva varchar(16) NOT NULL,
    antall bigint NOT NULL,
    CONSTRAINT versjonsregnskap_pkey PRIMARY KEY (versjon, hoved, hva),
    CONSTRAINT versjonsregnskap_versjon_fkey FOREIGN KEY (versjon) REFERENCES statistikk.versjon(versjon) ON DELETE CASCADE,
    CONSTRAINT versjonsregnskap_hva_check CHECK (hva::text = ANY (ARRAY['talt'::varchar, 'annet_nummer'::varchar, 'utenfor'::varchar]::text[]))
);
CREATE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.versjonsregnskap REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.versjonsregnskap REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.versjonsregnskap REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.versjonsregnskap FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
