"""The schema in a database: which version it has, and bringing it up to date."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable

from fdtrygd import settings
from fdtrygd.db import objects
from fdtrygd.db.database import Connection, connect, url
from fdtrygd.errors import UserError, sentences

#: How long an upgrade waits for a table or view that somebody's query holds: who asks for it meanwhile waits behind it.
LOCK_TIMEOUT = "5s"
#: So long for one of them before it lets all go again: after a second the server calls it a deadlock, and then it may
#: end the reader.
PATIENCE = "100ms"
OLDEST_SERVER, NEWEST_SERVER = 15, 18


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


def newest_revision() -> str:
    """The newest revision under migrations/versions, by its file's name (0001_…, 0002_…)."""
    return max(file.name for file in (settings.ROOT / "migrations" / "versions").glob("[0-9]*.py")).split("_")[0]


def version(connection: Connection) -> tuple[str, str] | None:
    """(alembic revision, digest of the objects) in the database; None where the schema is not installed."""
    known = connection.execute("SELECT to_regclass('trygdfob.alembic_version'), to_regclass('trygdfob.objektversjon')")
    if None in (known.fetchone() or (None,)):
        return None
    return connection.execute(
        "SELECT v.version_num, o.digest FROM trygdfob.alembic_version v, trygdfob.objektversjon o"
    ).fetchone()


def may_upgrade(connection: Connection) -> bool:
    """Whether the user has the rights of the schema's owner; True where there is no schema yet."""
    row = connection.execute(
        "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'trygdfob'"
    ).fetchone()
    return row is None or bool(row[0])


def close_views() -> str:
    """The statement that closes the product's views for the rest of the transaction, so that nobody meets them halfway.

    Who asks a view locks it first and then what it reads; an upgrade replaces them the other way round, and each would
    wait for the other. So it takes all of them beforehand, in the readers' order, or none, and tries again. To give a
    view the owner that it has changes nothing, and takes the lock on it alone, not on the tables behind it.
    """
    schemas = ", ".join(f"'{schema}'" for schema in objects.schemas())
    return f"""
DO $$
DECLARE
    setning text;
    slutt CONSTANT timestamptz := clock_timestamp() + interval '{LOCK_TIMEOUT}';
    ventetid CONSTANT text := current_setting('lock_timeout');
BEGIN
    LOOP
        BEGIN
            PERFORM set_config('lock_timeout', '{PATIENCE}', true);
            FOR setning IN
                WITH RECURSIVE visning AS (
                    SELECT c.oid, pg_get_userbyid(c.relowner) AS eier
                    FROM pg_class AS c
                    JOIN pg_namespace AS n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('v', 'm') AND n.nspname IN ({schemas}) AND pg_has_role(c.relowner, 'USAGE')
                ),
                leser AS (
                    SELECT r.ev_class AS oid, d.refobjid AS lest
                    FROM pg_rewrite AS r
                    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
                    WHERE r.ev_class IN (SELECT v.oid FROM visning AS v)
                        AND d.refobjid IN (SELECT v.oid FROM visning AS v)
                ),
                dybde AS (
                    SELECT v.oid, 0 AS dybde FROM visning AS v
                    UNION
                    SELECT l.lest, d.dybde + 1 FROM dybde AS d JOIN leser AS l USING (oid)
                )
                SELECT format('ALTER TABLE %s OWNER TO %I', v.oid::regclass, v.eier)
                FROM visning AS v
                ORDER BY (SELECT max(d.dybde) FROM dybde AS d WHERE d.oid = v.oid), v.oid::regclass::text
            LOOP
                EXECUTE setning;
            END LOOP;
            PERFORM set_config('lock_timeout', ventetid, true);
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            IF clock_timestamp() >= slutt THEN
                RAISE;
            END IF;
        END;
        PERFORM pg_sleep(0.02 + 0.08 * random());
    END LOOP;
END
$$;"""  # noqa: S608 – the schemas are the product's own


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
            while not self.ended.wait(0.03):
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
