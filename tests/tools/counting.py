"""Loaded years with kjennemerke made up from each person's number, versions made of them, and the figures that they
must have, worked out in plain Python, person by person."""

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from fdtrygd import statistikk
from fdtrygd.db import locks
from fdtrygd.db.database import scalar

from loaded import made, name_of

Connection = psycopg.Connection[Any]
#: The population register that goes with the years: no person of it is kept, only what each record gets from it.
REGISTER = """
INSERT INTO befolkning.folkeregisterversjon (gjelder_til, syntetisk, produktversjon, objektversjon, filer, tall)
VALUES ('2004-01-31', true, 'test', 'test', '[]', '{}');
INSERT INTO befolkning.fylke (fylke, gyldig_fra, gyldig_til, tekst)
VALUES ('03', '1900-01-01', NULL, 'Oslo'), ('12', '1900-01-01', NULL, 'Hordaland'),
    ('18', '1900-01-01', NULL, 'Nordland'), ('30', '2020-01-01', NULL, 'Viken');
INSERT INTO befolkning.kommune (kommune, gyldig_fra, gyldig_til, tekst, fylke)
VALUES ('0301', '1900-01-01', NULL, 'Oslo', '03'), ('1201', '1900-01-01', NULL, 'Bergen', '12'),
    ('1231', '1900-01-01', NULL, 'Ullensvang', '12'), ('1804', '1900-01-01', NULL, 'Bodø', '18'),
    ('1842', '1900-01-01', '2001-12-31', 'Skjerstad', '18'), ('1850', '1900-01-01', NULL, 'Tysfjord', '18');
"""
#: A kommune that is not in force any more has moved into its neighbour.
ATTRIBUTES = """
INSERT INTO befolkning.kjennemerke (sett, fnr, mnddato, kjonn, alder, kommune, fylke, bosted_grunn, telles)
SELECT s.sett, m.fnr, m.mnddato, CASE WHEN h.tall %% 37 = 0 THEN '9' ELSE (1 + h.tall %% 2)::text END,
    CASE WHEN h.tall %% 37 > 0 THEN 16 + (h.tall / 7) %% 60 + extract(YEAR FROM m.mnddato)::integer - 2001 END,
    k.kommune, CASE WHEN k.kommune = '9999' THEN '99' ELSE left(k.kommune, 2) END,
    CASE WHEN k.kommune <> '9999' THEN 'bosatt' WHEN h.tall %% 37 = 0 THEN 'ikke_i_register' ELSE 'ikke_bosatt' END,
    h.tall %% 53 > 0
FROM trygdfob.miniregister AS m
JOIN befolkning.kjennemerkesett AS s ON s.mnddato = m.mnddato AND s.folkeregisterversjon = %(version)s
CROSS JOIN LATERAL (SELECT ('x' || left(md5(m.fnr), 7))::bit(28)::integer AS tall) AS h
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN h.tall %% 37 = 0 OR h.tall %% 19 = 0 THEN '9999'
        WHEN m.mnddato >= '2002-01-01' AND h.tall %% 11 = 7 THEN '1804'
        ELSE (ARRAY['0301', '0301', '0301', '0301', '1201', '1201', '1231', '1842', '1804', '1850', '0301'])
            [1 + h.tall %% 11]
    END AS kommune
) AS k
"""


def give_attributes(connection: Connection, version: int) -> None:
    """The sets of kjennemerke of every loaded month, of that version of the population register."""
    connection.execute(
        "INSERT INTO befolkning.kjennemerkesett (mnddato, dagdato, folkeregisterversjon, antall, tall)"
        " SELECT m.mnddato, m.dagdato, %s, m.antall, '{}' FROM trygdfob.maanedsfil AS m"
        " WHERE NOT EXISTS (SELECT FROM befolkning.kjennemerkesett AS s"
        "     WHERE s.mnddato = m.mnddato AND s.folkeregisterversjon = %s)",
        [version, version],
    )
    for (number,) in connection.execute(
        "SELECT sett FROM befolkning.kjennemerkesett WHERE folkeregisterversjon = %s AND"
        " to_regclass('befolkning.kjennemerke_' || sett) IS NULL",
        [version],
    ).fetchall():
        connection.execute(
            f"CREATE TABLE befolkning.kjennemerke_{number} PARTITION OF befolkning.kjennemerke FOR VALUES IN ({number})"
        )
        connection.execute(f"ALTER TABLE befolkning.kjennemerke_{number} OWNER TO fdtrygd_dba")
    connection.execute(ATTRIBUTES + " ON CONFLICT DO NOTHING", {"version": version})
    connection.execute("ANALYZE befolkning.kjennemerke")  # as lag_kjennemerker does


def later_register(connection: Connection) -> int:
    """Another version of the population register, so that a correction may have other kjennemerke; its number."""
    version: int = scalar(
        connection,
        "INSERT INTO befolkning.folkeregisterversjon"
        " (gjelder_til, syntetisk, produktversjon, objektversjon, filer, tall)"
        " VALUES ('2004-01-31', true, 'test', 'test', '[]', '{}') RETURNING folkeregisterversjon",
    )
    give_attributes(connection, version)
    return version


def move(connection: Connection, register: int, month: str, persons: int, where: str = "true") -> None:
    """So many of those fully unemployed are of the other sex in a later version of the population register."""
    connection.execute(
        "UPDATE befolkning.kjennemerke AS k SET kjonn = (3 - k.kjonn::integer)::text"
        " FROM (SELECT f.fnr, f.sett FROM befolkning.kjennemerke AS f"
        "     JOIN befolkning.kjennemerkesett AS s USING (sett) JOIN trygdfob.miniregister AS m"
        "     ON m.fnr = f.fnr AND m.mnddato = f.mnddato AND m.hoved = '1'"
        f"    WHERE s.mnddato = %s AND s.folkeregisterversjon = %s AND f.telles AND f.kjonn <> '9' AND {where}"
        "     ORDER BY f.fnr LIMIT %s) AS v WHERE k.fnr = v.fnr AND k.sett = v.sett",
        [month, register, persons],
    )


@pytest.fixture(scope="session")
def with_attributes(three_years: str) -> Iterator[str]:
    """The address of a database with 2001 to 2003 and their kjennemerke; a template."""
    with made(three_years, f"{name_of(three_years)}_statistikk", name_of(three_years)) as connection:
        connection.execute(REGISTER)
        # A key of its own would let what is found by chance be another thing each time
        connection.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('a5', 32)")
        give_attributes(connection, 1)
        to = connection.info.dsn
        connection.close()
        yield to


@pytest.fixture(scope="session")
def counting_shared(with_attributes: str) -> Iterator[Connection]:
    """Such a database, which tests share."""
    with made(with_attributes, f"{name_of(with_attributes)}_felles", name_of(with_attributes)) as connection:
        yield connection


@pytest.fixture
def counting(counting_shared: Connection) -> Iterator[Connection]:
    """It, for a test that makes versions: what it does is undone."""
    with counting_shared.transaction(force_rollback=True):
        yield counting_shared


@pytest.fixture
def counting_apart(with_attributes: str) -> Iterator[Connection]:
    """One of its own, for a test that loads and unloads years, or has several sessions."""
    with made(with_attributes, f"{name_of(with_attributes)}_egen", name_of(with_attributes)) as connection:
        yield connection


@pytest.fixture(scope="session")
def year_shared(with_attributes: str) -> Iterator[Connection]:
    """Such a database with every month of 2003 published, which tests share."""
    with made(with_attributes, f"{name_of(with_attributes)}_2003", name_of(with_attributes)) as connection:
        for month in range(1, 13):
            publish(connection, f"2003M{month:02}")
        yield connection


@pytest.fixture
def published_year(year_shared: Connection) -> Iterator[Connection]:
    """It, for a test that makes further versions: what it does is undone."""
    with year_shared.transaction(force_rollback=True):
        yield year_shared


def make(connection: Connection, period: str, why: str | None = None) -> statistikk.Made:
    """Makes the version of a period."""
    with locks.alone(connection):
        (done,) = statistikk.make(connection, period, why)
    return done


def publish(connection: Connection, period: str, why: str | None = None) -> statistikk.Made:
    """Makes, approves and publishes the version of a period, without its files."""
    done = make(connection, period, why)
    connection.execute("SELECT statistikk.godkjenn_versjon(%s)", [done.version.id])
    connection.execute("SELECT statistikk.publiser_versjon(%s, 'prøve', NULL)", [done.version.id])
    return done


def broken(done: statistikk.Made) -> list[str]:
    """The promises that the version breaks."""
    return [f"{control.name}: {control.details}" for control in done.controls if control.is_error]


def figures(connection: Connection, version: int) -> dict[tuple[str, ...], Any]:
    """(table, codes …) → figure or symbol."""
    return {
        (table, *codes): symbol or figure
        for table, codes, figure, symbol in connection.execute(
            "SELECT tabell, koder, verdi, symbol FROM statistikk.celle WHERE versjon = %s", [version]
        )
    }


@dataclass(frozen=True)
class Person:
    """Somebody who counts on an extraction."""

    hoved: str
    fylke: str
    kommune: str
    kjonn: str
    alder: int
    uker: int
    bosatt: bool


def persons(connection: Connection, month: datetime.date) -> list[Person]:
    """Everybody who counts in a month, weeks worked out from the records of F_ARBSOK."""
    spells = defaultdict(list)
    for fnr, code, begin, end in connection.execute(
        "SELECT fnr, kode, tilgdato, tomdato FROM trygdfob.f_arbsok"
        " WHERE kode IN ('1', '3', '9') AND regdato = tilgdato"
    ):
        spells[fnr].append((code, begin, end))
    found = []
    for fnr, hoved, day, fylke, kommune, kjonn, alder, reason in connection.execute(
        "SELECT m.fnr, m.hoved, m.dagdato, k.fylke, k.kommune, k.kjonn, k.alder, k.bosted_grunn"
        " FROM trygdfob.miniregister AS m JOIN befolkning.kjennemerke AS k USING (fnr, mnddato)"
        " WHERE m.mnddato = %s AND k.telles"
        " AND k.sett = (SELECT max(sett) FROM befolkning.kjennemerkesett WHERE mnddato = m.mnddato)",
        [month],
    ).fetchall():
        weeks = -1
        for code, begin, end in spells[fnr]:
            if begin <= day and (end is None or end >= day):
                weeks = ((day - begin).days + 1) // 7
                if code in "39" and weeks < 53:
                    weeks = -1
        age = -1 if alder is None else alder
        found.append(Person(hoved, fylke, kommune, kjonn, age, weeks, reason == "bosatt"))
    return found


def lower(value: int, cuts: list[int]) -> int:
    return max(cut for cut in cuts if cut <= value)


#: What the shipped base tells apart: ages and weeks at these, for the fully unemployed alone.
AGES = [-1, 0, 25, 30, 40, 50, 60]
WEEKS = [-1, 0, 5, 14, 27, 40, 53]


def base(everybody: list[Person]) -> Counter[tuple[Any, ...]]:
    """The shipped base: (part, group, fylke, kommune, sex, age, weeks, resident) → persons."""
    return Counter(
        ("helt_ledige", "1", p.fylke, p.kommune, p.kjonn, lower(p.alder, AGES), lower(p.uker, WEEKS), p.bosatt)
        if p.hoved == "1"
        else ("andre", p.hoved, p.fylke, None, p.kjonn, None, None, p.bosatt)
        for p in everybody
        if p.hoved in {"1", "2", "3", "4", "5", "9"}
    )


def stored_base(connection: Connection, version: int) -> dict[tuple[Any, ...], tuple[int, int]]:
    """The base of a version: cell → (persons, protected count)."""
    rows = connection.execute(
        "SELECT lag, hoved, fylke, kommune, kjonn, alder, uker, bosatt, antall, beskyttet FROM statistikk.grunnlag"
        " WHERE versjon = %s",
        [version],
    ).fetchall()
    return {tuple(row[:8]): (row[8], row[9]) for row in rows}


def band(value: int, bands: list[tuple[str, int, int | None]]) -> str:
    return next(code for code, low, high in bands if low <= value and (high is None or value <= high))


TWO = [("U", -1, -1), ("000-029", 0, 29), ("030+", 30, None)]
SIX = [
    ("U", -1, -1), ("000-024", 0, 24), ("025-029", 25, 29), ("030-039", 30, 39), ("040-049", 40, 49),
    ("050-059", 50, 59), ("060+", 60, None),
]  # fmt: skip
LENGTHS = [
    ("U", -1, -1), ("00-04", 0, 4), ("05-13", 5, 13), ("14-26", 14, 26), ("27-39", 27, 39), ("40-52", 40, 52),
    ("53+", 53, None),
]  # fmt: skip
GROUPS = ["1", "2", "3", "4", "5", "7", "9"]
IN_TOTAL = set("12345")


def tables(
    cells: dict[tuple[Any, ...], tuple[int, int]], fylker: list[str], kommuner: list[str]
) -> dict[tuple[str, ...], int]:
    """The shipped tables, from protected base cells: (table, codes …) → figure; group 7 and symbols are left out."""
    sums: Counter[tuple[str, ...]] = Counter()
    for (_, hoved, fylke, kommune, kjonn, alder, uker, bosatt), (_, shown) in cells.items():
        groups = [hoved, *(["T"] if hoved in IN_TOTAL else [])]
        placed = [("hovedgruppe_kjonn", groups, [fylke, "T"], [kjonn, "T"])]
        if not bosatt:
            placed.append(("ikke_bosatte", groups))
        if hoved == "1":
            placed += [
                ("ledige_kommune_kjonn", [kommune, "T"], [kjonn, "T"]),
                ("ledige_kommune_alder", [kommune, "T"], [band(alder, TWO), "T"]),
                ("ledige_fylke_alder", [fylke, "T"], [kjonn, "T"], [band(alder, SIX), "T"]),
                ("ledige_fylke_varighet", [fylke, "T"], [kjonn, "T"], [band(uker, LENGTHS), "T"]),
            ]
        for table, *dimensions in placed:
            for codes in itertools.product(*dimensions):
                sums[table, *codes] += shown
    regions, sexes = [*fylker, "99", "T"], ["1", "2", "9", "T"]
    groups = [*(group for group in GROUPS if group != "7"), "T"]
    shapes = {
        "hovedgruppe_kjonn": (groups, regions, sexes),
        "ikke_bosatte": (groups,),
        "ledige_kommune_kjonn": ([*kommuner, "9999", "T"], sexes),
        "ledige_kommune_alder": ([*kommuner, "9999", "T"], [*(code for code, *_ in TWO), "T"]),
        "ledige_fylke_alder": (regions, sexes, [*(code for code, *_ in SIX), "T"]),
        "ledige_fylke_varighet": (regions, sexes, [*(code for code, *_ in LENGTHS), "T"]),
    }
    return {
        (table, *codes): sums[table, *codes]
        for table, dimensions in shapes.items()
        for codes in itertools.product(*dimensions)
    }
