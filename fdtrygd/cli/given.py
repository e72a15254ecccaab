"""What several commands are given: a year, and the month files beside it."""

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from fdtrygd import files as month_files
from fdtrygd import lasting, settings
from fdtrygd.db import database
from fdtrygd.screen import err, out

Year = Annotated[int, typer.Argument(metavar="YEAR", min=1992, max=2099)]
Data = Annotated[Path | None, typer.Option(metavar="DIR", help="The month files arbsok_YYYYMM.csv/.parquet/.sas7bdat.")]
Jobs = Annotated[
    int, typer.Option(min=1, max=64, help="Connections that work side by side; as many as there are cores.")
]
CORES = os.cpu_count() or 1
#: Unknown codes named after a load, the most frequent ones of each variable.
NAMED = 8


def warn(sentence: str) -> None:
    """What does not end the command, on stderr."""
    err.print(f"Warning: {sentence}", soft_wrap=True)


def changed_files(
    connection: database.Connection, found: dict[int, dict[int, month_files.MonthFile]], *, keep: bool
) -> list[month_files.MonthFile]:
    """The files of loaded years that are not what was loaded; those that cannot be compared are warned of."""
    changed, unread = lasting.changed_files(connection, found, keep=keep)
    for sentence in unread:
        warn(sentence)
    return changed


def size(files: dict[int, month_files.MonthFile]) -> int:
    """The bytes of a year's files, of those that are files."""
    return sum(file.path.stat().st_size for file in files.values() if not month_files.fault(file))


def sample() -> Path:
    """The default sample's directory; made on first use."""
    if not (settings.SAMPLE / settings.MARKER).exists():
        err.print(f"No --data given: making the synthetic sample in {settings.SAMPLE}", soft_wrap=True)
        shutil.rmtree(settings.SAMPLE, ignore_errors=True)  # what an interrupted run left
        from fdtrygd import synthetic  # numpy takes longer to import than most commands take

        synthetic.make(settings.SAMPLE)
    return settings.SAMPLE


def show_remarks(result: lasting.YearResult) -> None:
    """What is suspicious in a year, and the codes that no code list has."""
    for warning in result.warnings:
        warn(warning)
    for variable, codes in result.unknown_codes.items():
        codes.sort(key=lambda code: -code[1])
        listed = ", ".join(f"{code} ({count})" for code, count in codes[:NAMED])
        if len(codes) > NAMED:
            listed += f" and {len(codes) - NAMED} more"
        out.print(f"{result.year}, {variable} in no code list (records): {listed}")
