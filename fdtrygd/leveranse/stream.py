"""A table's rows from the server to a file of Arrow batches: the query runs once, each format is made of that file.

COPY's text goes to Arrow's own reader in blocks. Its checksum is that of the rows: whatever form of days or which
format is ordered, the same rows give the same one. What must be known of a column before a format is written is seen
on the way, while the server makes the next rows.
"""

import hashlib
import io
import itertools
import queue
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from psycopg import sql

from fdtrygd.db.database import Connection
from fdtrygd.leveranse.catalogue import Table
from fdtrygd.leveranse.codes import Unknown
from fdtrygd.leveranse.measured import Measured, Measures

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 1 << 20  #: bytes of COPY's text that become one batch
#: Rows that are joined at a time, and how often before they go on, of an ordinary width as about BLOCK bytes. Joining
#: many at once takes twice as long: so many small pieces of memory are dear.
ROWS, TIMES = 1 << 8, 1 << 5
AHEAD = 4  #: how often so many may wait for the work on those before
POSTGRES = {"tekst": "text", "dato": "date", "heltall": "integer", "logisk": "boolean"}
#: Every text has its quotes, so that this is the text of a CSV file, too (formats/csv.py)
COPY = "COPY (SELECT {} FROM leveranse.rader({}, {}, {}) AS t ({})) TO STDOUT (FORMAT csv, FORCE_QUOTE ({}))"


@dataclass(frozen=True)
class Read:
    """A table's rows, in a file of Arrow batches (IPC stream)."""

    table: Table
    path: Path
    rows: int
    persons: int
    #: sha256 of the rows as COPY's CSV text, without header, each text in quotes
    digest: str
    #: variable -> what its column holds
    measured: Mapping[str, Measured]
    #: variable -> code that its list does not have -> number of rows
    unknown: Mapping[str, Mapping[str, int]]
    #: the same rows as a CSV file, where there is one
    csv: Path | None = None

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """The batches, one after the other."""
        import pyarrow as pa

        with pa.OSFile(str(self.path)) as file, pa.ipc.open_stream(file) as reader:
            yield from reader


def schema(table: Table) -> "pa.Schema":
    """The table's columns with their types, by the catalogue."""
    import pyarrow as pa

    types = {"tekst": pa.string(), "dato": pa.date32(), "heltall": pa.int32(), "logisk": pa.bool_()}
    return pa.schema([(each.name, types[each.type]) for each in table.variables])


def read(
    connection: Connection,
    number: int,
    table: Table,
    to: Path,
    progress: Callable[[int], None] = lambda rows: None,
    earlier: int | None = None,
    csv: Path | None = None,
) -> Read:
    """Reads the table of the delivery that `connection` is in the transaction of; `progress` is told of rows read.

    With `earlier`, the table of that delivery of the same order, with which this one is compared. With `csv`, the rows
    become a CSV file as well, as they come.
    """
    selected = sql.SQL(", ").join(
        sql.SQL("t.{}::text" if each.type == "logisk" else "t.{}").format(sql.Identifier(each.name))
        for each in table.variables
    )
    texts = sql.SQL(", ").join(sql.Identifier(each.name) for each in table.variables if each.type == "tekst")
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(each.name), sql.SQL(POSTGRES[each.type])) for each in table.variables
    )
    query = sql.SQL(COPY).format(
        selected, sql.Literal(number), sql.Literal(table.name), sql.Literal(earlier), columns, texts
    )
    with connection.cursor() as cursor, cursor.copy(query) as copied, Spool(table, to, progress, csv) as spool:
        spool.take(iter(copied))
    return spool.read


class Spool:
    """A table's rows on their way into the file: one thread takes them from the server, another one works on them.

    So the server makes the next rows meanwhile; on one thread it would wait for each block to be worked on.
    """

    def __init__(self, table: Table, to: Path, progress: Callable[[int], None], csv: Path | None = None) -> None:
        self.table, self.to, self.progress, self.csv = table, to, progress, csv
        self.blocks: queue.Queue[bytes | None] = queue.Queue(AHEAD)
        self.work = ThreadPoolExecutor(1)

    def __enter__(self) -> "Spool":
        self.result = self.work.submit(self.written)
        return self

    def take(self, rows: Iterator[Any]) -> None:
        """All rows, in blocks; what goes wrong with the work on them ends it."""
        for block in blocks(rows):
            self.put(block)
        self.put(None)

    def put(self, block: bytes | None) -> None:
        """The block, as soon as there is room for it; what has gone wrong with those before is raised."""
        while not self.result.done():
            try:
                self.blocks.put(block, timeout=0.1)
            except queue.Full:
                continue
            return
        self.result.result()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:  # the rows ended early, by themselves or since the work on them failed
            with suppress(Exception):
                self.put(b"")
        self.work.shutdown()
        if not kind:
            self.read = self.result.result()

    def written(self) -> Read:
        """The file, from the blocks as they come."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.csv

        types = schema(self.table)
        rows = persons = 0
        last: Any = None
        measures, unknown = Measures(self.table), Unknown(self.table)
        with ExitStack() as opened:
            beside = opened.enter_context(self.csv.open("wb")) if self.csv else None
            if beside:
                beside.write(head(self.table))
            text = Text(self.blocks, beside)
            file = opened.enter_context(pa.OSFile(str(self.to), "wb"))
            writer = opened.enter_context(pa.ipc.new_stream(file, types))
            reader: Iterable[pa.RecordBatch] = ()
            if text.begun():  # Arrow's reader takes no empty file
                reader = pyarrow.csv.open_csv(
                    text,
                    read_options=pyarrow.csv.ReadOptions(column_names=types.names, block_size=BLOCK, use_threads=False),
                    parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                    convert_options=pyarrow.csv.ConvertOptions(
                        column_types=types,
                        null_values=[""],
                        strings_can_be_null=True,  # an empty text is missing too
                        true_values=["true"],
                        false_values=["false"],
                    ),
                )
            for batch in reader:
                if not len(batch):
                    continue
                writer.write_batch(batch)
                measures.see(batch)
                unknown.see(batch)
                # The rows come person by person
                person = batch.column("lpnr")
                changes = pc.sum(pc.not_equal(person[1:], person[:-1])).as_py() or 0
                persons += changes + (person[0].as_py() != last)
                last = person[-1].as_py()
                rows += len(batch)
                self.progress(len(batch))
        csv = None if text.empty else self.csv
        return Read(self.table, self.to, rows, persons, text.digest(), measures.seen, unknown.found(), csv)


def blocks(rows: Iterator[Any]) -> Iterator[bytes]:
    """COPY's rows, so many together."""
    joined = iter(lambda: b"".join(itertools.islice(rows, ROWS)), b"")
    while block := b"".join(itertools.islice(joined, TIMES)):
        yield block


def head(table: Table) -> bytes:
    """The first line of a CSV file: the names."""
    return (",".join(each.name for each in table.variables) + "\n").encode()


class Text(io.RawIOBase):
    """COPY's text as a file that Arrow reads; its checksum on the way."""

    def __init__(self, blocks: "queue.Queue[bytes | None]", beside: BinaryIO | None = None) -> None:
        self.blocks = blocks
        self.beside = beside
        #: whether a text may be empty, which COPY tells from a missing one, and no format does
        self.empty = False
        self.ahead = b""
        self.ended = False
        self.sum = hashlib.sha256()

    def begun(self) -> bool:
        """Whether there is any text."""
        self.ahead = self.block()
        return bool(self.ahead)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; nothing at the end."""
        if not self.ahead:
            self.ahead = self.block()
        part, self.ahead = (self.ahead, b"") if size < 0 else (self.ahead[:size], self.ahead[size:])
        return part

    def block(self) -> bytes:
        """The next block; nothing at the end."""
        if self.ended:
            return b""
        block = self.blocks.get()
        if block == b"":
            raise EOFError("the rows ended early")
        self.ended = block is None
        self.sum.update(block or b"")
        if self.beside and block:
            self.beside.write(block)
            self.empty = self.empty or b',"",' in block or b',""\n' in block
        return block or b""

    def digest(self) -> str:
        """The checksum of all that was read."""
        return self.sum.hexdigest()
