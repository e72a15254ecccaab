"""`fdtrygd synthetic-register`: a population register of nobody."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from fdtrygd.cli.given import sample
from fdtrygd.errors import UserError
from fdtrygd.screen import counted, say


def synthetic_register(
    directory: Annotated[Path, typer.Argument(metavar="DIR")],
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="The synthetic month files.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Make a population register of the persons in synthetic month files. Without --data: those of the sample."""
    from fdtrygd import synthetic  # numpy takes longer to import than most commands take

    try:
        persons = synthetic.make_register(directory, data or sample(), seed=seed)
    except OSError as error:
        raise UserError(f"{directory} cannot be written: {error.strerror}. Name another folder.") from None
    say(f"{counted(persons, 'person')} of nobody in {directory}")
    say(f"To load it, beside those month files: make register-load DIR={shlex.quote(str(directory.resolve()))}")
