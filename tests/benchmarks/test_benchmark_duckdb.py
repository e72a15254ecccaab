"""The benchmark's opponent in DuckDB writes what the product writes: equal rows in every table, the same partitions."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import synthetic
from psycopg import sql
from psycopg.conninfo import make_conninfo

import duckdb_year
from conftest import in_order, qualified

TABLES = ("miniregister", "person", "f_arbsok", "vrak_arbsok", "h_arbsok", "lagt_til_side", "maanedsfil")
FDTRYGD = Path(sys.executable).with_name("fdtrygd")
#: The partitions of a year: name, kind, bounds, key
PARTITIONS = """
SELECT c.relname, c.relkind, c.relpersistence, pg_get_expr(c.relpartbound, c.oid), pg_get_constraintdef(k.oid)
FROM pg_class AS c
LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind IN ('r', 'p')
    AND c.relname ~ '^(miniregister|h_arbsok|forlop|lopende)_.*[0-9]{4}'
"""


def product(*arguments: object, to: str) -> None:
    """`fdtrygd ARGUMENTS` on the database at `to`."""
    result = subprocess.run(
        [FDTRYGD, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FDTRYGD_DATABASE_URL": to},
    )
    assert result.returncode == 0, result.stderr


def rows(dsn: str, query: str) -> Counter[Any]:
    with psycopg.connect(dsn) as connection:
        return Counter(connection.execute(query).fetchall())


def differences(product_dsn: str, other_dsn: str) -> dict[str, tuple[int, int]]:
    """For each table that is not the same: how many rows only the product has, and how many only the other."""
    queries = {table: f"SELECT * FROM {qualified(table)}" for table in TABLES} | {"partitions": PARTITIONS}
    # But for the time at which a file was written
    queries["maanedsfil"] = (
        "SELECT mnddato, aargang, maaned, fil, bytes, sha256, antall, dagdato, fdagdato FROM trygdfob.maanedsfil"
    )
    found = {}
    for name, query in queries.items():
        ours, theirs = rows(product_dsn, query), rows(other_dsn, query)
        assert ours, name
        if ours != theirs:
            found[name] = ((ours - theirs).total(), (theirs - ours).total())
    return found


class Databases:
    """Databases of this module's own, dropped at its end."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.names: list[str] = []

    def create(self, name: str, template: str = "template1") -> str:
        """A new database, empty or a copy; its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        self._execute(statement)
        self.names.append(name)
        return make_conninfo(self.server, dbname=name)

    def drop(self) -> None:
        for name in self.names:
            self._execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="module")
def databases(test_server: str) -> Iterator[Databases]:
    databases = Databases(test_server)
    yield databases
    databases.drop()


#: What synthetic files do not have; {f} an fnr that is there, {g} one that is not
MESS = """\
"{f}\u00a0","\tHLIPDP ",{d},12.00,,,
{f},HLIPDP,{d},"","","",""
 {f} ,HLIPDP,{d},00012,,,{m}
{g}1,H,{d},+5,,,{m}
{g}2,HL,,1e2,,,{m}
{g}3,HLD,000000,-1,,,{m}
{g}4,HLDP,991331,7.5,,,{m}
{g}5,HLÆDP,{d}.00,0,-1,22,{m}
{g}6, YH  AMO  ID,{d},00003.,5,54,{m}
{g}6, YH  AMO  IE,{d},3,5,54,{m}
{g}6, YH  AMO  ØE,{d},3,5,54,{m}
{g}6, YH  AMO  ØE,{d},3,,,{m}
{g}6, YH  AMO  ØE,{d},3,5,,{m}
{g}7,XX  QQ,0{d},99999,3 ,"3,",{m}
{g}7,XX  QQ,0{d},99999,3,"3,",{m}
{g}8,HLIPDP,{d},1,," ",{m}
{g}8,HLIPDP,{d},1,,"",{m}
{g}8,HLIPDP,{d},1," ",,{m}
{g}9,HLIPDP,"{d},0","12,00",,,{m}
{f},HL{f},310101,0,,,{m}
{f},123456,310101,0,,,{m}
,123456,310101,0,,,{m}
{g}X,HLIPDP,{d},1,,,{m}
{f}{f},"","","","","",""
"",HLIPDP,{d},1,,,{m}
""".replace("{f}{f}", "123")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of synthetic files with some faults more."""
    path = tmp_path_factory.mktemp("duckdb") / "files"
    synthetic.make(path, last=(2003, 12), persons=300)
    for file in sorted(path.glob("arbsok_*[1347].csv")):
        header, first, *others = file.read_text().splitlines()
        if "as_gr" in header:
            fnr, _, dagdato = first.split(",")[:3]
            mess = MESS.format(f=fnr, g=fnr[:10], d=dagdato or "0", m=file.stem[-2:])
            file.write_text("\n".join([header, first, *others[:5], *mess.splitlines(), *others[5:]]) + "\n")
    return path


@pytest.fixture(scope="module")
def installed(databases: Databases) -> str:
    """The name of a database with the product's schema and nothing in it."""
    name = "duckdb_installed"
    product("db", "upgrade", to=databases.create(name))
    return name


def settle(dsn: str) -> None:
    """What users may have added before the first year."""
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved) VALUES"
            " ('FS', 'PO', '2001-01-01', 'infinity', '3'), ('FS', 'PO', '2002-03-01', '2002-05-31', '4'),"
            " ('YH', '*', '2002-02-01', '2002-02-28', '8')"
        )
        connection.execute(
            "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato)"
            " SELECT to_char(n, 'FM00000000000'), '2001-03-01', 'infinity' FROM generate_series(1, 3) AS n"
        )


def employ(dsn: str) -> None:
    """Some of those who are registered have work, too."""
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato)"
            " SELECT fnr, '2002-11-15', CASE WHEN fnr < '2' THEN date '2003-06-15' END"
            " FROM trygdfob.miniregister WHERE mnddato = '2002-12-01'"
            " AND fnr < (SELECT percentile_disc(0.4) WITHIN GROUP (ORDER BY fnr) FROM trygdfob.miniregister)"
        )


def test_the_same_rows_in_every_table(databases: Databases, installed: str, sample: Path) -> None:
    dsn = databases.create("duckdb_product", installed)
    settle(dsn)
    first = databases.create("duckdb_2001", "duckdb_product")
    with psycopg.connect(first) as connection:
        connection.execute("UPDATE trygdfob.innstilling SET testnumre = true")  # as the product does for such files

    product("load-year", 2001, "--data", sample, to=dsn)
    seconds = duckdb_year.load_year(first, sample, 2001)
    assert set(seconds) == {"fetching state", "reading files", "computing", "copying back"}
    assert differences(dsn, first) == {}
    for each in (dsn, first):
        assert list(rows(each, in_order(2001))) == [(True,)]

    product("load-year", 2002, "--data", sample, to=dsn)
    employ(dsn)
    third = databases.create("duckdb_2003", "duckdb_product")
    product("load-year", 2003, "--data", sample, to=dsn)
    duckdb_year.load_year(third, sample, 2003)
    assert differences(dsn, third) == {}


def test_a_year_that_is_refused_changes_nothing(databases: Databases, installed: str, tmp_path: Path) -> None:
    synthetic.make(tmp_path / "files", last=(2001, 12), persons=20)
    late = tmp_path / "files" / "arbsok_200103.csv"
    late.write_bytes((tmp_path / "files" / "arbsok_200102.csv").read_bytes())
    dsn = databases.create("duckdb_refused", installed)
    with pytest.raises(duckdb_year.Refused, match="month 3"):
        duckdb_year.load_year(dsn, tmp_path / "files", 2001)
    assert not rows(dsn, "SELECT 1 FROM trygdfob.maanedsfil")
