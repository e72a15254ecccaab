"""Reading what was loaded."""

import statistics

from psycopg import sql

from cluster import Connection, one
from page import Lines, table
from shared import FIRST, LATER, Bench


def queries(bench: Bench) -> Lines:
    """7: reading what was loaded."""
    with bench.cluster.connect(bench.register.holding(LATER)) as connection:
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
