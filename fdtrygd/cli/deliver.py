"""`fdtrygd deliver` and `fdtrygd redeliver`: what an order asks for, as a folder of files."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import leveranse
from fdtrygd.cli.given import warn
from fdtrygd.db import installation
from fdtrygd.screen import out, say, thousands

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make; it must not be there.")]


def deliver(
    order: Annotated[Path, typer.Argument(metavar="ORDER.toml", help="The order (docs/deliveries.md).")], to: Out
) -> None:
    """Make the delivery that an order asks for, from one state of the register: all of it or nothing."""
    with installation.open_current() as connection:
        show(leveranse.deliver(connection, order, to), to)


def redeliver(
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the delivery: fdtrygd project list.")], to: Out
) -> None:
    """Make a delivery again, for control or since its files are gone: the same rows, or nothing."""
    with installation.open_current() as connection:
        show(leveranse.redeliver(connection, number, to), to)


def show(done: leveranse.Delivered, to: Path) -> None:
    """What a delivery consists of."""
    table = Table("table", Column("rows", justify="right"), Column("persons", justify="right"), box=box.SIMPLE_HEAD)
    for read in done.reads:
        table.add_row(read.table.name, thousands(read.rows), thousands(read.persons))
    out.print(table)
    for remark in done.remarks:
        warn(remark)
    say(f"Delivery {done.number} is in {to}: {thousands(len(done.files))} files. Begin with {to / 'lesmeg.html'}.")
