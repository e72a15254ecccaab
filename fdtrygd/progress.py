"""How far a load has come, for whoever watches it."""

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from fdtrygd import runner
from fdtrygd.screen import err


class Bars:
    """Progress on stderr: a bar for each year on a terminal, a line for each phase elsewhere."""

    def __init__(self) -> None:
        self.bars = Progress(
            TextColumn("{task.fields[year]}"),
            BarColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=err,
            disable=not err.is_terminal,
        )
        self.task: TaskID | None = None
        self.share = 0.0

    def begin(self, year: int, size: int) -> None:
        """A year whose files have `size` bytes together begins; reading counts as half of it."""
        self.share = size / len(runner.PHASES)
        self.task = self.bars.add_task("", total=2 * size, year=year)

    def phase(self, year: int, what: str) -> None:
        """The year has come to the phase `what`."""
        if not err.is_terminal:
            err.print(f"{year}: {what}")
        elif self.task is not None:
            self.bars.update(self.task, description=what, advance=0 if what == runner.READING else self.share)

    def read(self, count: int) -> None:
        """`count` more bytes of the year's files have been read."""
        if self.task is not None:
            self.bars.advance(self.task, count)

    def end(self) -> None:
        """The year is committed."""
        if self.task is not None:
            self.bars.update(self.task, description="loaded", completed=self.bars.tasks[self.task].total)
