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
        import pyarrow as pa

        self.table = table
        self.lists = {each: pa.array(sorted(known(each, table)), pa.string()) for each in table.variables if each.codes}
        self.seen: dict[str, Counter[str]] = {each.name: Counter() for each in self.lists}

    def see(self, batch: "pa.RecordBatch") -> None:
        """The table has these rows as well."""
        import pyarrow.compute as pc

        for variable, listed in self.lists.items():
            column = batch.column(variable.name)
            if in_pairs(variable, self.table):
                beside = pc.fill_null(batch.column(BESIDE), "")
                column = pc.binary_join_element_wise(beside, column, " ")
            others = column.filter(pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, listed))))
            for value in others.value_counts().to_pylist():
                self.seen[variable.name][value["values"]] += value["counts"]

    def found(self) -> dict[str, dict[str, int]]:
        """variable -> code -> number of rows."""
        return {name: dict(sorted(counts.items())) for name, counts in self.seen.items() if counts}


def in_pairs(variable: Variable, table: Table) -> bool:
    """Whether the table's rows have both of each pair of the variable's list."""
    return any(code.together_with for code in variable.codes) and any(each.name == BESIDE for each in table.variables)


def known(variable: Variable, table: Table) -> set[str]:
    """The codes of the variable's list, as they are named in this table."""
    if in_pairs(variable, table):
        return {f"{code.together_with or ''} {code.code}" for code in variable.codes}
    return {code.code for code in variable.codes}
