"""The register counted day by day from `periode`: what the analyst's functions are held against."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting, synthetic
from fdtrygd.files import find_month_files
from psycopg.rows import dict_row
from pytest_postgresql.executors import NoopExecutor

from conftest import Register, Silent, address, own_database

Connection = psycopg.Connection[Any]

Row = dict[str, Any]
DAY = timedelta(days=1)
LAST_YEAR = 2003
GROUPS = ("1", "2", "3", "4", "5", "7")
STATE = ("hoved", "hovedarbstat", "tiltak", "ytelse")
DATES = ("tilgdato", "asoktilg", "regdato")


@pytest.fixture(scope="session")
def sample(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The synthetic sample, smaller, 2001 to 2003."""
    folder: Path = tmp_path_factory.mktemp("sample")
    synthetic.make(folder, persons=100, seed=7, last=(LAST_YEAR, 12))
    files = find_month_files(folder)
    with own_database(postgresql_noproc, "analyse_funksjoner") as connection:
        connection.autocommit = True
        for year in range(2001, LAST_YEAR + 1):
            lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        with psycopg.connect(address(connection), autocommit=True) as analyst:  # without the settings of a load
            yield analyst


@pytest.fixture(scope="session")
def days(sample: Connection) -> "Days":
    return Days(sample)


class Said:
    """The NOTICEs of what is run inside it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.notices: list[str] = []

    def __enter__(self) -> list[str]:
        self.connection.execute("SET client_min_messages = notice")  # a load's own connection is told less
        self.connection.add_notice_handler(self.hear)
        return self.notices

    def __exit__(self, *_: object) -> None:
        self.connection.remove_notice_handler(self.hear)

    def hear(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self.notices.append(diagnostic.message_primary or "")


def rows(connection: Connection, query: str, *parameters: Any) -> list[Row]:
    return Register(connection).rows(query, *parameters)


def asked(connection: Connection, query: str) -> tuple[list[Row], list[str]]:
    """The answer, and the NOTICEs with it, but for that of levels between extractions, which has its own test."""
    with Said(connection) as notices:
        answer = rows(connection, query)
    return answer, [notice for notice in notices if "is no extraction date" not in notice]


def by_content(answer: list[Row]) -> list[str]:
    """The rows in an order of their own, as text."""
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in answer)


def left(sluttet: str) -> str:
    """How a spell ended, in varighet's words: which of the two kinds of exit it was came out later."""
    return "avgang" if sluttet == "avsluttet_13_uker" else sluttet


def span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


class Days:
    """Every person's every day, from the rows of `periode`, counted one by one."""

    def __init__(self, connection: Connection) -> None:
        [self.known] = rows(connection, "SELECT * FROM arbsok.endelighet")
        self.start, self.last, self.final = (self.known[c] for c in ("serie_start", "siste_dagdato", "endelig_til"))
        self.stretches = rows(connection, "SELECT * FROM arbsok.periode ORDER BY lopenr, regdato")
        self.of: dict[date, list[Row]] = defaultdict(list)
        for stretch in self.stretches:
            for day in span(stretch["regdato"], stretch["regtom"] or self.last):
                self.of[day].append(stretch)

    def inside(self, first: date, last: date) -> list[date]:
        """The days of a range that the register knows."""
        return [day for day in span(first, last) if self.start <= day <= self.last]

    def tverrsnitt(self, day: date) -> list[Row]:
        return [
            {
                **{column: s[column] for column in ("lopenr", *STATE, *DATES, "mrk_fnr", "status_inn")},
                "dato": day,
                "dager_i_tilfelle": len(list(span(s["tilgdato"], day))),
                "dager_i_gruppetilfelle": len(list(span(s["asoktilg"], day))),
                "dager_i_periode": len(list(span(s["regdato"], day))),
                "endelig": day <= self.final,
            }
            for s in self.of[day]
        ]

    def beholdning(self, first: date, last: date, wanted: Any) -> dict[tuple[date, str], tuple[int, bool]]:
        inside = self.inside(first, last)
        groups = {s["hoved"] for day in inside for s in self.of[day]}
        stock = {day: Counter(s["hoved"] for s in self.of[day]) for day in inside if wanted(day)}
        return {(day, group): (stock[day][group], day <= self.final) for day in stock for group in groups}

    def strom(self, first: date, last: date) -> Counter[tuple[date, str, str | None, str | None]]:
        """From one day to the next: who was there on neither, one or both."""
        flow: Counter[tuple[date, str, str | None, str | None]] = Counter()

        def count(day: date, *event: Any) -> None:
            if first <= day <= last:
                flow[(day.replace(day=1), *event)] += 1

        for day in span(self.start - DAY, self.last):
            before = {s["lopenr"]: s for s in self.of[day]}
            after = {s["lopenr"]: s for s in self.of[day + DAY]}
            for lopenr in before.keys() | after.keys():
                b, a = before.get(lopenr), after.get(lopenr)
                if b and (day < self.last) and (a is None or a["tilgdato"] != b["tilgdato"]):
                    count(day, "avgang", b["hoved"], None)
                if a and (b is None or a["tilgdato"] != b["tilgdato"]):
                    count(
                        day + DAY, "venstresensur" if "venstresensur" in a["begynte"] else "tilgang", None, a["hoved"]
                    )
                if a and b and a["tilgdato"] == b["tilgdato"] and a["asoktilg"] != b["asoktilg"]:
                    count(day + DAY, "overgang", b["hoved"], a["hoved"])
        return flow

    def manedspanel(self, first: date, last: date) -> list[Row]:
        inside = self.inside(first, last)
        end = {day.replace(day=1): day for day in inside}  # the last one stays
        found: dict[tuple[str, date], list[tuple[date, Row]]] = defaultdict(list)
        for day in inside:
            for s in self.of[day]:
                found[s["lopenr"], day.replace(day=1)].append((day, s))
        panel = []
        for (lopenr, month), here in found.items():
            [at_end] = [s for day, s in here if day == end[month]] or [None]
            groups = Counter(s["hoved"] for _, s in here)
            panel.append(
                {
                    "lopenr": lopenr,
                    "maaned": month,
                    "sluttdato": end[month],
                    "dager": len(here),
                    "registrert_ved_slutten": at_end is not None,
                    **{c: at_end and at_end[c] for c in (*STATE, "tilgdato", "asoktilg")},
                    **{f"dager_{group}": groups.pop(group, 0) for group in GROUPS},
                    "dager_annen": sum(groups.values()),
                    "endelig": end[month] <= self.final,
                }
            )
        return panel

    def manedstilstand(self, first: date, last: date) -> list[Row]:
        inside = self.inside(first, last)
        end = {day.replace(day=1): day for day in inside}
        found: dict[tuple[str, date, date], Row] = {}
        for day in inside:
            month = day.replace(day=1)
            for s in self.of[day]:
                row = found.setdefault(
                    (s["lopenr"], month, s["regdato"]),
                    {
                        **{column: s[column] for column in ("lopenr", *STATE, *DATES)},
                        "maaned": month,
                        "sluttdato": end[month],
                        "dager": 0,
                        "ved_slutten": False,
                        "endelig": end[month] <= self.final,
                    },
                )
                row["dager"] += 1
                row["ved_slutten"] = day == end[month]
        return list(found.values())


EVERY_CALL = [
    "tverrsnitt('2002-01-01')",
    *[f"{name}('2002-01-01', '2002-12-31')" for name in ("beholdning", "strom", "manedspanel", "manedstilstand")],
    "varighet()",
    "varighet('periode', '2002-01-01', '2002-12-31', '2002-12-31')",
]


def named(arguments: Row) -> str:
    """The arguments of a call, by name."""
    return ", ".join(f"{name} => %({name})s" for name in arguments)


def answer_to(connection: Connection, query: str, arguments: Row) -> list[Row]:
    """The rows that a query gives with named parameters."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, arguments).fetchall()
