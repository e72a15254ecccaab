"""What limits and widths depend on besides the catalogue: how long texts are, how large numbers, which codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fdtrygd.leveranse.catalogue import Table, Variable

if TYPE_CHECKING:
    import pyarrow as pa

#: How a whole number is written: 05 is another code than 5, and a number could be only one of them.
WHOLE = re.compile(r"0|-?[1-9][0-9]*")


@dataclass
class Measured:
    """What was seen of a column's values."""

    variable: Variable
    #: bytes of the longest text
    longest: int = 0
    #: of whole numbers, and of codes that are whole numbers, if there are any
    least: int | None = None
    most: int | None = None
    #: codes that are to be delivered as numbers, and are none
    odd: frozenset[str] = frozenset()

    @property
    def width(self) -> int:
        """Bytes that the column's texts need: the catalogue's width, and more where a text has more."""
        codes = [len(code.encode()) for code in self.variable.labels]
        return max(self.variable.width or 1, self.longest, *codes)

    def between(self, numbers: Iterable[int | None]) -> None:
        """The column has these numbers as well."""
        all_of_them = [each for each in (self.least, self.most, *numbers) if each is not None]
        self.least, self.most = min(all_of_them, default=None), max(all_of_them, default=None)


class Measures:
    """What a table's columns hold, by batches as they come."""

    def __init__(self, table: Table) -> None:
        self.seen: Mapping[str, Measured] = {each.name: Measured(each) for each in table.variables}

    def see(self, batch: "pa.RecordBatch") -> None:
        """The table has these rows as well."""
        import pyarrow as pa
        import pyarrow.compute as pc

        for name, seen in self.seen.items():
            column = batch.column(name)
            if seen.variable.type == "heltall":
                seen.between(pc.min_max(column).as_py().values())
            elif seen.variable.as_number:
                codes = {code for code in pc.unique(column).to_pylist() if code is not None}
                seen.between(int(code) for code in codes if WHOLE.fullmatch(code))
                seen.odd |= {code for code in codes if not WHOLE.fullmatch(code)}
            if seen.variable.type == "tekst":
                seen.longest = max(seen.longest, pc.max(pc.binary_length(column.cast(pa.binary()))).as_py() or 0)
