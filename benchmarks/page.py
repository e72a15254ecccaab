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
    digits: int = 2

    def row(self, measured: float | None) -> list[str]:
        """What it says, the two targets, what was measured, and whether each is met."""

        def met(target: float) -> str:
            if measured is None:
                return "-"
            return "yes" if (measured <= target if self.most else measured >= target) else "no"

        sign = "≤" if self.most else "≥"
        value = "not measured" if measured is None else f"{measured:.{self.digits}f}{self.unit}"
        reach, stretch = (f"{sign} {target:g}{self.unit}" for target in (self.reach, self.stretch))
        return [self.what, reach, stretch, value, met(self.reach), met(self.stretch)]


LOOKUP = "an analyst's longest look-up beside"
TARGETS = {
    "year": Target(f"whole year {LATER}, process start to exit, controls included : floor", 40, 34),
    "unchecked": Target("the same without controls : floor", 22, 18),
    "controls": Target("controls : the rest of the load", 0.8, 0.6),
    "duckdb": Target("DuckDB with copy-back : product without controls", 1, 1.2, most=False),
    "polars": Target("polars with copy-back : product without controls", 1, 1.2, most=False),
    "loop": Target("record-by-record loop : product, same steps", 7, 12, most=False),
    "years": Target("year with 20 earlier years : with one", 1.1, 1.03),
    "persons": Target("4× persons : 1×", 4, 3.8),
    "beside_load": Target(f"{LOOKUP} a full-size load, beside a long reader too", 0.06, 0.02, unit=" s", digits=3),
    "beside_unload": Target(f"{LOOKUP} a full-size unload, beside a long reader too", 0.06, 0.02, unit=" s", digits=3),
    "unloading": Target("unloading a year : loading it", 0.02, 0.005, digits=4),
    "person": Target("one person's history, 20 years loaded, execution of a prepared statement", 1, 0.2, unit=" ms"),
    "day": Target(f"cross-section of a day, {FIRST} to {ASKED} loaded : scan of F_ARBSOK", 0.3, 0.15),
    "deliver_csv": Target("delivery as CSV, process start to exit : COPY of the same query", 1.5, 1.3),
    "deliver_parquet": Target("the same as Parquet", 3, 2.5),
    "deliver_stata": Target("the same as .dta or .sav, the slower one", 4, 3),
    "flatfile": Target("flat file of a year : COPY of its lines", 1.5, 1.3),
    "deliver_few": Target("a hundredth of the persons : everybody, but for two seconds", 0.05, 0.02, digits=3),
    "deliver_client": Target("peak memory of a delivery's client", 300, 200, unit=" MB", digits=0),
    "deliver_growth": Target("the same with ten times the rows : with a tenth of the persons", 1.1, 1.03),
    "register_load": Target("population register, process start to exit : COPY of its files", 3, 2.5),
    "statistics_base": Target("kjennemerke and base of a year's twelve months : that year's load", 1, 0.5),
    "statistics_tables": Target("all tables of a month from its base : COPY of the month's file", 1, 0.5),
    "statistics_rounding": Target("rounding of a national month, the slowest", 5, 2, unit=" s"),
    "statistics_proof": Target("proof of a month (controls 5 and 6) : its rounding", 1, 0.5),
    "statistics_memory": Target("peak memory of making six months : of making the last of them", 1.1, 1.03),
    "statistics_audit": Target("attack on a month's base, the slowest fylke", 60, 10, unit=" s", digits=1),
    "client": Target("client's peak memory, largest of all loads", 150, 100, unit=" MB", digits=0),
}
