"""`make bench`: what a year's load costs, measured in one run on this machine, written to docs/measured.

Everything is compared with one thing, the floor: COPY of the year's month files, as they are, into one unlogged table
without index. The product is called as a user calls it, by a process of its own, on an embedded server of the
benchmark's own; every load starts from a fresh copy of the same database. Seconds are wall time, medians of three.

    .venv/bin/python benchmarks/bench.py                       all of it, at full size
    .venv/bin/python benchmarks/bench.py --quick --out FILE    a small sample: shows that it runs, measures nothing
    .venv/bin/python benchmarks/bench.py --only loop           one section, and what it needs; printed
"""

import argparse
import importlib
import json
import os
import platform
import signal
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psycopg
from fdtrygd import settings
from fdtrygd.db import server

from cluster import FULL, QUICK, Cluster, median_of, one, say
from page import TARGETS, Lines, table
from sections import SECTIONS
from shared import Bench

DOCUMENT = settings.ROOT / "docs" / "measured" / f"{date.today():%Y-%m-%d}-benchmark.md"
#: The load average above which the figures deserve a warning.
BUSY = 0.5
#: Seconds in which it may come below that.
PATIENCE = 180


def machine(cluster: Cluster, load: float, quick: bool) -> Lines:
    """Where and with what it was measured."""
    git = ["git", "-C", str(settings.ROOT)]
    revision, changed = (
        subprocess.run([*git, *words], capture_output=True, text=True, check=False).stdout.strip()
        for words in (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--untracked-files=no"])
    )
    with cluster.connect() as connection:
        (postgresql,) = one(connection, "SHOW server_version")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("psycopg", "duckdb", "polars"))
    lines = [
        f"Measured on {date.today():%Y-%m-%d}, product {settings.product_version()} at commit"
        f" `{revision or 'unknown'}`{' with changes' if changed else ''}; PostgreSQL {postgresql} (embedded, fsync on),"
        f" Python {platform.python_version()}, {versions}; {platform.system()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GB memory, load average before the start {load:.2f}.",
        "",
    ]
    if load > BUSY:
        lines += ["**The machine was not idle: ratios of single runs may be off.**", ""]
    if quick:
        lines += ["**Quick mode: a small sample. The figures show that it runs, and measure nothing.**", ""]
    return lines


def idle() -> float:
    """The load average, when what ran just before, as the opponents' tests, is out of it; or after three minutes."""
    until = time.monotonic() + PATIENCE
    while (load := os.getloadavg()[0]) > BUSY and time.monotonic() < until:
        time.sleep(5)
    return load


def document(cluster: Cluster, only: str | None, quick: bool) -> str:
    """Measures, and tells of it."""
    load = os.getloadavg()[0] if quick else idle()
    if load > BUSY:
        say(f"Warning: the load average is {load:.2f}; others use this machine.")
    bench, told = Bench(cluster), Lines()
    began = time.monotonic()
    for name, (heading, section) in SECTIONS.items():
        if only in (None, name):
            say(heading)
            told += [f"## {heading}", "", *section(bench)]
    drift = ""
    if only is None:
        again = median_of(lambda: bench.copy_files(1), "floor at the end")
        drift = f" The floor, measured again at the end, was {again / bench.floor:.2f}."
    minutes = (time.monotonic() - began) / 60
    command = f"benchmarks/bench.py --only {only}" if only else "make bench"
    return "\n".join(
        [
            "# Benchmark",
            "",
            f"Written by `{command}`. Ratios carry over to another machine, seconds do not. The floor, 1.00, is COPY"
            " of the year's month files into one unlogged table without index. Medians of three, unless another number"
            f" is given. All data are synthetic. The measurements took {minutes:.0f} minutes.{drift}",
            "",
            *machine(cluster, load, quick),
            "## Targets",
            "",
            *table(
                ("what", "reach", "stretch", "measured", "reach met", "stretch met"),
                # One section has its own targets alone
                *(
                    target.row(bench.measured.get(name))
                    for name, target in TARGETS.items()
                    if only is None or name in bench.measured
                ),
            ),
            *told,
        ]
    )


def opponent(module: str, url: str, folder: Path, year: int) -> None:
    """One load by an opponent, in this process: prints seconds, and seconds by phase."""
    load_year = importlib.import_module(module).load_year
    began = time.perf_counter()
    options = {"threads": os.cpu_count() or 1} if module == "duckdb_year" else {}  # polars takes all of itself
    phases = load_year(url, folder, year, **options)
    print(json.dumps([time.perf_counter() - began, phases]))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="What a year's load costs, measured on this machine.")
    parser.add_argument("--quick", action="store_true", help="a small sample: shows that it runs, measures nothing")
    parser.add_argument("--only", choices=SECTIONS, help="one section, and what it needs")
    parser.add_argument("--out", type=Path, help="where to write, if not to docs/measured")
    for internal in ("--opponent", "--url"):
        parser.add_argument(internal, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--year", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.opponent:
        opponent(given.opponent, given.url, given.folder, given.year)
        return
    out = given.out or (None if given.quick or given.only else DOCUMENT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is below cleans up
    cluster = Cluster(QUICK if given.quick else FULL)
    try:
        text = document(cluster, given.only, given.quick)
    except psycopg.Error as error:  # its detail may quote a record
        raise SystemExit(f"The database refused ({error.sqlstate}): {error.diag.message_primary}") from None
    finally:
        cluster.drop_all()
        server.stop(cluster.data)
    if out:
        out.write_text(text)
        say(f"written: {out}")
    else:
        print(text)


if __name__ == "__main__":
    main()
