"""How each reader says what it read, in plain text: as interop.py has the database's rows."""

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any


def described(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Table -> its variables, each with name, type and label."""
    found: dict[str, list[dict[str, str]]] = json.loads((folder / "sannhet" / "beskrivelse.json").read_text("utf-8"))
    return found


def write(path: Path, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([value(each) for each in row] for row in rows)


def value(of: Any) -> str:
    """Nothing for what is missing, 1 and 0 for yes and no, days as YYYY-MM-DD, whole numbers without a point."""
    if of is None or of != of:  # None, NaN, NaT
        return ""
    match of:
        case bool():
            return str(int(of))
        case datetime():
            assert of.time() == datetime.min.time()
            return of.date().isoformat()
        case date():
            return of.isoformat()
        case float():
            assert of == int(of)
            return str(int(of))
    return str(of)
