"""DuckDB reads CSV with the types that variabelliste.csv names, and Parquet with its own."""

import sys
from pathlib import Path

import duckdb

import plain

TYPES = {"tekst": "VARCHAR", "dato": "DATE", "heltall": "INTEGER", "logisk": "BOOLEAN"}
folder, to = map(Path, sys.argv[1:])
for table, variables in plain.described(folder).items():
    types = {each["name"]: TYPES[each["type"]] for each in variables}
    path = folder / "leveranse" / table
    csv = duckdb.read_csv(f"{path}.csv", header=True, columns=types)
    parquet = duckdb.read_parquet(f"{path}.parquet")
    for kind, read in (("csv", csv), ("parquet", parquet)):
        assert dict(zip(read.columns, map(str, read.types), strict=True)) == types, (table, kind)
        plain.write(to / f"{table}.{kind}.csv", read.columns, read.fetchall())
print(f"duckdb {duckdb.__version__}")
