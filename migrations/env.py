"""Alembic's environment: the versioned tables first, then every repeatable object of ``sql/objects`` again.

Both run in one transaction, online and with ``--sql``. A partial upgrade and ``current`` leave the objects alone: they
belong to the newest tables only. A revision that moves data with functions of ``sql/objects`` hands its statements over
(``after_objects`` of the configuration's attributes), and they run behind the objects. What ends alembic's own command
line early goes through the program's door.
"""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import context
from fdtrygd import errors
from fdtrygd.db import database, installation, locks, objects

SCHEMA = "trygdfob"
#: For the upgrade's transaction.
SETTINGS = (
    # A view's reader that is waited for holds up everybody behind the upgrade
    f"SET LOCAL lock_timeout = '{installation.LOCK_TIMEOUT}'",
    "SET LOCAL statement_timeout = 0",
    # What fills tables would be compiled for seconds first
    "SET LOCAL jit = off",
)
#: For a script, which somebody else's session runs: what the program's own sessions have.
SESSION = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET LOCAL client_encoding = 'UTF8'",
    *(f"SET LOCAL {name} = {value}" for name, value in database.SETTINGS.items()),
)
#: alembic's commands that would leave tables and version at odds, by the name of the function that each hands over.
NOT_OFFERED = {
    "downgrade": "alembic downgrade is not offered: what an upgrade has done to the tables cannot be taken back. The "
    "way back is the backup from before it, into a database without the schema: make restore FILE=…, with the program "
    "of that version (docs/dba.md, Backup and restore). Nothing was changed.",
    "do_stamp": "alembic stamp is not offered: the database would say that its tables have a version which they have "
    "not. make upgrade brings them to this program's version; a restored backup has its own. Nothing was changed.",
}  # fmt: skip


def command() -> str:
    """Which of alembic's commands this run is: each hands a function of its own over."""
    return str(getattr(context.get_context().opts["fn"], "__name__", ""))


def configure(**options: object) -> None:
    context.config.attributes["close_views"] = installation.close_views()  # for a revision that replaces some
    context.configure(version_table_schema=SCHEMA, transaction_per_migration=False, **options)  # type: ignore[arg-type]
    if command() in NOT_OFFERED:
        raise errors.UserError(NOT_OFFERED[command()])


def repeatable(whole: bool, started: object) -> list[str]:
    """What runs behind the revisions that have run: nothing unless the tables are the newest ones.

    UserError where a revision on the way has handed something over, and years may be loaded already: the next upgrade
    would not pass that revision again.
    """
    moves: list[str] = context.config.attributes.get("after_objects", [])
    if whole:
        return [context.config.attributes["close_views"], *objects.statements(), *moves]
    if moves and started:
        raise errors.UserError(
            "A revision on the way to this one moves data with functions that belong to the newest tables. Upgrade to "
            "head: make upgrade. Nothing was changed."
        )
    return []


def run_offline() -> None:
    # Any style of parameters in which a '%' is just that: else the script would have every one twice
    configure(dialect_name="postgresql", as_sql=True, dialect_opts={"paramstyle": "named"})
    heads = context.script.get_heads()
    with context.begin_transaction():
        emit = context.get_context().impl.static_output
        # Not beside a load, and no longer in others' way than the upgrade itself
        for setting in (*SESSION, *SETTINGS):
            emit(f"{setting};")
        emit(f"DO $$ BEGIN PERFORM pg_advisory_xact_lock({locks.LOCK}); END $$;")
        emit(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA};")
        context.run_migrations()
        whole = command() == "upgrade" and context.get_revision_argument() in (heads[0], heads)
        for statement in repeatable(whole, context.get_starting_revision_argument()):
            emit(statement)


def connect() -> database.Connection:
    connection = database.connect(context.config.attributes.get("url"))
    connection.autocommit = False
    return connection


@contextmanager
def named() -> Iterator[None]:
    """What the database refuses in a revision names its file."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        for frame in traceback.extract_tb(error.__traceback__):
            if (file := Path(frame.filename)).parent.name == "versions":
                errors.root(error).add_note(f"migrations/versions/{file.name}, line {frame.lineno}")
        raise


def run_online() -> None:
    change = errors.Change("the schema is upgraded")
    engine = sa.create_engine("postgresql+psycopg://", creator=connect, poolclass=sa.NullPool)
    with engine.connect() as connection:
        driver: database.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        installation.refuse_unsuitable_server(driver)
        configure(connection=connection)
        with (
            change.said(),
            installation.blocked(context.config.attributes.get("url"), driver.info.backend_pid),
            context.begin_transaction(),
        ):
            locks.wait_for_lock(
                lambda: bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({locks.LOCK})").scalar())
            )
            connection.exec_driver_sql("SET LOCAL client_min_messages = warning")
            for setting in SETTINGS:
                connection.exec_driver_sql(setting)
            database.announce(driver, "upgrade: tables")
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            started = context.get_context().get_current_heads()
            with named():
                context.run_migrations()
            reached = set(context.get_context().get_current_heads())
            whole = command() == "upgrade" and reached == set(context.script.get_heads())
            database.announce(driver, "upgrade: objects")
            # The driver's own cursor: SQLAlchemy and psycopg would take ':' and '%' in function bodies for parameters.
            with connection.connection.cursor() as cursor:
                for statement in repeatable(whole, started):
                    try:
                        cursor.execute(statement)
                    except psycopg.Error as error:
                        error.add_note(objects.place(statement, error))
                        raise
            change.committing(driver)
        change.known = change.done


try:
    if context.is_offline_mode():
        run_offline()
    else:
        run_online()
except (Exception, KeyboardInterrupt) as error:
    if context.config.cmd_opts is None:  # the program's own upgrade, which stands in the door
        errors.end(error)
    sys.exit(errors.tell(error))
