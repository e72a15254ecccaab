"""Month files to the server: COPY and nothing else.

A CSV file is read twice, in blocks: once to learn its encoding, its number of lines and its checksum, once
to send its bytes as they are. Parquet and SAS files go batch by batch through Arrow to the same COPY. No
record is ever handled one at a time, and the memory used does not depend on the size of the file.

Everything that can be wrong with a file becomes a `UserError` that names the file, the line where it is
known, and what to do. The server's messages quote the records: only the line number is taken from them.
"""

import codecs
import csv
import errno
import hashlib
import importlib
import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from fdtrygd.errors import UserError
from fdtrygd.screen import counted, one_line, thousands

#: The columns of a month file (spec.md 2), all of them text on the server.
COLUMNS = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")

BLOCK = 512 * 1024  #: bytes read from a CSV file at a time
LONGEST = 2 * BLOCK  #: bytes; nothing as long as this is a line or a field of a month file
PARQUET_BATCH = 16_384  #: records converted at a time
SAS_BATCH = 20_000  #: larger, since pyreadstat passes over the earlier records to reach each batch

_NAME = re.compile(r"arbsok_([0-9]{4})([0-9]{2})(\..*)?", re.IGNORECASE | re.ASCII)
_ALMOST = re.compile(r"arbsok_[0-9]{4}[-_. ]?[0-9]{2}", re.IGNORECASE)
_ENDINGS = (".csv", ".parquet", ".sas7bdat")
#: What is in a month file's place and is none, for a sentence.
_NO_FILES = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
#: The way out where a SAS file's text cannot be read.
_IN_UTF8 = "Write the data set in UTF-8 (SAS: the data set option encoding='utf-8'), or export it as CSV."
_LF = b"\n"
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NOT_LATIN1 = re.compile(rb"[\x80-\x9f]")
_FORBIDDEN = (
    (re.compile(rb"\0"), "a NUL byte. This is not a text file, or it is damaged: export it again"),
    (re.compile(rb"\r(?!\n)"), "a carriage return that does not end the line. End each line with LF or CRLF"),
    # A line of its own; written so that the search can skip from one "\." to the next.
    (
        re.compile(rb"\\\.(?<![^\n]\\\.)\r?(?![^\n])"),
        r"nothing but the end-of-data mark '\.'. Remove that line",
    ),
)
# Without possessive quantifiers, which Python 3.11.2 (Debian's) gets wrong; nothing here can be matched in two ways.
_ODD_QUOTES = re.compile(rb'(?m)^[^"\n]*"(?:[^"\n]*"[^"\n]*")*[^"\n]*$')
_SERVER_LINE = re.compile(r"^COPY [^,]*,\D*([0-9]{1,9})(?![0-9])", re.MULTILINE)


class BadFile(UserError):
    """What is wrong with one file: the others can be looked at all the same."""


@dataclass(frozen=True)
class File:
    """A file that a user gives."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name without its directory, as messages use it."""
        return one_line(self.path.name)


@dataclass(frozen=True)
class MonthFile(File):
    """One month's file; year and month are those of its name."""

    year: int
    month: int


@dataclass(frozen=True)
class Copied:
    """What `copy_month` read and the number of records it wrote."""

    file: MonthFile
    size: int
    sha256: str
    records: int
    #: when the file was last written, where it is known
    modified: datetime | None = None


def find_month_files(directory: Path) -> dict[int, dict[int, MonthFile]]:
    """The month files in a directory, by year and month, both ascending; other files are ignored.

    UserError where names are wrong, all of them in one; what the files themselves are is not looked at.
    """
    years, faults = look(directory)
    if faults:
        raise UserError("\n".join(faults))
    return years


def look(directory: Path) -> tuple[dict[int, dict[int, MonthFile]], list[str]]:
    """The month files in a directory, and a sentence for each file whose name is wrong."""
    try:
        paths = sorted(directory.iterdir())
    except FileNotFoundError:
        raise UserError(f"There is no directory {one_line(directory)}. Give that of the month files.") from None
    except NotADirectoryError:
        raise UserError(f"{one_line(directory)} is a file. Give the month files' directory.") from None
    except OSError as error:
        raise UserError(f"{one_line(directory)} cannot be read: {error.strerror}.") from None
    found: dict[tuple[int, int], MonthFile] = {}
    faults: list[str] = []
    for path in paths:
        shown = one_line(path.name)
        if (name := _NAME.fullmatch(path.name)) is None:
            if _ALMOST.match(path.name) and path.suffix.lower() in _ENDINGS:
                faults.append(
                    f"{shown}: a month file is named arbsok_YYYYMM{path.suffix}. Rename it, or move it elsewhere."
                )
            continue
        year, month, ending = int(name[1]), int(name[2]), (name[3] or "").lower()
        if ending not in _ENDINGS:
            faults.append(f"{shown}: a month file ends in {', '.join(_ENDINGS)}. Rename or remove it.")
        elif not 1 <= month <= 12:
            faults.append(f"{shown}: there is no month {name[2]}. Rename or remove the file.")
        elif other := found.get((year, month)):
            faults.append(f"{other.name} and {shown} are the same month. Remove one of them.")
        else:
            found[year, month] = MonthFile(path, year, month)
    if not found and not faults:
        raise UserError(f"There are no month files (arbsok_YYYYMM{'|'.join(_ENDINGS)}) in {one_line(directory)}.")
    years: dict[int, dict[int, MonthFile]] = {}
    for (year, month), file in sorted(found.items(), key=lambda item: item[0]):
        years.setdefault(year, {})[month] = file
    return years, faults


def digest(file: File) -> tuple[int, str]:
    """The file's size and its SHA-256."""
    regular(file)
    with _reading(file), file.path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), checksum


def copy_month(
    connection: psycopg.Connection[Any],
    file: MonthFile,
    table: str,
    *,
    optional: frozenset[str] = frozenset(),
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """COPY the file's records, in their order, into `table`, which has the columns of `COLUMNS`.

    Columns in `optional` may be absent from the file. `progress` is told how many bytes more have been sent;
    in the end these add up to the file's size. The caller owns the transaction: it rolls back after an error.
    """
    load = _copy_csv if file.path.suffix.lower() == ".csv" else _copy_arrow
    before = _state(regular(file))
    copied = load(connection, file, table, optional, progress or (lambda count: None))
    status = regular(file)
    if _state(status) != before:
        raise BadFile(f"{file.name} changed while it was read. Load it again when it is complete.")
    return replace(copied, modified=modified(status))


# Shared by all kinds of file


@contextmanager
def _reading(file: File) -> Iterator[None]:
    """The operating system's errors as sentences."""
    try:
        yield
    except PermissionError:
        raise BadFile(f"{file.name} cannot be read: permission is missing. Ask for it.") from None
    except OSError as error:
        raise BadFile(f"{file.name} cannot be read: {error.strerror or type(error).__name__}.") from None


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


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _empty(file: File) -> BadFile:
    return BadFile(f"{file.name} is empty (0 bytes). Fetch the file again.")


def _no_records(file: MonthFile) -> BadFile:
    return BadFile(f"{file.name} has column names but no records. Fetch the month's file again.")


def _known_columns(
    file: File, names: list[str], optional: frozenset[str], hint: str, columns: tuple[str, ...] = COLUMNS
) -> list[str]:
    """Those of the file's columns that are in `columns`; an error if one is missing or there twice."""
    known = [name for name in names if name in columns]
    if twice := [name for name in columns if known.count(name) > 1]:
        raise BadFile(f"{file.name} has the column {', '.join(twice)} more than once. Keep one.")
    if missing := [name for name in columns if name not in known and name not in optional]:
        raise BadFile(f"{file.name} lacks the column {', '.join(missing)}. {hint}")
    return known


def _send(
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


def _refused(file: MonthFile, error: psycopg.Error, where: str) -> UserError:
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


# CSV


@dataclass(frozen=True)
class _Scan:
    """What the first pass over a CSV file finds out."""

    size: int
    sha256: str
    encoding: str  # PostgreSQL's name of it
    header: str
    start: int  # where the records begin
    end: int  # where they end: before the last line's end and any blank lines that follow it
    records: int  # number of lines from start to end
    names_again: int  # the first line after it that repeats the header's text; 0 where none does


def _blocks(file: File, start: int = 0) -> Iterator[bytes]:
    """The file from byte `start` in blocks of whole lines (but a line longer than `LONGEST` is cut)."""
    with _reading(file), file.path.open("rb") as stream:
        stream.seek(start)
        while block := stream.read(BLOCK):
            yield block if block.endswith(_LF) else block + stream.readline(LONGEST - BLOCK)


def _line(before: int, block: bytes, position: int) -> int:
    """The number of the line at `position` in a block that has so many line ends before it."""
    return before + block.count(_LF, 0, position) + 1


def _scan(file: File) -> _Scan:
    """Read the whole file once and refuse what COPY could not or should not read."""
    regular(file)
    checksum = hashlib.sha256()
    header = b""
    size = end = lines = 0  # `lines`: number of line ends so far
    last = not_utf8 = not_latin1 = names_again = 0  # line numbers

    for block in _blocks(file):
        if size == 0:
            if block.startswith(_WIDE_BOMS):
                raise BadFile(f"{file.name} is UTF-16 or UTF-32 text. Save it as UTF-8.")
            header = block.partition(_LF)[0]
            not_latin1 = int(block.startswith(codecs.BOM_UTF8))  # which says that this is UTF-8
        for pattern, what in _FORBIDDEN:
            if found := pattern.search(block):
                raise BadFile(f"{file.name}, line {_line(lines, block, found.start())}: {what}.")
        if len(block) == LONGEST and not block.endswith(_LF):
            raise BadFile(
                f"{file.name}, line {_line(lines, block, len(block))} is longer than a record can be. "
                "Is it a CSV file, and do its lines end in LF or CRLF?"
            )
        if not block.isascii():
            try:
                block.decode()
            except UnicodeDecodeError as error:
                not_utf8 = not_utf8 or _line(lines, block, error.start)
            if not not_latin1 and (found := _NOT_LATIN1.search(block)):
                not_latin1 = _line(lines, block, found.start())
        if content := block.rstrip(b"\r\n"):
            end = size + len(content)
            last = _line(lines, block, len(content))
        names = header.removeprefix(codecs.BOM_UTF8).strip()
        if names and not names_again and (at := block.find(names, 0 if size else len(header))) >= 0:
            names_again = _line(lines, block, at)
        checksum.update(block)
        lines += block.count(_LF)
        size += len(block)

    if size == 0:
        raise _empty(file)
    if not_utf8 and not_latin1:
        raise BadFile(
            f"{file.name} is neither UTF-8 (see line {not_utf8}) nor Latin-1 (see line {not_latin1}). Save it as UTF-8."
        )
    return _Scan(
        size=size,
        sha256=checksum.hexdigest(),
        encoding="LATIN1" if not_utf8 else "UTF8",
        header=header.decode("latin-1" if not_utf8 else "utf-8-sig"),
        start=len(header) + 1,
        end=end,
        records=max(last - 1, 0),
        names_again=names_again,
    )


def _names(header: str, delimiter: str) -> list[str]:
    try:
        names = next(csv.reader([header], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a name of more than 128 KiB
        return []
    return [name.strip(" \t\r\"'").lower() for name in names]


def _header(
    file: File, scan: _Scan, columns: tuple[str, ...], optional: frozenset[str]
) -> tuple[str, list[str], list[str]]:
    """The delimiter, the names in the first line, and those of them that are in `columns`."""
    delimiter = max(",;", key=lambda candidate: len(set(columns) & set(_names(scan.header, candidate))))
    names = _names(scan.header, delimiter)
    hint = "The first line must name the columns, separated by commas or semicolons."
    if "\t" in scan.header:
        hint += " This file seems to be separated by tabs."
    return delimiter, names, _known_columns(file, names, optional, hint, columns)


def read_small(
    path: Path, columns: tuple[str, ...], optional: frozenset[str] = frozenset()
) -> list[tuple[int, dict[str, str]]]:
    """A small CSV file of the same dialects, here and not on the server: each line's number and its `columns`.

    Blank lines, also those of nothing but delimiters that spreadsheets write, are passed over; fields are trimmed.
    """
    file = File(path)
    scan = _scan(file)
    delimiter, names, known = _header(file, scan, columns, optional)
    with _reading(file):
        text = path.read_bytes()[scan.start : scan.end].decode("latin-1" if scan.encoding == "LATIN1" else "utf-8")
    if problem := _open_quote(file, scan):
        raise problem
    records = []
    for line, content in enumerate(text.split("\n"), 2):  # every quotation mark is closed in its line
        try:
            fields = next(csv.reader([content.rstrip("\r")], delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error:  # a field of more than 128 KiB
            raise BadFile(f"{file.name}, line {line} is too long. Is it the right file?") from None
        values = [field.strip() for field in fields]
        if not any(values):
            continue
        if len(values) != len(names):
            raise BadFile(
                f"{file.name}, line {line}: {counted(len(values), 'field')}, and the first line names {len(names)}. "
                "Mend the line; where numbers have a decimal comma, separate the fields by semicolons."
            )
        record = dict(zip(names, values, strict=True))
        records.append((line, {name: record[name] for name in known}))
    return records


def _copy_csv(
    connection: psycopg.Connection[Any],
    file: MonthFile,
    table: str,
    optional: frozenset[str],
    progress: Callable[[int], None],
) -> Copied:
    scan = _scan(file)
    delimiter, names, known = _header(file, scan, COLUMNS, optional)
    if scan.records == 0:
        raise _no_records(file)
    if scan.names_again:
        raise BadFile(
            f"{file.name}, line {scan.names_again} repeats the names of the columns: the file is put together from "
            "several. Fetch the month's file again."
        )

    def records() -> Iterator[bytes]:
        position = scan.start
        progress(position)
        for block in _blocks(file, scan.start):
            yield block[: max(scan.end - position, 0)]
            position += len(block)
            progress(len(block))
            if position >= scan.size:  # what is being added meanwhile is not read
                break

    target = sql.Identifier(*table.split("."))
    with connection.cursor() as cursor:
        try:
            if len(names) == len(known):
                rows = _send(cursor, target, names, records(), delimiter, scan.encoding)
            else:
                rows = _send_selected(cursor, target, names, records(), delimiter, scan.encoding)
        except psycopg.Error as error:
            raise _csv_error(file, scan, len(names), delimiter, error) from None
    if rows != scan.records:
        raise _open_quote(file, scan) or BadFile(
            f"{file.name}: the server found {counted(rows, 'record')} in {counted(scan.records, 'line')}. "
            "Is a line damaged?"
        )
    return Copied(file, scan.size, scan.sha256, rows)


def _send_selected(
    cursor: psycopg.Cursor[Any],
    target: sql.Composable,
    names: list[str],
    chunks: Iterable[bytes],
    delimiter: str,
    encoding: str,
) -> int:
    """For a file with other columns too: COPY all of it to a temporary table, pass on the known ones.

    The column `rad` keeps the file's order, which a table alone does not promise.
    """
    own = {f"c{number}": name for number, name in enumerate(names, 1)}
    selected = {column: name for column, name in own.items() if name in COLUMNS}
    temporary = sql.Identifier("pg_temp", "fdtrygd_all_columns")

    def listed(items: Iterable[str], form: str = "{}") -> sql.Composable:
        return sql.SQL(", ").join(sql.SQL(form).format(sql.Identifier(item)) for item in items)

    create = sql.SQL("CREATE TABLE {} ({}, rad bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP")
    insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ORDER BY rad")
    cursor.execute(create.format(temporary, listed(own, "{} text")))
    rows = _send(cursor, temporary, own, chunks, delimiter, encoding)
    cursor.execute(insert.format(target, listed(selected.values()), listed(selected), temporary))
    cursor.execute(sql.SQL("DROP TABLE {}").format(temporary))
    return rows


def _open_quote(file: File, scan: _Scan, until: int | None = None) -> BadFile | None:
    """The first line with an odd number of quotation marks, looked for once something has gone wrong."""
    line = 2
    for block in _blocks(file, scan.start):
        if found := _ODD_QUOTES.search(block):
            line += block.count(_LF, 0, found.start())
            if until is not None and line > until:
                return None
            return BadFile(
                f"{file.name}, line {line}: a quotation mark is not closed in its line. Close it, or take "
                "the line break out of the field."
            )
        line += block.count(_LF)
    return None


def _fields(file: File, scan: _Scan, line: int, delimiter: str) -> int:
    """The number of fields of a line whose quotation marks are all closed."""
    first = 2
    for block in _blocks(file, scan.start):
        lines = block.split(_LF)
        if line - first < len(lines) - block.endswith(_LF):
            return re.sub(rb'"[^"]*"', b"", lines[line - first]).count(delimiter.encode()) + 1
        first += len(lines) - 1
    return 0


def _csv_error(file: MonthFile, scan: _Scan, fields: int, delimiter: str, error: psycopg.Error) -> UserError:
    found = _SERVER_LINE.search(error.diag.context or "")
    line = int(found[1]) + 1 if found else None  # the header was not sent
    where = f", line {line}" if line else ""
    if isinstance(error, psycopg.errors.BadCopyFileFormat | psycopg.errors.ProgramLimitExceeded):
        if problem := _open_quote(file, scan, line):
            return problem
        if isinstance(error, psycopg.errors.BadCopyFileFormat):
            found_fields = _fields(file, scan, line, delimiter) if line else 0
            if found_fields < fields and line == scan.records + 1 and scan.end == scan.size:
                return BadFile(
                    f"{file.name}: the file ends in the middle of line {line}: it is cut off. Fetch it again."
                )
            comma = (
                " If its numbers have a decimal comma, separate the fields by semicolons, or put the numbers in "
                "quotation marks."
                if found_fields == fields + 1 and delimiter == ","
                else ""
            )
            return BadFile(
                f"{file.name}{where}: not the {fields} fields that the first line names, or another line "
                f"end than in the lines before. Mend the line.{comma}"
            )
    return _refused(file, error, where)


# Parquet and SAS, by way of Arrow


def _copy_arrow(
    connection: psycopg.Connection[Any],
    file: MonthFile,
    table: str,
    optional: frozenset[str],
    progress: Callable[[int], None],
) -> Copied:
    size, sha256 = digest(file)
    if size == 0:
        raise _empty(file)
    # Read when pyarrow is imported. Its own allocator keeps what was freed, the system's gives it back.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if file.path.suffix.lower() == ".parquet":
        kind, read = "Parquet", _open_parquet
        _require(file, "parquet", "pyarrow")
    else:
        kind, read = "SAS", _open_sas
        _require(file, "sas", "pyarrow", "pyreadstat")
    with _intact(file, kind):
        count, columns, batches = read(file, optional)
    if count == 0:
        raise _no_records(file)

    def chunks() -> Iterator[bytes]:
        import pyarrow.csv

        options = pyarrow.csv.WriteOptions(include_header=False)
        done = 0
        for batch in batches:
            sink = io.BytesIO()
            with _intact(file, kind):
                text = [_text(file, name, batch.column(name), done) for name in columns]
                pyarrow.csv.write_csv(pyarrow.record_batch(text, names=columns), sink, options)
            yield sink.getvalue()
            told = size * done // count
            done += len(batch)
            progress(size * done // count - told)

    with connection.cursor() as cursor:
        try:
            rows = _send(cursor, sql.Identifier(*table.split(".")), columns, chunks())
        except psycopg.Error as error:
            raise _refused(file, error, "") from None
    if rows != count:
        raise BadFile(f"{file.name} says it has {counted(count, 'record')} and has {thousands(rows)}. Fetch it again.")
    return Copied(file, size, sha256, rows)


def _require(file: MonthFile, extra: str, *modules: str) -> None:
    try:
        for module in modules:
            importlib.import_module(module)
    except ImportError:
        raise BadFile(
            f"{file.name} cannot be read without {' and '.join(modules)}: pip install 'fdtrygd[{extra}]'"
        ) from None


@contextmanager
def _intact(file: MonthFile, kind: str) -> Iterator[None]:
    """Whatever a reading library raises about a damaged file, as one sentence."""
    try:
        yield
    except (UserError, psycopg.Error):
        raise
    except UnicodeDecodeError:
        raise BadFile(f"{file.name}: its text is not in the encoding that the file names. {_IN_UTF8}") from None
    except Exception as error:
        if "unsupported character set" in str(error):  # readstat's words; the file may be sound
            raise BadFile(f"{file.name} is in an encoding that cannot be read here. {_IN_UTF8}") from None
        raise BadFile(
            f"{file.name} is damaged, cut short or not a {kind} file. Fetch the month's file again."
        ) from None


def _open_parquet(file: MonthFile, optional: frozenset[str]) -> tuple[int, list[str], Iterator[Any]]:
    """The number of records, the known columns, and the records in batches that have these columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parquet = pq.ParquetFile(file.path, pre_buffer=False, buffer_size=BLOCK)
    own = {name: name.strip().lower() for name in parquet.schema_arrow.names}
    names = [name.strip().lower() for name in parquet.schema_arrow.names]
    columns = _known_columns(file, names, optional, "Write the file with all its columns.")
    selected = [name for name, known in own.items() if known in columns]

    def batches() -> Iterator[Any]:
        with _intact(file, "Parquet"), parquet:
            for batch in parquet.iter_batches(PARQUET_BATCH, columns=selected, use_threads=False):
                batch.validate(full=True)  # text must be UTF-8
                yield pa.record_batch(batch.columns, names=[own[name] for name in batch.schema.names])

    return parquet.metadata.num_rows, columns, batches()


def _open_sas(file: MonthFile, optional: frozenset[str]) -> tuple[int, list[str], Iterator[Any]]:
    """The same for a SAS file, where blank text is what SAS has for missing."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyreadstat

    _, metadata = pyreadstat.read_sas7bdat(file.path, metadataonly=True, output_format="dict")
    names = [name.strip().lower() for name in metadata.column_names]
    columns = _known_columns(file, names, optional, "Write the data set with all its variables.")
    selected = [name for name in metadata.column_names if name.strip().lower() in columns]
    count = metadata.number_rows or 0

    def array(values: Any) -> Any:
        column = pa.array(values, from_pandas=True)
        if pa.types.is_string(column.type):
            blank = pc.equal(pc.utf8_trim_whitespace(column), "")
            column = pc.if_else(blank, pa.scalar(None, column.type), column)
        return column

    def batches() -> Iterator[Any]:
        for offset in range(0, count, SAS_BATCH):
            with _intact(file, "SAS"):
                data: Any
                data, _ = pyreadstat.read_sas7bdat(
                    file.path, usecols=selected, row_offset=offset, row_limit=SAS_BATCH, output_format="dict"
                )
                names = [name.strip().lower() for name in data]
                batch = pa.record_batch([array(values) for values in data.values()], names=names)
            yield batch

    return count, columns, batches()


def _text(file: MonthFile, name: str, column: Any, done: int) -> Any:
    """A column as text: whole numbers as digits, missing as null. `done` records came before this batch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    types = pa.types
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    integer, floating, decimal = types.is_integer(kind), types.is_floating(kind), types.is_decimal(kind)
    string = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    if name == "fnr" and (integer or floating or decimal):
        raise BadFile(f"{file.name}: fnr is a number ({kind}), which loses leading zeros. Write it as text.")
    if not (string or integer or floating or decimal or types.is_null(kind)):
        raise BadFile(f"{file.name}: the column {name} is of type {kind}. Write it as text or as a number.")

    def where(condition: Any) -> Any:
        return pc.if_else(condition, column, pa.scalar(None, column.type))

    text = column.cast(pa.string())
    if floating:
        column = column.cast(pa.float64())
        text = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.string()), text)
        whole = pc.and_(pc.equal(pc.trunc(column), column), pc.less(pc.abs(column), 1e15))
        text = pc.coalesce(where(whole).cast(pa.int64()).cast(pa.string()), text)
    elif decimal:
        column = column.cast(pa.decimal256(76, kind.scale))
        whole = pc.equal(pc.trunc(column), column)
        text = pc.coalesce(where(whole).cast(pa.decimal256(76, 0)).cast(pa.string()), text)
    if (at := pc.index(pc.match_substring(text, "\0"), True).as_py()) >= 0:
        raise BadFile(f"{file.name}, record {done + at + 1}: a NUL byte in {name}. Mend the file.")
    if (at := pc.index(pc.greater(pc.binary_length(text), LONGEST), True).as_py()) >= 0:
        raise BadFile(f"{file.name}, record {done + at + 1}: {name} is too long for a field.")
    return text
