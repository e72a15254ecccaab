"""Parquet and SAS files: batch by batch through Arrow to COPY."""

import importlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    digest,
    empty,
    known_columns,
    no_records,
    refused,
    send,
)
from fdtrygd.screen import counted, thousands

PARQUET_BATCH = 16_384  #: records converted at a time
SAS_BATCH = 20_000  #: larger, since pyreadstat passes over the earlier records to reach each batch
#: The way out where a SAS file's text cannot be read.
_IN_UTF8 = "Write the data set in UTF-8 (SAS: the data set option encoding='utf-8'), or export it as CSV."


def copy(
    connection: psycopg.Connection[Any],
    file: File,
    table: str,
    columns: tuple[str, ...],
    optional: frozenset[str],
    progress: Callable[[int], None],
) -> Copied:
    size, sha256 = digest(file)
    if size == 0:
        raise empty(file)
    # Read when pyarrow is imported. Its own allocator keeps what was freed, the system's gives it back.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if file.path.suffix.lower() == ".parquet":
        kind, read = "Parquet", _open_parquet
        _require(file, "parquet", "pyarrow")
    else:
        kind, read = "SAS", _open_sas
        _require(file, "sas", "pyarrow", "pyreadstat")
    with _intact(file, kind):
        count, there, batches = read(file, columns, optional)
    if count == 0:
        raise no_records(file)

    def chunks() -> Iterator[bytes]:
        import pyarrow.csv

        options = pyarrow.csv.WriteOptions(include_header=False)
        done = 0
        for batch in batches:
            sink = io.BytesIO()
            with _intact(file, kind):
                text = [_text(file, name, batch.column(name), done) for name in there]
                pyarrow.csv.write_csv(pyarrow.record_batch(text, names=there), sink, options)
            yield sink.getvalue()
            told = size * done // count
            done += len(batch)
            progress(size * done // count - told)

    with connection.cursor() as cursor:
        try:
            rows = send(cursor, sql.Identifier(*table.split(".")), there, chunks())
        except psycopg.Error as error:
            raise refused(file, error, "") from None
    if rows != count:
        raise BadFile(f"{file.name} says it has {counted(count, 'record')} and has {thousands(rows)}. Fetch it again.")
    return Copied(file, size, sha256, rows)


def _require(file: File, extra: str, *modules: str) -> None:
    try:
        for module in modules:
            importlib.import_module(module)
    except ImportError:
        raise BadFile(
            f"{file.name} cannot be read without {' and '.join(modules)}: pip install 'fdtrygd[{extra}]'"
        ) from None


@contextmanager
def _intact(file: File, kind: str) -> Iterator[None]:
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
        raise BadFile(f"{file.name} is damaged, cut short or not a {kind} file. Fetch {file.what} again.") from None


def _open_parquet(
    file: File, wanted: tuple[str, ...], optional: frozenset[str]
) -> tuple[int, list[str], Iterator[Any]]:
    """The number of records, the wanted columns that are there, and the records in batches that have these."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parquet = pq.ParquetFile(file.path, pre_buffer=False, buffer_size=BLOCK)
    own = {name: name.strip().lower() for name in parquet.schema_arrow.names}
    names = [name.strip().lower() for name in parquet.schema_arrow.names]
    columns = known_columns(file, names, optional, "Write the file with all its columns.", wanted)
    selected = [name for name, known in own.items() if known in columns]

    def batches() -> Iterator[Any]:
        with _intact(file, "Parquet"), parquet:
            for batch in parquet.iter_batches(PARQUET_BATCH, columns=selected, use_threads=False):
                batch.validate(full=True)  # text must be UTF-8
                yield pa.record_batch(batch.columns, names=[own[name] for name in batch.schema.names])

    return parquet.metadata.num_rows, columns, batches()


def _open_sas(file: File, wanted: tuple[str, ...], optional: frozenset[str]) -> tuple[int, list[str], Iterator[Any]]:
    """The same for a SAS file, where blank text is what SAS has for missing."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyreadstat

    _, metadata = pyreadstat.read_sas7bdat(file.path, metadataonly=True, output_format="dict")
    names = [name.strip().lower() for name in metadata.column_names]
    columns = known_columns(file, names, optional, "Write the data set with all its variables.", wanted)
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


def _text(file: File, name: str, column: Any, done: int) -> Any:
    """A column as text: whole numbers as digits, missing as null. `done` records came before this batch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    types = pa.types
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    integer, floating, decimal = types.is_integer(kind), types.is_floating(kind), types.is_decimal(kind)
    string = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    if name.startswith("fnr") and (integer or floating or decimal):
        raise BadFile(f"{file.name}: {name} is a number ({kind}), which loses leading zeros. Write it as text.")
    day = types.is_date(kind) and name != "dagdato"  # which a month file writes without a century
    if not (string or integer or floating or decimal or day or types.is_null(kind)):
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
    # Where a sound file is read, no Python value is given to pyarrow: it would import pandas, if that is installed, to
    # see whether the value is one of its own, and the program would have 50 MB more.
    nul, lengths = pc.match_substring(text, "\0"), pc.binary_length(text)
    if pc.any(nul).as_py():
        at = pc.index(nul, True).as_py()
        raise BadFile(f"{file.name}, record {done + at + 1}: a NUL byte in {name}. Mend the file.")
    if (pc.max(lengths).as_py() or 0) > LONGEST:
        at = pc.index(pc.greater(lengths, LONGEST), True).as_py()
        raise BadFile(f"{file.name}, record {done + at + 1}: {name} is too long for a field.")
    return text
