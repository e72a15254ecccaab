"""polars reads CSV with types, and Parquet with its own."""

import sys
from pathlib import Path

import polars as pl

import plain

TYPES = {"tekst": pl.String, "dato": pl.Date, "heltall": pl.Int32, "logisk": pl.Boolean}
folder, to = map(Path, sys.argv[1:])
for table, variables in plain.described(folder).items():
    types = {each["name"]: TYPES[each["type"]] for each in variables}
    path = folder / "leveranse" / table
    for kind, frame in (
        ("csv", pl.read_csv(f"{path}.csv", schema=types, try_parse_dates=True)),
        ("parquet", pl.read_parquet(f"{path}.parquet")),
    ):
        assert dict(frame.schema) == types, (table, kind)
        plain.write(to / f"{table}.{kind}.csv", frame.columns, frame.iter_rows())
print(f"polars {pl.__version__}")
