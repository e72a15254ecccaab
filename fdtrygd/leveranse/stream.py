"""A table's rows from the server to a file of Arrow batches: the query runs once, each format is made of that file.

COPY's text goes to Arrow's own reader in blocks. Its checksum is that of the rows: whatever form of days or which
format is ordered, the same rows give the same one. What must be known of a column before a format is written is seen
on the way, while the server makes the next rows.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import sql

from fdtrygd.db.database import Connection
from fdtrygd.leveranse.catalogue import Table
from fdtrygd.leveranse.codes import Unknown
from fdtrygd.leveranse.measured import Measured, Measures

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 1 << 22  #: bytes of COPY's text that become one batch
POSTGRES = {"tekst": "text", "dato": "date", "heltall": "integer", "logisk": "boolean"}


@dataclass(frozen=True)
class Read:
    """A table's rows, in a file of Arrow batches (IPC stream)."""

    table: Table
    path: Path
    rows: int
    persons: int
    #: sha256 of the rows as COPY's CSV text, without header
    digest: str
    #: variable -> what its column holds
    measured: Mapping[str, Measured]
    #: variable -> code that its list does not have -> number of rows
    unknown: Mapping[str, Mapping[str, int]]

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
) -> Read:
    """Reads the table of the delivery that `connection` is in the transaction of; `progress` is told of rows read.

    With `earlier`, the table of that delivery of the same order, with which this one is compared.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv

    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(each.name), sql.SQL(POSTGRES[each.type])) for each in table.variables
    )
    query = sql.SQL("COPY (SELECT * FROM leveranse.rader({}, {}, {}) AS t ({})) TO STDOUT (FORMAT csv)").format(
        sql.Literal(number), sql.Literal(table.name), sql.Literal(earlier), columns
    )
    types = schema(table)
    rows = persons = 0
    last: Any = None
    measures, unknown = Measures(table), Unknown(table)
    with connection.cursor() as cursor, cursor.copy(query) as copied:
        text = Text(iter(copied))
        with pa.OSFile(str(to), "wb") as file, pa.ipc.new_stream(file, types) as writer:
            if not text.begun():  # Arrow's reader takes no empty file
                return Read(table, to, 0, 0, text.digest(), measures.seen, unknown.found())
            reader = pyarrow.csv.open_csv(
                text,
                read_options=pyarrow.csv.ReadOptions(column_names=types.names, block_size=BLOCK, use_threads=False),
                parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=types,
                    null_values=[""],
                    strings_can_be_null=True,  # an empty text is missing too
                    true_values=["t"],
                    false_values=["f"],
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
                progress(len(batch))
    return Read(table, to, rows, persons, text.digest(), measures.seen, unknown.found())


class Text(io.RawIOBase):
    """COPY's text as a file that Arrow reads; its checksum on the way."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.ahead = b""
        self.sum = hashlib.sha256()

    def begun(self) -> bool:
        """Whether there is any text."""
        self.ahead = self.ahead or self.block()
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
        """The next rows, together some BLOCK bytes."""
        parts: list[Any] = []
        size = 0
        for row in self.rows:
            parts.append(row)
            size += len(row)
            if size >= BLOCK:
                break
        block = b"".join(parts)
        self.sum.update(block)
        return block

    def digest(self) -> str:
        """The checksum of all that was read."""
        return self.sum.hexdigest()
