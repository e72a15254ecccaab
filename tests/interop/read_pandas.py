"""pandas reads CSV with types, Parquet, and .dta by its own reader."""

import sys
from pathlib import Path

import pandas as pd

import plain

TYPES = {"tekst": "string", "heltall": "Int32", "logisk": "boolean"}
folder, to = map(Path, sys.argv[1:])
for table, variables in plain.described(folder).items():
    path = folder / "leveranse" / table
    days = [each["name"] for each in variables if each["type"] == "dato"]
    frames = {
        "csv": pd.read_csv(
            f"{path}.csv",
            dtype={each["name"]: TYPES[each["type"]] for each in variables if each["type"] != "dato"},
            parse_dates=days,
            date_format="%Y-%m-%d",
            keep_default_na=False,
            na_values=[""],
        ),
        "parquet": pd.read_parquet(f"{path}.parquet"),
        "dta": pd.read_stata(f"{path}.dta", convert_categoricals=False),
    }
    for kind, frame in frames.items():
        rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
        plain.write(to / f"{table}.{kind}.csv", frame.columns, rows)
with pd.read_stata(folder / "leveranse" / "periode.dta", iterator=True) as stata:
    labels = stata.variable_labels()
    assert labels == {each["name"]: each["label"] for each in plain.described(folder)["periode"]}
print(f"pandas {pd.__version__}")
