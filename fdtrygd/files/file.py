"""A file that a user gives: what it is, and what can be wrong with it whatever its kind."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from psycopg import sql

from fdtrygd.errors import UserError
from fdtrygd.screen import one_line

#: The columns of a month file (spec.md 2), all of them text on the server.
COLUMNS = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")
BLOCK = 512 * 1024  #: bytes read from a CSV file at a time
LONGEST = 2 * BLOCK  #: bytes; nothing as long as this is a line or a field of a month file
#: What is in a month file's place and is none, for a sentence.
_NO_FILES = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class BadFile(UserError):
    """What is wrong with one file: the others can be looked at all the same."""


@dataclass(frozen=True)
class File:
    """A file that a user gives."""

    path: Path
    #: What it is, for a sentence
    what: ClassVar[str] = "the file"

    @property
    def name(self) -> str:
        """The file's name without its directory, as messages use it."""
        return one_line(self.path.name)


@dataclass(frozen=True)
class MonthFile(File):
    """One month's file; year and month are those of its name."""

    what: ClassVar[str] = "the month's file"
    year: int
    month: int


@dataclass(frozen=True)
class Copied:
    """What `copy_file` read and the number of records it wrote."""

    file: File
    size: int
    sha256: str
    records: int
    #: when the file was last written, where it is known
    modified: datetime | None = None


def regular(file: File) -> os.stat_result:
    """What the file system says of a regular file, or of the one that a link leads to; BadFile for anything else.

    Looked at before it is opened: a pipe without a writer, and many a device, would never give an answer.
    """
    try:
        status = file.path.stat()
    except FileNotFoundError:
        if file.path.is_symlink():
            raise BadFile(f"{file.name} is a link to a file that is not there. Put the file in its place.") from None
        raise BadFile(f"{file.name} cannot be read: No such file or directory.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise BadFile(f"{file.name} is a link that leads back to itself. Put the file in its place.") from None
        raise BadFile(f"{file.name} cannot be read: {error.strerror or type(error).__name__}.") from None
    if not stat.S_ISREG(status.st_mode):
        what = next((words for test, words in _NO_FILES if test(status.st_mode)), "no regular file")
        raise BadFile(f"{file.name} is {what}. Put the file in its place.")
    return status


def fault(file: File) -> str | None:
    """What stands in the file's place, where it is no file, in a sentence."""
    try:
        regular(file)
    except BadFile as error:
        return str(error)
    return None


def modified(status: os.stat_result) -> datetime | None:
    """When a file was last written, to the microsecond, as the database keeps it; None for what is no date."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=status.st_mtime_ns // 1000)
    except OverflowError:
        return None


def digest(file: File) -> tuple[int, str]:
    """The file's size and its SHA-256."""
    regular(file)
    with reading(file), file.path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), checksum


@contextmanager
def reading(file: File) -> Iterator[None]:
    """The operating system's errors as sentences."""
    try:
        yield
    except PermissionError:
        raise BadFile(f"{file.name} cannot be read: permission is missing. Ask for it.") from None
    except OSError as error:
        raise BadFile(f"{file.name} cannot be read: {error.strerror or type(error).__name__}.") from None


def empty(file: File) -> BadFile:
    return BadFile(f"{file.name} is empty (0 bytes). Fetch the file again.")


def no_records(file: File) -> BadFile:
    return BadFile(f"{file.name} has column names but no records. Fetch {file.what} again.")


def known_columns(
    file: File, names: list[str], optional: frozenset[str], hint: str, columns: tuple[str, ...]
) -> list[str]:
    """Those of the file's columns that are in `columns`; an error if one is missing or there twice."""
    known = [name for name in names if name in columns]
    if twice := [name for name in columns if known.count(name) > 1]:
        raise BadFile(f"{file.name} has the {listed(twice)} more than once. Keep one{' of each' * (len(twice) > 1)}.")
    if missing := [name for name in columns if name not in known and name not in optional]:
        raise BadFile(f"{file.name} lacks the {listed(missing)}. {hint}")
    return known


def listed(columns: list[str]) -> str:
    return f"column{'s' * (len(columns) > 1)} {', '.join(columns)}"


def send(
    cursor: psycopg.Cursor[Any],
    table: sql.Composable,
    columns: Iterable[str],
    chunks: Iterable[bytes],
    delimiter: str = ",",
    encoding: str = "UTF8",
) -> int:
    """COPY CSV text to the server, empty fields as empty text; the number of rows that it took."""
    statement = sql.SQL(
        "COPY {0} ({1}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({1}), DELIMITER {2}, ENCODING {3})"
    )
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(statement.format(table, names, sql.Literal(delimiter), sql.Literal(encoding))) as copy:
        for chunk in chunks:
            copy.write(chunk)
    return cursor.rowcount


def refused(file: File, error: psycopg.Error, where: str) -> UserError:
    """A server's error without what it quotes from the file.

    Its own sentence is kept where it is about rights, resources or the server (classes 42, 53, 57 and 58),
    or where there is no SQLSTATE since the connection is gone.
    """
    what = type(error).__name__
    if error.sqlstate is None:
        what = str(error).strip() or what
    elif error.sqlstate[:2] in ("42", "53", "57", "58"):
        what = error.diag.message_primary or what
    elif error.sqlstate[:2] == "22":
        return BadFile(f"{file.name}{where}: the server does not accept the text ({what}). Mend the file.")
    return UserError(f"{file.name}{where}: the server broke off: {what}.")
