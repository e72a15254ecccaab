"""The controls and the report of a year, beside its load."""

import tempfile
from pathlib import Path

from fdtrygd import kontroll

from cluster import PRODUCT, median_of, run
from page import Lines, table
from shared import FIRST, LATER, Bench


def controls(bench: Bench) -> Lines:
    """8: the controls and the report of a year, beside its load."""
    whole = bench.later[0]
    url = bench.cluster.url(bench.register.holding(LATER))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        commands: dict[str, list[str | Path]] = {
            f"`fdtrygd check {LATER}`": [PRODUCT, "check", str(LATER)],
            f"`fdtrygd report {LATER}`": [PRODUCT, "report", str(LATER), "--out", report],
        }
        seconds = {
            what: median_of(lambda command=command: run(*command, url=url).seconds, what)  # type: ignore[misc]
            for what, command in commands.items()
        }
        size = report.stat().st_size / 1e6
    both = sum(seconds.values())
    checking = whole.phases[kontroll.CHECKING]
    rows: list[list[object]] = [[f"load of {LATER}, its controls included", 1.0, whole.seconds]]
    rows.append(["of it: the phase *controls*", checking / whole.seconds, checking])
    rows.append(["load without its controls", whole.unchecked / whole.seconds, whole.unchecked])
    rows += [[what, each / whole.seconds, each] for what, each in seconds.items()]
    rows.append(["both commands together", both / whole.seconds, both])
    return [
        f"After the load of {FIRST} to {LATER}, processes from start to exit. The load runs the controls in the"
        " transaction that puts the year in place, as `fdtrygd check` does on what is committed: the persons in"
        " eight parts, by as many processes of the server as there are cores. The report is one file of"
        f" {size:.1f} MB.",
        "",
        *table(("what", ": load", "seconds"), *rows),
    ]
