"""What is written of it: tables in Markdown, and the table of targets."""

from collections.abc import Iterable
from dataclasses import dataclass

from cluster import Run
from shared import ASKED, FIRST, LATER

Lines = list[str]


def table(head: Iterable[str], *rows: Iterable[object]) -> Lines:
    """A table; every column but the first is set to the right. Floats get two decimals."""
    head = list(head)

    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"

    return [line(head), "|---" + "|--:" * (len(head) - 1) + "|", *map(line, rows), ""]


def spread(runs: Iterable[Run]) -> str:
    """The least and the largest of several loads' seconds."""
    seconds = [each.seconds for each in runs]
    return f"{min(seconds):.1f} to {max(seconds):.1f}"


@dataclass(frozen=True)
class Target:
    """A row of the table of targets; `most`: the measured value must not be above, else not below."""

    what: str
    reach: float
    stretch: float
    most: bool = True
    unit: str = ""

    def row(self, measured: float | None) -> list[str]:
        """What it says, the two targets, what was measured, and whether each is met."""

        def met(target: float) -> str:
            if measured is None:
                return "-"
            return "yes" if (measured <= target if self.most else measured >= target) else "no"

        sign = "≤" if self.most else "≥"
        value = "not measured" if measured is None else f"{measured:.2f}{self.unit}"
        reach, stretch = (f"{sign} {target:g}{self.unit}" for target in (self.reach, self.stretch))
        return [self.what, reach, stretch, value, met(self.reach), met(self.stretch)]


TARGETS = {
    "year": Target(f"whole year {LATER}, from process start to exit : floor", 5, 3.5),
    "spells": Target(
        "finished miniregister records to F_ARBSOK (floor + comparing, spells, placing) : floor", 3.5, 2.7
    ),
    "loop": Target("record-by-record loop : whole year without controls", 30, 60, most=False),
    "duckdb": Target("DuckDB with copy-back : whole year without controls", 1, 1.5, most=False),
    "polars": Target("polars with copy-back : whole year without controls", 1, 1.5, most=False),
    "years_20_0": Target("year with 20 earlier years : with none", 1.2, 1.05),
    "years_20_1": Target("year with 20 earlier years : with one", 1.2, 1.05),
    "persons": Target("4× persons : 1×", 4.4, 4),
    "controls": Target(f"controls and report of {LATER} : whole year", 1, 0.5),
    "person": Target(f"one person's history after {FIRST} to {ASKED}", 1, 0.1, unit=" ms"),
    "client": Target("client's peak memory, largest of all loads", 200, 100, unit=" MB"),
}
