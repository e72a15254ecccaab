"""The codes in a table's rows, held against the code lists: what no list has is delivered as it is, and told of."""

from fdtrygd.leveranse.catalogue import Table, Variable
from fdtrygd.leveranse.stream import Read

#: What a code of a list of pairs stands together with: tiltak means different things under different hovedarbstat
BESIDE = "hovedarbstat"


def unknown(read: Read) -> dict[str, dict[str, int]]:
    """variable -> code -> number of rows, of the codes in the table that the variable's list does not have.

    Where a list has pairs and the table has both of a pair, a code is named by it: `HL ETAB`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, dict[str, int]] = {}
    listed = [each for each in read.table.variables if each.codes]
    lists = {each.name: pa.array(sorted(known(each, read.table)), pa.string()) for each in listed}
    for batch in read.batches():
        for variable in listed:
            column = batch.column(variable.name)
            if in_pairs(variable, read.table):
                beside = pc.fill_null(batch.column(BESIDE), "")
                column = pc.binary_join_element_wise(beside, column, " ")
            others = column.filter(pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, lists[variable.name]))))
            counts = found.setdefault(variable.name, {})
            for value in others.value_counts().to_pylist():
                counts[value["values"]] = counts.get(value["values"], 0) + value["counts"]
    return {name: dict(sorted(counts.items())) for name, counts in found.items() if counts}


def in_pairs(variable: Variable, table: Table) -> bool:
    """Whether the table's rows have both of each pair of the variable's list."""
    return any(code.together_with for code in variable.codes) and any(each.name == BESIDE for each in table.variables)


def known(variable: Variable, table: Table) -> set[str]:
    """The codes of the variable's list, as they are named in this table."""
    if in_pairs(variable, table):
        return {f"{code.together_with or ''} {code.code}" for code in variable.codes}
    return {code.code for code in variable.codes}
