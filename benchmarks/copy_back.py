"""Results worked out outside the database, back into PostgreSQL: what the opponents of the benchmark share.

A year's tables arrive as streams of blocks in COPY's binary format, `binary` makes these out of Arrow record batches.
Everything here runs inside the caller's transaction and leaves what the product leaves: the year's partitions with
their keys attached, the other tables' rows under their constraints, the planner's statistics up to date.
"""

import hashlib
import queue
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from psycopg import sql

Connection = psycopg.Connection[Any]
Blocks = Iterable[bytes | memoryview]

MINIREGISTER = (
    "fnr", "hoved", "hovedarbstat", "tiltak", "ytelse", "dagdato", "fdagdato", "mnddato",
    "mrk_sys", "mrk_fnr", "mrk_dl", "ant_d_as_n", "henddato", "as_f", "as_gr", "aargang",
)  # fmt: skip
VRAK_ARBSOK = (*MINIREGISTER, "status")
F_ARBSOK = (
    "lopenr", "fnr", "kode", "hoved", "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg",
    "hovedarbstat", "hovedarbdato", "tiltak", "tiltakdato", "ytelse", "ytelsedato",
    "dagdato", "fdagdato", "henddato", "mrk_sys", "mrk_fnr", "as_f", "as_gr", "status",
    "asoktom", "tomdato", "regtom", "aargang",
)  # fmt: skip
H_ARBSOK = (
    "fnr", "hoved", "hovedarbstat", "hovedarbdato", "tiltak", "tiltakdato", "ytelse", "ytelsedato",
    "tilgdato", "avgdato", "asoktilg", "dagdato", "fdagdato", "henddato",
    "mrk_sys", "mrk_fnr", "as_f", "as_gr", "status", "aargang",
)  # fmt: skip
LAGT_TIL_SIDE = (
    "aargang", "mnddato", "linje", "grunn", "fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd",
)  # fmt: skip
#: A person who gets his first record in F_ARBSOK, and his number
PERSON = ("fnr", "lopenr", "aargang")

#: The product's own settings for the transaction of a load
SESSION = {"work_mem": "256MB", "maintenance_work_mem": "256MB", "jit": "off", "client_min_messages": "warning"}

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
PENDING = 4  #: blocks that wait for the server at most
SLICE = 1 << 18  #: bytes handed to libpq at a time
DAYS_TO_2000 = (date(2000, 1, 1) - date(1970, 1, 1)).days
FEW = 2000  #: up to so many different texts in a batch, each is encoded once


@dataclass(frozen=True)
class MonthFile:
    """A month's row in maanedsfil; `size` in bytes."""

    mnddato: date
    name: str
    size: int
    sha256: str
    records: int
    dagdato: date
    fdagdato: date | None


# Arrow to COPY's binary format


def _fixed(values: np.ndarray[Any, Any], kind: str, length: int) -> pa.Array:
    """Whole numbers as fields: their length, then they themselves, the first byte first."""
    fields = np.empty(len(values), np.dtype([("length", ">i4"), ("value", kind)]))
    fields["length"] = length
    fields["value"] = values
    width = pa.binary(4 + length)
    return pa.FixedSizeBinaryArray.from_buffers(width, len(values), [None, pa.py_buffer(fields)]).cast(pa.binary())


def _texts(column: pa.Array) -> pa.Array:
    """Texts as fields."""
    lengths = pc.fill_null(pc.binary_length(column), 0).to_numpy(zero_copy_only=False).astype(">i4")
    prefix = pa.FixedSizeBinaryArray.from_buffers(pa.binary(4), len(column), [None, pa.py_buffer(lengths)])
    return pc.binary_join_element_wise(prefix.cast(pa.binary()), column.cast(pa.binary()), b"", null_handling="skip")


def _fields(column: pa.Array) -> pa.Array:
    """A column as fields of COPY's binary format; a date column is a date, int32 an integer, int64 a bigint."""
    kind = column.type
    if pa.types.is_date32(kind) or pa.types.is_int32(kind):
        values = pc.fill_null(column.view(pa.int32()), 0).to_numpy(zero_copy_only=False)
        fields = _fixed(values - (DAYS_TO_2000 if pa.types.is_date32(kind) else 0), ">i4", 4)
    elif pa.types.is_int64(kind):
        fields = _fixed(pc.fill_null(column, 0).to_numpy(zero_copy_only=False), ">i8", 8)
    else:
        column = column.cast(pa.string())
        coded = column.dictionary_encode()
        if len(coded.dictionary) > FEW:
            fields = _texts(column)
        else:
            fields = pa.DictionaryArray.from_arrays(coded.indices, _texts(coded.dictionary)).dictionary_decode()
    return pc.if_else(column.is_valid(), fields, pa.scalar(NULL, pa.binary())) if column.null_count else fields


def buffer(rows: pa.Array) -> memoryview:
    """The values of a binary array, one after the other."""
    _, offsets, values = rows.buffers()
    if values is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, np.int32)
    return memoryview(values)[ends[rows.offset] : ends[rows.offset + len(rows)]]


def binary(batches: Iterable[pa.RecordBatch]) -> Iterator[memoryview]:
    """Record batches as rows of COPY's binary format, without its header and trailer; column by column."""
    for batch in batches:
        count = pa.scalar(batch.num_columns.to_bytes(2, "big"), pa.binary())
        columns = [_fields(column) for column in batch.columns]
        yield buffer(pc.binary_join_element_wise(count, *columns, pa.scalar(b"", pa.binary())))


# To the server


def _ahead(blocks: Blocks) -> Generator[bytes | memoryview]:
    """The same blocks, made in a thread of their own while the server takes the ones before."""
    waiting: queue.Queue[bytes | memoryview | BaseException | None] = queue.Queue(PENDING)
    stopped = threading.Event()

    def put(item: bytes | memoryview | BaseException | None) -> bool:
        while not stopped.is_set():
            try:
                waiting.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            for block in blocks:
                if not put(block):
                    return
            put(None)
        except BaseException as error:
            put(error)

    maker = threading.Thread(target=make, daemon=True)
    maker.start()
    try:
        while (item := waiting.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        maker.join()


def copy(
    connection: Connection, table: sql.Composable, columns: Sequence[str], blocks: Blocks, *, new: bool = False
) -> int:
    """COPY of rows in binary format; the number of rows. `new`: the transaction has made the table itself."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary{})").format(
        table, sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", FREEZE" if new else "")
    )
    with connection.cursor() as cursor:
        with cursor.copy(statement) as stream, closing(_ahead(blocks)) as ready:
            stream.write(HEADER)
            for block in ready:
                for start in range(0, len(block), SLICE):
                    stream.write(block[start : start + SLICE])
            stream.write(TRAILER)
        return cursor.rowcount


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """The year's one transaction, with the product's settings."""
    with connection.transaction():
        for name, value in SESSION.items():
            connection.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield


# The year's tables


def _table(name: str) -> sql.Identifier:
    return sql.Identifier("trygdfob", name)


def _attach(connection: Connection, parent: str, child: str, value: int | date) -> None:
    connection.execute(
        sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES IN ({})").format(
            _table(parent), _table(child), sql.Literal(str(value))
        )
    )


def miniregister_year(connection: Connection, year: int) -> None:
    """The year's partition of miniregister, not yet attached: partitioned by month and empty."""
    connection.execute(
        sql.SQL(
            "CREATE TABLE {} (LIKE {} INCLUDING COMMENTS, CONSTRAINT aar CHECK (aargang = {}))"
            " PARTITION BY LIST (mnddato)"
        ).format(_table(f"miniregister_{year}"), _table("miniregister"), sql.Literal(year))
    )


def miniregister_month(connection: Connection, mnddato: date, columns: Sequence[str], blocks: Blocks) -> int:
    """A month's partition of the year's, with its records and its key; the number of records."""
    parent = f"miniregister_{mnddato.year}"
    leaf = f"{parent}_{mnddato.month:02}"
    # The checks spare ATTACH its pass over the table.
    connection.execute(
        sql.SQL(
            "CREATE TABLE {} (LIKE {} INCLUDING COMMENTS INCLUDING CONSTRAINTS, CONSTRAINT maaned CHECK (mnddato = {}))"
        ).format(_table(leaf), _table(parent), sql.Literal(mnddato))
    )
    count = copy(connection, _table(leaf), columns, blocks, new=True)
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (fnr, mnddato, aargang)").format(_table(leaf)))
    _attach(connection, parent, leaf, mnddato)
    connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT maaned").format(_table(leaf)))
    return count


def attach_miniregister(connection: Connection, year: int) -> None:
    """The year's partition, complete, becomes part of miniregister."""
    name = f"miniregister_{year}"
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (fnr, mnddato, aargang)").format(_table(name)))
    _attach(connection, "miniregister", name, year)
    connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT aar").format(_table(name)))


def h_arbsok(connection: Connection, year: int, columns: Sequence[str], blocks: Blocks) -> int:
    """The year's partition of h_arbsok with its rows and its key; the number of rows."""
    name = f"h_arbsok_{year}"
    connection.execute(
        sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING COMMENTS, CONSTRAINT aar CHECK (aargang = {}))").format(
            _table(name), _table("h_arbsok"), sql.Literal(year)
        )
    )
    count = copy(connection, _table(name), columns, blocks, new=True)
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (fnr, aargang)").format(_table(name)))
    _attach(connection, "h_arbsok", name, year)
    connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT aar").format(_table(name)))
    return count


def person(connection: Connection, columns: Sequence[str], blocks: Blocks) -> int:
    """The year's new persons and their numbers into person, in the order of lopenr; how many."""
    return copy(connection, _table("person"), columns, blocks)


def f_arbsok(connection: Connection, year: int, columns: Sequence[str], ended: Blocks, running: Blocks) -> int:
    """The load's two partitions of F_ARBSOK, with their keys: all records of the spells that the year met or that ran
    when it began, in the key's order, those of spells that ended and those of spells that run; how many."""
    count = 0
    for name, lasting, blocks in (
        (f"forlop_{year}_01", number_of(year), ended),
        (f"lopende_{year}_01", -number_of(year), running),
    ):
        # The check spares ATTACH its pass over the table, the default COPY the column.
        connection.execute(
            sql.SQL(
                "CREATE TABLE {} (LIKE {} INCLUDING COMMENTS INCLUDING CONSTRAINTS,"
                " CONSTRAINT del CHECK (lasting = {}))"
            ).format(_table(name), _table("forlopsdel"), sql.Literal(lasting))
        )
        default = sql.SQL("ALTER TABLE {} ALTER COLUMN lasting ").format(_table(name))
        connection.execute(default + sql.SQL("SET DEFAULT {}").format(sql.Literal(lasting)))
        count += copy(connection, _table(name), columns, blocks, new=True)
        connection.execute(default + sql.SQL("DROP DEFAULT"))
        connection.execute(
            sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (lopenr, regdato, kode, lasting)").format(_table(name))
        )
        connection.execute(sql.SQL("CREATE INDEX ON {} (regtom, regdato) WHERE kode <> '0'").format(_table(name)))
        _attach(connection, "forlopsdel", name, lasting)
        connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT del").format(_table(name)))
        connection.execute(sql.SQL("ANALYZE {}").format(_table(name)))
    return count


def number_of(year: int) -> int:
    """The number of the year's first load, by which its partitions of F_ARBSOK are known."""
    return year * 100 + 1


def vrak_arbsok(connection: Connection, columns: Sequence[str], blocks: Blocks) -> int:
    """The year's rejected records into vrak_arbsok; the number of records."""
    return copy(connection, _table("vrak_arbsok"), columns, blocks)


def lagt_til_side(connection: Connection, columns: Sequence[str], blocks: Blocks) -> int:
    """The year's input records that are kept aside; the number of records."""
    return copy(connection, _table("lagt_til_side"), columns, blocks)


def year_loaded(connection: Connection, year: int, files: Iterable[MonthFile]) -> None:
    """The year's rows in maanedsfil and lastet_aargang, and the planner's statistics."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO trygdfob.maanedsfil"
            " (mnddato, aargang, maaned, fil, bytes, sha256, antall, dagdato, fdagdato)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (f.mnddato, year, f.mnddato.month, f.name, f.size, f.sha256, f.records, f.dagdato, f.fdagdato)
                for f in files
            ],
        )
    connection.execute(
        "INSERT INTO trygdfob.lastet_aargang (aargang, syntetisk, lasting) VALUES (%s, true, %s)",
        [year, number_of(year)],
    )
    # The year's miniregister is sampled as one: each month by itself would cost more than its COPY. A server before 18
    # has no ONLY and takes the months too.
    only = sql.SQL("ONLY " if connection.info.server_version >= 180000 else "")
    connection.execute(sql.SQL("ANALYZE {}{}").format(only, _table(f"miniregister_{year}")))
    connection.execute(sql.SQL("ANALYZE {}").format(_table(f"h_arbsok_{year}")))
    # The tables that hold all years, as the product counts them (fest_aargang)
    connection.execute(sql.SQL("ANALYZE {}trygdfob.forlopsdel").format(only))
    connection.execute("ANALYZE trygdfob.person, trygdfob.vrak_arbsok, trygdfob.lagt_til_side, trygdfob.maanedsfil")


# From the server


def fetch(connection: Connection, query: sql.Composable | str, to: Path) -> Path:
    """The query's result as a CSV file without header, missing as nothing; the file."""
    with (
        to.open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(as_sql(query))) as stream,
    ):
        for block in stream:
            file.write(block)
    return to


def as_sql(query: sql.Composable | str) -> sql.Composable:
    """The query as psycopg composes it."""
    return sql.SQL(query) if isinstance(query, str) else query


def with_spells(connection: Connection, columns: Sequence[str], blocks: Blocks, to: Path) -> Path:
    """Those of the given persons (column fnr) who have records in f_arbsok, and so a number, as a CSV file."""
    with connection.transaction():
        connection.execute("CREATE TEMP TABLE personer ON COMMIT DROP AS SELECT fnr FROM trygdfob.person WITH NO DATA")
        copy(connection, sql.Identifier("pg_temp", "personer"), columns, blocks)
        connection.execute("ANALYZE pg_temp.personer")
        return fetch(connection, "SELECT fnr FROM pg_temp.personer JOIN trygdfob.person USING (fnr)", to)


def digest(path: Path) -> tuple[int, str]:
    """The file's size in bytes and its SHA-256."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
