"""A delivery from an order: begun in the log, read in one snapshot, written beside, renamed, done in the log."""

import functools
import importlib.metadata
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from fdtrygd import errors
from fdtrygd.db.database import Connection, announce, announced, scalar
from fdtrygd.errors import UserError
from fdtrygd.leveranse import (
    catalogue,
    comparison,
    folder,
    formats,
    manifest,
    order,
    persons,
    reading,
    stream,
)
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
#: What is told of by a checksum, in words.
CHECKSUMS = {"katalog": "the catalogue", "kodelister": "the code lists", "objekter": "the database's objects"}


@dataclass
class Delivered:
    """A delivery that is done."""

    number: int
    description: catalogue.Description
    reads: list[stream.Read]
    counts: dict[str, Any]
    files: list[folder.File]
    #: what became of the rows of the order's delivery before
    compared: comparison.Compared
    #: sentences for whoever made it
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Against:
    """What a delivery is held against."""

    #: the delivery whose rows it must have: of a repeat its own, else the last of the same version, unless it is new
    same: int | None
    #: the earlier delivery of the order that it is compared with
    older: int | None
    #: that one's folder, where the register no longer gives its rows
    folder: comparison.Side | None = None
    #: in Norwegian, where nothing is compared
    why_not: str | None = None


def deliver(
    connection: Connection,
    path: Path,
    to: Path,
    *,
    new: bool = False,
    previous: Path | None = None,
    progress: Callable[[str, int], None] = lambda table, rows: None,
) -> Delivered:
    """Makes the delivery that the order in `path` asks for, in the new folder `to`.

    With `new` it may have other rows than the order's same version had before. `previous`: the folder of the delivery
    that it is compared with, where the register no longer gives that one's rows. UserError with all that is wrong with
    the order, or why the register cannot be released on its last day.
    """
    folder.refuse(to)
    content = order.read(path)
    formats.require(formats.ordered(content))
    listed = order.list_file(content, path)
    unreadable = persons.fault(listed) if listed else None
    before = comparison.of_folder(connection, previous) if previous else None
    if before:
        comparison.refuse_another(before, content)
    with refusals(), connection.transaction():
        if listed and not unreadable:
            persons.copy(connection, listed)
        begun = connection.execute(
            "SELECT utlevering, nokkel, feil, liste FROM leveranse.begynn_utlevering(%s, %s)",
            [json.dumps(content), json.dumps(versions())],
        ).fetchall()
        if unreadable and begun[0][0] is not None:
            raise UserError(f"{path}: {unreadable}.\nNothing is delivered.")
        if begun[0][3] and not begun[0][3]["personer"]:
            raise UserError(
                f"{path}: populasjon.liste.fil: none of its {counted(begun[0][3]['linjer'], 'line')} is a "
                "fødselsnummer, 11 digits and nothing else.\nNothing is delivered."
            )
    if faults := [f"{path}: {key}: {fault}." for number, key, fault, _ in begun if number is None]:
        faults += [f"{path}: {unreadable}."] if unreadable else []
        raise UserError("\n".join([*dict.fromkeys(faults), "Nothing is delivered."]))
    ((number, _, _, listed_counts),) = begun
    same = None if new else comparison.same_version(connection, number)
    older = comparison.earlier(connection, number, before, new)
    against = Against(same, older, before, None if older or before else comparison.FIRST)
    return make(connection, number, to, {"liste": listed_counts} if listed_counts else {}, progress, against)


def redeliver(
    connection: Connection, number: int, to: Path, progress: Callable[[str, int], None] = lambda table, rows: None
) -> Delivered:
    """Makes delivery `number` again in the new folder `to`; UserError where its rows are others than they were."""
    folder.refuse(to)
    with refusals(), connection.transaction():
        repeat = scalar(connection, "SELECT leveranse.gjenta_utlevering(%s, %s)", number, json.dumps(versions()))
        formats.require(formats.ordered(scalar(connection, CONTENT, repeat)))
    older, why_not = comparison.as_before(connection, number)
    return make(connection, repeat, to, {}, progress, Against(number, older, None, why_not))


def make(
    connection: Connection,
    number: int,
    to: Path,
    counts: dict[str, Any],
    progress: Callable[[str, int], None],
    against: Against,
) -> Delivered:
    """The files of a delivery that the log has as begun."""
    with in_the_log(connection, number), folder.made(to) as unfinished:
        spool = unfinished / "rader"
        spool.mkdir(mode=0o700)
        with refusals(), announced(connection), snapshot(connection):
            announce(connection, "delivery: persons")
            found = scalar(connection, "SELECT leveranse.finn_personer(%s)", number)
            description = catalogue.describe(
                scalar(connection, "SELECT leveranse.beskrivelse_av_utlevering(%s)", number)
            )
            counts = counts | found
            reads = []
            for table in description.tables:
                announce(connection, f"delivery: {table.name}")
                told = lambda rows, name=table.name: progress(name, rows)  # noqa: E731
                place = spool / f"{table.name}.arrow"
                csv = "csv" in table.formats and description.days_as == "dato"
                beside = place.with_suffix(".csv") if csv else None
                reads.append(stream.read(connection, number, table, place, told, csv=beside))
            refuse_other_rows(connection, against.same, reads)
            older = None
            if against.older:
                announce(connection, "delivery: the one before")
                read_again = functools.partial(progress, f"delivery {against.older}")
                older = comparison.read_earlier(connection, number, against.older, spool, read_again)
        unknown = {read.table.name: read.unknown for read in reads}
        formats.write(reads, description, unfinished, progress)
        newer = comparison.of_reads(description, reads)
        progress(comparison.NAME, 0)
        with refusals(), announced(connection):
            announce(connection, "delivery: comparison")
            compared = comparison.with_earlier(connection, newer, older, against.folder, against.why_not, unfinished)
        counts["sammenligning"] = compared.as_logged()
        reading.write(unfinished, description, reads, counts, unknown, compared)
        shutil.rmtree(spool)
        made_with = scalar(connection, "SELECT versjoner FROM leveranse.utlevering WHERE utlevering = %s", number)
        made_with |= manifest.digests(description)
        files = folder.files(unfinished)
        files.append(manifest.write(unfinished, description, reads, counts, made_with, files))
    finish(
        connection,
        number,
        to,
        counts["personer"],
        counts | {"ukjente_koder": unknown, "versjoner": made_with},
        [{"tabell": r.table.name, "rader": r.rows, "personer": r.persons, "radsum": r.digest} for r in reads],
        files,
    )
    said = remarks(description, reads, counts)
    if number != description.number:
        said += differences(connection, description.number, files, made_with)
    return Delivered(number, description, reads, counts, files, compared, said)


def refuse_other_rows(connection: Connection, same: int | None, reads: list[stream.Read]) -> None:
    """UserError where the delivery is in the log with other rows: a year was unloaded and loaded otherwise."""
    rows = connection.execute(
        "SELECT t.tabell, t.radsum FROM leveranse.utlevert_tabell AS t WHERE t.utlevering = %s", [same]
    )
    before = dict(rows.fetchall())
    others = [read.table.name for read in reads if before.get(read.table.name, read.digest) != read.digest]
    if same and others:
        runs = comparison.runs_in_words(comparison.runs_since(connection, same))
        raise UserError(
            f"Delivery {same} is in the log with other rows in {', '.join(others)}: {runs}. Nothing is delivered: "
            "fdtrygd deliver ORDER.toml --new makes a new delivery, which says what is different."
        )


def differences(
    connection: Connection, original: int, files: list[folder.File], made_with: dict[str, str]
) -> list[str]:
    """Which files of a repeat are not those of the delivery, though the rows are the same, and why."""
    logged = dict(
        connection.execute(
            "SELECT fil, sha256 FROM leveranse.utlevert_fil WHERE utlevering = %s", [original]
        ).fetchall()
    )
    now = {each.name: each.sha256 for each in files}
    others = sorted(name for name in now.keys() | logged.keys() if now.get(name) != logged.get(name))
    if not others:
        return []
    before = scalar(connection, "SELECT versjoner FROM leveranse.utlevering WHERE utlevering = %s", original)
    changed = sorted(name for name in before.keys() | made_with.keys() if before.get(name) != made_with.get(name))
    why = ", ".join(
        CHECKSUMS.get(name) or f"{name} ({before.get(name, 'none')}, now {made_with.get(name, 'none')})"
        for name in changed
    )
    return [
        f"The rows are the same as in delivery {original}. Not the same bytes: {', '.join(others)}, for it was made "
        f"with {'other versions of ' + why if why else 'the folder of an earlier delivery'}."
    ]


def remarks(description: catalogue.Description, reads: list[stream.Read], counts: dict[str, Any]) -> list[str]:
    """What whoever makes the delivery should know: codes and tables that may be slips, breaks, its population."""
    said = [f"{key}: no code list has {', '.join(unlisted)}." for key, unlisted in description.unlisted.items()]
    said += [f"{read.table.name} has no row." for read in reads if not read.rows]
    for day in sorted({each.day for each in description.breaks}):
        broken = sorted({name for each in description.breaks if each.day == day for name in each.variables})
        said.append(
            f"The series breaks on {day}, inside the period{': ' if broken else ''}{', '.join(broken)}. lesmeg.html "
            "says how."
        )
    for table in description.tables:
        for day in table.days:
            if day not in description.extractions:
                said.append(
                    f"{table.name}: {day} is no extraction date (view uttrekksdato): too few are registered on it."
                )
    if listed := counts.get("liste"):
        said.append(persons.list_in_words(listed))
    if counts["personer"] < FEW:
        said.append(
            f"The delivery is about {counted(counts['personer'], 'person')}, fewer than {FEW}: they are easily known "
            "again. It is logged."
        )
    if gone := counts["i_populasjonen"] - counts["personer"]:
        said.append(
            f"{counted(gone, 'person')} of the order's population {'is' if gone == 1 else 'are'} not in the project's, "
            "and left out."
        )
    return said


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """A transaction that reads one state of the database, whatever years are loaded meanwhile."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def in_the_log(connection: Connection, number: int) -> Iterator[None]:
    """What ends a begun delivery early stands in the log, unless the server no longer answers."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            connection.execute("SELECT leveranse.avbryt_utlevering(%s)", [number])
        raise


def refusals() -> AbstractContextManager[None]:
    """What the database refuses is a sentence for the user."""
    return errors.refusals(REFUSED)


def finish(
    connection: Connection,
    number: int,
    to: Path,
    about: int | None,
    counts: dict[str, Any],
    tables: list[dict[str, Any]],
    files: list[folder.File],
) -> None:
    """The log has what is in place as done; UserError where it cannot be told."""
    try:
        connection.execute(
            "SELECT leveranse.fullfor_utlevering(%s, %s, %s, %s, %s)",
            [
                number,
                about,
                json.dumps(counts),
                json.dumps(tables),
                json.dumps([{"fil": f.name, "bytes": f.size, "sha256": f.sha256} for f in files]),
            ],
        )
    except psycopg.Error as error:
        raise UserError(
            f"All files are in {to}, but the log still has delivery {number} as begun: the server did not answer "
            f"({type(error).__name__}). It cannot be repeated: remove the folder, and deliver again."
        ) from None


def versions(writers: Iterable[str] = WRITERS) -> dict[str, str]:
    """What a delivery is made with."""
    found = {"fdtrygd": product_version()}
    for name in writers:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
