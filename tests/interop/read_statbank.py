"""Statistics Norway's own client validates each deltabell by the description beside it, and would send these bytes.

Nothing is sent: it looks at what it is given. That it looks is tried, too: with a code, a time, a symbol that are none.
A description that Statbank gave can stand in the place of the example.
"""

import importlib.metadata
import json
import logging
import sys
from pathlib import Path

import pandas as pd
from statbank.transfer import StatbankTransfer
from statbank.uttrekk import StatbankUttrekksBeskrivelse, UttrekksBeskrivelseData

import plain

logging.disable(logging.CRITICAL)
ENDING = ".eksempel-uttrekksbeskrivelse.json"
folder, to = map(Path, sys.argv[1:])


def described(path: Path) -> StatbankUttrekksBeskrivelse:
    """The description, as the client makes it of what Statbank answers."""
    made = StatbankUttrekksBeskrivelse.__new__(StatbankUttrekksBeskrivelse)  # else it would ask Statbank
    made.raise_errors = False
    made._data = UttrekksBeskrivelseData.from_filbeskrivelse(json.loads(path.read_text(encoding="utf-8")))
    return made


def faults(description: StatbankUttrekksBeskrivelse, name: str, frame: pd.DataFrame) -> set[str]:
    return set(description.validate({name: frame}))


def sent(name: str, frame: pd.DataFrame) -> bytes:
    """What the client would send of it."""
    made = StatbankTransfer.__new__(StatbankTransfer)
    made.data, made.boundary = {name: frame}, "12345"
    return made._body_from_data().partition("\r\n\r\n")[2].removesuffix("\r\n--12345--").encode()


tried = 0
for path in sorted((folder / "statistikk").glob("data/*/*/*.dat")):
    description = described(path.with_name(path.stem + ENDING))
    frame = pd.read_csv(path, sep=";", header=None, dtype="string", keep_default_na=False)
    frame[[frame.columns[-2]]] = frame[[frame.columns[-2]]].replace("", pd.NA)
    assert faults(description, path.name, frame) == set(), path.name
    assert sent(path.name, frame) == path.read_bytes(), path.name
    for column, wrong in ((0, "ZZ"), (-3, frame.iloc[0, -3][:-1] + "x"), (-2, "nan"), (-1, "99")):
        other = frame.copy()
        other.iloc[0, column] = wrong
        assert faults(description, path.name, other), (path.name, wrong)
        tried += 1
    rows = [
        [*codes, {"01": ".", "02": "..", "04": ":"}[symbol] if symbol else figure]
        for *codes, _, figure, symbol in frame.itertuples(index=False)
    ]
    names = [each["Klassifikasjonsvariabel"] for each in description.variables[0]["variabler"]][:-1]
    plain.write(to / f"{path.parent.name}-{path.stem}.dat.csv", [*names, "verdi"], rows)
assert tried
print(f"dapla-statbank-client {importlib.metadata.version('dapla-statbank-client')}, by our example of a description")
