"""pyreadstat reads .dta and .sav: values, days as days, what is missing, labels."""

import sys
from pathlib import Path

import pyreadstat

import plain

folder, to = map(Path, sys.argv[1:])
for table, variables in plain.described(folder).items():
    for kind, read in (("dta", pyreadstat.read_dta), ("sav", pyreadstat.read_sav)):
        frame, meta = read(folder / "leveranse" / f"{table}.{kind}")
        assert meta.column_names == [each["name"] for each in variables]
        numbers = table != "lopende" and "hoved" in meta.column_names
        assert not numbers or meta.variable_value_labels["hoved"][1.0], (table, kind)
        assert meta.column_labels == [each["label"] for each in variables], (table, kind)
        plain.write(to / f"{table}.{kind}.csv", frame.columns, frame.astype(object).itertuples(index=False))
print(f"pyreadstat {pyreadstat.__version__}")
