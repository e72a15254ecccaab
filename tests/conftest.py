"""The tests' database: a template with the schema, cloned for each test that asks for it (pytest-postgresql).

The server is the embedded one, in a folder of the test run, or the one that FDTRYGD_TEST_URL names.
"""

import gc
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from fdtrygd import errors, kontroll, lasting, synthetic
from fdtrygd.db import database, installation, locks, server
from fdtrygd.files import Copied, MonthFile, find_month_files
from fdtrygd.lasting.crew import Alone
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor
from pytest_postgresql.janitor import DatabaseJanitor

from statements import SCHEMA_OF

MINIREGISTER = (
    "fnr", "hoved", "hovedarbstat", "tiltak", "ytelse", "dagdato", "fdagdato", "mnddato",
    "mrk_sys", "mrk_fnr", "mrk_dl", "ant_d_as_n", "henddato", "as_f", "as_gr", "aargang",
)  # fmt: skip
#: What a miniregister that comes from elsewhere does not promise: it has no files, marks or first step's counts.
FROM_ELSEWHERE = dict.fromkeys(("maaneder_henger_sammen", "kjorelogg_stemmer"), "the miniregister comes from the test")
RAW = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")

#: Where the fixtures stand that tests of several rooms ask for: tests/tools
pytest_plugins = [
    "loaded", "counting", "damages", "day_by_day", "delivering", "ended", "folders", "logins", "month_file",
    "publishing", "sums_by_hand", "tables", "users",
]  # fmt: skip

#: What can break by PostgreSQL's version, a file or a folder: .ci/servers.py runs it on 15, 16 and 17 too (-m servers).
SERVERS = {
    "befolkning", "kontroll", "test_analyse_funksjoner.py", "test_analyse_kall.py", "test_analyse_visninger.py",
    "test_bestilling.py",
    "test_dba.py", "test_flatfil.py", "test_forbehold.py", "test_inndeling.py", "test_load.py", "test_load_ended.py",
    "test_migrations.py", "test_miniregister.py", "test_populasjon.py", "test_prosjekt.py", "test_publication.py",
    "test_refused.py", "test_rettelse.py", "test_sammenligning.py", "test_session.py", "test_statistikkontroll.py",
    "test_unload.py", "test_uttrekk.py", "test_versjon.py", "tilgang",
}  # fmt: skip
#: What asks for `sample_address`
OF_THE_SAMPLE = {
    "test_analyst_doc.py", "test_analyst_languages.py", "test_analyst_recipes.py", "test_frigitt.py",
    "test_microdata.py", "test_nobodys_register.py", "test_uttrekk.py",
}  # fmt: skip
#: Opponents of the benchmark, proven equal by `make bench` alone (-m opponent); DuckDB's is in the suite.
OPPONENTS = {"test_benchmark_loop.py", "test_benchmark_polars.py"}
#: What takes longest, a file or a test with all its cases. All but these run in two minutes (-m fast).
SLOW = {
    # Programs and servers that are started, ended, upgraded, restored
    "test_backup.py",
    "test_benchmark_duckdb.py",
    "test_check_files.py",
    "test_cli.py",
    "test_dba.py",
    "test_drift.py",
    "test_durability.py",
    "test_ended.py",
    "test_errors.py",
    "test_flatfil.py",
    "test_load_ended.py",
    "test_migrations.py",
    "test_sammenligning.py",
    "test_server.py",
    "test_session.py",
    "test_site.py",
    "test_unload.py",
    "test_utlevering.py",
    # Many registers, or a large one
    "test_analyse_funksjoner.py::test_equals_a_count_over_dirty_registers",
    "test_analyse_visninger.py::test_in_every_register",
    "test_analyst_doc.py::test_the_answers_are_what_psql_gives",
    "test_analyst_recipes.py",
    "test_bestilling.py::test_any_value_in_any_place_gets_a_sentence",
    "test_forklar.py::test_every_record_is_explained_once",
    "test_frigitt.py",
    "test_arbsok_aargang_kontrollert.py::test_the_damage_is_found_and_nothing_else",
    "test_arbsok_forlop_kontrollert.py::test_the_damage_is_found_and_nothing_else",
    "test_arbsok_forlop_silt.py",
    "test_inndeling.py",
    "test_leaks.py",
    "test_load.py::test_a_load_keeps_to_its_memory",
    "test_load.py::test_a_step_that_fails_for_some_leaves_nothing",
    "test_load.py::test_any_number_of_connections_gives_the_same_rows",
    "test_load.py::test_kind_of_file",
    "test_load.py::test_order_of_the_records",
    "test_refused.py::test_refused",
    "test_refused.py::test_two_loads_at_once",
    "test_oracle.py",
    "test_reference.py::test_invariants",
    "test_reference.py::test_the_strategies_reach_every_status",
    "test_rettelse.py",
    "test_statistiker.py",
    "test_statistics_cli.py",
    "test_statistikkontroll.py",
    "test_versjon.py",
    "test_report.py::test_same_database_same_bytes",
    "test_report.py::test_short_histories",
    "test_eier.py::test_database_from_before_the_roles_is_handed_over",
    "test_eier.py::test_dba_installs_and_upgrades",
    "test_eier.py::test_grants_by_hand",
    "test_laster.py::test_loaders_commands",
    "test_uttrekk.py::test_nothing_in_the_sample_is_unexplained",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: while one waits for a server, a disk or a lock, another one works."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file is run by one worker, and those that ask for the sample by one and the same: it takes long to load."""
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "the sample" if Path(file).name in OF_THE_SAMPLE else file

    config.option.loadscopereorder = False  # else files with few tests come last, and those take longest
    return Files(config, log)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    items.sort(key=lambda item: item.path.name not in SLOW | OF_THE_SAMPLE)  # no worker gets a long file at the end
    for item in items:
        file = item.path.name
        if SERVERS & {file, item.path.parent.name}:
            item.add_marker("servers")
        if file in OPPONENTS:
            item.add_marker("opponent")
        elif not SLOW & {file, f"{file}::{item.originalname}"}:
            item.add_marker("fast")


#: What partitions are called that do not go by the name of their table
PARTITIONS = dict.fromkeys(("forlop", "lopende", "forlopsdel_ingen"), "forlopsdel")


def qualified(text: str) -> str:
    """The text with the schema of the table, view or function that it begins with: `f_arbsok WHERE aargang = 2001`."""
    name = re.match(r"\w+", text)[0]  # type: ignore[index]
    whole = re.sub(r"(_[0-9]+)+$", "", name)
    return f"{SCHEMA_OF.get(name) or SCHEMA_OF[PARTITIONS.get(whole, whole)]}.{text}"


# Each of the programs that are started here would compile its sources anew
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What is imported stays: to look through it again and again takes a tenth of the tests' time in Python
gc.freeze()
gc.set_threshold(50_000)

# A shell that puts a command into the background has it ignore Ctrl-C, and programs that it starts as well
signal.signal(signal.SIGINT, signal.default_int_handler)


def in_memory() -> Path | None:
    """A folder in memory, where there is one with room: a database is 600 files, which a disk is slow to make."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 << 30 else None


@pytest.fixture(scope="session", autouse=True)
def test_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The libpq URI of the server on which the tests make their databases."""
    named = os.environ.get("FDTRYGD_TEST_URL")
    # Not under pytest's own folder: parallel runs as root close that one to the server's user.
    with tempfile.TemporaryDirectory(prefix="fdtrygd-", dir=in_memory()) as folder:
        data = Path(folder) / "data"
        url = named or server.start(data, fsync=False)
        if not named:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET max_wal_size = '512MB'")
                connection.execute("ALTER SYSTEM SET shared_buffers = '64MB'")
                connection.execute("ALTER SYSTEM SET autovacuum = off")  # of databases that are gone in a moment
                # Only where there can be a standby does a commit wait for one (test_ended.py)
                connection.execute("ALTER SYSTEM SET wal_level = replica")
                connection.execute("ALTER SYSTEM SET max_wal_senders = 1")
            server.stop(data)
            url = server.start(data, fsync=False)
        address = conninfo_to_dict(url)
        option = request.config.option
        option.postgresql_host = address.get("host")
        option.postgresql_port = address.get("port", 5432)
        option.postgresql_user = address.get("user", "postgres")
        option.postgresql_password = address.get("password")
        yield url
        if not named:
            server.stop(data)


def install(**connection: Any) -> None:
    """The schema, in pytest-postgresql's template database."""
    installation.upgrade(make_conninfo(**{key: value for key, value in connection.items() if value}))


postgresql_noproc = factories.postgresql_noproc(dbname="fdtrygd_test", load=[install])
postgresql = factories.postgresql("postgresql_noproc")
empty_noproc = factories.postgresql_noproc(dbname="fdtrygd_empty")
#: A database without the schema
empty = factories.postgresql("empty_noproc")


def address(connection: psycopg.Connection[Any]) -> str:
    """The libpq address of the connection's database."""
    parameters = connection.info.get_parameters()
    parameters.pop("sslcertmode", None)  # programs of PostgreSQL 15 do not know it
    return make_conninfo(**parameters, password=connection.info.password or None)


def eventually(holds: Callable[[], bool]) -> None:
    """Returns when it holds: the server ends sessions, and counts what they did, a moment after they were closed."""
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def instead_of_waiting(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> list[float]:
    """Whoever waits for the lock of loads and upgrades does this instead; the waits, in seconds, as they come."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        do()

    monkeypatch.setattr(locks, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    return waits


class Silent:
    """Progress that nobody watches."""

    def phase(self, year: int, what: str) -> None: ...

    def step(self, name: str) -> None: ...

    def read(self, count: int) -> None: ...


def offending(
    connection: psycopg.Connection[Any], but: Iterable[str] = (), before: int | None = None
) -> dict[str, int]:
    """The controls that find an error in some loaded year, or one before that one, with how much (spec.md 5)."""
    found: dict[str, int] = {}
    for year in lasting.loaded_years(connection):
        if before is not None and year >= before:
            break
        for each in kontroll.check(connection, year, "check"):
            if each.is_error and each.control not in but:
                found[each.control] = found.get(each.control, 0) + each.count
    return found


def reader(aargang: int, months: dict[int, list[dict[str, str | None]]]) -> lasting.Reader:
    """Reads a year's month files that are given as records."""

    def read(worker: database.Connection, month: int, table: str, optional: frozenset[str]) -> Copied:
        records = months.get(month, [])
        with worker.cursor().copy(f"COPY {table} ({', '.join(RAW)}) FROM STDIN") as copy:
            for record in records:
                copy.write_row([record.get(column) or "" for column in RAW])
        file = MonthFile(Path(f"arbsok_{aargang}{month:02}.csv"), aargang, month)  # by name: it is not on disk
        return Copied(file, 0, "", len(records))

    return read


class Register:
    """A database that tests fill from records in memory; nothing is committed."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.accepted: dict[str, str] = {}

    def load_year(self, aargang: int, months: dict[int, list[dict[str, str | None]]]) -> lasting.YearResult:
        """Loads a year's month files, given as records; what refuses it leaves the database as it was."""
        with self.connection.transaction(), errors.sentences():
            return self.load(aargang).run(reader(aargang, months))

    def load(self, aargang: int) -> lasting.Load:
        """A year's load in this one connection."""
        return lasting.Load(
            self.connection,
            Alone(self.connection),
            aargang,
            synthetic=False,
            progress=Silent(),
            accept=self.accepted,
        )

    def load_miniregister(self, aargang: int, records: Iterable[dict[str, Any]]) -> None:
        """Loads a year whose miniregister comes from elsewhere: straight to the comparison of its months."""
        self.accepted = FROM_ELSEWHERE
        months: dict[int, list[dict[str, Any]]] = {month: [] for month in lasting.MONTHS}
        for record in records:
            months[record["mnddato"].month].append({**record, "aargang": aargang})
        with self.connection.transaction():
            load = self.load(aargang)
            for month, of_month in months.items():
                # A month without records has an empty table, to be compared with, and no file
                table = f"trygdfob.miniregister_{aargang}_{month:02}"
                self.connection.execute(f"CREATE TABLE {table} (LIKE trygdfob.miniregister)")
                self.connection.execute(f"ALTER TABLE {table} OWNER TO fdtrygd_dba")  # as the load's steps make it
                with self.connection.cursor().copy(f"COPY {table} ({', '.join(MINIREGISTER)}) FROM STDIN") as copy:
                    for record in of_month:
                        copy.write_row([record.get(column) for column in MINIREGISTER])
                if of_month:
                    file = MonthFile(Path(f"arbsok_{aargang}{month:02}.csv"), aargang, month)
                    load.enter(self.connection, month, Copied(file, 0, "", len(of_month)))
                    ((dagdato, fdagdato),) = {(record["dagdato"], record["fdagdato"]) for record in of_month}
                    self.connection.execute(
                        "UPDATE arbsok_lasting.aarets_fil SET dagdato = %s, fdagdato = %s WHERE maaned = %s",
                        [dagdato, fdagdato, month],
                    )
                for step in ("sjekkfnr_dub", "nokkel_miniregister"):
                    load.step(self.connection, step, month)
            for phase in (lasting.COMPARING, lasting.SPELLS, lasting.WRITING):
                load.build(phase)
            load.put_in_place()

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, parameters).fetchall()

    def f_arbsok(self, fnr: str | None = None) -> list[dict[str, Any]]:
        """F_ARBSOK, of one person or of all, in the order of events: the source's columns, not lopenr (spec.md 4)."""
        rows = self.rows(
            "SELECT * FROM trygdfob.f_arbsok WHERE fnr = coalesce(%s, fnr) ORDER BY fnr, regdato, kode = '0'",
            fnr,
        )
        return [{column: value for column, value in row.items() if column != "lopenr"} for row in rows]

    def vrak_arbsok(self, fnr: str | None = None) -> list[dict[str, Any]]:
        """VRAK_ARBSOK, of one person or of all."""
        return self.rows("SELECT * FROM trygdfob.vrak_arbsok WHERE fnr = coalesce(%s, fnr) ORDER BY fnr, dagdato", fnr)

    def miniregister(self) -> list[dict[str, Any]]:
        return self.rows("SELECT * FROM trygdfob.miniregister ORDER BY fnr, dagdato")

    def statuskoder(self) -> list[str]:
        """The status codes of the rule table."""
        return [row["status"] for row in self.rows("SELECT status FROM trygdfob.statuskode ORDER BY rekkefolge")]

    def set(self, serie_start: date | None = None, testnumre: bool | None = None) -> None:
        """Sets the database's settings."""
        self.connection.execute(
            "UPDATE trygdfob.innstilling SET serie_start = coalesce(%s, serie_start),"
            " testnumre = coalesce(%s, testnumre)",
            [serie_start, testnumre],
        )

    def offending(self) -> dict[str, int]:
        """The controls that find something, with how much (spec.md 5)."""
        return offending(self.connection, but=self.accepted)


@contextmanager
def own_database(noproc: NoopExecutor, name: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a database with the schema for tests that share one; it is dropped at the end."""
    server = {"host": noproc.host, "port": noproc.port, "user": noproc.user}
    dbname = f"{noproc.dbname}_{name}"
    janitor = DatabaseJanitor(**server, dbname=dbname, template_dbname=noproc.template_dbname, password=noproc.password)
    janitor.drop()
    with janitor, psycopg.connect(**server, dbname=dbname, password=noproc.password) as connection:
        yield connection


@pytest.fixture(scope="session")
def shared(postgresql_noproc: NoopExecutor) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a database with the schema that all tests with `register` share: each rolls back."""
    with own_database(postgresql_noproc, "shared") as connection:
        database.prepare(connection, 1)
        connection.commit()  # else the settings would end with the first test
        yield connection


@pytest.fixture
def register(shared: psycopg.Connection[Any]) -> Iterator[Register]:
    """An empty database to load years into; every invariant of spec.md 5 must hold in it at the end.

    The load of the last year has just asked for them; of the years before it they are asked again.
    """
    register = Register(shared)
    shared.rollback()  # what a test with `shared` itself has left
    shared.execute("SELECT")  # opens the transaction that is rolled back: a load's own is a savepoint in it
    try:
        yield register
        if shared.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            last = max(lasting.loaded_years(shared), default=None)
            assert offending(shared, but=register.accepted, before=last) == {}
    finally:
        shared.rollback()


@pytest.fixture(scope="session")
def sample_address(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The libpq address of a database with the sample that `make load-year YEAR=2005` loads.

    All tests that ask for it share it: what one writes it rolls back. The secret behind lopenr, which each database
    draws for itself, is a fixed one, so that documents can show person numbers.
    """
    path = tmp_path_factory.mktemp("sample") / "files"
    synthetic.make(path)
    files = find_month_files(path)
    with own_database(postgresql_noproc, "sample") as connection:
        connection.execute("UPDATE trygdfob.lopenummer_nokkel SET nokkel = 'for the tests'")
        connection.commit()
        for year in sorted(files):
            lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        connection.commit()
        yield address(connection)


def in_order(year: int) -> str:
    """A query: whether the records of the spells that a year ended lie in ranges that are each in the key's order.

    In another order, as that of fnr, half of them would stand before a lesser one.
    """
    return (
        "SELECT avg(stigende::integer) > 0.9 FROM ("
        "  SELECT (lopenr, regdato, kode) > lag((lopenr, regdato, kode)) OVER (ORDER BY ctid) AS stigende"
        f"  FROM trygdfob.forlop_{year}_01) AS rad"
    )
