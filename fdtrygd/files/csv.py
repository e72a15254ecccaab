"""CSV files: COPY sends their bytes as they are.

A file is read twice, in blocks: once to learn its encoding, its number of lines and its checksum, once to send it.
"""

import codecs
import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from fdtrygd.errors import UserError
from fdtrygd.files.file import (
    BLOCK,
    LONGEST,
    BadFile,
    Copied,
    File,
    empty,
    known_columns,
    no_records,
    reading,
    refused,
    regular,
    send,
)
from fdtrygd.screen import counted

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
    with reading(file), file.path.open("rb") as stream:
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
        raise empty(file)
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
    return delimiter, names, known_columns(file, names, optional, hint, columns)


def read_small(
    path: Path, columns: tuple[str, ...], optional: frozenset[str] = frozenset()
) -> list[tuple[int, dict[str, str]]]:
    """A small CSV file of the same dialects, here and not on the server: each line's number and its `columns`.

    Blank lines, also those of nothing but delimiters that spreadsheets write, are passed over; fields are trimmed.
    """
    file = File(path)
    scan = _scan(file)
    delimiter, names, known = _header(file, scan, columns, optional)
    with reading(file):
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


def copy(
    connection: psycopg.Connection[Any],
    file: File,
    table: str,
    columns: tuple[str, ...],
    optional: frozenset[str],
    progress: Callable[[int], None],
) -> Copied:
    scan = _scan(file)
    delimiter, names, known = _header(file, scan, columns, optional)
    if scan.records == 0:
        raise no_records(file)
    if scan.names_again:
        raise BadFile(
            f"{file.name}, line {scan.names_again} repeats the names of the columns: the file is put together from "
            f"several. Fetch {file.what} again."
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
                rows = send(cursor, target, names, records(), delimiter, scan.encoding)
            else:
                rows = _send_selected(cursor, target, names, known, records(), delimiter, scan.encoding)
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
    known: list[str],
    chunks: Iterable[bytes],
    delimiter: str,
    encoding: str,
) -> int:
    """For a file with other columns too: COPY all of it to a temporary table, pass on the known ones.

    The column `rad` keeps the file's order, which a table alone does not promise.
    """
    own = {f"c{number}": name for number, name in enumerate(names, 1)}
    selected = {column: name for column, name in own.items() if name in known}
    temporary = sql.Identifier("pg_temp", "fdtrygd_all_columns")

    def listed(items: Iterable[str], form: str = "{}") -> sql.Composable:
        return sql.SQL(", ").join(sql.SQL(form).format(sql.Identifier(item)) for item in items)

    create = sql.SQL("CREATE TABLE {} ({}, rad bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP")
    insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ORDER BY rad")
    cursor.execute(create.format(temporary, listed(own, "{} text")))
    rows = send(cursor, temporary, own, chunks, delimiter, encoding)
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


def _csv_error(file: File, scan: _Scan, fields: int, delimiter: str, error: psycopg.Error) -> UserError:
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
    return refused(file, error, where)
