"""A year's official statistics, month by month, each step timed: a process of its own (sections/statistics.py).

It calls what `fdtrygd statistics make` calls, in one transaction that is rolled back, and prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import psycopg
from fdtrygd.db.database import scalar
from fdtrygd.settings import product_version
from fdtrygd.statistikk import attack, rounding, versions
from fdtrygd.statistikk.make import base_cells

Steps = dict[str, list[float]]
#: The product's own steps, in their order
MARKS = "SELECT befolkning.lag_kjennemerker(%s::date)"
BEGIN = "SELECT statistikk.begynn_versjon(%s, %s, %s, %s)"
PROTECT = "SELECT statistikk.beskytt(%s, %s, %s)"
#: What the last one ends with, once more
EMPTY = "DELETE FROM statistikk.celle WHERE versjon = %s"
TABLES = "SELECT statistikk.lag_celler(%s)"
#: The proof: controls 5 and 6 of spec.md 10
PROOF = """
SELECT (SELECT count(*) FROM statistikk.grunnlag AS g WHERE g.versjon = %s AND g.beskyttet IN (1, 2))
    + (SELECT count(*) FROM statistikk.celle AS c
        LEFT JOIN statistikk.fra_personene(%s) AS p ON p.tabell = c.tabell AND p.koder = c.koder
        WHERE c.versjon = %s AND c.verdi <> coalesce(p.verdi, 0))
"""


def year(connection: psycopg.Connection[Any], year: int) -> tuple[Steps, dict[str, int]]:
    """Seconds of each step, for each month, and how much there was of what in the last one."""
    steps: Steps = {}
    counts: dict[str, int] = {}

    def timed(step: str, work: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        result = work(*given)
        steps.setdefault(step, []).append(time.perf_counter() - began)
        return result

    (package,) = versions.packages(connection, f"{year}M01")
    for month in range(1, 13):
        given = (package, f"{year}M{month:02}", None, product_version())
        timed("kjennemerke", scalar, connection, MARKS, f"{year}-{month:02}-01")
        version = timed("base", scalar, connection, BEGIN, *given)
        cells, numbers, _ = timed("read", base_cells, connection, version)
        protected = timed("rounding", rounding.choose, cells)
        timed("protect", scalar, connection, PROTECT, version, numbers.tolist(), protected.tolist())
        connection.execute(EMPTY, [version])
        counts["cells"] = timed("tables", scalar, connection, TABLES, version)
        assert timed("proof", scalar, connection, PROOF, version, version, version) == 0
        timed("controls", versions.controls, connection, version)
        counts["base"] = len(cells.count)
        counts["small"] = int(((cells.count > 0) & (cells.count < rounding.BASE)).sum())
    # Fylke by fylke
    columns = ("count", "block", "figures", "noise", "kept", "last")
    verdicts = []
    for block in np.unique(cells.block):
        rows = np.flatnonzero(cells.block == block)
        some = replace(cells, **{name: getattr(cells, name)[rows] for name in columns})
        verdicts.append(timed("attack", attack.audit, some, protected[rows]))
    counts |= {"attacked": sum(each.small for each in verdicts), "disclosed": sum(each.disclosed for each in verdicts)}
    return steps, counts


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as connection:
        result = year(connection, int(sys.argv[2]))
        connection.rollback()
    print(json.dumps(result))
