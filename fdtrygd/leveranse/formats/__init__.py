"""The formats of a delivery's tables: each is written from the rows as they were read once, batch by batch.

A format's limits refuse, naming the variable and the limit; nothing is ever cut.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fdtrygd.errors import UserError
from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.stream import Read

#: Format -> what must be installed for it, and its module here.
FORMATS = {
    "csv": ("pyarrow", "csv"),
    "parquet": ("pyarrow", "parquet"),
}


def require(content: Mapping[str, Any]) -> None:
    """UserError where what an order's formats need is not installed; whether they are formats the database says."""
    tables = content.get("tabell")
    named = {
        each
        for table in (tables if isinstance(tables, list) else [])
        for each in (table.get("formater") or [] if isinstance(table, dict) else [])
        if isinstance(each, str)
    }
    for name in sorted({FORMATS[each][0] for each in named & FORMATS.keys()} | {"jinja2", "pyarrow"}):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            raise UserError(
                f"A delivery needs {name}, which is not installed: make deliver installs it, or "
                "pip install 'fdtrygd[deliver]'. Nothing is delivered."
            ) from None


def write(read: Read, description: Description, to: Path) -> None:
    """Writes the table in each of its formats into the folder; UserError where a format cannot hold it."""
    for name in read.table.formats:
        module = importlib.import_module(f"fdtrygd.leveranse.formats.{FORMATS[name][1]}")
        module.write(read, description, to)


def unknown_codes(read: Read) -> dict[str, dict[str, int]]:
    """variable -> code -> number of rows, of the codes in the table that the variable's list does not have."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, dict[str, int]] = {}
    listed = [each for each in read.table.variables if each.code_list]
    for batch in read.batches():
        for each in listed:
            known = pa.array({code.code for code in each.codes}, pa.string())
            column = batch.column(each.name).drop_null()
            others = column.filter(pc.invert(pc.is_in(column, known)))
            for value in others.value_counts().to_pylist() if len(others) else ():
                counts = found.setdefault(each.name, {})
                counts[value["values"]] = counts.get(value["values"], 0) + value["counts"]
    return {name: dict(sorted(counts.items())) for name, counts in found.items()}
