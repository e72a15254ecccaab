"""The formats of a delivery's tables: each is written from the rows as they were read once, batch by batch.

A format's limits refuse, naming the variable and the limit; nothing is ever cut.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from fdtrygd.errors import UserError
from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.formats import limits
from fdtrygd.leveranse.stream import Read

#: Format -> what must be installed for it, and the module here and its function that write it.
FORMATS: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "csv": (("jinja2",), "csv", "write"),
    "parquet": ((), "parquet", "write"),
    "dta": (("readstat_arrow",), "readstat", "write_dta"),
    "sav": (("readstat_arrow",), "readstat", "write_sav"),
}
#: What every delivery needs: its rows are read by it, and what its recipient reads is written by it
ALWAYS = ("jinja2", "pyarrow")


def ordered(content: Mapping[str, Any]) -> set[str]:
    """The formats that an order names, right or wrong: the database says what is no format."""

    def listed(within: Any, key: str) -> list[Any]:
        found = within.get(key) if isinstance(within, dict) else None
        return found if isinstance(found, list) else []

    return {each for table in listed(content, "tabell") for each in listed(table, "formater") if isinstance(each, str)}


def require(named: Iterable[str]) -> None:
    """UserError where what these formats need is not installed."""
    missing = []
    for name in sorted({need for each in named if each in FORMATS for need in FORMATS[each][0]} | set(ALWAYS)):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            missing.append(name.replace("_", "-"))
    if missing:
        raise UserError(
            f"The delivery needs {' and '.join(missing)}, which this installation does not have: make deliver installs "
            "what is missing, or pip install 'fdtrygd[deliver]'. Nothing is delivered."
        )


def write(
    reads: Iterable[Read],
    description: Description,
    to: Path,
    progress: Callable[[str, int], None] = lambda file, rows: None,
) -> None:
    """Writes each table in each of its formats into the folder.

    UserError, before anything is written, with all that a format cannot hold.
    """
    reads = [*reads]
    limits.refuse(reads)
    for read in reads:
        for name in read.table.formats:
            _, module, function = FORMATS[name]
            progress(f"{read.table.name}.{name}", 0)
            getattr(importlib.import_module(f"{__name__}.{module}"), function)(read, description, to)
