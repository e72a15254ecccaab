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
import queue
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Self

import psycopg
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import database, server
from psycopg import sql

import loop

Connection = psycopg.Connection[Any]
Lines = list[str]

FOLDER = settings.STATE / "bench"
DOCUMENT = settings.ROOT / "docs" / "measured" / f"{date.today():%Y-%m-%d}-benchmark.md"
PYTHON = Path(sys.executable)
PRODUCT = PYTHON.with_name("fdtrygd")
RUNS = 3
FIRST, LATER = 2001, 2003
#: The last of the years that analysts ask about.
ASKED = 2005
#: Bytes that a COPY of the floor hands to libpq at a time.
BLOCK = 1 << 18
#: Seconds between two looks at the server's memory.
EVERY = 0.1
#: 1×, 2×, 4×
TIMES = (1, 2, 4)
#: Years loaded before the one that is measured.
EARLIER_YEARS = (0, 1, 5, 20)
LAST = 2021
#: The load average above which the figures deserve a warning.
BUSY = 0.5
#: What is compared in `opponent`: every record of F_ARBSOK, in the key's order. lopenr is in it; it depends on what
#: lopenummer_nokkel holds, which is the same in all databases here, since they all come from the one in `schema`.
DIGEST = (
    "SELECT count(*), md5(string_agg(md5(f::text), '' ORDER BY f.lopenr, f.regdato, f.kode))"
    " FROM trygdfob.f_arbsok AS f"
)


@dataclass(frozen=True)
class Sizes:
    """Which synthetic files are measured."""

    full: tuple[str, ...]  # arguments of `fdtrygd synthetic`
    persons: int  # registered in a month, 1× of the growth in persons
    persons_of_years: int  # the same for the growth in years


FULL = Sizes(("--full",), 30_000, 20_000)
QUICK = Sizes(("--persons", "4000"), 1_000, 500)


def say(text: str) -> None:
    """A line of progress."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------- processes


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    seconds: float  # from its start to its exit
    mb: float  # its largest resident memory, MB
    output: str


def run(*command: str | Path, url: str = "") -> Ended:
    """Runs a program; SystemExit with its own words when it fails.

    Linux counts into a child's largest memory what its parent had when it was started, so this program stays small.
    """
    environment = {**os.environ, "FDTRYGD_DATABASE_URL": url}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment, cwd=settings.ROOT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(f"{Path(command[0]).name} {command[1]} failed:\n{err.read()[-2000:]}")
        return Ended(seconds, usage.ru_maxrss * 1024 / 1e6, out.read())


class Watch:
    """The server's memory that is nobody else's: the largest sum of its processes' anonymous memory, MB."""

    def __init__(self, postmaster: int) -> None:
        self.postmaster = postmaster
        self.mb = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        children = Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children")
        while not self.over.wait(EVERY):
            with suppress(OSError):
                self.mb = max(self.mb, sum(map(anonymous, children.read_text().split())) / 1e6)


def anonymous(pid: str) -> int:
    """Bytes of a process's resident memory that are neither a file's nor shared memory."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


# ------------------------------------------------------------------------------------------------- the server


class Cluster:
    """The benchmark's own embedded server, its databases, and the synthetic files."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.data = FOLDER / "server"
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.address = server.start(self.data)
        self.postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        self.drop_all()

    def url(self, name: str) -> str:
        """The URI of the database."""
        return self.address.replace(f"///{server.NAME}?", f"///{name}?")

    def connect(self, name: str = "postgres") -> Connection:
        """A connection that commits each statement."""
        return psycopg.connect(self.url(name), autocommit=True)

    def execute(self, *statements: sql.SQL | sql.Composed) -> None:
        """Statements outside the measured databases."""
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def clone(self, template: str, name: str) -> str:
        """A copy of the database, on disk."""
        self.drop(name)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self.execute(copy.format(sql.Identifier(name), sql.Identifier(template)), sql.SQL("CHECKPOINT"))
        return name

    def drop(self, name: str) -> None:
        """The database is gone."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def rename(self, name: str, to: str) -> None:
        """The database has another name."""
        self.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))

    def drop_all(self) -> None:
        """Drops every database that the benchmark made."""
        with self.connect() as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, 'bench_')"
            ).fetchall()
        for (name,) in names:
            self.drop(name)

    @cached_property
    def schema(self) -> str:
        """A database with the product's schema and nothing in it."""
        self.clone("template1", "bench_schema")
        run(PRODUCT, "db", "upgrade", url=self.url("bench_schema"))
        return "bench_schema"

    def files(self, *arguments: str, first: int, last: int) -> Path:
        """A folder with synthetic month files of these years; made if it is not there."""
        name = "-".join(argument.strip("-") for argument in arguments)
        folder = FOLDER / f"{name}-{first}-{last}"
        if not (folder / "SYNTHETIC.json").exists():
            say(f"making synthetic files: {' '.join(arguments)}, {first} to {last}")
            shutil.rmtree(folder, ignore_errors=True)  # what an interrupted run left
        run(PRODUCT, "synthetic", folder, *arguments, "--from", f"{first}-01", "--to", f"{last}-12")
        return folder


@dataclass(frozen=True)
class Run:
    """A year's load: seconds, MB."""

    seconds: float  # from the process's start to its exit
    phases: dict[str, float]  # in no order
    steps: dict[str, float]  # added up over connections
    records: int
    client: float
    server: float
    wal: float
    temporary: float

    @property
    def load(self) -> float:
        """Seconds of the load itself."""
        return sum(self.phases.values())


@dataclass
class Series:
    """A series of years from one folder of files, loaded by the product: a database for each state it is in."""

    cluster: Cluster
    name: str
    folder: Path
    first: int
    start: date | None = None  # of the series, where it is not the product's own
    held: dict[int, str] = field(default_factory=dict)

    def holding(self, year: int) -> str:
        """A database that holds the years up to `year`."""
        if self.first - 1 not in self.held:
            self.held[self.first - 1] = self.cluster.clone(self.cluster.schema, f"bench_{self.name}_{self.first - 1}")
            with self.cluster.connect(self.held[self.first - 1]) as connection:
                if self.start:
                    connection.execute("UPDATE trygdfob.innstilling SET serie_start = %s", [self.start])
        if year not in self.held:
            before = max(each for each in self.held if each < year)
            say(f"{self.name}: loading up to {year}, not measured")
            name = self.cluster.clone(self.held[before], f"bench_{self.name}_{year}")
            run(PRODUCT, "load-year", str(year), "--data", self.folder, url=self.cluster.url(name))
            self.held[year] = name
        return self.held[year]

    def load(self, year: int, *options: str, folder: Path | None = None, without: LiteralString = "") -> Run:
        """Loads the year into a copy of the database that holds the years before it, `without` an index of its."""
        cluster = self.cluster
        name = cluster.clone(self.holding(year - 1), f"bench_{self.name}_run")
        with cluster.connect(name) as connection:
            if without:
                connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier("trygdfob", without)))
            before = counters(connection)
        with Watch(cluster.postmaster) as watch:
            data = str(folder or self.folder)
            ended = run(PRODUCT, "load-year", str(year), "--data", data, *options, url=cluster.url(name))
        time.sleep(0.5)  # the connections' last counts arrive
        with cluster.connect(name) as connection:
            wal, temporary = (b - a for a, b in zip(before, counters(connection), strict=True))
            seconds, counts = one(
                connection, "SELECT sekunder, antall FROM trygdfob.kjorelogg WHERE aargang = %s", year
            )
        steps = seconds.pop("steps")
        if year in self.held or without:
            cluster.drop(name)
        else:
            self.held[year] = f"bench_{self.name}_{year}"
            cluster.rename(name, self.held[year])
        records = counts["lagsasf"]
        return Run(ended.seconds, seconds, steps, records, ended.mb, watch.mb, wal / 1e6, temporary / 1e6)

    def load_three(self, year: int, *options: str) -> list[Run]:
        """The same load three times, the median one first."""
        runs = []
        for number in range(RUNS):
            runs.append(self.load(year, *options))
            say(f"{self.name}: {year} {' '.join(options)} {number + 1}/{RUNS}: {runs[-1].seconds:.2f} s")
        runs.sort(key=lambda each: each.seconds)
        return [runs.pop(RUNS // 2), *runs]

    def forget(self) -> None:
        """Drops the series' databases."""
        for name in self.held.values():
            self.cluster.drop(name)
        self.held.clear()


def counters(connection: Connection) -> tuple[int, int]:
    """Bytes of WAL that the server has written, and of temporary files for this database, so far."""
    wal, temporary = one(
        connection,
        "SELECT pg_current_wal_insert_lsn() - '0/0', temp_bytes FROM pg_stat_database"
        " WHERE datname = current_database()",
    )
    return int(wal), int(temporary)


def one(connection: Connection, query: LiteralString, *parameters: Any) -> Any:
    """The query's first row."""
    row = connection.execute(query, parameters or None).fetchone()
    assert row is not None
    return row


def median_of(work: Callable[[], float], what: str) -> float:
    """The median of three."""
    seconds = []
    for number in range(RUNS):
        seconds.append(work())
        say(f"{what} {number + 1}/{RUNS}: {seconds[-1]:.2f} s")
    return statistics.median(seconds)


# ------------------------------------------------------------------------------------------------- Markdown


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


#: The index for what holds on a day.
INDEX: LiteralString = "f_arbsok_gjelder"
STOCK = "stock of all month ends, five years"
#: What analysts ask; {} is a person of ten stretches.
ASKED_FOR: tuple[tuple[str, LiteralString], ...] = (
    ("one person: periode", "SELECT * FROM arbsok.periode WHERE lopenr = {} ORDER BY regdato"),
    ("one person: gruppetilfelle", "SELECT * FROM arbsok.gruppetilfelle WHERE lopenr = {} ORDER BY asoktilg"),
    ("one person: tilfelle", "SELECT * FROM arbsok.tilfelle WHERE lopenr = {} ORDER BY tilgdato"),
    ("cross-section of a day, everything", "SELECT * FROM arbsok.tverrsnitt('2003-12-31')"),
    ("cross-section of a day, by hoved", "SELECT hoved, count(*) FROM arbsok.tverrsnitt('2003-12-31') GROUP BY 1"),
    ("month panel of a month",
     "SELECT lopenr, maaned, dager, hoved, ytelse, dager_5 FROM arbsok.manedspanel('2003-06-01', '2003-06-30')"),
    (STOCK, "SELECT * FROM arbsok.beholdning('2001-05-01', '2005-12-31', 'maaned')"),
    ("stock of all days, five years", "SELECT * FROM arbsok.beholdning('2001-05-01', '2005-12-31', 'dag')"),
    ("flow by month, five years", "SELECT * FROM arbsok.strom('2001-05-01', '2005-12-31')"),
    ("durations of all main spells", "SELECT * FROM arbsok.varighet()"),
)  # fmt: skip
OF_A_DAY = tuple(what for what, _ in ASKED_FOR[3:6])

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


# ------------------------------------------------------------------------------------------------- sections


class Bench:
    """The measurements, each made when it is first asked for, and the sections that tell of them."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.measured: dict[str, float] = {}
        self.copied = 0  # records that the floor copied last

    # What several sections need

    @cached_property
    def register(self) -> Series:
        """The register of full size."""
        return Series(
            self.cluster, "full", self.cluster.files(*self.cluster.sizes.full, first=FIRST, last=ASKED), FIRST
        )

    @cached_property
    def floor(self) -> float:
        """Seconds of the floor: COPY of the later year's files into one unlogged table, one connection."""
        return median_of(lambda: self.copy_files(1), "floor")

    @cached_property
    def first(self) -> list[Run]:
        """The first year, as many connections as the product takes of itself."""
        return self.register.load_three(FIRST)

    @cached_property
    def later(self) -> list[Run]:
        """The later year, likewise; the median first."""
        return self.register.load_three(LATER)

    def copy_files(self, connections: int) -> float:
        """Seconds to COPY the later year's files, header line and all, into a new table; so many connections."""
        files: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for month in range(1, 13):
            files.put(self.register.folder / f"arbsok_{LATER}{month:02}.csv")
        name = "bench_floor"
        self.cluster.clone("template1", name)
        with self.cluster.connect(name) as connection:
            connection.execute(
                'CREATE UNLOGGED TABLE raw (fnr text COLLATE "C", as_stat text, dagdato text, ant_d_as text,'
                " as_gr text, as_f text, mnd text)"
            )
        opened = [self.cluster.connect(name) for _ in range(connections)]
        with ThreadPoolExecutor(connections) as threads:
            began = time.perf_counter()
            for _ in threads.map(copy_in, opened, [files] * connections):
                pass
            seconds = time.perf_counter() - began
        for each in opened:
            each.close()
        with self.cluster.connect(name) as connection:
            (self.copied,) = one(connection, "SELECT count(*) FROM raw")
        self.cluster.drop(name)
        return seconds

    # The sections

    def floor_section(self) -> Lines:
        """1: the floor, and the least that writing the result costs."""
        floor = self.floor
        two = median_of(lambda: self.copy_files(2), "floor, two connections")
        _ = self.first, self.later  # what they leave holds the year
        if self.copied != self.later[0].records:
            raise SystemExit(f"The floor copied {self.copied} records, the product read {self.later[0].records}.")
        parts = self.bound()
        rows = [("COPY of the month files, one connection: the floor", 1.0, floor)]
        rows.append(("the same, two connections", two / floor, two))
        rows += [(what, seconds / floor, seconds) for what, seconds in parts.items()]
        total = sum(parts.values())
        rows.append(("these three together", total / floor, total))
        return [
            f'The floor is COPY of the twelve month files of {LATER} (7 text columns, `fnr` with `COLLATE "C"`), as'
            " they are, into one unlogged table without index. Below it, writing the finished rows and keys, nothing"
            " else: INSERT … SELECT of rows that the product has made, on one connection. No load can cost less than"
            " that and the floor together, but for what several connections do at the same time.",
            "",
            *table(("what", "ratio", "seconds"), *rows),
        ]

    def bound(self) -> dict[str, float]:
        """Seconds to write a year's finished rows and keys, by table."""
        with self.cluster.connect(self.register.holding(LATER)) as connection:
            database.prepare(connection, 1)
            connection.execute("CREATE SCHEMA bench")
            parts = {
                f"twelve months of the miniregister of {LATER}, logged, with primary keys": write_miniregister,
                f"F_ARBSOK's records of {LATER}, logged, with key, indexes and checks": write_f_arbsok,
                f"H_ARBSOK of {LATER}, logged, with primary key": write_h_arbsok,
            }
            try:
                return {
                    what: median_of(partial(timed, connection, write), f"writing {what}")
                    for what, write in parts.items()
                }
            finally:
                connection.execute("SET client_min_messages = warning")
                connection.execute("DROP SCHEMA bench CASCADE")

    def year_section(self) -> Lines:
        """2: the load of a year, by phase and step."""
        lines = [
            f"{FIRST} is the first year (it starts in May and finds nobody before it), {LATER} a later one."
            " *Process* is from the start of `fdtrygd load-year` to its exit, *load* the sum of the phases, which is"
            " what the product itself shows; every other row is a phase. The schema is installed beforehand.",
            "",
        ]
        loads = {
            f"{FIRST}": self.first,
            f"{LATER}": self.later,
            f"{LATER}, `--jobs 1`": self.register.load_three(LATER, "--jobs", "1"),
        }
        medians = [runs[0] for runs in loads.values()]
        rows: list[list[object]] = [["records read", *(f"{each.records:,}".replace(",", " ") for each in medians)]]
        rows.append(["**process : floor**", *(each.seconds / self.floor for each in medians)])
        rows.append(["load : floor", *(each.load / self.floor for each in medians)])
        rows += [[f"{phase} : floor", *(run.phases[phase] / self.floor for run in medians)] for phase in lasting.PHASES]
        rows.append(["process, seconds", *(each.seconds for each in medians)])
        rows.append(["of three, seconds", *map(spread, loads.values())])
        lines += table(("", *loads), *rows)
        later, alone = self.later[0], medians[-1]
        self.measured["year"] = later.seconds / self.floor
        phases = sum(later.phases[each] for each in (lasting.COMPARING, lasting.SPELLS, lasting.PLACING))
        self.measured["spells"] = 1 + phases / self.floor
        lines += [
            f"The steps of {LATER}, added up over connections that worked side by side, as ratio to the floor:",
            "",
        ]
        names = sorted(alone.steps, key=lambda name: -alone.steps[name])
        ratio = self.floor
        lines += table(
            ("step", f"{LATER}", f"{LATER}, `--jobs 1`"),
            *((f"`{name}`", later.steps.get(name, 0.0) / ratio, alone.steps[name] / ratio) for name in names),
        )
        return lines

    def loop_section(self) -> Lines:
        """3: the original's architecture."""
        year = self.later[0]
        with self.cluster.connect(self.register.holding(LATER)) as connection:
            say("loop: a tenth of the persons")
            taken = loop.measure(connection, LATER)
            loop.end(connection)
        unchecked = year.seconds - year.phases[kontroll.CHECKING]
        self.measured["loop"] = taken.year_seconds / unchecked
        alike = sum(year.phases[each] for each in (lasting.COMPARING, lasting.SPELLS, lasting.PLACING))
        digit = "those with one and the same tenth digit"
        return [
            f"The original's record-by-record PL/pgSQL loop (`benchmarks/loop.sql`) takes {LATER} from the finished"
            f" miniregister, for a tenth of the persons ({digit}: {taken.records} of {taken.year_records} records),"
            " once, scaled to all. It reads no files and makes no miniregister; the product's whole year does both. Nor"
            " does it give person numbers, and its F_ARBSOK has no index but the key: the original had neither.",
            "",
            *table(
                ("what", "ratio to floor", "seconds", "times the product"),
                ("the loop, scaled", taken.year_seconds / self.floor, taken.year_seconds, "-"),
                (
                    "product: the whole year without controls, process",
                    unchecked / self.floor,
                    unchecked,
                    taken.year_seconds / unchecked,
                ),
                (
                    "product: comparing, spells, placing only",
                    alike / self.floor,
                    alike,
                    taken.year_seconds / alike,
                ),
            ),
            "Seconds of the tenth by phase: "
            + ", ".join(f"`{phase}` {seconds:.2f}" for phase, seconds in taken.seconds.items())
            + ".",
            "",
        ]

    def opponent_section(self) -> Lines:
        """4: DuckDB and polars."""
        product = self.later[0]
        unchecked = product.seconds - product.phases[kontroll.CHECKING]
        expected = self.digest(self.register.holding(LATER))
        lines = [
            f"DuckDB and polars load {LATER} into a database that holds {FIRST} to {LATER - 1}, from the same files"
            " to the same committed tables, with their keys and indexes, the new persons' numbers among them. Theirs is"
            " the time of the call, without imports; the"
            " product's is the process's, from start to exit. What they leave in F_ARBSOK was compared with the"
            " product's (number of records, and md5 over every record). They check nothing: they are compared with the"
            " product without its phase *controls*.",
            "",
        ]
        rows: list[list[object]] = [["product (process) without controls", unchecked / self.floor, unchecked, "-", "-"]]
        phases: Lines = []
        for name in ("duckdb", "polars"):
            runs = []
            for number in range(RUNS):
                runs.append(self.opponent(name, expected))
                say(f"{name} {number + 1}/{RUNS}: {runs[-1][0]:.2f} s")
            seconds, by_phase, mb = sorted(runs, key=lambda each: each[0])[RUNS // 2]
            self.measured[name] = seconds / unchecked
            rows.append([name, seconds / self.floor, seconds, self.measured[name], f"{mb:.0f} MB"])
            told = ", ".join(f"{phase} {each / self.floor:.2f}" for phase, each in by_phase.items())
            phases += [f"{name} by phase, as ratio to the floor: {told}.", ""]
        rows[0][-1] = f"{product.client:.0f} MB"
        return lines + table(("what", "ratio to floor", "seconds", ": product", "peak memory"), *rows) + phases

    def opponent(self, name: str, expected: tuple[int, str]) -> tuple[float, dict[str, float], float]:
        """Seconds, seconds by phase and peak memory (MB) of one load by an opponent, in a process of its own."""
        database = self.cluster.clone(self.register.holding(LATER - 1), f"bench_{name}")
        ended = run(
            *(PYTHON, Path(__file__), "--opponent", f"{name}_year", "--url", self.cluster.url(database)),
            *("--folder", self.register.folder, "--year", str(LATER)),
        )
        if self.digest(database) != expected:
            raise SystemExit(f"{name} leaves another F_ARBSOK than the product: the comparison is worth nothing.")
        self.cluster.drop(database)
        seconds, phases = json.loads(ended.output)
        return seconds, phases, ended.mb

    def digest(self, database: str) -> tuple[int, str]:
        """The number of F_ARBSOK's records and a digest over them."""
        with self.cluster.connect(database) as connection:
            count, md5 = one(connection, DIGEST)
        return count, md5

    def growth_section(self) -> Lines:
        """5: more persons, more years."""
        return self.growth_in_persons() + self.growth_in_years()

    def growth_in_persons(self) -> Lines:
        """5a: 1×, 2× and 4× persons, the second year of a series."""
        loads = {}
        for times in TIMES:
            persons = str(times * self.cluster.sizes.persons)
            folder = self.cluster.files("--persons", persons, first=FIRST, last=FIRST + 1)
            series = Series(self.cluster, f"persons_{times}", folder, FIRST)
            loads[times] = series.load_three(FIRST + 1)
            series.forget()
        least, most = loads[TIMES[0]][0], loads[TIMES[-1]][0]
        self.measured["persons"] = most.load / least.load
        self.client(*(runs[0].client for runs in loads.values()))
        return [
            "Persons: a later year of a series with 1×, 2× and 4× persons in the files. The load itself is compared;"
            " the start of the program, the same for all, would flatter the ratio.",
            "",
            *table(
                ("persons", "records of the year", "load, seconds", ": 1×", "records : 1×", "client MB", "server MB"),
                *(
                    (
                        f"{times}× ({times * self.cluster.sizes.persons} a month)",
                        runs[0].records,
                        runs[0].load,
                        runs[0].load / least.load,
                        runs[0].records / least.records,
                        f"{runs[0].client:.0f}",
                        f"{runs[0].server:.0f}",
                    )
                    for times, runs in loads.items()
                ),
            ),
        ]

    def growth_in_years(self) -> Lines:
        """5b: the same year on top of 0, 1, 5 and 20 earlier ones."""
        persons = str(self.cluster.sizes.persons_of_years)
        every = self.cluster.files("--persons", persons, first=LAST - max(EARLIER_YEARS), last=LAST)
        loads, held = {}, {}
        for years in EARLIER_YEARS:
            first = LAST - years
            series = Series(self.cluster, f"years_{years}", linked(every, first), first, date(first, 1, 1))
            with self.cluster.connect(series.holding(LAST - 1)) as connection:
                (held[years],) = one(connection, "SELECT count(*) FROM trygdfob.f_arbsok")
            loads[years] = series.load_three(LAST)
            series.forget()
        load = {years: runs[0].load for years, runs in loads.items()}
        few, some, many = (EARLIER_YEARS[each] for each in (0, 1, -1))
        self.measured["years_20_0"] = load[many] / load[few]
        self.measured["years_20_1"] = load[many] / load[some]
        self.client(*(runs[0].client for runs in loads.values()))
        return [
            f"Years: {LAST} from the same files, when so many earlier years are loaded ({persons} persons a month)."
            " A series' first year has less to do: there is no spell to carry on and no earlier record to mend. So 1,"
            " 5 and 20 are the comparison that shows growth; with none stands there because the target says so.",
            "",
            *table(
                ("earlier years", "F_ARBSOK before", "load, seconds", ": none", ": one", *lasting.PHASES),
                *(
                    (
                        years,
                        held[years],
                        load[years],
                        load[years] / load[few],
                        load[years] / load[some],
                        *(runs[0].phases[phase] for phase in lasting.PHASES),
                    )
                    for years, runs in loads.items()
                ),
            ),
        ]

    def client(self, *mb: float) -> None:
        """The largest memory of a client so far."""
        self.measured["client"] = max(self.measured.get("client", 0.0), *mb)

    def memory_section(self) -> Lines:
        """6: memory and bytes."""
        runs = self.later
        later = runs[0]
        parquet = self.cluster.files(*self.cluster.sizes.full, "--parquet", first=FIRST, last=LATER)
        say("the later year from Parquet")
        from_parquet = self.register.load(LATER, folder=parquet)
        self.client(*(each.client for each in runs), from_parquet.client)
        size = sum((self.register.folder / f"arbsok_{LATER}{month:02}.csv").stat().st_size for month in range(1, 13))
        rows: list[tuple[str, object]] = [
            ("client's largest resident memory, CSV", f"{max(each.client for each in runs):.0f}"),
            ("client's largest resident memory, Parquet (one load)", f"{from_parquet.client:.0f}"),
            (
                "server's largest private memory, all its processes (shared buffers not counted)",
                f"{max(each.server for each in runs):.0f}",
            ),
            ("WAL written", f"{later.wal:.0f}"),
            ("temporary files written", f"{later.temporary:.0f}"),
            ("the month files", f"{size / 1e6:.0f}"),
        ]
        with self.cluster.connect(self.register.holding(LATER)) as connection:
            (buffers,) = one(connection, "SHOW shared_buffers")
            for name in ("miniregister", "f_arbsok", "h_arbsok"):
                total, count = disk(connection, name)
                rows.append((f"{name} on disk with indexes, per million records", f"{total / 1e6 / count * 1e6:.0f}"))
        return [
            f"The load of {LATER}, as many connections as the product takes of itself, MB. Shared buffers: {buffers}."
            " Files from Parquet take pyarrow into the client. How the client's memory goes with the number of persons"
            " is in section 5.",
            "",
            *table(("what", "MB"), *rows),
        ]

    def control_section(self) -> Lines:
        """8: the controls and the report of a year, beside its load."""
        whole = self.later[0]
        url = self.cluster.url(self.register.holding(LATER))
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
        self.measured["controls"] = both / whole.seconds
        checking = whole.phases[kontroll.CHECKING]
        rows: list[list[object]] = [[f"load of {LATER}, its controls included", 1.0, whole.seconds]]
        rows.append(["of it: the phase *controls*", checking / whole.seconds, checking])
        rows.append(["load without its controls", 1 - checking / whole.seconds, whole.seconds - checking])
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

    def analysis_section(self) -> Lines:
        """9: what analysts ask, and what the index for it costs a load."""
        runs: dict[str, list[Run]] = {"with": [], "without": []}
        for number in range(RUNS):
            runs["with"].append(self.register.load(ASKED))
            runs["without"].append(self.register.load(ASKED, without=INDEX))
            say(f"{ASKED} {number + 1}/{RUNS}: " + ", ".join(f"{k} {v[-1].seconds:.1f} s" for k, v in runs.items()))
        with self.cluster.connect(self.register.holding(ASKED)) as connection:
            connection.execute("VACUUM (ANALYZE) trygdfob.f_arbsok, trygdfob.person")
            size, table_size = one(
                connection,
                "SELECT pg_relation_size('trygdfob.f_arbsok_gjelder'), pg_table_size('trygdfob.f_arbsok')",
            )
            (somebody,) = one(
                connection,
                "SELECT lopenr FROM arbsok.periode GROUP BY lopenr HAVING count(*) = 10 ORDER BY lopenr LIMIT 1",
            )
            asked = [(what, sql.SQL(query).format(sql.Literal(somebody))) for what, query in ASKED_FOR]
            answers = [(what, explain(connection, query)) for what, query in asked]
            scan = explain_scan(connection)
            with connection.transaction(force_rollback=True):
                connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier("trygdfob", INDEX)))
                without = {what: explain(connection, query)[0] for what, query in asked if what in OF_A_DAY}
        self.measured["person"] = max(answer[0] for what, answer in answers if what.startswith("one person"))

        def cost(what: str, seconds: Callable[[Run], float]) -> list[object]:
            one, other = (statistics.median(map(seconds, runs[way])) for way in ("with", "without"))
            return [what, f"{one:.1f}", f"{other:.1f}", one / other]

        plans = (ASKED_FOR[0][0], *OF_A_DAY[:1], STOCK)
        return [
            f"After the load of {FIRST} to {ASKED}, as analysts ask; execution time as EXPLAIN (ANALYZE, BUFFERS) says,"
            f" median of five, {os.cpu_count()} cores, work_mem as it comes. The scan reads all of F_ARBSOK in the same"
            " session: `SELECT count(*), max(regtom)`.",
            "",
            *table(
                ("query", "ms", ": scan", f"ms without `{INDEX}`"),
                *(
                    (
                        what,
                        f"{ms:.3f}" if ms < 1 else f"{ms:.0f}",
                        f"{ms / scan[0]:.4f}" if ms < 1 else ms / scan[0],
                        f"{without[what]:.0f}" if what in without else "",
                    )
                    for what, (ms, _) in answers
                ),
                ("the scan", f"{scan[0]:.0f}", 1.0, ""),
            ),
            f"The index has {size / 1e6:.0f} MB beside {table_size / 1e6:.0f} MB of table. What it costs the load of"
            f" {ASKED}, seconds, medians of {RUNS}, with and without in turn:",
            "",
            *table(
                ("load", "with", "without", "ratio"),
                cost("process, start to exit", lambda run: run.seconds),
                cost("of it: spells, where F_ARBSOK is written", lambda run: run.phases[lasting.SPELLS]),
                cost("of it: controls", lambda run: run.phases[kontroll.CHECKING]),
            ),
            *(
                line
                for what, (_, plan) in answers
                if what in plans
                for line in (f"{what}:", "", "```", *plan, "```", "")
            ),
        ]

    def query_section(self) -> Lines:
        """7: reading what was loaded."""
        with self.cluster.connect(self.register.holding(LATER)) as connection:
            connection.execute("SET plan_cache_mode = force_generic_plan")
            connection.execute(
                "PREPARE person(varchar) AS SELECT * FROM trygdfob.f_arbsok WHERE fnr = $1 ORDER BY regdato, kode"
            )
            connection.execute(
                "PREPARE day(date) AS SELECT hoved, count(*) FROM trygdfob.f_arbsok"
                " WHERE kode <> '0' AND regdato <= $1 AND (regtom IS NULL OR regtom >= $1) GROUP BY hoved"
            )
            (fnr,) = one(
                connection, "SELECT fnr FROM trygdfob.f_arbsok GROUP BY fnr HAVING count(*) >= 5 ORDER BY fnr LIMIT 1"
            )
            person = explain(connection, sql.SQL("EXECUTE person({})").format(sql.Literal(fnr)))
            day = explain(connection, sql.SQL("EXECUTE day({})").format(sql.Literal(f"{LATER}-06-30")))
            for scan in ("indexscan", "indexonlyscan", "bitmapscan"):
                connection.execute("SELECT set_config('enable_' || %s, 'off', false)", [scan])
            count = explain(connection, sql.SQL("SELECT count(*) FROM trygdfob.f_arbsok"))
        return [
            f"After the load of {FIRST} to {LATER}; execution time as EXPLAIN (ANALYZE, BUFFERS) says, median of five.",
            "",
            *table(
                ("query", "ms", ": count of F_ARBSOK"),
                ("one person's spells", f"{person[0]:.3f}", f"{person[0] / count[0]:.5f}"),
                (f"everybody registered on {LATER}-06-30, by hoved", f"{day[0]:.1f}", day[0] / count[0]),
                ("count of F_ARBSOK, reading all of it", f"{count[0]:.1f}", 1.0),
            ),
            *("One person's spells:", "", "```", *person[1], "```", ""),
            *("Everybody registered on a day:", "", "```", *day[1], "```", ""),
        ]


def copy_in(connection: Connection, files: "queue.SimpleQueue[Path]") -> None:
    """Copies files into the floor's table until there are none left."""
    while True:
        try:
            path = files.get_nowait()
        except queue.Empty:
            return
        with (
            path.open("rb", buffering=0) as file,
            connection.cursor() as cursor,
            cursor.copy("COPY raw FROM STDIN (FORMAT csv, HEADER true)") as copy,
        ):
            while block := file.read(BLOCK):
                copy.write(block)


def timed(connection: Connection, write: Callable[[Connection], None]) -> float:
    """Seconds of a transaction that writes into schema bench, which is emptied afterwards."""
    connection.execute("CHECKPOINT")
    began = time.perf_counter()
    with connection.transaction():
        write(connection)
    seconds = time.perf_counter() - began
    for (name,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r'"
    ).fetchall():
        connection.execute(sql.SQL("DROP TABLE bench.{}").format(sql.Identifier(name)))
    return seconds


def write_copy(connection: Connection, table: str, source: str, like: LiteralString, key: LiteralString) -> None:
    """A logged copy of a table of the product; `key` empty where `like` brings it."""
    to, of = sql.Identifier("bench", table), sql.Identifier("trygdfob", source)
    parent = sql.Identifier("trygdfob", table.rstrip("_0123456789"))
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} {})").format(to, parent, sql.SQL(like)))
    where = sql.SQL("" if key else "WHERE aargang = {}").format(sql.Literal(LATER))
    connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {} {}").format(to, of, where))
    if key:
        connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(to, sql.SQL(key)))


def write_miniregister(connection: Connection) -> None:
    """The twelve months of the miniregister."""
    for month in range(1, 13):
        name = f"miniregister_{LATER}_{month:02}"
        write_copy(connection, name, name, "INCLUDING COMMENTS", "fnr, mnddato, aargang")


def write_f_arbsok(connection: Connection) -> None:
    """The year's records of F_ARBSOK, key, indexes and checks there from the beginning."""
    write_copy(connection, "f_arbsok", "f_arbsok", "INCLUDING ALL", "")


def write_h_arbsok(connection: Connection) -> None:
    """The year's H_ARBSOK."""
    write_copy(connection, f"h_arbsok_{LATER}", f"h_arbsok_{LATER}", "INCLUDING COMMENTS", "fnr, aargang")


def disk(connection: Connection, name: str) -> tuple[int, int]:
    """Bytes on disk of a table or its partitions, with their indexes, and the number of its records."""
    (total,) = one(
        connection,
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
        " WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND relkind = 'r'"
        " AND relname ~ ('^' || %s || '(_[0-9]+)*$')",
        name,
    )
    (count,) = connection.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("trygdfob", name))
    ).fetchone() or (0,)
    return int(total), count


def explain(connection: Connection, query: sql.Composable) -> tuple[float, Lines]:
    """Milliseconds of execution, median of five, and the last plan."""
    plan: Lines = []
    taken = []
    for _ in range(5):
        answer = connection.execute(sql.SQL("EXPLAIN (ANALYZE, BUFFERS) ") + query)
        plan = [line for (line,) in answer.fetchall()]
        (last,) = (line for line in plan if line.startswith("Execution Time:"))
        taken.append(float(last.split()[2]))
    return statistics.median(taken), plan


def explain_scan(connection: Connection) -> tuple[float, Lines]:
    """Reading all of F_ARBSOK."""
    with connection.transaction(force_rollback=True):
        for scan in ("indexscan", "indexonlyscan", "bitmapscan"):
            connection.execute("SELECT set_config('enable_' || %s, 'off', true)", [scan])
        return explain(connection, sql.SQL("SELECT count(*), max(regtom) FROM trygdfob.f_arbsok"))


def linked(folder: Path, first: int) -> Path:
    """A folder of hard links to the files from the year `first` on."""
    to = folder.with_name(f"{folder.name}-from-{first}")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for path in folder.iterdir():
        if not path.name.startswith("arbsok_") or int(path.name[7:11]) >= first:
            (to / path.name).hardlink_to(path)
    return to


# ------------------------------------------------------------------------------------------------- the document


#: Section: heading, and what measures it and tells of it
SECTIONS: Mapping[str, tuple[str, Callable[[Bench], Lines]]] = {
    "floor": ("1 The floor, and what writing the result costs", Bench.floor_section),
    "year": ("2 The load of a year", Bench.year_section),
    "loop": ("3 The record-by-record loop", Bench.loop_section),
    "opponents": ("4 DuckDB and polars", Bench.opponent_section),
    "growth": ("5 Growth", Bench.growth_section),
    "memory": ("6 Memory and bytes", Bench.memory_section),
    "queries": ("7 Queries", Bench.query_section),
    "controls": ("8 The controls and the report", Bench.control_section),
    "analysis": ("9 What analysts ask", Bench.analysis_section),
}


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


def document(cluster: Cluster, only: str | None, quick: bool) -> str:
    """Measures, and tells of it."""
    load = os.getloadavg()[0]
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
    return "\n".join(
        [
            "# Benchmark",
            "",
            "Written by `make bench`. Ratios carry over to another machine, seconds do not. The floor, 1.00, is COPY"
            " of the year's month files into one unlogged table without index. Medians of three, unless another number"
            f" is given. All data are synthetic. The measurements took {minutes:.0f} minutes.{drift}",
            "",
            *machine(cluster, load, quick),
            "## Targets",
            "",
            *table(
                ("what", "reach", "stretch", "measured", "reach met", "stretch met"),
                *(target.row(bench.measured.get(name)) for name, target in TARGETS.items()),
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
