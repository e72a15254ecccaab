"""A folder of synthetic files: written whole, with a marker that is written last."""

import json
from pathlib import Path

from fdtrygd.errors import UserError
from fdtrygd.settings import MARKER

PRODUCT = "fdtrygd synthetic"


def write(path: Path, content: bytes) -> None:
    """Writes the file whole or not at all."""
    half = path.with_name(path.name + ".tmp")
    half.write_bytes(content)
    half.replace(path)


def mark(directory: Path, marker: dict[str, object], records: int) -> None:
    """The folder is complete, and synthetic."""
    write(directory / MARKER, (json.dumps({**marker, "records": records}, indent=2) + "\n").encode())


def existing(directory: Path, marker: dict[str, object]) -> int | None:
    """The number of records if the directory holds just this sample; None if it is free."""
    if not directory.exists() or (directory.is_dir() and not any(directory.iterdir())):
        return None
    if not directory.is_dir():
        raise UserError(f"{directory} is no folder. Name one, which is made where it is missing.")
    advice = "Choose an empty directory, or remove this one yourself and start again."
    try:
        found = json.loads((directory / MARKER).read_text())
        records = int(found["records"])
    except (OSError, ValueError, TypeError, KeyError):
        raise UserError(
            f"{directory} holds files and no valid {MARKER}: they may be real ones, or left by a run that "
            f"was interrupted. {advice}"
        ) from None
    if {**found, "records": 0} != {**marker, "records": 0}:
        raise UserError(f"{directory} holds another synthetic sample (see its {MARKER}). {advice}")
    return records
