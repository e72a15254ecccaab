"""What analysts ask, and what the index for it costs a load."""

import os
import statistics
from collections.abc import Callable
from typing import LiteralString

from fdtrygd import kontroll, lasting
from psycopg import sql

from cluster import RUNS, Connection, Run, one, say
from page import Lines, table
from sections.queries import explain
from shared import ASKED, FIRST, Bench

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


def analysis(bench: Bench) -> Lines:
    """9: what analysts ask, and what the index for it costs a load."""
    runs: dict[str, list[Run]] = {"with": [], "without": []}
    for number in range(RUNS):
        runs["with"].append(bench.register.load(ASKED))
        runs["without"].append(bench.register.load(ASKED, without=INDEX))
        say(f"{ASKED} {number + 1}/{RUNS}: " + ", ".join(f"{k} {v[-1].seconds:.1f} s" for k, v in runs.items()))
    with bench.cluster.connect(bench.register.holding(ASKED)) as connection:
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
    bench.measured["person"] = max(answer[0] for what, answer in answers if what.startswith("one person"))

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
        *(line for what, (_, plan) in answers if what in plans for line in (f"{what}:", "", "```", *plan, "```", "")),
    ]


def explain_scan(connection: Connection) -> tuple[float, Lines]:
    """Reading all of F_ARBSOK."""
    with connection.transaction(force_rollback=True):
        for scan in ("indexscan", "indexonlyscan", "bitmapscan"):
            connection.execute("SELECT set_config('enable_' || %s, 'off', true)", [scan])
        return explain(connection, sql.SQL("SELECT count(*), max(regtom) FROM trygdfob.f_arbsok"))
