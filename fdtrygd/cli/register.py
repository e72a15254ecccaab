"""`fdtrygd register`: the population register that statistics take sex, age and residence from."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import befolkning
from fdtrygd.cli.deliver import line
from fdtrygd.cli.given import warn
from fdtrygd.db import installation
from fdtrygd.leaving import stoppable
from fdtrygd.screen import out, say, thousands

app = typer.Typer(no_args_is_help=True, help="The population register: sex, age and residence of persons.")


@app.callback()
def register() -> None:
    """The population register: sex, age and residence of persons."""


@app.command()
def load(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Its folder: person, bosted, status … (docs/population.md).")
    ],
) -> None:
    """Load a population register in the place of the one before: all of it or nothing."""
    with installation.open_current(upgrades=True) as connection, stoppable(), line("looking at the files") as tell:
        done = befolkning.load(connection, directory, tell)
    show(done)


def show(done: befolkning.Loaded) -> None:
    """What was loaded, and what is remarkable in it, in counts."""
    table = Table("population register", Column("", justify="right"), box=box.SIMPLE_HEAD)
    for name, words in (befolkning.COUNTED | {"motsagte": "numbers set aside"}).items():
        table.add_row(words, thousands(done.counts[name]))
    for reason, count in sorted(done.counts["satt_til_side"].items()):
        table.add_row(f"  {reason}", thousands(count))
    out.print(table)
    for sentence in done.warnings:
        warn(sentence)
    if done.counts["motsagte"]:
        say("Why numbers were set aside: select * from befolkning.satt_til_side, as the owner of the tables.")
    say(f"The population register is loaded: version {done.version}, which knows what was up to {done.valid_to}.")
