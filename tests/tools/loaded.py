"""A small loaded database for a module's tests, clones of it for those that change it, and work that is held in it."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting, synthetic
from fdtrygd.db import database, locks, server
from psycopg.conninfo import make_conninfo
from pytest_postgresql.executors import NoopExecutor

from conftest import Silent, address, in_memory, own_database, qualified

Connection = psycopg.Connection[Any]

Files = dict[int, dict[int, month_files.MonthFile]]
#: Seconds within which another session has to show something
SOON = 120


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Month files of three small years."""
    folder = tmp_path_factory.mktemp("three-years") / "files"
    synthetic.make(folder, last=(2003, 12), persons=160)
    return month_files.find_month_files(folder)


def load(connection: Connection, year: int, files: Files, **options: Any) -> None:
    with locks.alone(connection):
        lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent(), **options)


@pytest.fixture(scope="session")
def original(postgresql_noproc: NoopExecutor, files: Files) -> Iterator[str]:
    """The address of a database with 2001 and 2002; 2002 was taken back once, so that sequences are ahead of rows."""
    with own_database(postgresql_noproc, "dba") as connection:
        to = address(connection)
        connection.close()  # a template must have no sessions
        with database.connect(to) as connection:
            load(connection, 2001, files)
            load(connection, 2002, files)
            lasting.unload_year(connection, 2002)
            load(connection, 2002, files)
        yield to


@contextmanager
def made(to: str, name: str, template: str) -> Iterator[Connection]:
    """A connection to a database made from a template on the same server; it is dropped at the end."""
    with database.connect(make_conninfo(to, dbname="postgres")) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            with database.connect(make_conninfo(to, dbname=name)) as connection:
                yield connection
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def name_of(to: str) -> str:
    return psycopg.conninfo.conninfo_to_dict(to)["dbname"]  # type: ignore[return-value]


@pytest.fixture
def clone(original: str) -> Iterator[Connection]:
    """The loaded database once more, for a test that changes it."""
    with made(original, f"{name_of(original)}_clone", name_of(original)) as connection:
        yield connection


RUNNING = "SELECT * FROM trygdfob.pagaende_arbeid ORDER BY siden, pid"


def waits_for(connection: Connection, found: list[dict[str, Any]]) -> bool:
    """Whether a session has come to stand at what the connection holds; for each other sessions may wait a moment."""
    return any(connection.info.backend_pid in (session["blokkert_av"] or ()) for session in found)


class Held:
    """Work in a thread, on a connection of its own, that comes to stand at a table which another session locks."""

    def __init__(self, to: str, table: str, work: Callable[[Connection], object], name: str = database.NAME) -> None:
        self.table, self.work = table, work
        self.lock, self.watch, self.worker = (database.connect(to) for _ in range(3))
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        try:
            self.work(self.worker)
        except BaseException as error:  # for the test's own thread to see
            self.error = error

    def __enter__(self) -> "Held":
        self.lock.execute("BEGIN")
        self.lock.execute(f"LOCK TABLE {qualified(self.table)} IN EXCLUSIVE MODE")
        self.thread.start()
        return self

    def running(self, until: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The rows of pagaende_arbeid as another session sees them, as soon as they are as they should be."""
        deadline = time.monotonic() + SOON
        with self.watch.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            while not until(found := cursor.execute(RUNNING).fetchall()):
                assert self.error is None
                assert time.monotonic() < deadline, found
                time.sleep(0.02)
        return found

    def waiting(self, found: list[dict[str, Any]]) -> bool:
        return waits_for(self.lock, found)

    def release(self) -> None:
        self.lock.rollback()
        self.thread.join()

    def __exit__(self, *error: object) -> None:
        self.release()
        for connection in (self.lock, self.watch, self.worker):
            connection.close()


@pytest.fixture
def own_server() -> Iterator[Path]:
    """The data folder of a server with settings of its own; it is stopped afterwards."""
    # Not under pytest's own folder: parallel runs as root close that one to the server's user.
    with tempfile.TemporaryDirectory(prefix="fdtrygd-", dir=in_memory()) as folder:
        data = Path(folder) / "data"
        yield data
        server.stop(data)
