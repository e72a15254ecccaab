"""The same year worked out in DuckDB, outside the database, and copied back: an opponent in the benchmark.

From the year's twelve CSV files and what the database holds after the year before, every rule of the product
(spec.md 2, 3 and 4) is applied column by column on all threads; PostgreSQL gets the finished tables in one transaction.
What makes it fast: texts are looked up once for each different one and become small numbers; each month is joined with
the month before, so that the nine records in ten that say "still the same" are never sorted; the miniregister's rows
leave DuckDB as the very bytes of COPY's binary format.

    python benchmarks/duckdb_year.py DSN DIRECTORY YEAR [THREADS]
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from psycopg import sql

import copy_back

BATCH = 65_536  #: rows that leave DuckDB at a time
MEMORY = "2GB"  #: DuckDB's share of the memory; it spills to disk above
BLANKS = " \t\n\v\f\r\u00a0"
AS_GR_FROM = date(2002, 10, 1)

Duck = duckdb.DuckDBPyConnection

# What the database holds after the year before: name, query with the year as parameter, columns as DuckDB reads them

STATE = {
    "h": (
        "SELECT fnr, hoved, hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato, tilgdato, avgdato,"
        " asoktilg, dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status"
        " FROM trygdfob.h_arbsok WHERE aargang = {year} - 1",
        "fnr VARCHAR, hoved VARCHAR, hovedarbstat VARCHAR, hovedarbdato DATE, tiltak VARCHAR, tiltakdato DATE,"
        " ytelse VARCHAR, ytelsedato DATE, tilgdato DATE, avgdato DATE, asoktilg DATE, dagdato DATE, fdagdato DATE,"
        " henddato DATE, mrk_sys VARCHAR, mrk_fnr VARCHAR, as_f VARCHAR, as_gr VARCHAR, status VARCHAR",
    ),
    "tidligere": (
        f"SELECT {', '.join(copy_back.F_ARBSOK)} FROM arbsok_lasting.forlop_fra({{year}} - 1) WHERE tomdato IS NULL",
        "lopenr VARCHAR, fnr VARCHAR, kode VARCHAR, hoved VARCHAR, regdato DATE, tilgdato DATE, avgdato DATE,"
        " asoktilg DATE, asokavg DATE, hovedarbstat VARCHAR, hovedarbdato DATE, tiltak VARCHAR, tiltakdato DATE,"
        " ytelse VARCHAR, ytelsedato DATE, dagdato DATE, fdagdato DATE, henddato DATE, mrk_sys VARCHAR,"
        " mrk_fnr VARCHAR, as_f VARCHAR, as_gr VARCHAR, status VARCHAR, asoktom DATE, tomdato DATE, regtom DATE,"
        " aargang INTEGER",
    ),
    "statusvalg": (
        "SELECT individ, seriemaaned, hoved_5, etter_start, etter_fdagdato, henddato_klasse, hoved_endret, arbstat_sum,"
        " status, handling, avgang_dato, tilgang_dato, kode FROM arbsok_lasting.statusvalg",
        "individ VARCHAR, seriemaaned INTEGER, hoved_5 BOOLEAN, etter_start BOOLEAN, etter_fdagdato BOOLEAN,"
        " henddato_klasse VARCHAR, hoved_endret BOOLEAN, arbstat_sum INTEGER,"
        " status VARCHAR, handling VARCHAR, avgang_dato VARCHAR, tilgang_dato VARCHAR, kode VARCHAR",
    ),
    "hoved_koding": (
        "SELECT hovedarbstat, tiltak, greatest(gyldig_fra, '0001-01-01'), least(gyldig_til, '9999-12-31'), hoved"
        " FROM trygdfob.hoved_koding",
        "hovedarbstat VARCHAR, tiltak VARCHAR, gyldig_fra DATE, gyldig_til DATE, hoved VARCHAR",
    ),
    "sysselsetting": (
        "SELECT fnr, greatest(fradato, '0001-01-01'), least(coalesce(tildato, 'infinity'), '9999-12-31')"
        " FROM trygdfob.sysselsetting"
        " WHERE fradato <= make_date({year}, 12, 31) + 10"
        " AND coalesce(tildato, 'infinity') >= make_date({year}, 1, 1) - 10",
        "fnr VARCHAR, fradato DATE, tildato DATE",
    ),
    "innstilling": (
        "SELECT serie_start, sammensying_dager, avslutning_dager, testnumre,"
        " (SELECT dagdato FROM trygdfob.maanedsfil WHERE mnddato = make_date({year} - 1, 12, 1)),"
        " EXISTS (SELECT FROM trygdfob.person), (SELECT nokkel FROM trygdfob.lopenummer_nokkel)"
        " FROM trygdfob.innstilling",
        "serie_start DATE, sammensying_dager INTEGER, avslutning_dager INTEGER, testnumre BOOLEAN,"
        " forrige_dagdato DATE, har_forlop BOOLEAN, nokkel VARCHAR",
    ),
}

READ_STATE = """
CREATE OR REPLACE TABLE IDENTIFIER AS SELECT * FROM read_csv($file, header = false, auto_detect = false, delim = ',',
    quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = $columns)
"""

# The month files, all text, in the files' order: rowid is a record's place in the year

RAW = """
CREATE TABLE raa (maaned TINYINT, fnr VARCHAR, as_stat VARCHAR, dagdato VARCHAR, ant_d_as VARCHAR, as_gr VARCHAR,
    as_f VARCHAR, mnd VARCHAR)
"""
READ_FILES = """
INSERT INTO raa BY NAME
SELECT substr(filename, -6, 2)::TINYINT AS maaned, * EXCLUDE filename
FROM read_csv($files, auto_detect = false, columns = $columns, header = true, filename = true, delim = ',',
    quote = '"', escape = '"', nullstr = '')
"""

# spec.md 2: one row for each different text, with what it says

LOOKUPS = r"""
-- T13: it is as if the file had not had these
CREATE TABLE tall AS
SELECT rowid AS rad
FROM raa
WHERE as_stat IN (
    SELECT s.as_stat FROM (SELECT DISTINCT as_stat FROM raa) AS s WHERE regexp_matches(s.as_stat, '[0-9]{6}')
);

CREATE VIEW fil AS SELECT rowid AS rad, * FROM raa WHERE rowid NOT IN (SELECT rad FROM tall);

CREATE TABLE dato AS
SELECT maaned, lest, antall, reparert, CASE WHEN tall % 100 <= day(last_day(foerste)) THEN reparert END AS dato
FROM (
    SELECT *, foerste + (least(tall % 100, day(last_day(foerste))) - 1)::INTEGER AS reparert
    FROM (
        SELECT *, CASE WHEN tall // 100 % 100 BETWEEN 1 AND 12 AND tall % 100 >= 1 THEN
            make_date((CASE WHEN tall >= 700000 THEN 1900 ELSE 2000 END) + tall // 10000, tall // 100 % 100, 1)
            END AS foerste
        FROM (
            SELECT maaned, lest, antall, TRY_CAST(regexp_extract(
                trim(lest, getvariable('blanke')), '^0*([0-9]{1,6})(?:[.,]0*)?$', 1) AS INTEGER) AS tall
            FROM (SELECT maaned, dagdato AS lest, count(*) AS antall FROM fil GROUP BY maaned, dagdato)
        )
    )
);

CREATE TABLE maaned AS
SELECT f.maaned, make_date(getvariable('aargang'), f.maaned, 1) AS mnddato, f.antall, f.foerste_rad, v.dagdato,
    lag(v.dagdato, 1, getvariable('forrige_dagdato')) OVER (ORDER BY f.maaned) AS fdagdato
FROM (SELECT maaned, count(*) AS antall, min(rowid) AS foerste_rad FROM raa GROUP BY maaned) AS f
LEFT JOIN (
    SELECT maaned, coalesce(dato, reparert) AS dagdato
    FROM dato
    WHERE reparert IS NOT NULL
    GROUP BY maaned, coalesce(dato, reparert), dato IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY maaned ORDER BY dato IS NULL, sum(antall) DESC, coalesce(dato, reparert) DESC) = 1
) AS v ON v.maaned = f.maaned;

CREATE TABLE dager AS
SELECT lest, length(tekst) AS lengde,
    TRY_CAST(regexp_extract(tekst, '^([0-9]+)(?:[.,]0*)?$', 1) AS BIGINT) AS ant_d_as_n
FROM (SELECT ant_d_as AS lest, trim(ant_d_as, getvariable('blanke')) AS tekst FROM (SELECT DISTINCT ant_d_as FROM fil));

CREATE TABLE kode AS
WITH trimmet AS (
    SELECT r.*, m.mnddato, nullif(trim(r.as_stat, getvariable('blanke')), '') AS stat,
        nullif(trim(r.as_gr, getvariable('blanke')), '') AS gr, nullif(trim(r.as_f, getvariable('blanke')), '') AS f
    FROM (SELECT DISTINCT maaned, as_stat, as_gr, as_f FROM fil) AS r
    JOIN maaned AS m ON m.maaned = r.maaned
), delt AS (
    SELECT *, nullif(trim(left(stat, 2), getvariable('blanke')), '') AS hovedarbstat,
        CASE WHEN length(stat) >= 5
            THEN nullif(trim(substr(stat, 3, length(stat) - 4), getvariable('blanke')), '') END AS tiltak,
        CASE WHEN length(stat) >= 4 THEN nullif(trim(right(stat, 2), getvariable('blanke')), '') END AS ytelse
    FROM trimmet
), gjeldende AS (
    SELECT m.mnddato, k.hovedarbstat, k.tiltak, k.hoved
    FROM maaned AS m
    JOIN hoved_koding AS k ON m.mnddato BETWEEN k.gyldig_fra AND k.gyldig_til
    QUALIFY row_number() OVER (PARTITION BY m.mnddato, k.hovedarbstat, k.tiltak ORDER BY k.gyldig_fra DESC) = 1
)
SELECT d.maaned, d.as_stat, d.as_gr, d.as_f, d.stat, d.gr, d.f, d.hovedarbstat, d.tiltak, d.ytelse,
    CASE WHEN d.mnddato < getvariable('as_gr_fra') THEN coalesce(k.hoved, alle.hoved, '7')
        WHEN d.gr = '-1' THEN '9' ELSE coalesce(d.gr, '7') END AS hoved
FROM delt AS d
LEFT JOIN gjeldende AS k ON k.mnddato = d.mnddato AND k.hovedarbstat = d.hovedarbstat AND k.tiltak = d.tiltak
LEFT JOIN gjeldende AS alle
    ON alle.mnddato = d.mnddato AND alle.hovedarbstat = d.hovedarbstat AND alle.tiltak = '*';

-- Every combination of the coded values, a number each, and verdi, the same where the group and the status are
CREATE TABLE kombinasjon AS
SELECT row_number() OVER ()::INTEGER AS komb,
    dense_rank() OVER (ORDER BY hoved, hovedarbstat, tiltak, ytelse)::INTEGER AS verdi, *
FROM (
    SELECT hoved, hovedarbstat, tiltak, ytelse, f AS as_f, gr AS as_gr FROM kode
    UNION
    SELECT hoved, hovedarbstat, tiltak, ytelse, as_f, as_gr FROM h
);

CREATE TABLE kodet AS
SELECT d.maaned, d.as_stat, d.as_gr, d.as_f, k.komb, k.verdi
FROM kode AS d
JOIN kombinasjon AS k ON k.hoved = d.hoved AND k.hovedarbstat IS NOT DISTINCT FROM d.hovedarbstat
    AND k.tiltak IS NOT DISTINCT FROM d.tiltak AND k.ytelse IS NOT DISTINCT FROM d.ytelse
    AND k.as_f IS NOT DISTINCT FROM d.f AND k.as_gr IS NOT DISTINCT FROM d.gr;
"""

#: What refuses the year: the first sentence that comes out
REFUSALS = """
SELECT 'month ' || maaned || ': no valid dagdato, or one that cannot be right' FROM maaned
WHERE dagdato IS NULL OR dagdato NOT BETWEEN mnddato - 10 AND last_day(mnddato) + 10 OR dagdato <= fdagdato
    OR (mnddato = getvariable('startmaaned') AND dagdato < getvariable('serie_start'))
UNION ALL
SELECT 'a field is longer than the format allows'
WHERE EXISTS (FROM kode WHERE length(stat) > 14 OR length(gr) > 2 OR length(f) > 3)
    OR EXISTS (FROM dager WHERE lengde > 14 OR ant_d_as_n > 99999)
    OR EXISTS (FROM dato WHERE length(trim(lest, getvariable('blanke'))) > 14)
    OR EXISTS (FROM fil WHERE strlen(fnr) > 14 AND length(trim(fnr, getvariable('blanke'))) > 14)
    OR EXISTS (FROM fil WHERE strlen(mnd) > 14 AND length(trim(mnd, getvariable('blanke'))) > 14)
UNION ALL
SELECT 'there are not twelve months' WHERE (SELECT count(*) FROM maaned) <> 12
"""

MINIREGISTER = """
CREATE TABLE mini AS
SELECT r.rad, r.maaned,
    CASE WHEN regexp_full_match(r.fnr, '[0-9]{11}') THEN r.fnr
        WHEN regexp_full_match(trim(r.fnr, getvariable('blanke')), '[0-9]{11}') THEN trim(r.fnr, getvariable('blanke'))
    END AS fnr,
    k.komb, k.verdi, n.ant_d_as_n::INTEGER AS ant_d_as_n, m.dagdato - n.ant_d_as_n::INTEGER AS henddato,
    CASE WHEN d.dato IS DISTINCT FROM m.dagdato THEN 32 END AS mrk_dl,
    NULL::VARCHAR AS mrk_sys
FROM fil AS r
JOIN maaned AS m ON m.maaned = r.maaned
JOIN kodet AS k ON k.maaned = r.maaned AND k.as_stat IS NOT DISTINCT FROM r.as_stat
    AND k.as_gr IS NOT DISTINCT FROM r.as_gr AND k.as_f IS NOT DISTINCT FROM r.as_f
JOIN dager AS n ON n.lest IS NOT DISTINCT FROM r.ant_d_as
JOIN dato AS d ON d.maaned = r.maaned AND d.lest IS NOT DISTINCT FROM r.dagdato;

-- T13, T1 and T2: what has no code, what identifies nobody, and all but one of those that share fnr and month
CREATE TABLE til_side AS
SELECT rad, 'tall_i_as_stat' AS grunn FROM tall
UNION ALL
SELECT rad, 'ugyldig_fnr' FROM mini WHERE fnr IS NULL
UNION ALL
SELECT m.rad, 'dublett'
FROM mini AS m
JOIN (SELECT maaned, fnr FROM mini WHERE fnr IS NOT NULL GROUP BY maaned, fnr HAVING count(*) > 1) AS flere
    ON flere.maaned = m.maaned AND flere.fnr = m.fnr
JOIN raa AS r ON r.rowid = m.rad
JOIN kode AS k ON k.maaned = r.maaned AND k.as_stat IS NOT DISTINCT FROM r.as_stat
    AND k.as_gr IS NOT DISTINCT FROM r.as_gr AND k.as_f IS NOT DISTINCT FROM r.as_f
QUALIFY row_number() OVER (
    PARTITION BY m.maaned, m.fnr
    ORDER BY m.ant_d_as_n NULLS LAST, k.stat DESC NULLS LAST, m.mrk_dl NULLS FIRST, k.gr DESC NULLS LAST,
        k.f DESC NULLS LAST, r.fnr NULLS FIRST, r.as_stat NULLS FIRST, r.dagdato NULLS FIRST, r.ant_d_as NULLS FIRST,
        r.as_gr NULLS FIRST, r.as_f NULLS FIRST, r.mnd NULLS FIRST, m.rad
) > 1;

DELETE FROM mini USING til_side WHERE til_side.rad = mini.rad;

CREATE TABLE person AS
SELECT fnr, CASE
    WHEN (3 * (nummer // 10000000000) + 7 * (nummer // 1000000000 % 10) + 6 * (nummer // 100000000 % 10)
            + (nummer // 10000000 % 10) + 8 * (nummer // 1000000 % 10) + 9 * (nummer // 100000 % 10)
            + 4 * (nummer // 10000 % 10) + 5 * (nummer // 1000 % 10) + 2 * (nummer // 100 % 10)
            + (nummer // 10 % 10)) % 11 = 0
        AND (5 * (nummer // 10000000000) + 4 * (nummer // 1000000000 % 10) + 3 * (nummer // 100000000 % 10)
            + 2 * (nummer // 10000000 % 10) + 7 * (nummer // 1000000 % 10) + 6 * (nummer // 100000 % 10)
            + 5 * (nummer // 10000 % 10) + 4 * (nummer // 1000 % 10) + 3 * (nummer // 100 % 10)
            + 2 * (nummer // 10 % 10) + nummer % 10) % 11 = 0
        AND dag < 80 AND fmaaned BETWEEN 1 AND 12
        AND dag % 40 BETWEEN 1 AND CASE fmaaned WHEN 2 THEN 28 + (aar % 4 = 0)::INTEGER WHEN 4 THEN 30 WHEN 6 THEN 30
            WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END
    THEN CASE WHEN dag > 40 THEN '1' ELSE '0' END ELSE '2' END AS mrk_fnr
FROM (
    SELECT fnr, nummer, nummer // 1000000000 AS dag, nummer // 100000 % 100 AS aar,
        nummer // 10000000 % 100 % getvariable('maanedstillegg') AS fmaaned
    FROM (SELECT fnr, fnr::BIGINT AS nummer FROM (SELECT DISTINCT fnr FROM mini))
);
"""

#: Only where an employment register covers a day
EMPLOYED = """
UPDATE mini SET mrk_sys = CASE WHEN EXISTS (
    FROM sysselsetting AS s, maaned AS d
    WHERE s.fnr = mini.fnr AND d.maaned = mini.maaned AND d.dagdato BETWEEN s.fradato AND s.tildato
) THEN '1' ELSE '0' END
WHERE maaned IN (SELECT m.maaned FROM maaned AS m JOIN sysselsetting AS s ON m.dagdato BETWEEN s.fradato AND s.tildato)
"""

# spec.md 3: each registration beside the one before

PAIRS = """
CREATE TABLE par (
    fnr VARCHAR, maaned TINYINT, komb INTEGER, ant_d_as_n INTEGER, henddato DATE, mrk_dl INTEGER, mrk_sys VARCHAR,
    sist_dagdato DATE, sist_fdagdato DATE, sist_komb INTEGER, sist_henddato DATE, sist_mrk_sys VARCHAR,
    sist_mrk_fnr VARCHAR
);

CREATE TABLE forrige_aar AS
SELECT h.*, k.komb, k.verdi
FROM h
JOIN kombinasjon AS k ON k.hoved = h.hoved AND k.hovedarbstat IS NOT DISTINCT FROM h.hovedarbstat
    AND k.tiltak IS NOT DISTINCT FROM h.tiltak AND k.ytelse IS NOT DISTINCT FROM h.ytelse
    AND k.as_f IS NOT DISTINCT FROM h.as_f AND k.as_gr IS NOT DISTINCT FROM h.as_gr;
"""

#: The first month: against the state of the year before. No registration there: to be looked for below.
FIRST_PAIRS = """
INSERT INTO par
SELECT d.fnr, d.maaned, d.komb, d.ant_d_as_n, d.henddato, d.mrk_dl, d.mrk_sys,
    s.dagdato, s.fdagdato, s.komb, s.henddato, s.mrk_sys, s.mrk_fnr
FROM (FROM mini WHERE maaned = $maaned) AS d
LEFT JOIN (FROM forrige_aar WHERE dagdato = $fdagdato) AS s ON s.fnr = d.fnr
WHERE (s.verdi = d.verdi AND abs(d.henddato - s.henddato) <= 1) IS NOT TRUE
"""

#: A later month against the one before; a row without maaned is the last registration before a gap
NEXT_PAIRS = """
INSERT INTO par
SELECT coalesce(d.fnr, s.fnr), d.maaned, d.komb, d.ant_d_as_n, d.henddato, d.mrk_dl, d.mrk_sys,
    CASE WHEN s.fnr IS NOT NULL THEN $fdagdato::DATE END, CASE WHEN s.fnr IS NOT NULL THEN $ffdagdato::DATE END,
    s.komb, s.henddato, s.mrk_sys, NULL
FROM (FROM mini WHERE maaned = $maaned) AS d
FULL JOIN (FROM mini WHERE maaned = $maaned - 1) AS s ON s.fnr = d.fnr
WHERE (s.verdi = d.verdi AND abs(d.henddato - s.henddato) <= 1) IS NOT TRUE
"""

GAPS = """
-- The last registration before a gap: in the year, or everybody's at its beginning
CREATE TABLE slutt AS
SELECT p.fnr, p.sist_dagdato, p.sist_fdagdato, p.sist_komb, p.sist_henddato, p.sist_mrk_sys, t.mrk_fnr AS sist_mrk_fnr,
    false AS avsluttet, true AS i_aaret
FROM par AS p
JOIN person AS t ON t.fnr = p.fnr
WHERE p.maaned IS NULL
UNION ALL
SELECT fnr, dagdato, fdagdato, komb, henddato, mrk_sys, mrk_fnr, avgdato IS NOT NULL, false
FROM forrige_aar;

CREATE TABLE etter_opphold AS
SELECT p.fnr, p.maaned, p.komb, p.ant_d_as_n, p.henddato, p.mrk_dl, p.mrk_sys,
    s.sist_dagdato, s.sist_fdagdato, s.sist_komb, s.sist_henddato, s.sist_mrk_sys, s.sist_mrk_fnr,
    coalesce(s.avsluttet, false) AS avsluttet
FROM (
    SELECT p.*, m.dagdato
    FROM par AS p
    JOIN maaned AS m ON m.maaned = p.maaned
    WHERE p.sist_dagdato IS NULL
) AS p
ASOF LEFT JOIN slutt AS s ON s.fnr = p.fnr AND s.sist_dagdato < p.dagdato;

CREATE TABLE kjent (fnr VARCHAR);
"""

READ_KNOWN = "INSERT INTO kjent FROM read_csv($file, header = false, auto_detect = false, columns = {fnr: 'VARCHAR'})"

EVENTS = """
CREATE TABLE hendelse AS
WITH forrige AS (
    SELECT p.* EXCLUDE sist_mrk_fnr, coalesce(p.sist_mrk_fnr, t.mrk_fnr) AS sist_mrk_fnr, false AS avsluttet
    FROM par AS p
    JOIN person AS t ON t.fnr = p.fnr
    WHERE p.maaned IS NOT NULL AND p.sist_dagdato IS NOT NULL
    UNION ALL BY NAME
    SELECT e.* EXCLUDE avsluttet, e.avsluttet OR k.fnr IS NOT NULL AS avsluttet
    FROM etter_opphold AS e
    LEFT JOIN kjent AS k ON k.fnr = e.fnr AND e.sist_dagdato IS NULL
), individ AS (
    SELECT f.*, m.dagdato, m.fdagdato, m.mnddato, k.hoved, k.hovedarbstat, k.tiltak, k.ytelse,
        s.hoved AS sist_hoved, s.hovedarbstat AS sist_hovedarbstat, s.tiltak AS sist_tiltak, s.ytelse AS sist_ytelse,
        CASE WHEN f.henddato <= m.dagdato THEN f.henddato ELSE m.dagdato END AS effektiv_henddato,
        CASE WHEN f.avsluttet THEN 'avsluttet'
            WHEN f.sist_dagdato IS NULL THEN 'ny'
            WHEN f.sist_dagdato >= m.fdagdato THEN 'uten_opphold'
            WHEN '5' IN (s.hoved, k.hoved) AND m.dagdato - f.sist_dagdato <= getvariable('sammensying_dager')
                THEN 'uten_opphold_13_uker'
            ELSE 'med_opphold' END AS individ,
        individ NOT IN ('ny', 'avsluttet') AS lopende,
        datediff('month', getvariable('startmaaned'), m.mnddato)::INTEGER + 1 AS maaned_nr
    FROM forrige AS f
    JOIN maaned AS m ON m.maaned = f.maaned
    JOIN kombinasjon AS k ON k.komb = f.komb
    LEFT JOIN kombinasjon AS s ON s.komb = f.sist_komb
), fakta AS (
    SELECT *,
        lopende AND sist_hovedarbstat IS DISTINCT FROM hovedarbstat AS hovedarbstat_endret,
        lopende AND sist_tiltak IS DISTINCT FROM tiltak AS tiltak_endret,
        lopende AND sist_ytelse IS DISTINCT FROM ytelse AS ytelse_endret,
        coalesce(lopende AND sist_hoved <> hoved, false) AS hoved_endret,
        ytelse_endret::INTEGER + 2 * tiltak_endret::INTEGER + 4 * hovedarbstat_endret::INTEGER AS arbstat_sum,
        CASE WHEN NOT lopende THEN '-'
            WHEN abs(henddato - sist_henddato) <= 1 THEN 'uendret'
            WHEN henddato IS NULL OR henddato > dagdato THEN 'uoppgitt_eller_etter_dagdato'
            WHEN henddato <= fdagdato THEN 'ikke_etter_fdagdato'
            WHEN henddato = fdagdato + 1 THEN 'endret_dagen_etter_fdagdato'
            ELSE 'endret' END AS henddato_klasse,
        CASE WHEN NOT lopende AND maaned_nr <= 3 THEN maaned_nr ELSE 0 END AS seriemaaned,
        NOT lopende AND hoved = '5' AS hoved_5,
        NOT lopende AND effektiv_henddato > getvariable('serie_start') AS etter_start,
        NOT lopende AND coalesce(effektiv_henddato > fdagdato, false) AS etter_fdagdato
    FROM individ
)
SELECT f.fnr, f.maaned, f.dagdato, f.fdagdato, f.henddato, f.komb, f.ant_d_as_n, f.mrk_dl, f.mrk_sys,
    f.sist_dagdato, f.sist_fdagdato, f.sist_henddato, f.sist_komb, f.sist_mrk_sys, f.sist_mrk_fnr,
    f.individ, f.hovedarbstat_endret, f.tiltak_endret, f.ytelse_endret, v.handling, v.kode,
    replace(v.status, 'a', coalesce(chr(64 + (f.dagdato - f.sist_dagdato + 6)::INTEGER // 7), '')) AS status,
    CASE v.avgang_dato WHEN 'siste_dagdato' THEN f.sist_dagdato WHEN 'dagdato-1' THEN f.dagdato - 1
        WHEN 'henddato-1' THEN f.effektiv_henddato - 1 WHEN 'fdagdato' THEN f.fdagdato END AS avgang,
    CASE v.tilgang_dato WHEN 'henddato' THEN f.effektiv_henddato WHEN 'serie_start' THEN getvariable('serie_start')
        WHEN 'fdagdato+1' THEN f.fdagdato + 1 WHEN 'dagdato' THEN f.dagdato END AS tilgang
FROM fakta AS f
LEFT JOIN statusvalg AS v ON v.individ = f.individ AND v.seriemaaned = f.seriemaaned AND v.hoved_5 = f.hoved_5
    AND v.etter_start = f.etter_start AND v.etter_fdagdato = f.etter_fdagdato
    AND v.henddato_klasse = f.henddato_klasse AND v.hoved_endret = f.hoved_endret AND v.arbstat_sum = f.arbstat_sum;
"""

# spec.md 4: the records

RECORDS = """
-- What opens, changes or closes something, with the dates that stand after it and (sist_) before it
-- (a person's events have ever later dates: the last one that is there is the newest)
CREATE TABLE kodet_hendelse AS
WITH satt AS (
    SELECT *, CASE WHEN handling IN ('venstresensur', 'tilgang', 'avgang_tilgang') THEN tilgang END AS tilg,
        CASE WHEN handling <> 'endring' THEN tilgang END AS asok,
        CASE WHEN handling <> 'endring' OR hovedarbstat_endret THEN tilgang END AS hovedarb,
        CASE WHEN handling <> 'endring' OR tiltak_endret THEN tilgang END AS tilt,
        CASE WHEN handling <> 'endring' OR ytelse_endret THEN tilgang END AS ytel
    FROM hendelse
    WHERE handling NOT IN ('ingen', 'vrak')
), i_aaret AS (
    SELECT *, lead(dagdato) OVER per_person IS NULL AS siste,
        last_value(tilg IGNORE NULLS) OVER foer AS f_tilg, last_value(asok IGNORE NULLS) OVER foer AS f_asok,
        last_value(hovedarb IGNORE NULLS) OVER foer AS f_hovedarb, last_value(tilt IGNORE NULLS) OVER foer AS f_tilt,
        last_value(ytel IGNORE NULLS) OVER foer AS f_ytel
    FROM satt
    WINDOW per_person AS (PARTITION BY fnr ORDER BY dagdato),
        foer AS (PARTITION BY fnr ORDER BY dagdato ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT e.*, coalesce(e.f_tilg, h.tilgdato) AS sist_tilgdato, coalesce(e.tilg, sist_tilgdato) AS tilgdato,
    coalesce(e.f_asok, h.asoktilg) AS sist_asoktilg, coalesce(e.asok, sist_asoktilg) AS asoktilg,
    coalesce(e.f_hovedarb, h.hovedarbdato) AS sist_hovedarbdato,
    coalesce(e.hovedarb, sist_hovedarbdato) AS hovedarbdato,
    coalesce(e.f_tilt, h.tiltakdato) AS sist_tiltakdato, coalesce(e.tilt, sist_tiltakdato) AS tiltakdato,
    coalesce(e.f_ytel, h.ytelsedato) AS sist_ytelsedato, coalesce(e.ytel, sist_ytelsedato) AS ytelsedato
FROM i_aaret AS e
LEFT JOIN h ON h.fnr = e.fnr;

CREATE TABLE rekord AS
SELECT fnr, '0' AS kode, sist_komb AS komb, avgang AS regdato, sist_tilgdato AS tilgdato,
    CASE WHEN handling = 'avgang_tilgang' THEN avgang END AS avgdato, sist_asoktilg AS asoktilg, avgang AS asokavg,
    sist_hovedarbdato AS hovedarbdato, sist_tiltakdato AS tiltakdato, sist_ytelsedato AS ytelsedato,
    sist_dagdato AS dagdato, sist_fdagdato AS fdagdato, sist_henddato AS henddato, sist_mrk_sys AS mrk_sys,
    sist_mrk_fnr AS mrk_fnr, status
FROM kodet_hendelse
WHERE handling IN ('gruppeovergang', 'avgang_tilgang')
UNION ALL
SELECT k.fnr, coalesce(k.kode, '1'), k.komb, k.tilgang, k.tilgdato, NULL, k.asoktilg, NULL,
    k.hovedarbdato, k.tiltakdato, k.ytelsedato, k.dagdato, k.fdagdato, k.henddato, k.mrk_sys, p.mrk_fnr, k.status
FROM kodet_hendelse AS k
JOIN person AS p ON p.fnr = k.fnr;

-- The last registration of everybody who was registered in the year, and of those whose spell ran when it began
CREATE TABLE ny_h AS
WITH sist AS (
    SELECT d.fnr, d.komb, m.dagdato, m.fdagdato, d.henddato, d.mrk_sys, p.mrk_fnr
    FROM mini AS d
    JOIN maaned AS m ON m.maaned = d.maaned
    JOIN person AS p ON p.fnr = d.fnr
    WHERE d.maaned = 12 AND m.mnddato >= getvariable('startmaaned')
    UNION ALL
    SELECT s.fnr, s.sist_komb, s.sist_dagdato, s.sist_fdagdato, s.sist_henddato, s.sist_mrk_sys, s.sist_mrk_fnr
    FROM (
        FROM slutt WHERE i_aaret
        QUALIFY row_number() OVER (PARTITION BY fnr ORDER BY sist_dagdato DESC) = 1
    ) AS s
    ANTI JOIN (FROM mini WHERE maaned = 12) AS d ON d.fnr = s.fnr
)
SELECT r.*, coalesce(a.hovedarbdato, g.hovedarbdato) AS hovedarbdato,
    coalesce(a.tiltakdato, g.tiltakdato) AS tiltakdato,
    coalesce(a.ytelsedato, g.ytelsedato) AS ytelsedato, coalesce(a.tilgdato, g.tilgdato) AS tilgdato,
    coalesce(a.asoktilg, g.asoktilg) AS asoktilg, coalesce(a.status, g.status) AS status
FROM sist AS r
LEFT JOIN (FROM kodet_hendelse WHERE siste) AS a ON a.fnr = r.fnr
LEFT JOIN h AS g ON g.fnr = r.fnr
UNION ALL
SELECT f.fnr, f.komb, f.dagdato, f.fdagdato, f.henddato, f.mrk_sys, f.mrk_fnr, f.hovedarbdato, f.tiltakdato,
    f.ytelsedato, f.tilgdato, f.asoktilg, f.status
FROM forrige_aar AS f
ANTI JOIN sist AS r ON r.fnr = f.fnr
WHERE f.avgdato IS NULL;

-- 13 weeks
CREATE TABLE h_ut AS
SELECT * EXCLUDE status, CASE WHEN lukkes THEN dagdato END AS avgdato,
    CASE WHEN lukkes THEN left(status, 1) || 'X' || substr(status, 3) ELSE status END AS status
FROM (
    SELECT *, dagdato < (SELECT max(dagdato) FROM maaned) - getvariable('avslutning_dager')::INTEGER AS lukkes
    FROM ny_h
);

INSERT INTO rekord
SELECT fnr, '0', komb, avgdato, tilgdato, avgdato, asoktilg, avgdato, hovedarbdato, tiltakdato, ytelsedato,
    dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, status
FROM h_ut
WHERE avgdato IS NOT NULL;

-- The number of everybody who has a record in the year
CREATE TABLE nummer AS
SELECT fnr, left(sha256(getvariable('nokkel') || fnr), 16) AS lopenr FROM (SELECT DISTINCT fnr FROM rekord);

-- tomdato, asoktom, regtom: the year's records, and the earlier ones of spells that ran and have records in the year
CREATE TABLE datert AS
WITH alle AS (
    SELECT fnr, kode, regdato, tilgdato, asoktilg, avgdato, asokavg, true AS ny
    FROM rekord
    UNION ALL
    SELECT t.fnr, t.kode, t.regdato, t.tilgdato, t.asoktilg, NULL, t.asoktom, false
    FROM tidligere AS t
    SEMI JOIN rekord AS r ON r.fnr = t.fnr
), gruppe AS (
    SELECT *, max(asokavg) OVER (PARTITION BY fnr, tilgdato, asoktilg) AS asoktom,
        lead(kode) OVER rekkefolge AS neste_kode, lead(regdato) OVER rekkefolge AS neste_regdato
    FROM alle
    WINDOW rekkefolge AS (PARTITION BY fnr, tilgdato, asoktilg ORDER BY regdato, kode = '0')
)
SELECT g.fnr, g.kode, g.regdato, g.ny, t.avgdato AS tomdato, g.asoktom,
    CASE WHEN g.kode = '0' THEN g.regdato WHEN g.neste_kode = '2' THEN g.neste_regdato - 1 ELSE g.asoktom END AS regtom
FROM gruppe AS g
LEFT JOIN (FROM rekord WHERE avgdato IS NOT NULL) AS t ON t.fnr = g.fnr AND t.tilgdato = g.tilgdato;
"""

# Out of DuckDB. The miniregister's rows are put together here as COPY's bytes, from fields that are made once for each
# combination of codes, month and number of days; the other tables leave as Arrow columns.

FIELDS = r"""
CREATE MACRO felt_tekst(t) AS
    coalesce(unhex(printf('%08x', strlen(t))) || encode(t), '\xff\xff\xff\xff'::BLOB);
CREATE MACRO felt_tall(n) AS
    coalesce('\x00\x00\x00\x04'::BLOB || unhex(printf('%08x', (n)::BIGINT & 4294967295)), '\xff\xff\xff\xff'::BLOB);
CREATE MACRO felt_dato(d) AS felt_tall(d - DATE '2000-01-01');

CREATE TABLE komb_felt AS
SELECT komb, felt_tekst(hoved) || felt_tekst(hovedarbstat) || felt_tekst(tiltak) || felt_tekst(ytelse)
    || felt_tekst(as_f) || felt_tekst(as_gr) AS felt
FROM kombinasjon;

CREATE TABLE maaned_felt AS
SELECT maaned, felt_dato(dagdato) || felt_dato(fdagdato) || felt_dato(mnddato) || felt_tall(getvariable('aargang'))
    AS felt
FROM maaned;

CREATE TABLE dager_felt AS
SELECT m.maaned, n.ant_d_as_n, felt_tall(n.ant_d_as_n) || felt_dato(m.dagdato - n.ant_d_as_n) AS felt
FROM (SELECT DISTINCT ant_d_as_n::INTEGER AS ant_d_as_n FROM dager WHERE ant_d_as_n IS NOT NULL) AS n, maaned AS m;
"""
ROW_COLUMNS = (
    "fnr", "hoved", "hovedarbstat", "tiltak", "ytelse", "as_f", "as_gr", "dagdato", "fdagdato", "mnddato", "aargang",
    "mrk_sys", "mrk_fnr", "mrk_dl", "ant_d_as_n", "henddato",
)  # fmt: skip
ROWS = r"""
SELECT '\x00\x10\x00\x00\x00\x0b'::BLOB || encode(m.fnr) || k.felt
    || (SELECT felt FROM maaned_felt WHERE maaned = $maaned)
    || CASE m.mrk_sys WHEN '0' THEN '\x00\x00\x00\x010'::BLOB WHEN '1' THEN '\x00\x00\x00\x011'::BLOB
        ELSE '\xff\xff\xff\xff'::BLOB END
    || '\x00\x00\x00\x01'::BLOB || encode(p.mrk_fnr)
    || CASE WHEN m.mrk_dl IS NULL THEN '\xff\xff\xff\xff'::BLOB ELSE '\x00\x00\x00\x04\x00\x00\x00\x20'::BLOB END
    || coalesce(d.felt, '\xff\xff\xff\xff\xff\xff\xff\xff'::BLOB)
FROM mini AS m
JOIN person AS p ON p.fnr = m.fnr
JOIN komb_felt AS k ON k.komb = m.komb
LEFT JOIN (FROM dager_felt WHERE maaned = $maaned) AS d ON d.ant_d_as_n = m.ant_d_as_n
WHERE m.maaned = $maaned
"""
PERSON = """
SELECT fnr, lopenr, getvariable('aargang')::INTEGER AS aargang
FROM nummer
SEMI JOIN (FROM hendelse WHERE individ = 'ny') USING (fnr)
ORDER BY lopenr
"""
# The year's records, and those of all spells that ran when it began, with the dates that the year gives them
FORLOP = """
CREATE TABLE forlop AS
SELECT n.lopenr, r.fnr, r.kode, k.hoved, r.regdato, r.tilgdato, r.avgdato, r.asoktilg, r.asokavg,
    k.hovedarbstat, r.hovedarbdato, k.tiltak, r.tiltakdato, k.ytelse, r.ytelsedato,
    r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, k.as_f, k.as_gr, r.status,
    d.asoktom, d.tomdato, d.regtom, getvariable('aargang')::INTEGER AS aargang
FROM rekord AS r
JOIN (FROM datert WHERE ny) AS d ON d.fnr = r.fnr AND d.regdato = r.regdato AND d.kode = r.kode
JOIN nummer AS n ON n.fnr = r.fnr
JOIN kombinasjon AS k ON k.komb = r.komb
UNION ALL
SELECT t.* EXCLUDE (asoktom, tomdato, regtom, aargang),
    CASE WHEN d.fnr IS NULL THEN t.asoktom ELSE d.asoktom END, d.tomdato,
    CASE WHEN d.fnr IS NULL THEN t.regtom ELSE d.regtom END, t.aargang
FROM tidligere AS t
LEFT JOIN (FROM datert WHERE NOT ny) AS d ON d.fnr = t.fnr AND d.regdato = t.regdato AND d.kode = t.kode
"""
ENDED = "FROM forlop WHERE tomdato IS NOT NULL ORDER BY lopenr, regdato, kode"
RUNNING = "FROM forlop WHERE tomdato IS NULL ORDER BY lopenr, regdato, kode"
H_ARBSOK = """
SELECT h.fnr, k.hoved, k.hovedarbstat, h.hovedarbdato, k.tiltak, h.tiltakdato, k.ytelse, h.ytelsedato,
    h.tilgdato, h.avgdato, h.asoktilg, h.dagdato, h.fdagdato, h.henddato, h.mrk_sys, h.mrk_fnr, k.as_f, k.as_gr,
    h.status, getvariable('aargang')::INTEGER AS aargang
FROM h_ut AS h
JOIN kombinasjon AS k ON k.komb = h.komb
"""
VRAK_ARBSOK = """
SELECT e.fnr, k.hoved, k.hovedarbstat, k.tiltak, k.ytelse, e.dagdato, e.fdagdato, m.mnddato, e.mrk_sys, p.mrk_fnr,
    e.mrk_dl, e.ant_d_as_n, e.henddato, k.as_f, k.as_gr, getvariable('aargang')::INTEGER AS aargang, e.status
FROM hendelse AS e
JOIN maaned AS m ON m.maaned = e.maaned
JOIN person AS p ON p.fnr = e.fnr
JOIN kombinasjon AS k ON k.komb = e.komb
WHERE e.handling = 'vrak'
"""
LAGT_TIL_SIDE = """
SELECT getvariable('aargang')::INTEGER AS aargang, m.mnddato, r.rowid - m.foerste_rad + 1 AS linje, s.grunn,
    r.fnr, r.as_stat, r.dagdato, r.ant_d_as, r.as_gr, r.as_f, r.mnd
FROM til_side AS s
JOIN raa AS r ON r.rowid = s.rad
JOIN maaned AS m ON m.maaned = r.maaned
"""


class Refused(Exception):
    """The year cannot be loaded."""


def fetch_state(connection: copy_back.Connection, duck: Duck, year: int, folder: Path) -> dict[str, Any]:
    """What the database holds after the year before, as tables of DuckDB; its settings, also as variables."""
    for name, (query, columns) in STATE.items():
        file = copy_back.fetch(connection, sql.SQL(query).format(year=sql.Literal(year)), folder / f"{name}.csv")
        declared = dict(column.rsplit(" ", 1) for column in columns.split(", "))
        statement = READ_STATE.replace("IDENTIFIER", name)
        duck.execute(statement, {"file": str(file), "columns": declared})
    found = duck.execute("FROM innstilling").fetchone() or ()
    settings = dict(zip((c[0] for c in duck.description), found, strict=True))
    variables = settings | {
        "aargang": year,
        "blanke": BLANKS,
        "as_gr_fra": AS_GR_FROM,
        "startmaaned": settings["serie_start"].replace(day=1),
        "maanedstillegg": 40 if settings["testnumre"] else 100,
    }
    for name, value in variables.items():
        duck.execute(f"SET VARIABLE {name} = $value", {"value": value})
    return variables


def read_files(duck: Duck, files: list[Path]) -> None:
    """The month files into the table raa; files with the same columns at a time."""
    duck.execute(RAW)
    by_header: dict[str, list[str]] = {}
    for file in files:
        with file.open(encoding="utf-8-sig") as stream:
            by_header.setdefault(stream.readline().strip().lower(), []).append(str(file))
    for header, names in by_header.items():
        columns = dict.fromkeys(header.replace('"', "").split(","), "VARCHAR")
        duck.execute(READ_FILES, {"files": names, "columns": columns})


def make_miniregister(duck: Duck) -> None:
    """spec.md 2: from raa to mini."""
    duck.execute(LOOKUPS)
    if (refusal := duck.execute(REFUSALS).fetchone()) is not None:
        raise Refused(refusal[0])
    duck.execute(MINIREGISTER)
    if duck.execute("SELECT EXISTS (FROM sysselsetting)").fetchone() == (True,):
        duck.execute(EMPLOYED)


def make_spells(duck: Duck, connection: copy_back.Connection, settings: dict[str, Any], folder: Path) -> None:
    """spec.md 3 and 4: from mini to the year's records and the earlier ones that they bear on."""
    duck.execute(PAIRS)
    months = duck.execute("SELECT maaned, mnddato, fdagdato FROM maaned ORDER BY maaned").fetchall()
    in_series = [m for m in months if m[1] >= settings["startmaaned"]]
    for number, (month, _, fdagdato) in enumerate(in_series):
        if number == 0:
            duck.execute(FIRST_PAIRS, {"maaned": month, "fdagdato": fdagdato})
        else:
            before = in_series[number - 1][2]
            duck.execute(NEXT_PAIRS, {"maaned": month, "fdagdato": fdagdato, "ffdagdato": before})
    duck.execute(GAPS)
    if settings["har_forlop"]:
        unknown = duck.sql("SELECT DISTINCT fnr FROM etter_opphold WHERE sist_dagdato IS NULL")
        known = copy_back.with_spells(connection, ["fnr"], arrow(unknown), folder / "kjent.csv")
        duck.execute(READ_KNOWN, {"file": str(known)})
    duck.execute(EVENTS)
    duck.execute(RECORDS)
    duck.execute(FORLOP)


def arrow(result: duckdb.DuckDBPyRelation) -> Iterator[memoryview]:
    """The rows of a result in COPY's binary format; DuckDB begins when they are asked for, one result at a time."""
    yield from copy_back.binary(result.to_arrow_reader(BATCH))


def rows(result: duckdb.DuckDBPyRelation) -> Iterator[memoryview]:
    """The same where each row already is one value, of bytes."""
    batches: pa.RecordBatchReader = result.to_arrow_reader(BATCH)
    return (copy_back.buffer(batch.column(0)) for batch in batches)


def write_miniregister(duck: Duck, connection: copy_back.Connection, year: int) -> None:
    """The year's partition of miniregister, in the caller's transaction."""
    copy_back.miniregister_year(connection, year)
    for month in range(1, 13):
        records = rows(duck.sql(ROWS, params={"maaned": month}))
        copy_back.miniregister_month(connection, date(year, month, 1), ROW_COLUMNS, records)
    copy_back.attach_miniregister(connection, year)


def write_spells(duck: Duck, connection: copy_back.Connection, year: int) -> None:
    """All but the miniregister, in the caller's transaction."""
    targets: list[tuple[Callable[..., int], tuple[str, ...], str]] = [
        (copy_back.person, copy_back.PERSON, PERSON),
        (copy_back.vrak_arbsok, copy_back.VRAK_ARBSOK, VRAK_ARBSOK),
        (copy_back.lagt_til_side, copy_back.LAGT_TIL_SIDE, LAGT_TIL_SIDE),
    ]
    for target, columns, query in targets:
        target(connection, columns, arrow(duck.sql(query)))
    copy_back.f_arbsok(connection, year, copy_back.F_ARBSOK, arrow(duck.sql(ENDED)), arrow(duck.sql(RUNNING)))
    copy_back.h_arbsok(connection, year, copy_back.H_ARBSOK, arrow(duck.sql(H_ARBSOK)))


def month_files(duck: Duck, digests: dict[Path, tuple[int, str]]) -> list[copy_back.MonthFile]:
    """The rows of maanedsfil."""
    months = duck.execute("SELECT mnddato, antall, dagdato, fdagdato FROM maaned ORDER BY maaned").fetchall()
    return [
        copy_back.MonthFile(mnddato, path.name, size, sha256, count, dagdato, fdagdato)
        for (path, (size, sha256)), (mnddato, count, dagdato, fdagdato) in zip(digests.items(), months, strict=True)
    ]


def load_year(dsn: str, directory: Path, year: int, threads: int = 2) -> dict[str, float]:
    """Loads the year from the directory's month files (arbsok_YYYYMM.csv, UTF-8, commas); seconds by phase."""
    seconds: dict[str, float] = {}
    clock = time.perf_counter()

    def lap(phase: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        seconds[phase] = now - clock
        clock = now

    files = [directory / f"arbsok_{year}{month:02}.csv" for month in range(1, 13)]
    with (
        tempfile.TemporaryDirectory(prefix="duckdb-year-") as temporary,
        psycopg.connect(dsn, autocommit=True) as connection,
        duckdb.connect(
            config={"threads": threads, "memory_limit": MEMORY, "temp_directory": f"{temporary}/spill"}
        ) as duck,
        ThreadPoolExecutor(1) as aside,
    ):
        folder = Path(temporary)
        settings = fetch_state(connection, duck, year, folder)
        lap("fetching state")
        digests = aside.submit(lambda: {file: copy_back.digest(file) for file in files})
        read_files(duck, files)
        lap("reading files")
        make_miniregister(duck)
        duck.execute(FIELDS)
        with psycopg.connect(dsn, autocommit=True) as writer, copy_back.transaction(writer):
            # The server takes the miniregister while DuckDB goes on.
            miniregister = aside.submit(write_miniregister, duck.cursor(), writer, year)
            try:
                make_spells(duck, connection, settings, folder)
                lap("computing")
            finally:
                wait([miniregister])
            miniregister.result()
            write_spells(duck, writer, year)
            copy_back.year_loaded(writer, year, month_files(duck, digests.result()))
        lap("copying back")
    return seconds


def main() -> None:
    """The command line."""
    dsn, directory, year, *threads = sys.argv[1:]
    for phase, seconds in load_year(dsn, Path(directory), int(year), *map(int, threads)).items():
        print(f"{phase:16} {seconds:8.2f} s")


if __name__ == "__main__":
    main()
