"""The flat file of a year's miniregister, with its description: begun in the log, read in one snapshot, renamed last.

The original's tilflatf_ddok (docs/spec.md, section 9). It holds fødselsnummer, and is the miniregister of any year that
is loaded, final or not.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from fdtrygd.db.database import Connection, announce, announced, scalar
from fdtrygd.leveranse import datadok, folder, stream
from fdtrygd.leveranse.deliver import finish, in_the_log, refusals, snapshot
from fdtrygd.settings import product_version

#: A line is one value and goes out as it is: neither character can stand in it (leveranse.flatfilfeil), and in text
#: format a backslash would be doubled.
COPY = "COPY ({}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'LATIN1')"


@dataclass(frozen=True)
class FlatFile:
    """A flat file that is in place."""

    number: int
    rows: int
    files: list[folder.File]


def flatfile(
    connection: Connection,
    year: int,
    why: str,
    to: Path,
    progress: Callable[[str, int], None] = lambda file, lines: None,
) -> FlatFile:
    """Writes the year's miniregister as gYYYY.dat, and its description gYYYY.xml, into the new folder `to`.

    UserError where the year is not loaded, is not what was loaded, or has what does not fit: nothing is written then.
    `progress` is told of lines that are written.
    """
    folder.refuse(to)
    versions = json.dumps({"fdtrygd": product_version()})
    with refusals():
        number = scalar(connection, "SELECT leveranse.begynn_flatfil(%s, %s, %s)", year, why, versions)
    with in_the_log(connection, number), folder.made(to) as unfinished:
        with announced(connection):
            announce(connection, f"delivery: flat file {year}")
            with refusals(), snapshot(connection):
                # Before the snapshot, which does not hold what unloading drops: that waits now
                connection.execute("LOCK TABLE trygdfob.miniregister IN ACCESS SHARE MODE")
                description = datadok.describe(scalar(connection, "SELECT leveranse.forbered_flatfil(%s)", number))
                lines = write_lines(connection, description.query, unfinished / f"g{year}.dat", progress)
        files = [lines, write_whole(datadok.text(description), unfinished / f"g{year}.xml")]
    finish(connection, number, to, None, {"rader": description.rows}, [], files)
    return FlatFile(number, description.rows, files)


def write_lines(
    connection: Connection, query: str, to: Path, progress: Callable[[str, int], None] = lambda file, lines: None
) -> folder.File:
    """The query's lines into the file; its checksum is made on the way."""
    copy = sql.SQL(COPY).format(sql.SQL(query))
    summed = hashlib.sha256()
    with to.open("wb") as file, connection.cursor() as cursor, cursor.copy(copy) as copied:
        for block in stream.blocks(iter(copied)):
            file.write(block)
            summed.update(block)
            progress(to.name, block.count(b"\n"))
        return folder.File(to.name, file.tell(), summed.hexdigest())


def write_whole(content: bytes, to: Path) -> folder.File:
    """The bytes into the file."""
    to.write_bytes(content)
    return folder.File(to.name, len(content), hashlib.sha256(content).hexdigest())
