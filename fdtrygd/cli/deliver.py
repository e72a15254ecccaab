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

#: What can become of rows, in the order in which it is told; how many is a column.
COUNTED = {
    "ny": "new",
    "fikk_slutt": "got an end",
    "uendret": "unchanged",
    "endret": "changed",
    "borte": "gone",
    "kommet_til": "came up",
}

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make; it must not be there.")]


def deliver(
    order: Annotated[Path, typer.Argument(metavar="ORDER.toml", help="The order (docs/deliveries.md).")],
    to: Out,
    new: Annotated[
        bool, typer.Option("--new", help="Also where the same version of the order was delivered with other rows.")
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The delivery to compare with, where the register gives other rows for it now."
        ),
    ] = None,
) -> None:
    """Make the delivery that an order asks for, from one state of the register: all of it or nothing."""
    with installation.open_current() as connection:
        with progress() as told:
            done = leveranse.deliver(connection, order, to, new=new, previous=previous, progress=told)
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
def line(first: str) -> Iterator[Callable[[str], None]]:
    """A line on a terminal that says what is done, and for how long."""
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )
    with bars:
        task = bars.add_task(first)
        yield lambda words: bars.update(task, description=words, refresh=True)


@contextmanager
def progress(first: str = "finding the persons") -> Iterator[Callable[[str, int], None]]:
    """A line that says what is read, with the rows so far, or which file is written."""
    read: Counter[str] = Counter()
    with line(first) as tell:

        def told(what: str, rows: int) -> None:
            read[what] += rows
            tell(f"reading {what}: {counted(read[what], 'row')}" if rows else f"writing {what}")

        yield told


def compare_deliveries(
    a: Annotated[Path, typer.Argument(metavar="A", help="The folder of a delivery.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="That of another one of the same order.")],
    to: Out,
) -> None:
    """Compare two deliveries of an order: what is new, what got an end, and what should not have changed."""
    with installation.open_current() as connection:
        compared = leveranse.compare_deliveries(connection, a, b, to)
    show_compared(compared)
    say(f"The rows are in {to}. Begin with {to / 'sammenligning.html'}.")


def show_compared(compared: leveranse.Compared) -> None:
    """What became of the older delivery's rows, in counts."""
    older, newer = compared.older, compared.newer
    if not older:
        return
    table = Table("table", *(Column(words, justify="right") for words in COUNTED.values()), box=box.SIMPLE_HEAD)
    for each in compared.tables:
        if each.why_not is None:
            counts = each.counts
            table.add_row(each.name, *(thousands(counts[kind].rows) if kind in counts else "0" for kind in COUNTED))
    say(f"Delivery {older.number} (to {older.last}) and delivery {newer.number} (to {newer.last}), rows:")
    out.print(table)
    for each in compared.tables:
        if each.why_not:
            say(f"{each.name} is not compared: {each.why_not}")
    if compared.reloaded:
        warn(
            "Both orders ask for the same, and yet rows by the older delivery's last day differ: a year was unloaded "
            f"and loaded otherwise; {leveranse.runs_in_words(compared.runs)}."
        )


def show(done: leveranse.Delivered, to: Path) -> None:
    """What a delivery consists of."""
    table = Table("table", Column("rows", justify="right"), Column("persons", justify="right"), box=box.SIMPLE_HEAD)
    for read in done.reads:
        table.add_row(read.table.name, thousands(read.rows), thousands(read.persons))
    out.print(table)
    show_compared(done.compared)
    for remark in done.remarks:
        warn(remark)
    say(f"Delivery {done.number} is in {to}: {thousands(len(done.files))} files. Begin with {to / 'lesmeg.html'}.")
