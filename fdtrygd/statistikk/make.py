"""A version of a period: its base counted, its small counts rounded, its tables made: in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from fdtrygd.db import database
from fdtrygd.db.database import Connection, announce, scalar
from fdtrygd.settings import product_version
from fdtrygd.statistikk import rounding, versions
from fdtrygd.statistikk.cells import Cells, Ints

#: A class's code, as numpy has it.
CODE = "U12"


@dataclass(frozen=True)
class Made:
    """A version that was made."""

    version: versions.Version
    #: cells of its tables
    cells: int
    #: base cells with somebody in them, and those of them with one or two
    base: int
    small: int
    controls: list[versions.Control]
    #: whether the version whose place it took had been attacked: what was found went with it
    audit_lost: bool


@dataclass(frozen=True)
class Placed:
    """Where base cells stand in a table: a row for each that it counts."""

    #: the base cell, by its place
    row: Ints
    #: the codes of each dimension's classes, in order
    codes: tuple[NDArray[np.str_], ...]
    #: the class of each dimension, by its place among those, and whether it is in the dimension's total
    classes: NDArray[np.int32]
    in_total: NDArray[np.bool_]
    #: the dimensions that have a total
    totals: tuple[int, ...]


def make(connection: Connection, period: str, why: str | None = None) -> list[Made]:
    """Makes the version of the period of each package; one that is not published goes. The caller holds the lock.

    UserError where it cannot be made; then nothing has changed.
    """
    made = []
    with database.announced(connection), versions.refusals(), connection.transaction():
        attacked = {
            each.package for each in versions.made(connection, period) if each.audited and not each.is_published
        }
        for package in versions.packages(connection, period):
            announce(connection, f"statistics {period}: base")
            version: int = scalar(
                connection,
                "SELECT statistikk.begynn_versjon(%s, %s, %s, %s)",
                *(package, period, why, product_version()),
            )
            base = small = 0
            if "M" in period:
                cells, celle, _ = base_cells(connection, version)
                base, small = len(cells.count), int((cells.count < rounding.BASE).sum())
                announce(connection, f"statistics {period}: rounding")
                protected = rounding.choose(cells)
                announce(connection, f"statistics {period}: tables")
                connection.execute(
                    "SELECT statistikk.beskytt(%s, %s, %s)", [version, celle.tolist(), protected.tolist()]
                )
            announce(connection, f"statistics {period}: controls")
            controls = versions.controls(connection, version)
            count = scalar(connection, "SELECT count(*) FROM statistikk.celle WHERE versjon = %s", version)
            (found,) = (each for each in versions.latest(connection, period) if each.id == version)
            made.append(Made(found, count, base, small, controls, package in attacked))
    return made


def base_cells(connection: Connection, version: int) -> tuple[Cells, Ints, dict[str, Placed]]:
    """The base of a month's version as rounding and the attack see it, its cells' numbers and where they stand."""
    names = ("celle", "block", "count", "noise", "start", "kept", "last")
    base = columns(
        connection,
        "SELECT celle, coalesce(fylke::integer, 0), antall, stoy, periodens_stoy, forrige, forrige_periode"
        " FROM statistikk.celler_til_avrunding(%s)",
        [version],
        [(name, np.float64 if name in ("noise", "start") else np.int64) for name in names],
    )
    placed = placements(connection, version, base["celle"])
    cells = Cells(
        count=base["count"],
        block=base["block"],
        figures=figures(len(base), placed.values()),
        noise=base["noise"],
        start=float(base["start"][0]) if len(base) else 0.0,
        kept=base["kept"],
        last=base["last"],
    )
    return cells, base["celle"], placed


def placements(connection: Connection, version: int, numbers: Ints) -> dict[str, Placed]:
    """Where the base cells of those numbers, in rising order, stand in each table of the version."""
    tables = connection.execute(
        "SELECT t.tabell, array_agg(d.plass - 1 ORDER BY d.plass) FILTER (WHERE d.i_alt IS NOT NULL), count(*)"
        " FROM statistikk.versjon AS v"
        " JOIN statistikk.tabell AS t ON t.pakke = v.pakke AND t.maal = 'beholdning' AND t.gyldig_fra <= v.dagdato"
        "     AND (t.gyldig_til >= v.dagdato OR t.gyldig_til IS NULL)"
        " JOIN statistikk.dimensjon AS d USING (tabell) WHERE v.versjon = %s GROUP BY t.tabell ORDER BY 1",
        [version],
    ).fetchall()
    found = {}
    for table, totals, dimensions in tables:
        places = range(1, dimensions + 1)
        each = sql.SQL(", ").join(sql.SQL("koder[{0}], i_alt[{0}]::integer").format(n) for n in places)
        rows = columns(
            connection,
            sql.SQL("SELECT celle, {} FROM statistikk.plassert(%s, %s)").format(each),
            [version, table],
            [
                ("celle", np.int64),
                *((f"{what}{n}", of) for n in places for what, of in (("kode", CODE), ("sum", bool))),
            ],
        )
        if len(rows):
            # Texts of all tables at once would be most of the memory that a month takes
            classes = [np.unique(rows[f"kode{n}"], return_inverse=True) for n in places]
            found[table] = Placed(
                row=np.searchsorted(numbers, rows["celle"]),
                codes=tuple(codes for codes, _ in classes),
                classes=np.stack([of for _, of in classes], axis=1, dtype=np.int32, casting="same_kind"),
                in_total=np.stack([rows[f"sum{n}"] for n in places], axis=1),
                totals=tuple(totals or ()),
            )
    return found


def columns(
    connection: Connection, query: str | sql.Composed, parameters: list[Any], of: list[tuple[str, Any]]
) -> NDArray[Any]:
    """What a query gives, as columns of these names and types: a base has thousands of rows."""
    statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(sql.SQL(query) if isinstance(query, str) else query)
    text = BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement, parameters) as copy:
        for row in copy:  # joined at once they would be there twice, and leave holes for the months that follow
            text.write(row)
    if not text.tell():
        return np.zeros(0, of)
    text.seek(0)
    return np.loadtxt(text, of, delimiter=",", quotechar='"', comments=None, encoding="utf-8", ndmin=1)


def figures(base: int, tables: Iterable[Placed]) -> Ints:
    """The figures that count each base cell: a column for each way in which a table adds up, -1 where none does."""
    columns = []
    for table in tables:
        for summed in chain.from_iterable(combinations(table.totals, n) for n in range(len(table.totals) + 1)):
            counted = table.in_total[:, list(summed)].all(axis=1)
            key = np.zeros(int(counted.sum()), np.int64)
            for dimension, codes in enumerate(table.codes):
                if dimension not in summed:
                    key = key * len(codes) + table.classes[counted, dimension]
            column = np.full(base, -1, np.int32)
            column[table.row[counted]] = np.unique(key, return_inverse=True)[1]
            columns.append(column)
    return np.stack(columns, axis=1) if columns else np.zeros((base, 0), np.int32)
