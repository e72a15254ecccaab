"""Parquet: days as date32, codes as text; labels in the fields' metadata, the manifest's head in the file's.

Row groups have a fixed size, so that the same rows are the same bytes, however they came.
"""

import json
from pathlib import Path

from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.formats.days import converted
from fdtrygd.leveranse.stream import Read, schema

ROW_GROUP = 131_072


def write(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.parquet."""
    import pyarrow as pa
    import pyarrow.parquet

    def changed() -> "pa.Schema":
        empty = pa.RecordBatch.from_pylist([], schema(read.table))
        return converted(empty, read.table, description.days_as).schema

    fields = [
        pa.field(field.name, field.type, metadata={"label": each.label})
        for field, each in zip(changed(), read.table.variables, strict=True)
    ]
    head = {
        "prosjekt": description.project["navn"],
        "bestilling": description.order,
        "versjon": description.version,
        "utlevering": description.number,
        "til": description.last.isoformat(),
        "form": read.table.form,
    }
    types = pa.schema(fields, metadata={"fdtrygd": json.dumps(head, ensure_ascii=False)})
    with pa.parquet.ParquetWriter(str(to / f"{read.table.name}.parquet"), types, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        count = 0
        for batch in read.batches():
            waiting.append(converted(batch, read.table, description.days_as))
            count += len(batch)
            while count >= ROW_GROUP:
                whole = pa.Table.from_batches(waiting).cast(types)
                writer.write_table(whole.slice(0, ROW_GROUP), row_group_size=ROW_GROUP)
                waiting, count = whole.slice(ROW_GROUP).to_batches(), count - ROW_GROUP
        if count:
            writer.write_table(pa.Table.from_batches(waiting).cast(types), row_group_size=ROW_GROUP)
