"""`fdtrygd synthetic`: month files of nobody."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from fdtrygd.errors import UserError
from fdtrygd.screen import counted, say


def month(text: str) -> tuple[int, int]:
    try:
        year, number = map(int, text.split("-"))
    except ValueError:
        raise typer.BadParameter("a month is written YYYY-MM") from None
    if not 1 <= number <= 12:
        raise typer.BadParameter("a month is written YYYY-MM")
    return year, number


def make_synthetic(
    directory: Annotated[Path, typer.Argument(metavar="DIR")],
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM")] = "2001-01",
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM")] = "2005-12",
    persons: Annotated[
        int | None, typer.Option(min=1, help="Persons registered in a month, about.", show_default="3000")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    full: Annotated[bool, typer.Option("--full", help="As many records as the real register, and its shares.")] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet instead of CSV.")] = False,
) -> None:
    """Make synthetic month files; their fødselsnummer (80 added to the month) can hit no real person."""
    from fdtrygd import synthetic  # numpy takes longer to import than most commands take

    if full and persons is not None:
        raise UserError("--full has the register's own size (docs/full-volume.md): leave out --persons, or --full.")
    try:
        records = synthetic.make(
            directory,
            first=month(first),
            last=month(last),
            persons=3000 if persons is None else persons,
            seed=seed,
            full=full,
            parquet=parquet,
        )
    except OSError as error:
        raise UserError(f"{directory} cannot be written: {error.strerror}. Name another folder.") from None
    say(f"{counted(records, 'synthetic record')} in {directory}")
    say(next_step(directory, month(first), month(last)))


def next_step(directory: Path, first: tuple[int, int], last: tuple[int, int]) -> str:
    """What to do with the files of these months: a year is loaded whole."""
    years = range(first[0] + (first[1] > 1), last[0] + (last[1] == 12))
    if not years:
        return "No year is complete: a load takes whole years, --from YYYY-01 --to YYYY-12."
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    data = shlex.quote(str(directory.resolve()))
    return f"To load {span}, into a database of its own: make load-year YEAR={years[-1]} DATA={data}"
