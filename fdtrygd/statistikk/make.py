"""A version of a period: its base counted, its small counts rounded, its tables made: in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

from fdtrygd.db import database
from fdtrygd.db.database import Connection, announce, scalar
from fdtrygd.settings import product_version
from fdtrygd.statistikk import rounding, versions
from fdtrygd.statistikk.cells import Cells, Ints


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


@dataclass(frozen=True)
class Placed:
    """Where base cells stand in a table: a row for each that it counts."""

    #: the base cell, by its place
    row: Ints
    #: the class of each dimension, and whether it is in the dimension's total
    codes: NDArray[np.str_]
    in_total: NDArray[np.bool_]
    #: the dimensions that have a total
    totals: tuple[int, ...]


def make(connection: Connection, period: str, why: str | None = None) -> list[Made]:
    """Makes the version of the period of each package; one that is not published goes. The caller holds the lock.

    UserError where it cannot be made; then nothing has changed.
    """
    versions.refuse_no_period(period)
    made = []
    with database.announced(connection), versions.refusals(), connection.transaction():
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
            made.append(Made(found, count, base, small, controls))
    return made


def base_cells(connection: Connection, version: int) -> tuple[Cells, Ints, dict[str, Placed]]:
    """The base of a month's version as rounding and the attack see it, its cells' numbers and where they stand."""
    rows = connection.execute("SELECT * FROM statistikk.celler_til_avrunding(%s)", [version]).fetchall()
    celle, fylke, antall, stoy, pakkens, forrige, periode = zip(*rows, strict=True) if rows else ((),) * 7
    numbers = np.array(celle, np.int64)
    placed = placements(connection, version, numbers)
    cells = Cells(
        count=np.array(antall, np.int64),
        block=np.array([int(each or 0) for each in fylke], np.int64),
        figures=figures(len(rows), placed.values()),
        noise=np.array(stoy, np.float64),
        start=pakkens[0] if rows else 0.0,
        kept=np.array(forrige, np.int64),
        last=np.array(periode, np.int64),
    )
    return cells, numbers, placed


def placements(connection: Connection, version: int, numbers: Ints) -> dict[str, Placed]:
    """Where the base cells of those numbers, in rising order, stand in each table of the version."""
    tables = connection.execute(
        "SELECT t.tabell, array_agg(d.plass - 1 ORDER BY d.plass) FILTER (WHERE d.i_alt IS NOT NULL)"
        " FROM statistikk.versjon AS v"
        " JOIN statistikk.tabell AS t ON t.pakke = v.pakke AND t.maal = 'beholdning' AND t.gyldig_fra <= v.dagdato"
        "     AND (t.gyldig_til >= v.dagdato OR t.gyldig_til IS NULL)"
        " JOIN statistikk.dimensjon AS d USING (tabell) WHERE v.versjon = %s GROUP BY t.tabell ORDER BY 1",
        [version],
    ).fetchall()
    found = {}
    for table, totals in tables:
        rows = connection.execute("SELECT * FROM statistikk.plassert(%s, %s)", [version, table]).fetchall()
        if rows:
            celle, codes, in_total = zip(*rows, strict=True)
            row = np.searchsorted(numbers, np.array(celle, np.int64))
            found[table] = Placed(row, np.array(codes), np.array(in_total, np.bool_), tuple(totals or ()))
    return found


def figures(base: int, tables: Iterable[Placed]) -> Ints:
    """The figures that count each base cell: a column for each way in which a table adds up, -1 where none does."""
    columns = []
    for table in tables:
        classes = [np.unique(column, return_inverse=True)[1].astype(np.int64) for column in table.codes.T]
        for summed in chain.from_iterable(combinations(table.totals, n) for n in range(len(table.totals) + 1)):
            counted = table.in_total[:, list(summed)].all(axis=1)
            key = np.zeros(int(counted.sum()), np.int64)
            for dimension, of in enumerate(classes):
                if dimension not in summed:
                    key = key * (of.max(initial=0) + 1) + of[counted]
            column = np.full(base, -1, np.int64)
            column[table.row[counted]] = np.unique(key, return_inverse=True)[1]
            columns.append(column)
    return np.stack(columns, axis=1) if columns else np.zeros((base, 0), np.int64)
