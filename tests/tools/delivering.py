"""A loaded register to deliver from, projects and orders, and what the database delivers of them."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd.db import database
from fdtrygd.leveranse import catalogue
from fdtrygd.leveranse.stream import POSTGRES
from pytest_postgresql.executors import NoopExecutor

from conftest import address, own_database
from loaded import Files, load, made, name_of

Connection = psycopg.Connection[Any]
NUMBERS = itertools.count(1)
#: The last day that 2001 to 2003 release
LAST = date(2002, 12, 31)
#: The versions of a delivery that tests begin by hand
VERSIONS = json.dumps({"fdtrygd": "test"})


@pytest.fixture(scope="session")
def three_years(postgresql_noproc: NoopExecutor, files: Files) -> Iterator[str]:
    """The address of a database with 2001 to 2003; a template, which nobody is connected to."""
    with own_database(postgresql_noproc, "leveranse") as connection:
        to = address(connection)
        connection.close()
        with database.connect(to) as connection:
            for year in (2001, 2002, 2003):
                load(connection, year, files)
        yield to


@pytest.fixture(scope="session")
def delivering(three_years: str) -> Iterator[Connection]:
    """A database with those years that all tests share: each makes projects of its own, and no year comes or goes."""
    with made(three_years, f"{name_of(three_years)}_felles", name_of(three_years)) as connection:
        yield connection


@pytest.fixture
def apart(three_years: str) -> Iterator[Connection]:
    """Those years once more, for a test that changes the register."""
    with made(three_years, f"{name_of(three_years)}_egen", name_of(three_years)) as connection:
        yield connection


def description(name: str | None = None, **changes: Any) -> dict[str, Any]:
    """The description of a project that may order everything; a key that is None is left out."""
    whole = {
        "prosjekt": name or f"prosjekt-{next(NUMBERS)}",
        "tittel": "Et prosjekt for prøven",
        "vedtak": "Vedtak 2026/1",
        "gyldig_til": "2996-12-31",
        "slettes_etter": "2997-12-31",
        "former": ["hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel", "tverrsnitt"],
        "variabler": "alle",
    } | changes
    return {key: value for key, value in whole.items() if value is not None}


def project(connection: Connection, persons: list[str] | None = None, **changes: Any) -> str:
    """Makes a project; its name."""
    content = description(**changes)
    with connection.transaction():
        if persons is not None:
            put_in(connection, persons)
        connection.execute("SELECT leveranse.opprett_prosjekt(%s)", [json.dumps(content)])
    return str(content["prosjekt"])


def order(project: str, **changes: Any) -> dict[str, Any]:
    """An order of everybody's stretches; a key that is None is left out."""
    whole = {
        "prosjekt": project,
        "bestilling": "alt",
        "til": LAST.isoformat(),
        "populasjon": {"alle": True},
        "tabell": [{"navn": "perioder", "form": "periode", "formater": ["csv"]}],
    } | changes
    return {key: value for key, value in whole.items() if value is not None}


def table(form: str, **more: Any) -> dict[str, Any]:
    """A table of an order, called after its form."""
    return {"navn": form, "form": form, "formater": ["csv"]} | more


def put_in(connection: Connection, persons: list[str]) -> None:
    """A list of persons where the same transaction's order or project finds it."""
    with connection.cursor().copy("COPY leveranse_nokkel.liste_inn (linje) FROM STDIN") as copy:
        for person in persons:
            copy.write_row([person])


def begin(connection: Connection, content: Any, persons: list[str] | None = None) -> int:
    """Begins a delivery that nothing is wrong with; its number."""
    with connection.transaction():
        if persons is not None:
            put_in(connection, persons)
        rows = connection.execute(
            "SELECT utlevering, nokkel, feil FROM leveranse.begynn_utlevering(%s, %s)", [json.dumps(content), VERSIONS]
        ).fetchall()
    assert [row[1:] for row in rows] == [(None, None)], rows
    return int(rows[0][0])


def faults(connection: Connection, content: Any) -> list[tuple[str, str]]:
    """What is wrong with an order: (key, sentence), each once. Nothing is begun."""
    with connection.transaction(force_rollback=True):
        rows = connection.execute(
            "SELECT utlevering, nokkel, feil FROM leveranse.begynn_utlevering(%s, %s)", [json.dumps(content), VERSIONS]
        ).fetchall()
    return [] if rows[0][0] else list(dict.fromkeys((key, fault) for _, key, fault in rows))


@contextmanager
def one_state(connection: Connection, undone: bool = False) -> Iterator[None]:
    """A transaction that reads one state of the database; what is done in it can be undone."""
    with connection.transaction(force_rollback=undone):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def refusals_alone() -> Iterator[None]:
    """The database may refuse it in its own words; any other error goes on."""
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate != "FD007":
            raise


def find(connection: Connection, number: int) -> dict[str, Any]:
    """Finds the delivery's persons; the counts."""
    return dict(database.scalar(connection, "SELECT leveranse.finn_personer(%s)", number))


def query(described: catalogue.Table, number: int) -> str:
    """The query that reads a table of a delivery."""
    columns = ", ".join(f"{each.name} {POSTGRES[each.type]}" for each in described.variables)
    return f"SELECT * FROM leveranse.rader({number}, '{described.name}') AS t ({columns})"


def rows(connection: Connection, number: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table of the delivery, after its persons are found."""
    raw = database.scalar(connection, "SELECT leveranse.beskrivelse_av_utlevering(%s)", number)
    return {each.name: connection.execute(query(each, number)).fetchall() for each in catalogue.describe(raw).tables}


def delivered(
    connection: Connection, content: Any, persons: list[str] | None = None
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table that an order asks for."""
    number = begin(connection, content, persons)
    with one_state(connection):
        find(connection, number)
        return rows(connection, number)


def toml(content: dict[str, Any]) -> str:
    """The content as a TOML file has it, a key a line."""

    def value(each: Any) -> str:
        if isinstance(each, dict):
            return "{ " + ", ".join(f"{key} = {value(inner)}" for key, inner in each.items()) + " }"
        if isinstance(each, list):
            return "[" + ", ".join(map(value, each)) + "]"
        return json.dumps(each, ensure_ascii=False)

    return "".join(f"{key} = {value(each)}\n" for key, each in content.items())


def written(folder: Path, content: dict[str, Any], name: str = "bestilling.toml") -> Path:
    """The content as a TOML file in the folder."""
    file = folder / name
    file.write_text(toml(content), encoding="utf-8")
    return file
