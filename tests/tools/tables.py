"""Tables of a year, asked and counted another way; and their sums, written by hand."""

from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from conftest import qualified

Connection = psycopg.Connection[Any]
#: The break of dekning_regel.
CODES_CHANGE = date(2002, 10, 1)


@pytest.fixture
def sums(sound: Connection) -> Connection:
    """The register without its sums: a test writes its own."""
    for table in ("miniregister_tall", "registrering_tall", "forlop_tall", "varighet_tall"):
        sound.execute(f"DELETE FROM {qualified(table)}")
    return sound


def rows(connection: Connection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, parameters).fetchall()


def view(connection: Connection, name: str) -> list[dict[str, Any]]:
    return rows(connection, f"SELECT * FROM {qualified(name)}")


def counted(connection: Connection, query: str) -> dict[Any, int]:
    """What the query groups by, and its last column: a count."""
    found = {tuple(key): count for *key, count in connection.execute(query)}
    assert found
    return found


def by(table: list[dict[str, Any]], *columns: str, value: str = "antall") -> dict[Any, Any]:
    """A view's rows by their key; no key twice, and what is 0 is as good as no row."""
    keys = [tuple(row[column] for column in columns) for row in table]
    assert len(keys) == len(set(keys))
    return {key: row[value] for key, row in zip(keys, table, strict=True) if row[value]}


def fill(connection: Connection, table: str, columns: str, *values: tuple[Any, ...]) -> None:
    marks = ", ".join("%s" for _ in values[0])
    connection.cursor().executemany(f"INSERT INTO {qualified(table)} ({columns}) VALUES ({marks})", values)


def miniregister_tall(connection: Connection, *values: tuple[Any, ...]) -> None:
    fill(
        connection,
        "miniregister_tall",
        "aargang, mnddato, hoved, tiltak, antall, mrk_fnr",
        *[(*v, "0") for v in values],
    )


def registrering_tall(connection: Connection, *values: tuple[Any, ...]) -> None:
    fill(connection, "registrering_tall", "aargang, mnddato, utfall, status, handling, antall", *values)
