"""`fdtrygd db`: the database itself."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from fdtrygd import settings
from fdtrygd.db import database, installation, objects
from fdtrygd.screen import say, thousands

app = typer.Typer(help="The database itself.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the schema up to date: tables, then every function, view, rule and grant again."""
    address = database.url()
    installation.upgrade(address)
    with database.connect(address) as connection:
        revision, digest = installation.version(connection) or ("", "")
    say(f"The schema is at {revision}, objects {digest}.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write the program's schemas to a file, whole or not at all. It holds every fødselsnummer: mode 0600."""
    from fdtrygd.db import backup as backups

    size = backups.backup(database.url(), file)
    say(f"The backup is {file} ({thousands(round(size / 1000))} kB). make restore FILE=… takes it in again.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Take a backup in, into a database that has none of the program's schemas."""
    from fdtrygd.db import backup as backups

    backups.restore(database.url(), file)
    say(f"{file} is restored. make status says what is loaded; of an older version's file make upgrade comes first.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context) -> None:
    """psql on the database; further arguments go to it."""
    from fdtrygd.db import server

    program = str(server.binary("psql"))
    # Not public: an operator that somebody has made there would be called where it fits better than PostgreSQL's own.
    # What the user says himself comes after, and wins: it is his session.
    os.environ["PGOPTIONS"] = f"-c search_path={','.join(objects.schemas())} {os.environ.get('PGOPTIONS', '')}".rstrip()
    sys.stdout.flush()
    os.execv(program, [program, database.url(), *context.args])


@app.command("url")
def address() -> None:
    """The database's address, for programs of your own; starts the embedded server if need be."""
    say(database.without_password(database.url()))


@app.command()
def stop() -> None:
    """Stop the embedded server."""
    from fdtrygd.db import server

    named = settings.database_url()
    if named and not server.is_named(named):
        say("FDTRYGD_DATABASE_URL names a server of its own; nothing to stop.")
    else:
        say("The embedded server is stopped." if server.stop() else "The embedded server was not running.")
