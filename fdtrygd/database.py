"""The database: where it is, connecting to it, bringing its schema up to date."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Self

import psycopg
from psycopg.abc import Buffer
from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.types.datetime import TimestamptzLoader

from fdtrygd import objects, settings
from fdtrygd.errors import UserError, end, sentences

#: The advisory lock that a load, an unload and an upgrade hold: they never run at the same time.
LOCK = 0x41524253  # 'ARBS'
#: The advisory lock that a load's further connections share.
CREW_LOCK = LOCK + 1
#: Seconds to wait for that lock: the load of a client that was killed a moment ago ends by itself.
PATIENCE = 10
#: How long an upgrade waits for a table or view that somebody's query holds: who asks for it meanwhile waits behind it.
LOCK_TIMEOUT = "5s"
OLDEST_SERVER, NEWEST_SERVER = 15, 18

#: What connections are called on the server while nothing runs on them.
NAME = "fdtrygd"

#: What every session of the program relies on, whatever the server, the database, the role, the environment and the URI
#: say; each value is written as SET takes it. No other setting changes what a command does or says (tested). What
#: somebody has set to protect his server – timeouts, read only – is not here: it stays.
SETTINGS = {
    # Whoever may create something in another schema would have it called here, in the place of PostgreSQL's own
    "search_path": "pg_catalog, pg_temp",
    # The driver reads moments in this form alone
    "datestyle": "ISO, YMD",
    "timezone": "UTC",
    # What the driver sends for a missing value in an array is one, and no text; and a backslash is a backslash
    "array_nulls": "on",
    "standard_conforming_strings": "on",
    # A transaction of a load sees what the load's other sessions have committed since it began
    "default_transaction_isolation": "'read committed'",
    # A session that is idle has not been forgotten: it waits for the load's other sessions
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
}
#: And as PostgreSQL has them: the ways that the planner may go (where partitions are not pruned, all are locked, and a
#: load's sessions lock each other out), and that triggers fire, which a superuser alone can have turned off.
AS_SHIPPED = """
    SELECT set_config(s.name, s.boot_val, false) FROM pg_settings AS s
    WHERE s.setting <> s.boot_val AND (
        starts_with(s.name, 'enable_')
        OR s.name = 'session_replication_role' AND (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user)
    )
"""

Connection = psycopg.Connection[Any]


class OnTheWall(TimestamptzLoader):
    """Moments as the clock on the wall shows them where the command runs: the session itself counts in UTC."""

    def load(self, data: Buffer) -> datetime:
        return super().load(data).astimezone()


def url() -> str:
    """The database's libpq URI: the one that the user named, else the embedded server's, started if need be."""
    named = settings.database_url()
    if named:
        return named
    from fdtrygd import server

    return server.start()


def connect(to: str | None = None) -> Connection:
    """A connection to the database at `to` (default `url()`); UserError when there is none to be had.

    Autocommit: what belongs together says so with `connection.transaction()`.
    """
    to = to or url()
    try:
        return session(to)
    except psycopg.Error as error:
        if error.sqlstate:  # there was a connection, and the server refused the settings
            end(error)
        if not isinstance(error, psycopg.ProgrammingError):
            if embedded_is_stopped(to):
                raise UserError(
                    "The embedded server, which FDTRYGD_DATABASE_URL names, does not run. Start it: "
                    "FDTRYGD_DATABASE_URL= .venv/bin/fdtrygd db url"
                ) from None
            raise UserError(
                f"The database does not answer: {reason(error)}. "
                "Check FDTRYGD_DATABASE_URL, or unset it to use the embedded server."
            ) from None
        raise UserError(  # without the text, which may quote the password
            "FDTRYGD_DATABASE_URL is no libpq URI: write it as postgresql://user@host:5432/database, "
            "with %20 for a space."
        ) from None


def embedded_is_stopped(to: str) -> bool:
    """Whether the address is one of the embedded server's, and that does not run."""
    from fdtrygd import server

    return server.is_named(to) and not server.running()


def reason(error: psycopg.Error) -> str:
    """Why there is no connection, in the server's or the driver's words."""
    return " ".join(without_password(str(error)).split()).rstrip(".?")


def another(connection: Connection) -> Connection:
    """One more connection to the same database, as the same user; UserError where there is none to be had."""
    try:
        return session(connection.info.dsn, password=connection.info.password)
    except psycopg.OperationalError as error:
        if error.sqlstate:
            raise
        raise UserError(
            f"The database gives no further connection: {reason(error)}. A load has one more than --jobs says: give a "
            "lower number, or have the server's administrator allow more."
        ) from None


def session(to: str, password: str | None = None) -> Connection:
    """A new session with the program's own settings (`SETTINGS`); every connection of every command comes from here.

    They are set by statements: a pooler between takes few parameters at the start (the encoding is one of them), and
    the URI's own `options` would be lost by others beside it. The first one is the search path, which calls nothing.
    """
    connection = psycopg.connect(to, client_encoding="UTF8", application_name=NAME, autocommit=True, password=password)
    try:
        connection.execute("; ".join(f"SET {name} = {value}" for name, value in SETTINGS.items()))
        connection.execute(AS_SHIPPED)
    except BaseException:
        connection.close()
        raise
    connection.adapters.register_loader("timestamptz", OnTheWall)
    return connection


def announce(connection: Connection, what: str) -> None:
    """Tells other sessions what this one does: 'load 2003: spells'. The view pagaende_arbeid reads it.

    Through application_name, which everybody sees at once, before any commit; with the server's clock, since the times
    of pg_stat_activity are for few. Together at most the 63 characters that a name has.
    """
    connection.execute(
        "SELECT set_config('application_name',"
        " %s || to_char(clock_timestamp() AT TIME ZONE 'UTC', ' HH24:MI:SS'), false)",
        [f"{NAME} {what}"[:54]],
    )


@contextmanager
def announced(connection: Connection) -> Iterator[None]:
    """Afterwards the connection is called what it was called before."""
    before = connection.info.parameter_status("application_name") or ""
    try:
        yield
    finally:
        with suppress(psycopg.Error):  # lost, or in a transaction that has failed: then it ends with that
            if not connection.closed:
                connection.execute("SELECT set_config('application_name', %s, false)", [before])


def wait_for_lock(taken: Callable[[], bool]) -> None:
    """Returns when `taken` (one try at `LOCK`) has succeeded; UserError when it has not for `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not taken():
        if time.monotonic() > deadline:
            raise UserError(
                "Another load, unload or upgrade is running on this database. Wait until it has ended and try again."
            )
        time.sleep(0.25)


class Blockers(threading.Thread):
    """Watches, on a connection of its own, whom another one waits for: afterwards nobody could tell."""

    def __init__(self, to: str | None, pid: int) -> None:
        super().__init__(daemon=True, name="blockers")
        self.to, self.pid = to, pid
        self.ended = threading.Event()
        #: The sessions waited for last, in words
        self.last: list[str] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.join()

    def run(self) -> None:
        with suppress(psycopg.Error, UserError), connect(self.to) as connection:
            while not self.ended.wait(0.25):
                sessions = connection.execute(
                    "SELECT a.pid, a.usename, a.application_name FROM pg_stat_activity AS a"
                    " WHERE a.pid = ANY (pg_blocking_pids(%s)) ORDER BY a.pid",
                    [self.pid],
                ).fetchall()
                if sessions:
                    self.last = [
                        f"process {pid} of user {user}{f' ({program})' if program else ''}"
                        for pid, user, program in sessions
                    ]


@contextmanager
def blocked(to: str | None, pid: int) -> Iterator[None]:
    """An upgrade that somebody's query keeps waiting becomes UserError, which says who it is."""
    blockers = Blockers(to, pid)
    try:
        with blockers:
            yield
    except Exception as error:
        if not isinstance(getattr(error, "orig", error), LockNotAvailable | DeadlockDetected):
            raise
        who = " and ".join(blockers.last) or "another session"
        raise UserError(
            f"The upgrade waited {LOCK_TIMEOUT} for {who}, whose transaction uses what it has to replace. Nothing was "
            "changed. Run it again when that one has ended, or end it: select pg_cancel_backend(pid), or "
            "pg_terminate_backend(pid) where the session is idle in a transaction."
        ) from None


def without_password(text: str) -> str:
    """The text with the password of any connection URI in it blanked."""
    return re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", text)


def refuse_unsuitable_server(connection: Connection) -> None:
    """UserError unless the server is PostgreSQL 15 to 18 with an UTF-8 database."""
    major = connection.info.server_version // 10000
    if not OLDEST_SERVER <= major <= NEWEST_SERVER:
        raise UserError(
            f"The server is PostgreSQL {major}; FD-Trygd ARBSOK runs on {OLDEST_SERVER} to {NEWEST_SERVER}."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise UserError(
            f"The database's encoding is {encoding}; make one with UTF8 "
            "(CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)."
        )


def upgrade(to: str) -> None:
    """`alembic upgrade head` on the database at `to`: tables, then every object of sql/objects."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # '%' is the beginning of a reference there
    config.set_main_option("script_location", str(settings.ROOT / "migrations").replace("%", "%%"))
    config.attributes["url"] = to
    with sentences():
        command.upgrade(config, "head")


def may_upgrade(connection: Connection) -> bool:
    """Whether the user has the rights of the schema's owner; True where there is no schema yet."""
    row = connection.execute(
        "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'trygdfob'"
    ).fetchone()
    return row is None or bool(row[0])


def version(connection: Connection) -> tuple[str, str] | None:
    """(alembic revision, digest of the objects) in the database; None where the schema is not installed."""
    known = connection.execute("SELECT to_regclass('trygdfob.alembic_version'), to_regclass('trygdfob.objektversjon')")
    if None in (known.fetchone() or (None,)):
        return None
    return connection.execute(
        "SELECT v.version_num, o.digest FROM trygdfob.alembic_version v, trygdfob.objektversjon o"
    ).fetchone()


def newest_revision() -> str:
    """The newest revision under migrations/versions, by its file's name (0001_…, 0002_…)."""
    return max(file.name for file in (settings.ROOT / "migrations" / "versions").glob("[0-9]*.py")).split("_")[0]


def open_current(*, upgrades: bool = False, installs: bool = False) -> Connection:
    """A connection to a database whose schema is this checkout's; UserError, which says what to do, where it is not.

    A command that reads changes no schema. One that changes years (`upgrades`) first brings it up to date, as whoever
    may; a database without the schema gets it only from one that `installs`.
    """
    address = url()
    with connect(address) as connection:
        refuse_unsuitable_server(connection)
        found = version(connection)
        may = may_upgrade(connection)
    if found is None and not installs:
        raise UserError(
            "There is nothing in this database yet: make load-year YEAR=… installs and loads; make upgrade installs "
            "and loads nothing."
        )
    if found != (newest_revision(), objects.digest()):
        differs = (
            f"The database has tables and functions of another version ({', '.join(found or ('none',))}) than this "
            f"program ({newest_revision()}, {objects.digest()})"
        )
        if not may:
            raise UserError(
                f"{differs}, and you may not change them. Ask the database's administrator, a member of fdtrygd_dba, "
                "to run alembic upgrade head from this version; or use the version that the database has."
            )
        if found and found[0] > newest_revision():
            raise UserError(f"{differs}: its tables are of a later version. Use that one.")
        if not upgrades:
            raise UserError(
                f"{differs}. make upgrade brings them to this version, and the years stay as they are; or use the "
                "version that the database has."
            )
        upgrade(address)
    return connect(address)
