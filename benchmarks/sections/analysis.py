"""What analysts ask."""

import os
import statistics
from typing import LiteralString

from psycopg import sql

from cluster import Connection, one
from page import Lines, table
from sections.queries import Asked, explain
from shared import ASKED, FIRST, Bench

STOCK = "stock of all month ends, five years"
SECTION = "cross-section of a day, everything"
#: What analysts ask; {} is a person of ten stretches.
ASKED_FOR: tuple[tuple[str, LiteralString], ...] = (
    ("one person: periode", "SELECT * FROM arbsok.periode WHERE lopenr = {} ORDER BY regdato"),
    ("one person: gruppetilfelle", "SELECT * FROM arbsok.gruppetilfelle WHERE lopenr = {} ORDER BY asoktilg"),
    ("one person: tilfelle", "SELECT * FROM arbsok.tilfelle WHERE lopenr = {} ORDER BY tilgdato"),
    (SECTION, "SELECT * FROM arbsok.tverrsnitt('2003-12-31')"),
    ("cross-section of a day, by hoved", "SELECT hoved, count(*) FROM arbsok.tverrsnitt('2003-12-31') GROUP BY 1"),
    ("month panel of a month",
     "SELECT lopenr, maaned, dager, hoved, ytelse, dager_5 FROM arbsok.manedspanel('2003-06-01', '2003-06-30')"),
    (STOCK, "SELECT * FROM arbsok.beholdning('2001-05-01', '2005-12-31', 'maaned')"),
    ("stock of all days, five years", "SELECT * FROM arbsok.beholdning('2001-05-01', '2005-12-31', 'dag')"),
    ("flow by month, five years", "SELECT * FROM arbsok.strom('2001-05-01', '2005-12-31')"),
    ("durations of all main spells", "SELECT * FROM arbsok.varighet()"),
)  # fmt: skip
#: Days across the series, at every time of the year.
DAYS = (
    "2001-07-31", "2001-12-31", "2002-04-15", "2002-10-31", "2003-06-30", "2003-12-31",
    "2004-03-31", "2004-09-15", "2005-05-31", "2005-08-31", "2005-11-30",
)  # fmt: skip


def analysis(bench: Bench) -> Lines:
    """9: what analysts ask."""
    with bench.cluster.connect(bench.register.holding(ASKED)) as connection:
        connection.execute("VACUUM (ANALYZE)")
        (somebody,) = one(
            connection,
            "SELECT lopenr FROM arbsok.periode GROUP BY lopenr HAVING count(*) = 10 ORDER BY lopenr LIMIT 1",
        )
        answers = {what: explain(connection, sql.SQL(query).format(sql.Literal(somebody))) for what, query in ASKED_FOR}
        days = {
            day: explain(connection, sql.SQL("SELECT * FROM arbsok.tverrsnitt({})").format(sql.Literal(day)))
            for day in DAYS
        }
        scan = explain_scan(connection)
    median = statistics.median(each.ms for each in days.values())
    bench.measured["day"] = median / scan.ms

    def row(what: str, asked: Asked) -> list[object]:
        short = asked.ms < 1
        return [
            what,
            f"{asked.ms:.3f}" if short else f"{asked.ms:.0f}",
            f"{asked.ms / scan.ms:.4f}" if short else asked.ms / scan.ms,
            f"{asked.planning:.1f}",
        ]

    plans = {what: answers[what] for what in (ASKED_FOR[0][0], SECTION, STOCK)} | {"the scan": scan}
    return [
        f"After the load of {FIRST} to {ASKED} and a VACUUM, as analysts ask; execution and planning time as EXPLAIN"
        f" (ANALYZE, BUFFERS) says, medians of five, {os.cpu_count()} cores, work_mem as it comes. The scan reads all"
        " of F_ARBSOK in the same session: `SELECT count(*), max(regtom)`.",
        "",
        *table(
            ("query", "ms", ": scan", "planning, ms"),
            *(row(what, asked) for what, asked in answers.items()),
            row("the scan", scan),
        ),
        "The cross-section of a day, everything, on days across the series; their median is what the target is about:",
        "",
        *table(
            ("day", "ms", ": scan"),
            *((day, f"{asked.ms:.0f}", asked.ms / scan.ms) for day, asked in days.items()),
            ("median", f"{median:.0f}", median / scan.ms),
        ),
        *(line for what, asked in plans.items() for line in (f"{what}:", "", "```", *asked.plan, "```", "")),
    ]


def explain_scan(connection: Connection) -> Asked:
    """Reading all of F_ARBSOK."""
    with connection.transaction(force_rollback=True):
        for scan in ("indexscan", "indexonlyscan", "bitmapscan"):
            connection.execute("SELECT set_config('enable_' || %s, 'off', true)", [scan])
        return explain(connection, sql.SQL("SELECT count(*), max(regtom) FROM trygdfob.f_arbsok"))
