"""CSV: UTF-8, comma, a header, ISO dates, line feeds; what is missing is nothing between two commas.

Every text has its quotes, also a code that looks like a number: many programs take that for what it is. Beside the file
lie programs that read it (programs.py).
"""

from pathlib import Path

from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.formats import programs
from fdtrygd.leveranse.formats.days import converted
from fdtrygd.leveranse.stream import Read, head


def write(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.csv, and the programs that read it.

    Where days are days, the file is what the server sent, and needs only its place.
    """
    if read.csv:
        read.csv.replace(to / f"{read.table.name}.csv")
        programs.write(read, description, to)
        return
    import pyarrow as pa
    import pyarrow.csv

    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    with pa.OSFile(str(to / f"{read.table.name}.csv"), "wb") as file:
        file.write(head(read.table))
        for batch in read.batches():
            pyarrow.csv.write_csv(converted(batch, read.table, description.days_as), file, options)
    programs.write(read, description, to)
