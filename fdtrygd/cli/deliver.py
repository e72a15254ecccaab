"""`fdtrygd deliver` and `fdtrygd redeliver`: what an order asks for, as a folder of files."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from fdtrygd import leveranse
from fdtrygd.cli.given import warn
from fdtrygd.db import installation
from fdtrygd.screen import counted, err, out, say, thousands

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make; it must not be there.")]


def deliver(
    order: Annotated[Path, typer.Argument(metavar="ORDER.toml", help="The order (docs/deliveries.md).")], to: Out
) -> None:
    """Make the delivery that an order asks for, from one state of the register: all of it or nothing."""
    with installation.open_current() as connection:
        with progress() as told:
            done = leveranse.deliver(connection, order, to, told)
        show(done, to)


def redeliver(
    number: Annotated[
        int, typer.Argument(metavar="N", min=1, max=2**31 - 1, help="Number of the delivery: fdtrygd project list.")
    ],
    to: Out,
) -> None:
    """Make a delivery again, for control or since its files are gone: the same rows, or nothing."""
    with installation.open_current() as connection:
        with progress() as told:
            done = leveranse.redeliver(connection, number, to, told)
        show(done, to)


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
    """A line on a terminal that says what is read, with the rows so far, or which file is written."""
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )
    read: Counter[str] = Counter()
    with bars:
        line = bars.add_task("finding the persons")

        def told(what: str, rows: int) -> None:
            read[what] += rows
            words = f"reading {what}: {counted(read[what], 'row')}" if rows else f"writing {what}"
            bars.update(line, description=words, refresh=True)

        yield told


def show(done: leveranse.Delivered, to: Path) -> None:
    """What a delivery consists of."""
    table = Table("table", Column("rows", justify="right"), Column("persons", justify="right"), box=box.SIMPLE_HEAD)
    for read in done.reads:
        table.add_row(read.table.name, thousands(read.rows), thousands(read.persons))
    out.print(table)
    for remark in done.remarks:
        warn(remark)
    say(f"Delivery {done.number} is in {to}: {thousands(len(done.files))} files. Begin with {to / 'lesmeg.html'}.")
