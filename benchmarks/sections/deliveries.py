"""What leaves the register: each format beside COPY of the same query, few persons beside all, memory beside rows."""

import itertools
import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from psycopg import sql

from cluster import FOLDER, PRODUCT, RUNS, Connection, Ended, one, run, say
from page import Lines, table
from shared import ASKED, Bench

OUT = FOLDER / "deliveries"
#: What is delivered goes to the end of the last year that is final, and of the one before
LAST, BEFORE = f"{ASKED - 1}-12-31", f"{ASKED - 2}-12-31"
FORMATS = ("csv", "parquet", "dta", "sav")
#: Seconds that any delivery may take: the process, the log, lesmeg.html
BESIDE = 2.0
EVERYBODY = "[populasjon]\nalle = true\n"
#: The persons for whom the client needs as much memory as for ten times as many
TENTH = f"{EVERYBODY}utvalg = 0.1\n"
DRAWN = "a hundredth of them, drawn (`utvalg`)"
FEW = {
    DRAWN: f"{EVERYBODY}utvalg = 0.01\n",
    "a hundredth of them, as a list": '[populasjon.liste]\nfil = "liste.txt"\n',
    "those who were in group 3 (`kriterium`)": '[populasjon.kriterium]\nnivaa = "gruppetilfelle"\nhoved = ["3"]\n',
}
PROJECT = """
prosjekt = "bench"
tittel = "Benchmark"
vedtak = "None: the data are synthetic"
gyldig_til = 2996-12-31
slettes_etter = 2997-12-31
former = ["hendelser"]
variabler = "alle"
"""
#: As the program takes the lines of a flat file
LINES = "COPY ({}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'LATIN1')"


class Deliveries:
    """A database with a project, and deliveries of its orders."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.numbers = itertools.count(1)
        shutil.rmtree(OUT, ignore_errors=True)
        OUT.mkdir()
        (OUT / "prosjekt.toml").write_text(PROJECT)
        run(PRODUCT, "project", "create", OUT / "prosjekt.toml", url=url)

    def order(self) -> str:
        """The name of an order of its own, whose delivery is held against no other."""
        return f"bestilling-{next(self.numbers)}"

    def deliver(self, population: str, form: str, name: str = "", version: int = 1, last: str = LAST) -> Ended:
        """A delivery of event records, as a process of its own."""
        name = name or self.order()
        file = OUT / f"{name}.toml"
        file.write_text(
            f'prosjekt = "bench"\nbestilling = "{name}"\nversjon = {version}\ntil = {last}\n{population}'
            f'[[tabell]]\nnavn = "hendelser"\nform = "hendelser"\nformater = ["{form}"]\n'
        )
        return self.made("deliver", file)

    def flat_file(self) -> Ended:
        return self.made("flatfile", str(ASKED), "--why", "benchmark")

    def made(self, *command: str | Path) -> Ended:
        """The command into a new folder, which is removed."""
        to = OUT / "ut"
        try:
            return run(PRODUCT, *command, "--out", to, url=self.url)
        finally:
            shutil.rmtree(to, ignore_errors=True)


def deliveries(bench: Bench) -> Lines:
    """11: deliveries."""
    name = bench.cluster.clone(bench.register.holding(ASKED), "bench_deliveries")
    try:
        with bench.cluster.connect(name) as connection:
            return measured(bench, Deliveries(bench.cluster.url(name)), connection)
    finally:
        shutil.rmtree(OUT, ignore_errors=True)
        bench.cluster.drop(name)


def measured(bench: Bench, made: Deliveries, connection: Connection) -> Lines:
    (number,) = one(connection, "SELECT count(*) FROM trygdfob.f_arbsok WHERE regdato <= %s", LAST)
    listed = connection.execute("SELECT fnr FROM trygdfob.person WHERE lopenr < '028f'").fetchall()  # 1 : 100
    (OUT / "liste.txt").write_text("\n".join(fnr for (fnr,) in listed))

    base: list[float] = []
    lines: list[float] = []
    whole: dict[str, list[Ended]] = {form: [] for form in (*FORMATS, "flat file")}
    for round_ in range(1, RUNS + 1):  # side by side: what else the machine does meets all of them
        base.append(seconds(lambda: copy_records(connection, made.order())))
        for form in FORMATS:
            whole[form].append(made.deliver(EVERYBODY, form))
        lines.append(seconds(lambda: copy_lines(connection)))
        whole["flat file"].append(made.flat_file())
        say(f"deliveries {round_}/{RUNS}: COPY {base[-1]:.1f} s, CSV {whole['csv'][-1].seconds:.1f} s")
    few = {what: median([made.deliver(population, "csv") for _ in range(RUNS)]) for what, population in FEW.items()}
    tenth = {form: made.deliver(TENTH, form).mb for form in FORMATS}
    year_on = made.order()
    first = made.deliver(EVERYBODY, "csv", year_on, 1, BEFORE)
    second = made.deliver(EVERYBODY, "csv", year_on, 2)

    least = statistics.median(base)
    taken = {form: median(runs) for form, runs in whole.items()}
    largest = {form: max(each.mb for each in runs) for form, runs in whole.items()}
    ratio = {form: taken[form] / least for form in FORMATS} | {
        "flat file": taken["flat file"] / statistics.median(lines)
    }
    bench.measured |= {
        "deliver_csv": ratio["csv"],
        "deliver_parquet": ratio["parquet"],
        "deliver_stata": max(ratio["dta"], ratio["sav"]),
        "flatfile": ratio["flat file"],
        "deliver_few": max(0.0, few[DRAWN] - BESIDE) / taken["csv"],
        "deliver_client": max(*largest.values(), second.mb),
        "deliver_growth": max(largest[form] / tenth[form] for form in FORMATS),
    }
    return [
        f"Event records (`hendelser`, 17 columns) of everybody up to {LAST}, {number / 1e6:.2f} million; {ASKED} is"
        " loaded. A process of its own each, from its start to its exit: the persons found, the rows read, the files"
        " with their checksums, `lesmeg.html`, the log. Base: the persons found, and COPY TO STDOUT of the same query,"
        " its rows thrown away; of the flat file COPY of its lines. Medians of three, side by side.",
        "",
        *table(
            ("what", "seconds", ": base", "client, MB", "client for a tenth of the persons, MB"),
            ("base", least, 1.0, "", ""),
            *((form, taken[form], ratio[form], f"{largest[form]:.0f}", f"{tenth[form]:.0f}") for form in FORMATS),
            (f"base of the flat file of {ASKED}", statistics.median(lines), 1.0, "", ""),
            ("flat file", taken["flat file"], ratio["flat file"], f"{largest['flat file']:.0f}", ""),
        ),
        "Few persons, as CSV:",
        "",
        *table(
            ("whom it is about", "seconds", ": everybody"),
            *((what, each, each / taken["csv"]) for what, each in few.items()),
        ),
        f"The same order a year on, which also reads the delivery before again and says what became of its rows:"
        f" {second.seconds:.1f} s, the one before {first.seconds:.1f} s; the client {second.mb:.0f} MB. One run.",
        "",
    ]


def copy_records(connection: Connection, order: str) -> None:
    """Everybody's records by COPY, and nothing done with them."""
    content = {
        "prosjekt": "bench",
        "bestilling": order,
        "til": LAST,
        "populasjon": {"alle": True},
        "tabell": [{"navn": "hendelser", "form": "hendelser", "formater": ["csv"]}],
    }
    (number,) = one(connection, "SELECT utlevering FROM leveranse.begynn_utlevering(%s, '{}')", json.dumps(content))
    (columns,) = one(
        connection,
        "SELECT string_agg(v.variabel || CASE v.type WHEN 'dato' THEN ' date' ELSE ' text' END, ', ' ORDER BY f.plass)"
        " FROM leveranse.formvariabel AS f JOIN leveranse.variabel AS v USING (variabel)"
        " WHERE f.form = 'hendelser' AND f.standard",
    )
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT leveranse.finn_personer(%s)", [number])
        rows = f"SELECT * FROM leveranse.rader({number}, 'hendelser') AS t ({columns})"
        throw_away(connection, f"COPY ({rows}) TO STDOUT (FORMAT csv)")


def copy_lines(connection: Connection) -> None:
    """The lines of a year's flat file, likewise."""
    (query,) = one(connection, "SELECT leveranse.sporring_for_flatfil(%s)", ASKED)
    throw_away(connection, LINES.format(query))


def throw_away(connection: Connection, query: str) -> None:
    with connection.cursor() as cursor, cursor.copy(sql.SQL(query)) as rows:  # type: ignore[arg-type]
        for _ in rows:
            pass


def seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(runs: Iterable[Ended]) -> float:
    return statistics.median(each.seconds for each in runs)
