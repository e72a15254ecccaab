"""The benchmark's opponent, a loop record by record, gives the product's rows: else measuring it proves nothing."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from fdtrygd import settings, synthetic

from conftest import address

Connection = psycopg.Connection[Any]
LOOP = settings.ROOT / "benchmarks" / "loop.py"
YEARS = (2001, 2002, 2003)


@pytest.fixture(scope="module")
def loop() -> ModuleType:
    """benchmarks/loop.py: no package, so by its path."""
    spec = importlib.util.spec_from_file_location("benchmark_loop", LOOP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def loaded(postgresql: Connection, tmp_path: Path) -> Iterator[Connection]:
    """A database into which the program has loaded a small sample.

    This seed has what the rules' borders need: a henddato on fdagdato, a last registration 91 days before December's.
    """
    synthetic.make(tmp_path / "files", last=(YEARS[-1], 12), persons=300, seed=2)
    result = subprocess.run(
        [Path(sys.executable).with_name("fdtrygd"), "load-year", str(YEARS[-1]), "--data", str(tmp_path / "files")],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FDTRYGD_DATABASE_URL": address(postgresql)},
    )
    assert result.returncode == 0, result.stderr
    with psycopg.connect(address(postgresql), autocommit=True) as connection:
        yield connection


def differing(connection: Connection, table: str, persons: str = "true", until: int = YEARS[-1]) -> int:
    """How many rows only one of the two has, compared in all columns but lopenr, which the original did not have."""
    names = [set(column_names(connection, schema, table)) for schema in ("trygdfob", "bench_loop")]
    assert names[0] - {"lopenr"} == names[1]
    columns = ", ".join(names[1])
    one, other = (
        f"SELECT {columns} FROM {schema}.{table} WHERE {persons} AND aargang <= {until}"
        for schema in ("trygdfob", "bench_loop")
    )
    query = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})) AS d"
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def column_names(connection: Connection, schema: str, table: str) -> list[str]:
    """The table's columns."""
    query = "SELECT column_name FROM information_schema.columns WHERE (table_schema, table_name) = (%s, %s)"
    return [name for (name,) in connection.execute(query, [schema, table])]


def differing_h(connection: Connection) -> int:
    """How many persons' rows differ from those that the loop had in the end (but for whose year they are)."""
    return count(
        connection,
        "bench_loop.h_arbsok AS h FULL JOIN h_in_loop AS l USING (fnr)"
        " WHERE to_jsonb(h) - 'aargang' IS DISTINCT FROM to_jsonb(l) - 'aargang'",
    )


def count(connection: Connection, table: str) -> int:
    """Rows of what may stand after FROM."""
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_same_rows(loaded: Connection, loop: ModuleType) -> None:
    """Every year from the miniregister, then the last one alone, both ways of looking H_ARBSOK up; then a tenth."""
    loop.begin(loaded)
    for year in YEARS:
        seconds = loop.load_year(loaded, year)
        assert min(seconds.values()) >= 0
    assert count(loaded, "bench_loop.vrak_arbsok") > 0
    for table in ("f_arbsok", "vrak_arbsok"):
        assert differing(loaded, table) == 0, table
    loaded.execute("CREATE TEMPORARY TABLE h_in_loop AS TABLE bench_loop.h_arbsok")

    for per_person in (False, True):
        loop.copy_state(loaded, YEARS[-1])
        assert differing(loaded, "vrak_arbsok", until=YEARS[-2]) == 0
        assert differing(loaded, "f_arbsok", until=YEARS[-2]) > 0  # what 2003 closes runs yet
        loop.load_year(loaded, YEARS[-1], per_person=per_person)
        for table in ("f_arbsok", "vrak_arbsok"):
            assert differing(loaded, table) == 0, table
        assert differing_h(loaded) == 0

    measured = loop.measure(loaded, YEARS[-1])
    tenth = f"substr(fnr, 10, 1) = '{loop.TENTH}'"
    assert 0 < measured.records == count(loaded, f"trygdfob.miniregister WHERE aargang = {YEARS[-1]} AND {tenth}")
    for table in ("f_arbsok", "vrak_arbsok"):
        assert differing(loaded, table, tenth) == 0, table
    assert count(loaded, f"bench_loop.f_arbsok WHERE NOT {tenth}") == 0

    loop.copy_state(loaded, YEARS[-1] + 1)  # is what the loop comes to by itself
    assert differing(loaded, "f_arbsok") == 0
    assert differing_h(loaded) == 0

    loop.end(loaded)
    assert loaded.execute("SELECT to_regnamespace('bench_loop')").fetchone() == (None,)
