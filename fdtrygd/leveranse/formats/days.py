"""Days as an order wants them: as they are, or as whole numbers YYYYMMDD or YYYYMM."""

from typing import TYPE_CHECKING

from fdtrygd.leveranse.catalogue import Days, Table
from fdtrygd.leveranse.stream import schema

if TYPE_CHECKING:
    import pyarrow as pa


def types(table: Table, days_as: Days) -> "pa.Schema":
    """The table's columns with their types, days in the ordered form."""
    import pyarrow as pa

    day = pa.date32() if days_as == "dato" else pa.int32()
    return pa.schema(field.with_type(day) if pa.types.is_date(field.type) else field for field in schema(table))


def converted(batch: "pa.RecordBatch", table: Table, days_as: Days) -> "pa.RecordBatch":
    """The batch with its days in the ordered form."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if days_as == "dato":
        return batch

    def number(column: "pa.Array") -> "pa.Array":
        months = pc.add(pc.multiply(pc.year(column), 100), pc.month(column))
        whole = months if days_as == "maaned" else pc.add(pc.multiply(months, 100), pc.day(column))
        return pc.cast(whole, pa.int32())

    return pa.RecordBatch.from_arrays(
        [number(batch.column(v.name)) if v.type == "dato" else batch.column(v.name) for v in table.variables],
        schema=types(table, days_as),
    )
