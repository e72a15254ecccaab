"""Official statistics: the population register, a year's months from kjennemerke to controls, memory, the attack."""

import json
import shutil
import statistics as stat
import time
from pathlib import Path

from psycopg import sql

from cluster import FOLDER, PRODUCT, PYTHON, RUNS, median_of, run, say
from page import Lines, table
from shared import BLOCK, LATER, Bench

#: Months that are made by one command, to see that it needs no more memory than for one
SEVERAL = 6
STEPS = Path(__file__).resolve().parents[1] / "statistics_steps.py"
#: What is timed of each month, and what it is
MONTHLY = {
    "kjennemerke": "`kjennemerke`, keyed and attached",
    "base": "base and ledger",
    "read": "the base read",
    "rounding": "rounding",
    "protect": "protected counts written and held against the rules, all tables made of them",
    "tables": "of that, the tables",
    "controls": "all controls",
    "proof": "of that, the proof (controls 5 and 6)",
}


def statistics(bench: Bench) -> Lines:
    """12: official statistics."""
    folder = register_of(bench.register.folder)
    name = bench.cluster.clone(bench.register.holding(LATER), "bench_statistics")
    url = bench.cluster.url(name)
    try:
        least = median_of(lambda: copy_register(bench, name, folder), "COPY of the register's files")
        loads = [run(PRODUCT, "register", "load", folder, url=url) for _ in range(RUNS)]
        loading = stat.median(each.seconds for each in loads)
        say(f"register load: {loading:.1f} s")
        months, counts = json.loads(run(PYTHON, STEPS, url, str(LATER), url=url).output)
        say("a year's months: made")
        # The last of them once more: months grow
        several, one = (
            run(PRODUCT, "statistics", "make", *(f"{LATER}M{month:02}" for month in range(first, SEVERAL + 1)), url=url)
            for first in (1, SEVERAL)
        )
    finally:
        bench.cluster.drop(name)

    whole = {step: sum(seconds) for step, seconds in months.items()}
    each = {step: stat.median(seconds) for step, seconds in months.items()}
    slowest = {step: max(seconds) for step, seconds in months.items()}
    year, month = bench.later[0].seconds, bench.floor / 12
    bench.measured |= {
        "register_load": loading / least,
        "statistics_base": (whole["kjennemerke"] + whole["base"]) / year,
        "statistics_tables": each["tables"] / month,
        "statistics_rounding": slowest["rounding"],
        "statistics_proof": each["proof"] / each["rounding"],
        "statistics_memory": several.mb / one.mb,
        "statistics_audit": slowest["attack"],
    }
    bench.client(*(load.mb for load in loads))
    return [
        f"The population register of the full month files' persons, {sum(size(folder)) / 1e6:.0f} MB in"
        f" {len(size(folder))} CSV files. Base: COPY of them, as they are, into unlogged tables without index"
        f" ({least:.2f} s). `fdtrygd register load`, process start to exit: {loading:.2f} s, {loading / least:.2f} of"
        f" it; the client {max(load.mb for load in loads):.0f} MB. Medians of three.",
        "",
        f"The twelve months of {LATER}, one after the other in one transaction; of a month the median. The load"
        f" of the year took {year:.1f} s, COPY of a month file {month:.2f} s. The last month has"
        f" {counts['base']} base cells, {counts['small']} of them with one or two persons, and {counts['cells']}"
        " cells in its tables.",
        "",
        *table(
            ("step", "seconds a month", ": COPY of a month file", "of the year : its load"),
            *((what, each[step], each[step] / month, f"{whole[step] / year:.3f}") for step, what in MONTHLY.items()),
        ),
        f"Rounding took {slowest['rounding']:.2f} s in its slowest month. The attack on the last month, fylke by fylke:"
        f" {counts['attacked']} figures of one or two persons, {counts['disclosed']} of them worked out,"
        f" {slowest['attack']:.2f} s in its slowest fylke. `fdtrygd statistics make` of {SEVERAL} months:"
        f" {several.seconds:.1f} s, {several.mb:.0f} MB; of the last of them: {one.seconds:.1f} s, {one.mb:.0f} MB.",
        "",
    ]


def register_of(months: Path) -> Path:
    """The folder with the register of the month files' persons; made if it is not there."""
    folder = FOLDER / f"{months.name}-register"
    if not (folder / "SYNTHETIC.json").exists():
        say("making the population register")
        shutil.rmtree(folder, ignore_errors=True)  # what an interrupted run left
    run(PRODUCT, "synthetic-register", folder, "--data", months)
    return folder


def size(folder: Path) -> list[int]:
    """The bytes of each of the register's files."""
    return [path.stat().st_size for path in sorted(folder.glob("*.csv"))]


def copy_register(bench: Bench, name: str, folder: Path) -> float:
    """Seconds to COPY the register's files into new tables, which are dropped."""
    with bench.cluster.connect(name) as connection:
        paths = sorted(folder.glob("*.csv"))
        tables = {path: sql.Identifier(f"bench_{path.stem}") for path in paths}
        for path, to in tables.items():
            columns = path.open().readline().strip().split(",")
            typed = sql.SQL(", ").join(sql.SQL('{} text COLLATE "C"').format(sql.Identifier(each)) for each in columns)
            connection.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(to, typed))
        began = time.perf_counter()
        for path, to in tables.items():
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv, HEADER true)").format(to)
            with path.open("rb", buffering=0) as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
                while block := file.read(BLOCK):
                    copy.write(block)
        seconds = time.perf_counter() - began
        for to in tables.values():
            connection.execute(sql.SQL("DROP TABLE {}").format(to))
    return seconds
