"""The benchmarks' opponent in polars gives what the product gives, row by row, from the same files and state."""

import importlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from fdtrygd import settings, synthetic
from psycopg.conninfo import make_conninfo
from pytest_postgresql.executors import NoopExecutor
from pytest_postgresql.janitor import DatabaseJanitor

from conftest import in_order, qualified

BENCHMARKS = settings.ROOT / "benchmarks"
FDTRYGD = Path(sys.executable).with_name("fdtrygd")
#: Each table with the columns that are not compared: when something was done.
TABLES: dict[str, set[str]] = {
    "miniregister": set(),
    "person": set(),
    "f_arbsok": set(),
    "vrak_arbsok": set(),
    "h_arbsok": set(),
    "lagt_til_side": set(),
    "maanedsfil": {"endringstid"},
    "lastet_aargang": {"lastet"},
    "innstilling": set(),
}
#: Partitions with their bounds, and the keys and constraints that queries can rely on.
LAYOUT = """
    SELECT c.relname, pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid)
    FROM pg_class AS c WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind IN ('r', 'p')
        AND c.relname ~ '^(miniregister|person|h_arbsok|f_arbsok|forlop|lopende|vrak_arbsok|lagt_til_side)'
    UNION ALL
    SELECT t.relname, c.contype::text, pg_get_constraintdef(c.oid)
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
    WHERE t.relnamespace IN (SELECT skjema FROM trygdfob.skjema)
        AND c.contype IN ('p', 'u', 'f', 'n') AND c.convalidated
        AND t.relname ~ '^(miniregister|person|h_arbsok|f_arbsok|forlop|lopende|vrak_arbsok|lagt_til_side)'
"""


@pytest.fixture
def polars_year(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """benchmarks/polars_year.py"""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("polars_year")


@pytest.fixture
def databases(empty_noproc: NoopExecutor, tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    """Two databases into which the product has loaded 2001 and 2002, and the files of 2001 to 2003."""
    files = tmp_path / "files"
    synthetic.make(files, last=(2003, 12), persons=300)
    # What synthetic files do not have: a comma in a number, digits in as_stat (T13), an employment without an end
    for file in sorted(files.glob("arbsok_2003*.csv")):
        header, first, second, *others = file.read_text().splitlines()
        fnr, _, _, *rest = first.split(",")
        second = ",".join(f'"{n},00"' if i in (2, 3) and n else n for i, n in enumerate(second.split(",")))
        digits = [",".join([fnr, f"HL{fnr}", "030101", *rest])] * 5
        file.write_text("\n".join([header, first, *digits, second, *others]) + "\n")
    server = {"host": empty_noproc.host, "port": empty_noproc.port, "user": empty_noproc.user}

    def janitor(name: str, template: str) -> DatabaseJanitor:
        made = DatabaseJanitor(
            **server, dbname=f"{empty_noproc.dbname}_{name}", template_dbname=template, password=empty_noproc.password
        )
        made.drop()
        return made

    def url(of: DatabaseJanitor) -> str:
        return make_conninfo(**server, dbname=of.dbname, password=empty_noproc.password or None)

    with janitor("product", empty_noproc.template_dbname) as product:
        fdtrygd("load-year", 2002, "--data", files, to=url(product))
        with janitor("polars", product.dbname) as other:
            yield url(product), url(other), files


def fdtrygd(*arguments: object, to: str, status: int = 0) -> str:
    """The product's command on the database at `to`, with that exit status; what it says."""
    result = subprocess.run(
        [FDTRYGD, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FDTRYGD_DATABASE_URL": to},
    )
    assert result.returncode == status, result.stderr
    return result.stdout


def contents(connection: psycopg.Connection[Any], table: str, without: set[str]) -> Counter[tuple[Any, ...]]:
    """The table's rows, by the names of their columns."""
    cursor = connection.execute(f"SELECT * FROM {qualified(table)}")
    names = [column.name for column in cursor.description or ()]
    order = sorted(range(len(names)), key=names.__getitem__)
    kept = [place for place in order if names[place] not in without]
    return Counter(tuple((names[place], row[place]) for place in kept) for row in cursor)


def test_equal_to_the_product(polars_year: ModuleType, databases: tuple[str, str, Path]) -> None:
    product, other, files = databases
    for address in (product, other):
        with psycopg.connect(address) as connection:
            connection.execute(
                "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato)"
                " SELECT fnr, '2003-02-15', NULL FROM trygdfob.person WHERE fnr < '15'"
            )
    fdtrygd("load-year", 2003, "--data", files, to=product)
    seconds = polars_year.load_year(other, files, 2003)
    assert list(seconds) == ["fetching state", "reading files", "computing", "copying back"]
    assert all(phase > 0 for phase in seconds.values())

    with psycopg.connect(product) as expected, psycopg.connect(other) as got:
        for table, without in TABLES.items():
            rows = contents(expected, table, without)
            # Counts, not rows: no fnr in what a failing test says.
            missing, surplus = rows - contents(got, table, without), contents(got, table, without) - rows
            assert (missing.total(), surplus.total(), rows.total() > 0) == (0, 0, True), table
        for query in (
            "SELECT count(*) FROM trygdfob.lagt_til_side WHERE grunn = 'tall_i_as_stat'",
            "SELECT count(DISTINCT mrk_sys) FROM trygdfob.miniregister WHERE aargang = 2003",
        ):
            assert got.execute(query).fetchone() in {(60,), (2,)}
        assert set(got.execute(LAYOUT)) == set(expected.execute(LAYOUT))
        for connection in (expected, got):
            assert connection.execute(in_order(2003)).fetchone() == (True,)
        events = dict(
            got.execute("SELECT left(status, 1) || substr(status, 2, 1), 1 FROM trygdfob.f_arbsok WHERE aargang = 2003")
        )
        # Not a year in which next to nothing happened
        assert {"NK", "UK", "UI", "YK", "OK", "OI"} <= set(events)

    # polars writes no run log and no sums of the year: of all promises these two alone do not hold
    said = fdtrygd("check", 2003, to=other, status=1).splitlines()
    failed = {line.split()[1] for line in said if line.startswith("FAIL")}
    assert failed == {"summer_stemmer:", "kjorelogg_stemmer:"}
    with pytest.raises(polars_year.Refused, match="2003 cannot be loaded after 2003"):
        polars_year.load_year(other, files, 2003)
