"""What the benchmark measures with: processes, a server of its own, and series of years loaded by the product."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Self

import psycopg
from fdtrygd import settings
from fdtrygd.db import server
from fdtrygd.kontroll import CHECKING
from psycopg import sql

Connection = psycopg.Connection[Any]

FOLDER = settings.STATE / "bench"
PYTHON = Path(sys.executable)
PRODUCT = PYTHON.with_name("fdtrygd")
RUNS = 3
#: Seconds between two looks at the server's memory.
EVERY = 0.1


@dataclass(frozen=True)
class Sizes:
    """Which synthetic files are measured."""

    full: tuple[str, ...]  # arguments of `fdtrygd synthetic`
    persons: int  # registered in a month, 1× of the growth in persons
    persons_of_years: int  # the same for the growth in years
    lookups: int  # an analyst's look-ups beside a command, at least


FULL = Sizes(("--full",), 30_000, 20_000, 3_000)
QUICK = Sizes(("--persons", "4000"), 1_000, 500, 200)


def say(text: str) -> None:
    """A line of progress."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    seconds: float  # from its start to its exit
    mb: float  # its largest resident memory, MB
    output: str


def run(*command: str | Path, url: str = "", cwd: Path = settings.ROOT) -> Ended:
    """Runs a program; SystemExit with its own words when it fails.

    Linux counts into a child's largest memory what its parent had when it was started, so this program stays small.
    """
    environment = {**os.environ, "FDTRYGD_DATABASE_URL": url}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment, cwd=cwd)
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

    @property
    def unchecked(self) -> float:
        """Seconds of the process, but for the controls."""
        return self.seconds - self.phases[CHECKING]


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

    def load(self, year: int, *options: str, folder: Path | None = None) -> Run:
        """Loads the year into a copy of the database that holds the years before it."""
        cluster = self.cluster
        name = cluster.clone(self.holding(year - 1), f"bench_{self.name}_run")
        with cluster.connect(name) as connection:
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
        if year in self.held:
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


def linked(folder: Path, first: int) -> Path:
    """A folder of hard links to the files from the year `first` on."""
    to = folder.with_name(f"{folder.name}-from-{first}")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for path in folder.iterdir():
        if not path.name.startswith("arbsok_") or int(path.name[7:11]) >= first:
            (to / path.name).hardlink_to(path)
    return to
