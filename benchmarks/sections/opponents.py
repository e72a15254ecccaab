"""The product beside the original's architecture, a record at a time, and beside DuckDB and polars."""

import json

from fdtrygd import kontroll, lasting, settings

import loop
from cluster import PYTHON, RUNS, one, run, say
from page import Lines, table
from shared import FIRST, LATER, Bench

#: What is compared in `opponent`: every record of F_ARBSOK, in the key's order. lopenr is in it; it depends on what
#: lopenummer_nokkel holds, which is the same in all databases here, since they all come from the one in `schema`.
DIGEST = (
    "SELECT count(*), md5(string_agg(md5(f::text), '' ORDER BY f.lopenr, f.regdato, f.kode))"
    " FROM trygdfob.f_arbsok AS f"
)


def record_loop(bench: Bench) -> Lines:
    """3: the original's architecture."""
    year = bench.later[0]
    with bench.cluster.connect(bench.register.holding(LATER)) as connection:
        say("loop: a tenth of the persons")
        taken = loop.measure(connection, LATER)
        loop.end(connection)
    unchecked = year.unchecked
    # From the finished miniregister to finished records
    alike = year.load - sum(year.phases[each] for each in (lasting.READING, lasting.MINIREGISTER, kontroll.CHECKING))
    bench.measured["loop"] = taken.year_seconds / alike
    digit = "those with one and the same tenth digit"
    return [
        f"The original's record-by-record PL/pgSQL loop (`benchmarks/loop.sql`) takes {LATER} from the finished"
        f" miniregister, for a tenth of the persons ({digit}: {taken.records} of {taken.year_records} records),"
        " once, scaled to all. It reads no files and makes no miniregister; the product's whole year does both. Nor"
        " does it give person numbers, and its F_ARBSOK has no index but the key: the original had neither.",
        "",
        *table(
            ("what", "ratio to floor", "seconds", "times the product"),
            ("the loop, scaled", taken.year_seconds / bench.floor, taken.year_seconds, "-"),
            (
                "product: the whole year without controls, process",
                unchecked / bench.floor,
                unchecked,
                taken.year_seconds / unchecked,
            ),
            (
                "product: the same steps, from the finished miniregister on",
                alike / bench.floor,
                alike,
                taken.year_seconds / alike,
            ),
        ),
        "Seconds of the tenth by phase: "
        + ", ".join(f"`{phase}` {seconds:.2f}" for phase, seconds in taken.seconds.items())
        + ".",
        "",
    ]


def opponents(bench: Bench) -> Lines:
    """4: DuckDB and polars."""
    product = bench.later[0]
    unchecked = product.unchecked
    expected = digest(bench, bench.register.holding(LATER))
    lines = [
        f"DuckDB and polars load {LATER} into a database that holds {FIRST} to {LATER - 1}, from the same files"
        " to the same committed tables, with their keys and indexes, the new persons' numbers among them. Theirs is"
        " the time of the call, without imports; the"
        " product's is the process's, from start to exit. What they leave in F_ARBSOK was compared with the"
        " product's (number of records, and md5 over every record). They check nothing: they are compared with the"
        " product without its phase *controls*.",
        "",
    ]
    rows: list[list[object]] = [["product (process) without controls", unchecked / bench.floor, unchecked, "-", "-"]]
    phases: Lines = []
    for name in ("duckdb", "polars"):
        runs = []
        for number in range(RUNS):
            runs.append(opponent(bench, name, expected))
            say(f"{name} {number + 1}/{RUNS}: {runs[-1][0]:.2f} s")
        seconds, by_phase, mb = sorted(runs, key=lambda each: each[0])[RUNS // 2]
        bench.measured[name] = seconds / unchecked
        rows.append([name, seconds / bench.floor, seconds, bench.measured[name], f"{mb:.0f} MB"])
        told = ", ".join(f"{phase} {each / bench.floor:.2f}" for phase, each in by_phase.items())
        phases += [f"{name} by phase, as ratio to the floor: {told}.", ""]
    rows[0][-1] = f"{product.client:.0f} MB"
    return lines + table(("what", "ratio to floor", "seconds", ": product", "peak memory"), *rows) + phases


def opponent(bench: Bench, name: str, expected: tuple[int, str]) -> tuple[float, dict[str, float], float]:
    """Seconds, seconds by phase and peak memory (MB) of one load by an opponent, in a process of its own."""
    database = bench.cluster.clone(bench.register.holding(LATER - 1), f"bench_{name}")
    program = settings.ROOT / "benchmarks" / "bench.py"
    ended = run(
        *(PYTHON, program, "--opponent", f"{name}_year", "--url", bench.cluster.url(database)),
        *("--folder", bench.register.folder, "--year", str(LATER)),
    )
    if digest(bench, database) != expected:
        raise SystemExit(f"{name} leaves another F_ARBSOK than the product: the comparison is worth nothing.")
    bench.cluster.drop(database)
    seconds, phases = json.loads(ended.output)
    return seconds, phases, ended.mb


def digest(bench: Bench, database: str) -> tuple[int, str]:
    """The number of F_ARBSOK's records and a digest over them."""
    with bench.cluster.connect(database) as connection:
        count, md5 = one(connection, DIGEST)
    return count, md5
