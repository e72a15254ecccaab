"""What an analyst notices of a load, an unload and an upgrade, and what an unload costs."""

import json
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from fdtrygd import settings

from cluster import FOLDER, PRODUCT, PYTHON, RUNS, Cluster, Connection, one, run, say
from page import Lines, table
from shared import FIRST, LATER, Bench

LOOKUPS = settings.ROOT / "benchmarks" / "lookups.py"
#: A day on which many are registered, in the database that is loaded into.
DAY = f"{LATER - 1}-10-31"
#: What a reader counts twice: at the beginning of what works beside it, and at its end, in one snapshot.
COUNT = "SELECT count(*), count(regtom), sum(dager) FROM arbsok.periode"


@dataclass
class Beside:
    """Look-ups beside a command."""

    what: str
    reader: str  # what keeps its snapshot meanwhile
    seconds: float  # of the command
    lookups: list[float]

    @property
    def longest(self) -> float:
        """The longest look-up, seconds."""
        return max(self.lookups)

    def row(self) -> list[object]:
        """Of the section's table: milliseconds."""
        ordered = sorted(self.lookups)
        return [
            self.what,
            self.reader or "none",
            f"{self.seconds:.1f}",
            len(ordered),
            *(f"{seconds * 1000:.1f}" for seconds in (
                statistics.median(ordered), ordered[int(len(ordered) * 0.999)], ordered[-1],
            )),
        ]  # fmt: skip


@contextmanager
def reader(url: str) -> Iterator[None]:
    """An analyst's snapshot, kept as long as it takes; what he reads must be the same at its end."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SET LOCAL ROLE fdtrygd_analytiker")
        before = connection.execute(COUNT).fetchone()
        yield
        if connection.execute(COUNT).fetchone() != before:
            raise SystemExit("A reader's snapshot has changed beside a load or an unload.")


def lookups_beside(cluster: Cluster, name: str, what: str, *command: str | Path, keeping: str = "") -> Beside:
    """Runs the command on the database, and look-ups beside it, which go on for some seconds where it is short."""
    url = cluster.url(name)
    looking = subprocess.Popen(
        [PYTHON, LOOKUPS, url, str(cluster.sizes.lookups), DAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert looking.stdout
        if looking.stdout.readline() != "ready\n":
            raise SystemExit("The look-ups did not begin.")
        if keeping:
            with reader(url):
                began, ended = time.monotonic(), run(*command, url=url)
                out, _ = looking.communicate()
        else:
            began, ended = time.monotonic(), run(*command, url=url)
            out, _ = looking.communicate()
    finally:
        looking.kill()
        looking.wait()
    if looking.returncode:
        raise SystemExit("The look-ups failed.")
    taken = [seconds for moment, seconds in json.loads(out) if moment + seconds >= began]
    say(f"look-ups beside {what}{', a reader too' * bool(keeping)}: longest {max(taken) * 1000:.1f} ms")
    return Beside(what, keeping, ended.seconds, taken)


def beside(bench: Bench) -> Lines:
    """10: what an analyst notices of a load, an unload and an upgrade, and what an unload costs."""
    unloads, ratios = unloading(bench)
    bench.measured["unloading"] = ratios["own"]
    rows = [*beside_years(bench), *beside_upgrade(bench)]
    for what in ("load", "unload"):
        bench.measured[f"beside_{what}"] = max(each.longest for each in rows if each.what.split()[0] == what)
    return [
        "An analyst looks up one person after the other in `arbsok.periode`, with a prepared statement and"
        f" {bench.cluster.sizes.lookups} times or more, while another process loads {LATER} into {FIRST} to"
        f" {LATER - 1}, takes it out, and upgrades a database. A reader is another session of an analyst, whose"
        " REPEATABLE READ transaction has read all of `periode` before the command begins and is open until the last"
        " look-up; what it reads at its end was compared with what it read at its beginning. The second load comes"
        " after the first unload. Once each; the look-ups go on after a short command. Milliseconds, as the client"
        " waits for them.",
        "",
        *table(
            ("beside", "reader", "seconds", "look-ups", "median", "99.9 %", "longest"), *(each.row() for each in rows)
        ),
        *said_of_upgrade(rows),
        f"Unloading {LATER}, on a database that has just been loaded: medians of three. *Process* is from start to"
        " exit, *itself* what the product notes of it in the run log. The target is about the latter: a process takes"
        " half a second to start.",
        "",
        *table(("", "process, seconds", "itself, seconds"), *unloads),
    ]


def unloading(bench: Bench) -> tuple[list[tuple[object, ...]], dict[str, float]]:
    """The rows of unloading and loading, and the ratios of their seconds."""
    process, own = [], []
    for number in range(RUNS):
        name = bench.cluster.clone(bench.register.holding(LATER), "bench_unload")
        process.append(run(PRODUCT, "unload-year", str(LATER), url=bench.cluster.url(name)).seconds)
        with bench.cluster.connect(name) as connection:
            own.append(last_unload(connection))
        bench.cluster.drop(name)
        say(f"unload {LATER} {number + 1}/{RUNS}: {process[-1]:.2f} s")
    load = bench.later[0]
    seconds = {"process": statistics.median(process), "own": statistics.median(own)}
    ratios = {"process": seconds["process"] / load.seconds, "own": seconds["own"] / load.load}
    return [
        (f"unload {LATER}", seconds["process"], f"{seconds['own']:.3f}"),
        (f"load {LATER}", load.seconds, f"{load.load:.3f}"),
        ("unload : load", f"{ratios['process']:.4f}", f"{ratios['own']:.4f}"),
    ], ratios


def last_unload(connection: Connection) -> float:
    """Seconds of the last unload, as the run log has them."""
    (seconds,) = one(
        connection, "SELECT sekunder FROM trygdfob.kjorelogg WHERE handling = 'unload' ORDER BY kjoring DESC LIMIT 1"
    )
    return float(sum(each for each in seconds.values() if not isinstance(each, dict)))


def beside_years(bench: Bench) -> list[Beside]:
    """Load, unload, and both again beside a reader: one database after the other state."""
    name = bench.cluster.clone(bench.register.holding(LATER - 1), "bench_beside")
    load = (PRODUCT, "load-year", str(LATER), "--data", bench.register.folder)
    unload = (PRODUCT, "unload-year", str(LATER))
    rows = [
        lookups_beside(bench.cluster, name, f"{what} {LATER}", *command, keeping=keeping)
        for keeping in ("", "its snapshot open")
        for what, command in (("load", load), ("unload", unload))
    ]
    bench.cluster.drop(name)
    return rows


def beside_upgrade(bench: Bench) -> list[Beside]:
    """The upgrade of a database that the released revision before has made; nothing where git does not know one."""
    found = release()
    if found is None:
        return []
    tag, program = found
    name = bench.cluster.clone("template1", "bench_upgrade")
    say(f"loading up to {LATER - 1} with {tag}, not measured")
    run(
        *(PYTHON, "-m", "fdtrygd", "load-year", str(LATER - 1), "--data", bench.register.folder),
        url=bench.cluster.url(name),
        cwd=program,
    )
    bench.cluster.execute(psycopg.sql.SQL("CHECKPOINT"))
    row = lookups_beside(bench.cluster, name, f"upgrade from {tag}", PRODUCT, "db", "upgrade")
    bench.cluster.drop(name)
    return [row]


def said_of_upgrade(rows: list[Beside]) -> Lines:
    """What the upgrade was from."""
    if not rows[-1].what.startswith("upgrade"):
        return ["No upgrade was measured: git knows no released revision before this one.", ""]
    return [
        f"The upgrade was from a database into which that revision had loaded {FIRST} to {LATER - 1}. It gives way to a"
        " transaction that has read a view, so that no reader keeps one here.",
        "",
    ]


def release() -> tuple[str, Path] | None:
    """The newest released revision before this one: its tag, and a folder with its program."""
    git = ["git", "-C", str(settings.ROOT)]
    tag = subprocess.run(
        [*git, "describe", "--tags", "--abbrev=0", "HEAD^"], capture_output=True, text=True, check=False
    )
    if tag.returncode:
        return None
    name = tag.stdout.strip()
    folder = FOLDER / f"release-{name}"
    if not (folder / "fdtrygd").is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        archive = subprocess.Popen([*git, "archive", name], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
        if archive.wait():
            raise SystemExit(f"git does not give {name}.")
    return name, folder
