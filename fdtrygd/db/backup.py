"""Backup and restore of the product's schemas by PostgreSQL's own programs of the right version (docs/dba.md)."""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fdtrygd.db import database, installation, objects, server
from fdtrygd.errors import Change, UserError, sentences
from fdtrygd.leaving import ended_in_order

#: How many seconds a program that is told to stop may take to end.
PATIENCE = 10
#: Formats of archives that earlier versions of PostgreSQL cannot read, with the version that writes them.
MAKERS = {"1.15": "16", "1.16": "17 or 18"}
#: The lines of pg_restore --list that are about our schemas and what is in them. Publications are the database's.
OURS = re.compile(
    r"\d+; \d+ \d+ (?!PUBLICATION)(?:[A-Z ]+ {0} |SCHEMA - {0} |(?:ACL|COMMENT) - SCHEMA {0} )".format(
        f"(?:{'|'.join(objects.schemas())})"
    )
)


@ended_in_order()
def backup(to: str, file: Path) -> int:
    """Writes the schemas of the database at `to` to the file, whole or not at all; returns the size in bytes."""
    with database.connect(to) as connection:
        if (
            not installation.may_upgrade(connection)
            and not connection.execute("SELECT 1 WHERE pg_has_role('pg_read_all_data', 'USAGE')").fetchone()
        ):
            raise UserError(
                "The role in FDTRYGD_DATABASE_URL may not read everything, and a backup has everything: it takes a "
                "member of fdtrygd_dba, or of PostgreSQL's pg_read_all_data."
            )
        if installation.version(connection) is None:
            raise UserError("There is nothing in this database to be backed up.")
        program = client("pg_dump", connection.info.server_version // 10000)
    refuse_overwriting(file)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        try:  # it will hold every fødselsnummer: so nobody but its owner may ever read it
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            error.filename = str(file.parent)  # the user knows nothing of the part's name
            raise
        run(
            program,
            "--format=custom",
            *(f"--schema={schema}" for schema in objects.schemas()),
            "--no-unlogged-table-data",
            f"--file={part}",
            to=to,
            ways=database.ways_as_shipped(to),
        )
        refuse_overwriting(file)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


@ended_in_order()
def restore(to: str, file: Path) -> None:
    """Takes the schemas in the file into a database without them, all or nothing."""
    if not file.is_file():
        raise UserError(f"{file} is no file. Name one that make backup has written.")
    with database.connect(to) as connection:
        installation.refuse_unsuitable_server(connection)
        program = client("pg_restore", connection.info.server_version // 10000)
        if there := connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname = ANY (%s) ORDER BY nspname DESC", [list(objects.schemas())]
        ).fetchone():
            raise UserError(
                f"The database has schema {there[0]}: a backup goes into a database without it, so that nothing is "
                "overwritten. Name another one in FDTRYGD_DATABASE_URL (createdb makes it); or, of the embedded one, "
                "make stop and move the folder .fdtrygd/postgres away."
            )
        entries = listed(program, file)
        (user, may) = connection.execute(
            "SELECT current_user, has_database_privilege(current_database(), 'CREATE')"
        ).fetchone() or ("", True)
        if not may:
            raise UserError(
                "The role in FDTRYGD_DATABASE_URL may not make a schema in this database. Let its owner run "
                f'GRANT CREATE ON DATABASE "{connection.info.dbname}" TO "{user}"; then restore again.'
            )
        with sentences():  # a dump names the roles as owners, but does not make them
            connection.execute((objects.DIRECTORY / "tilgang" / "roller.sql").read_bytes())
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as ours:
        ours.writelines(entries)
        ours.flush()
        run(
            program,
            *("--exit-on-error", "--single-transaction", f"--use-list={ours.name}", str(file.resolve())),
            to=to,
            ways=database.ways_as_shipped(to),
        )
    change = Change("the file is restored")
    change.known = change.done
    with change.said(), database.connect(to) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("ANALYZE")  # a dump has no statistics


def listed(program: Path, file: Path) -> list[str]:
    """What the archive has of our schemas, as pg_restore lists it; UserError where trygdfob is not in it."""
    try:
        entries = run(program, "--list", str(file.resolve()), to=None).splitlines(keepends=True)
    except UserError as error:
        if not (found := re.search(r"unsupported version \(([0-9.]+)\)", str(error))):
            raise
        maker = MAKERS.get(found[1], "a newer version")
        raise UserError(
            f"{file} was made by pg_dump of PostgreSQL {maker} and needs pg_restore of that version, and a server of "
            "it or a newer one: docs/dba.md (Backup and restore)."
        ) from None
    ours = [entry for entry in entries if OURS.match(entry)]
    if not any(" SCHEMA - trygdfob " in entry for entry in ours):
        raise UserError(f"{file} has no schema trygdfob: it is a dump of something else. Nothing was changed.")
    return ours


def refuse_overwriting(file: Path) -> None:
    """UserError where the file exists, or something else has its name."""
    if file.is_dir():
        raise UserError(f"{file} is a folder. Name a file in it, which is made.")
    if file.exists() and not file.is_file():
        raise UserError(f"{file} is no file but a device or the like, and a backup is a file. Name one, which is made.")
    if os.path.lexists(file):
        raise UserError(f"{file} is there already, and no backup is overwritten. Name another file.")


def client(name: str, major: int) -> Path:
    """PostgreSQL's program of the server's version, or the next newer one that this machine has."""
    places = [Path(found)] if (found := shutil.which(name)) else []
    places += Path("/usr/lib/postgresql").glob(f"*/bin/{name}")  # where Debian keeps all its versions
    with suppress(UserError):
        places.append(server.binary(name))
    versions: dict[int, Path] = {}
    for place in places:
        with suppress(OSError, subprocess.CalledProcessError):
            said = subprocess.run([place, "--version"], check=True, capture_output=True, text=True).stdout
            if number := re.search(r"\) (\d+)", said):
                versions.setdefault(int(number[1]), place)
    # From 17 on pg_restore sets a parameter that servers up to 16 do not have
    newest = 16 if name == "pg_restore" and major <= 16 else max(versions, default=0)
    if suitable := [version for version in versions if major <= version <= newest]:
        return versions[min(suitable)]
    newer = "a newer one up to 16" if newest == 16 else "a newer one"
    raise UserError(
        f"The server is PostgreSQL {major}, and this machine has no {name} of that version or {newer}. Install "
        f"PostgreSQL's programs (Debian: postgresql-client-{major}), or run {name} where the server is: docs/dba.md."
    )


def run(program: Path, *arguments: str, to: str | None, ways: str = "") -> str:
    """Runs the program on the database at `to`, with the planner's `ways`; returns what it prints.

    Where it fails, a UserError says why, without anything that may be a part of a record. Where this program is ended,
    the other one is ended too.
    """
    parameters = conninfo_to_dict(to or "")
    password = parameters.pop("password", None)  # anybody may read a command line
    if ways:  # behind what the user has set himself, which libpq would take from the one place or the other
        parameters["options"] = f"{parameters.get('options') or os.environ.get('PGOPTIONS', '')} {ways}"
    # The encoding of the program's own sessions; pg_dump fails with another
    place = make_conninfo(**{name: str(value) for name, value in parameters.items()} | {"client_encoding": "UTF8"})
    process = subprocess.Popen(
        [program, *(["--no-password", "--dbname", place] if to else []), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, **({"PGPASSWORD": str(password)} if password else {}), "LC_ALL": "C"},
    )
    try:
        out, said = process.communicate()
    except BaseException:
        process.terminate()  # then it also tells the server to stop
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
    if process.returncode:
        why = next((line for line in said.splitlines() if "error:" in line), f"exit status {process.returncode}")
        raise UserError(f"{program.name} has failed: {re.sub('[0-9]{6,}', '…', why).rstrip('.')}.")
    return out
