"""docs/deliveries.md: its project and order are taken as they stand, and its tables have every key that there is."""

import json
import re
import tomllib
from typing import Any

import pytest
from fdtrygd import settings
from fdtrygd.db.database import Connection
from fdtrygd.leveranse.order import plain

from conftest import Register
from documents import FENCE
from made_years import say_loaded

PAGE = (settings.ROOT / "docs" / "deliveries.md").read_text("utf-8")
EXAMPLES = settings.ROOT / "docs" / "examples"
PROJECT, ORDER = (plain(tomllib.loads(fence[3])) for fence in FENCE.finditer(PAGE) if fence[2] == "toml")


def faults(connection: Connection, function: str, content: Any) -> list[tuple[Any, ...]]:
    """What the database says is wrong with it."""
    return connection.execute(f"SELECT f.* FROM leveranse.{function}(%s) AS f", [json.dumps(content)]).fetchall()


@pytest.fixture
def connection(register: Register) -> Connection:
    """As if 2001 to 2005 were loaded: an order is held against what is final."""
    say_loaded(register.connection)
    return register.connection


@pytest.mark.parametrize("which", ["page", "examples"])
def test_what_it_shows_can_be_ordered(connection: Connection, which: str) -> None:
    if which == "page":
        project, order = PROJECT, ORDER
    else:
        project, order = (
            plain(tomllib.loads((EXAMPLES / f"{name}.toml").read_text("utf-8"))) for name in ("prosjekt", "bestilling")
        )
    assert faults(connection, "prosjektfeil", project) == []
    connection.execute("SELECT leveranse.opprett_prosjekt(%s)", [json.dumps(project)])
    assert faults(connection, "bestillingsfeil", order) == []


#: How each of the page's tables of keys begins, the function that knows these keys, and those that stand elsewhere
KEYS = [
    ("| `prosjekt` | its name", "prosjektfeil", set()),
    ("| `prosjekt`, `bestilling` | whose", "bestillingsfeil", set()),
    ("| `navn` | what its files", "tabellfeil", set()),
    ("| `alle = true` |", "populasjonsfeil", {"utvalg"}),
]


@pytest.mark.parametrize(("begins", "function", "elsewhere"), KEYS, ids=[function for _, function, _ in KEYS])
def test_every_key_has_its_line(connection: Connection, begins: str, function: str, elsewhere: set[str]) -> None:
    rows = PAGE[PAGE.index(begins) :].partition("\n\n")[0].splitlines()
    said = {key for row in rows for key in re.findall(r"`(\w+)", row.split(" | ")[0])}
    ((source,),) = connection.execute(
        "SELECT p.prosrc FROM pg_proc AS p WHERE p.pronamespace = 'leveranse'::regnamespace AND p.proname = %s",
        [function],
    ).fetchall()
    known, *_ = re.findall(r"ukjente_nokler\([^;]*?'\{([\w,]+)\}'", source)
    assert said | elsewhere == set(known.split(","))
    assert all(f"`{key} = " in PAGE for key in elsewhere)
