"""A delivery from an order: begun in the log, read in one snapshot, written beside, renamed, done in the log."""

import importlib.metadata
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from fdtrygd.db.database import ANNOUNCED, Connection, announced, announcement, scalar
from fdtrygd.errors import UserError
from fdtrygd.leveranse import catalogue, codes, folder, formats, manifest, order, persons, reading, stream
from fdtrygd.screen import counted
from fdtrygd.settings import product_version

#: What a delivery's files are written with; the log keeps the versions.
WRITERS = ("pyarrow", "readstat-arrow", "jinja2")
#: The database's words for what an order or its delivery is refused for.
REFUSED = "FD007"
#: What the order of a delivery says, of one that the caller has begun.
CONTENT = "SELECT leveranse.beskrivelse_av_utlevering(%s) -> 'innhold'"
#: A population below it is delivered with a warning: so few are easily known again.
FEW = 20


@dataclass
class Delivered:
    """A delivery that is done."""

    number: int
    description: catalogue.Description
    reads: list[stream.Read]
    counts: dict[str, Any]
    files: list[folder.File]
    #: sentences for whoever made it
    remarks: list[str] = field(default_factory=list)


def deliver(
    connection: Connection, path: Path, to: Path, progress: Callable[[str, int], None] = lambda table, rows: None
) -> Delivered:
    """Makes the delivery that the order in `path` asks for, in the new folder `to`.

    UserError with all that is wrong with the order, or why the register cannot be released on its last day.
    """
    folder.refuse(to)
    content = order.read(path)
    formats.require(formats.ordered(content))
    with refusals(), connection.transaction():
        if listed := order.list_file(content, path):
            persons.copy(connection, listed)
        begun = connection.execute(
            "SELECT utlevering, nokkel, feil, liste FROM leveranse.begynn_utlevering(%s, %s)",
            [json.dumps(content), json.dumps(versions())],
        ).fetchall()
    if faults := [f"{path}: {key}: {fault}." for number, key, fault, _ in begun if number is None]:
        raise UserError("\n".join([*dict.fromkeys(faults), "Nothing is delivered."]))
    ((number, _, _, listed_counts),) = begun
    return make(connection, number, to, {"liste": listed_counts} if listed_counts else {}, progress)


def redeliver(
    connection: Connection, number: int, to: Path, progress: Callable[[str, int], None] = lambda table, rows: None
) -> Delivered:
    """Makes delivery `number` again in the new folder `to`; UserError where its rows are others than they were."""
    folder.refuse(to)
    with refusals(), connection.transaction():
        repeat = scalar(connection, "SELECT leveranse.gjenta_utlevering(%s, %s)", number, json.dumps(versions()))
        formats.require(formats.ordered(scalar(connection, CONTENT, repeat)))
    return make(connection, repeat, to, {}, progress)


def make(
    connection: Connection, number: int, to: Path, counts: dict[str, Any], progress: Callable[[str, int], None]
) -> Delivered:
    """The files of a delivery that the log has as begun."""
    with folder.made(to) as unfinished:
        spool = unfinished / "rader"
        spool.mkdir(mode=0o700)
        with refusals(), announced(connection), snapshot(connection):
            announce(connection, f"delivery {number}: persons")
            found = scalar(connection, "SELECT leveranse.finn_personer(%s)", number)
            description = catalogue.describe(
                scalar(connection, "SELECT leveranse.beskrivelse_av_utlevering(%s)", number)
            )
            counts = counts | found
            reads = []
            for table in description.tables:
                announce(connection, f"delivery {number}: {table.name}")
                told = lambda rows, name=table.name: progress(name, rows)  # noqa: E731
                reads.append(stream.read(connection, number, table, spool / f"{table.name}.arrow", told))
        refuse_other_rows(connection, description, reads)
        unknown = {read.table.name: codes.unknown(read) for read in reads}
        formats.write(reads, description, unfinished, progress)
        reading.write(unfinished, description, reads, counts, unknown)
        for read in reads:
            read.path.unlink()
        spool.rmdir()
        manifest.write(unfinished, description, reads, counts)
        files = folder.files(unfinished)
    connection.execute(
        "SELECT leveranse.fullfor_utlevering(%s, %s, %s, %s, %s)",
        [
            number,
            counts["personer"],
            json.dumps(counts | {"ukjente_koder": unknown}),
            json.dumps(
                [{"tabell": r.table.name, "rader": r.rows, "personer": r.persons, "radsum": r.digest} for r in reads]
            ),
            json.dumps([{"fil": f.name, "bytes": f.size, "sha256": f.sha256} for f in files]),
        ],
    )
    return Delivered(number, description, reads, counts, files, remarks(description, counts))


def refuse_other_rows(connection: Connection, description: catalogue.Description, reads: list[stream.Read]) -> None:
    """UserError where the order's delivery is in the log with other rows: a year was unloaded and loaded otherwise."""
    rows = connection.execute(
        "SELECT t.tabell, t.radsum FROM leveranse.utlevert_tabell AS t WHERE t.utlevering = %s", [description.number]
    )
    before = dict(rows.fetchall())
    others = [read.table.name for read in reads if before.get(read.table.name, read.digest) != read.digest]
    if others:
        raise UserError(
            f"Delivery {description.number} is in the log with other rows in {', '.join(others)}: since then a year "
            "was unloaded and loaded otherwise. Nothing is delivered."
        )


def remarks(description: catalogue.Description, counts: dict[str, Any]) -> list[str]:
    """What whoever makes the delivery should know of its population, and of the days on which the series breaks."""
    said = []
    for day in sorted({each.day for each in description.breaks}):
        broken = sorted({name for each in description.breaks if each.day == day for name in each.variables})
        said.append(
            f"The series breaks on {day}, inside the period{': ' if broken else ''}{', '.join(broken)}. lesmeg.html "
            "says how."
        )
    if counts["personer"] < FEW:
        said.append(
            f"The delivery is about {counted(counts['personer'], 'person')}, fewer than {FEW}: they are easily known "
            "again. It is logged."
        )
    if gone := counts["i_populasjonen"] - counts["personer"]:
        said.append(f"{counted(gone, 'person')} of the order's population are not in the project's, and left out.")
    return said


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """A transaction that reads one state of the database, whatever years are loaded meanwhile."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def refusals() -> Iterator[None]:
    """What the database refuses is a sentence for the user."""
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate != REFUSED:
            raise
        raise UserError(f"{error.diag.message_primary} {error.diag.message_hint or ''}".rstrip()) from None


def announce(connection: Connection, what: str) -> None:
    """Tells other sessions what this one does."""
    connection.execute(sql.SQL("SELECT {}").format(sql.SQL(ANNOUNCED)), [announcement(what)])


def versions(writers: Iterable[str] = WRITERS) -> dict[str, str]:
    """What a delivery is made with."""
    found = {"fdtrygd": product_version()}
    for name in writers:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
