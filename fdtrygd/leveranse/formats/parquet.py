"""Parquet: days as date32, codes as text; labels in the fields' metadata, the manifest's head in the file's.

Row groups have a fixed size, and each is written in one piece: the same rows are the same bytes, however they came.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.formats.days import converted, types
from fdtrygd.leveranse.stream import Read

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 131_072


def write(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.parquet."""
    import pyarrow as pa
    import pyarrow.parquet

    fields = [
        field.with_metadata({"label": each.label})
        for field, each in zip(types(read.table, description.days_as), read.table.variables, strict=True)
    ]
    head = {
        "utlevering": description.number,
        "dato": description.dated.isoformat(),
        "prosjekt": description.project["navn"],
        "bestilling": description.order,
        "versjon": description.version,
        "fra": description.first.isoformat(),
        "til": description.last.isoformat(),
        "syntetisk": description.synthetic,
        "tabell": read.table.name,
        "form": read.table.form,
        "tittel": read.table.title,
    }
    columns = pa.schema(fields, metadata={"fdtrygd": json.dumps(head, ensure_ascii=False)})
    with pa.parquet.ParquetWriter(str(to / f"{read.table.name}.parquet"), columns, compression="zstd") as writer:
        for group in groups(read):
            batch = converted(group, read.table, description.days_as)
            writer.write_batch(batch.cast(columns), row_group_size=ROW_GROUP)


def groups(read: Read) -> "Iterator[pa.RecordBatch]":
    """The rows in pieces of ROW_GROUP, and the rest."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in read.batches():
        while count + len(batch) >= ROW_GROUP:
            piece = batch.slice(0, ROW_GROUP - count)
            yield pa.concat_batches([*waiting, piece])
            batch, waiting, count = batch.slice(len(piece)), [], 0
        waiting.append(batch)
        count += len(batch)
    if count:
        yield pa.concat_batches(waiting)
