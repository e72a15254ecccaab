"""The codes in a table's rows, held against the code lists: what no list has is delivered as it is, and told of."""

from collections import Counter
from typing import TYPE_CHECKING

from fdtrygd.leveranse.catalogue import Table, Variable

if TYPE_CHECKING:
    import pyarrow as pa

#: What a code of a list of pairs stands together with: tiltak means different things under different hovedarbstat
BESIDE = "hovedarbstat"


class Unknown:
    """The codes in a table that their variables' lists do not have, by batches as they come.

    Where a list has pairs and the table has both of a pair, a code is named by it: `HL ETAB`.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.seen: dict[Variable, Counter[str]] = {each: Counter() for each in table.variables if each.codes}

    def see(self, batch: "pa.RecordBatch") -> None:
        """The table has these rows as well."""
        for variable, counts in self.seen.items():
            column = batch.column(variable.name)
            if in_pairs(variable, self.table):
                counts.update(pairs(batch.column(BESIDE), column))
            else:
                counts.update(counted(column))

    def found(self) -> dict[str, dict[str, int]]:
        """variable -> code -> number of rows."""
        unknown = {
            variable.name: {code: counts[code] for code in sorted(counts.keys() - known(variable, self.table))}
            for variable, counts in self.seen.items()
        }
        return {name: codes for name, codes in unknown.items() if codes}


def counted(column: "pa.Array") -> dict[str, int]:
    """value -> number of rows, of a column; rows without a value are not counted."""
    counts = column.value_counts().to_pylist()
    return {each["values"]: each["counts"] for each in counts if each["values"] is not None}


def pairs(beside: "pa.Array", column: "pa.Array") -> dict[str, int]:
    """The same of two columns together, by both values with a blank between; only the second must be there.

    Both become numbers first: joining texts row by row would take most of a delivery's time.
    """
    import pyarrow.compute as pc

    first = beside.dictionary_encode("encode")
    second = column.dictionary_encode("encode")
    width = len(second.dictionary)
    together = pc.add(pc.multiply(first.indices.cast("int64"), width), second.indices.cast("int64"))
    found: dict[str, int] = {}
    for each in together.value_counts().to_pylist():
        one, other = (
            values[place].as_py()
            for values, place in zip((first.dictionary, second.dictionary), divmod(each["values"], width), strict=True)
        )
        if other is not None:
            found[f"{one or ''} {other}"] = found.get(f"{one or ''} {other}", 0) + each["counts"]
    return found


def in_pairs(variable: Variable, table: Table) -> bool:
    """Whether the table's rows have both of each pair of the variable's list."""
    return any(code.together_with for code in variable.codes) and any(each.name == BESIDE for each in table.variables)


def known(variable: Variable, table: Table) -> set[str]:
    """The codes of the variable's list, as they are named in this table."""
    if in_pairs(variable, table):
        return {f"{code.together_with or ''} {code.code}" for code in variable.codes}
    return {code.code for code in variable.codes}
