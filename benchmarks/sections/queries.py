"""Reading what was loaded."""

import statistics
import time
from typing import LiteralString, NamedTuple

from psycopg import sql

from cluster import Connection, one
from page import Lines, table
from shared import FIRST, LATER, Bench

#: One person's history, as those ask for it who may read F_ARBSOK, and as analysts do.
HISTORY: dict[str, LiteralString] = {
    "records of F_ARBSOK": "SELECT * FROM trygdfob.f_arbsok WHERE lopenr = $1 ORDER BY regdato, kode",
    "`periode`": "SELECT * FROM arbsok.periode WHERE lopenr = $1 ORDER BY regdato",
}
#: So many persons are looked up, each with ten stretches or more; before them others, until the server has made up its
#: mind about the plan.
PERSONS = 50


class Asked(NamedTuple):
    """A query's milliseconds, medians, and its last plan."""

    ms: float
    planning: float
    plan: Lines


def queries(bench: Bench) -> Lines:
    """7: reading what was loaded."""
    with bench.cluster.connect(bench.register.holding(LATER)) as connection:
        connection.execute("SET plan_cache_mode = force_generic_plan")
        connection.execute(
            "PREPARE person(varchar) AS SELECT f.* FROM trygdfob.person AS p JOIN trygdfob.f_arbsok AS f USING (lopenr)"
            " WHERE p.fnr = $1 ORDER BY f.regdato, f.kode"
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
            ("one person's records, by fnr", f"{person.ms:.3f}", f"{person.ms / count.ms:.5f}"),
            (f"everybody registered on {LATER}-06-30, by hoved", f"{day.ms:.1f}", day.ms / count.ms),
            ("count of F_ARBSOK, reading all of it", f"{count.ms:.1f}", 1.0),
        ),
        *("One person's records:", "", "```", *person.plan, "```", ""),
        *("Everybody registered on a day:", "", "```", *day.plan, "```", ""),
    ]


def explain(connection: Connection, query: sql.Composable, times: int = 5) -> Asked:
    """What the query takes, so many times."""
    plan: Lines = []
    taken: list[tuple[float, float]] = []
    for _ in range(times):
        answer = connection.execute(sql.SQL("EXPLAIN (ANALYZE, BUFFERS) ") + query)
        plan = [line for (line,) in answer.fetchall()]
        ms, planning = (
            float(line.split()[2])
            for start in ("Execution Time:", "Planning Time:")
            for line in plan
            if line.startswith(start)
        )
        taken.append((ms, planning))
    return Asked(*map(statistics.median, zip(*taken, strict=True)), plan)


def histories(connection: Connection) -> dict[str, tuple[Asked, float]]:
    """For each way to ask for one person's history, prepared: medians over persons, and of the whole answer in ms."""
    persons = [
        lopenr
        for (lopenr,) in connection.execute(
            "SELECT lopenr FROM arbsok.periode GROUP BY lopenr HAVING count(*) >= 10 ORDER BY md5(lopenr) LIMIT %s",
            [PERSONS],
        )
    ]
    found = {}
    for what, query in HISTORY.items():
        connection.execute(sql.SQL("PREPARE history(varchar) AS ") + sql.SQL(query))
        calls = [sql.SQL("EXECUTE history({})").format(sql.Literal(lopenr)) for lopenr in persons]
        seconds = []
        for call in calls:
            began = time.perf_counter()
            connection.execute(call).fetchall()
            seconds.append(time.perf_counter() - began)
        each = [explain(connection, call, 1) for call in calls]
        ms, planning = (statistics.median(figures) for figures in list(zip(*each, strict=True))[:2])
        found[what] = Asked(ms, planning, each[-1].plan), statistics.median(seconds) * 1000
        connection.execute("DEALLOCATE history")
    return found
