"""Stata's .dta (118, Stata 14 and later) and SPSS's .sav, by readstat-arrow: labels, code lists, days, missing values.

All that knows of that library is here, and pyproject.toml fixes its version. A file's header has the time of writing;
the delivery's date is put over it, so that the same delivery is the same bytes.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fdtrygd.leveranse.catalogue import Description, Table, Variable
from fdtrygd.leveranse.formats.days import converted, types
from fdtrygd.leveranse.formats.limits import LIMITS, labelled
from fdtrygd.leveranse.measured import Measured
from fdtrygd.leveranse.stream import Read

if TYPE_CHECKING:
    import pyarrow as pa

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YES_NO = {0: "nei", 1: "ja"}
#: Format -> how the time of writing stands at the beginning of the file: 17 characters, the pattern's group.
WRITTEN = {
    "dta": re.compile(rb"<timestamp>\x11(\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d)</timestamp>"),
    "sav": re.compile(rb"(?s)\A\$FL2.{88}(\d\d [A-Z][a-z]{2} \d\d\d\d:\d\d:\d\d)"),
}
HEADER = 1024  #: bytes that hold it


def write_dta(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.dta."""
    write("dta", read, description, to / f"{read.table.name}.dta")


def write_sav(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.sav."""
    write("sav", read, description, to / f"{read.table.name}.sav")


def write(kind: str, read: Read, description: Description, path: Path) -> None:
    import readstat_arrow

    table = read.table
    columns = delivered(kind, table, description)
    metadata = readstat_arrow.Metadata(
        file_label=table.title,
        variable_labels={each.name: each.label for each in table.variables},
        value_labels={each.name: value_labels(kind, each) for each in table.variables},
        storage_widths={each.name: read.measured[each.name].width for each in table.variables if is_text(each)},
        formats={each.name: shown(kind, each, read.measured[each.name]) for each in table.variables},
        measures={each.name: "scale" if each.type in ("dato", "heltall") else "nominal" for each in table.variables},
    )
    writer = {"dta": readstat_arrow.DtaWriter, "sav": readstat_arrow.SavWriter}[kind]
    with path.open("w+b") as file:
        with writer(file, columns, read.rows, metadata) as rows:
            for batch in read.batches():
                rows.write_batch(as_numbers(converted(batch, table, description.days_as), columns))
        date_over_time(kind, file, description.dated)


def is_text(variable: Variable) -> bool:
    """Whether the variable is text in these formats."""
    return variable.type == "tekst" and not variable.as_number


def delivered(kind: str, table: Table, description: Description) -> "pa.Schema":
    """The columns' types in the file: codes that are numbers, and yes or no, in Stata's smallest type."""
    import pyarrow as pa

    small = pa.int8() if kind == "dta" else pa.int32()
    return pa.schema(
        field.with_type(small) if each.as_number or each.type == "logisk" else field
        for each, field in zip(table.variables, types(table, description.days_as), strict=True)
    )


def as_numbers(batch: "pa.RecordBatch", wanted: "pa.Schema") -> "pa.RecordBatch":
    """The batch with its columns in these types."""
    import pyarrow as pa

    columns = [column.cast(field.type) for column, field in zip(batch.columns, wanted, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=wanted)


def value_labels(kind: str, variable: Variable) -> list[Any] | None:
    """The variable's codes with their labels; none where what a code means depends on what stands beside it."""
    pairs: Iterator[tuple[int | str, str]]
    if variable.type == "logisk":
        pairs = iter(YES_NO.items())
    else:
        codes = labelled(variable, LIMITS[kind])
        pairs = ((int(code) if variable.as_number else code, text) for code, text in codes)
    return [{"value": value, "label": text} for value, text in pairs] or None


def shown(kind: str, variable: Variable, measured: Measured) -> str | None:
    """How the program shows the variable, where the writer's own way is not right."""
    if kind == "dta" and is_text(variable):
        return f"%{measured.width}s"
    if kind == "sav" and variable.as_number:
        return f"F{variable.width}.0"
    return None


def date_over_time(kind: str, file: Any, dated: date) -> None:
    """The delivery's date where the file has the time of writing."""
    file.seek(0)
    found = WRITTEN[kind].search(file.read(HEADER))
    if not found:
        raise RuntimeError(f"readstat-arrow writes the time elsewhere in a .{kind} than it did")
    day, month = f"{dated.day:02}", MONTHS[dated.month - 1]
    text = {"dta": f"{day} {month} {dated.year} 00:00", "sav": f"{day} {month} {dated.year % 100:02}00:00:00"}[kind]
    file.seek(found.start(1))
    file.write(text.encode())
