"""Where the database is, and sessions on it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader

from fdtrygd import settings
from fdtrygd.errors import UserError, end

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
    # What a function tries, and goes on without, does not end the session
    "exit_on_error": "off",
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
#: Calls the session what it is given, and since when. Through application_name, which everybody sees at once, before
#: any commit; with the server's clock, since the times of pg_stat_activity are for few. Together at most the 63
#: characters that a name has.
ANNOUNCED = "set_config('application_name', %s || to_char(clock_timestamp() AT TIME ZONE 'UTC', ' HH24:MI:SS'), false)"
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
    from fdtrygd.db import server

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
    from fdtrygd.db import server

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
    (`ways_as_shipped` alone has another one, for a look at what others have set.)
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


def ways_as_shipped(to: str) -> str:
    """The planner's ways for the sessions of PostgreSQL's own programs, as libpq's options; empty where nobody set one.

    Only what differs: not every pooler takes options. A restore without hash joins would take a hundred times as long.
    """
    with psycopg.connect(to, client_encoding="UTF8", application_name=NAME, autocommit=True) as untouched:
        untouched.execute("SET search_path = pg_catalog, pg_temp")
        rows = untouched.execute(
            "SELECT format('-c %s=%s', s.name, s.boot_val) FROM pg_settings AS s"
            " WHERE starts_with(s.name, 'enable_') AND s.setting <> s.boot_val ORDER BY s.name"
        ).fetchall()
    return " ".join(option for (option,) in rows)


def prepare(connection: Connection, connections: int) -> None:
    """Sets a connection up for a load of which it is one of so many: the planner's ways, memory, a discreet log."""
    connection.execute("SELECT trygdfob.forbered_sesjon(%s)", [connections])


def announce(connection: Connection, what: str) -> None:
    """Tells other sessions what this one does: 'load 2003: spells'. The view pagaende_arbeid reads it."""
    connection.execute(f"SELECT {ANNOUNCED}", [announcement(what)])


def announcement(what: str) -> str:
    """What a session is called that does this, but for the moment."""
    return f"{NAME} {what}"[:54]


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


def scalar(connection: Connection, query: str | sql.Composed, *parameters: Any, **named: Any) -> Any:
    """The first column of the query's first row; parameters by place, or by name."""
    row = connection.execute(query, parameters or named or None).fetchone()
    return row[0] if row else None


def may_read(connection: Connection, schema: str, table: str) -> bool:
    """Whether who is connected reads the table."""
    return bool(
        scalar(
            connection,
            "SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') FROM pg_class AS c"
            " JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s",
            *(schema, table),
        )
    )


def without_password(text: str) -> str:
    """The text with the password of any connection URI in it blanked."""
    return re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", text)
