"""A package of nobody that never changes, in which an attack that is worth its name finds what it must (spec.md 10).

4 000 persons in 24 kommuner, with 163 figures of 1 or 2 in four linked tables. Its cells are those of
kontrollpakke.csv, and all the empty ones between them: whoever attacks does not know which those are.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from fdtrygd.statistikk.cells import Cells, Ints

#: The persons, by all that they have.
FILE = Path(__file__).parent / "kontrollpakke.csv"
#: The tables that are published of them, with all their margins: what each is by.
TABLES = (
    ("kommune", "kjonn", "hoved"),
    ("kommune", "alder"),
    ("fylke", "kjonn", "alder", "hoved"),
    ("fylke", "uker", "kjonn"),
)
#: How many figures of 1 or 2 persons they show, and how many of these come out where nothing but they is left out.
SMALL, DISCLOSED = 163, 131


def package() -> tuple[Cells, dict[str, Ints]]:
    """The package as a base, its empty cells included, and the codes of each cell, numbered from 0."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    table = np.array(rows, np.int64)
    *by, _ = head
    shape = table[:, :-1].max(0) + 1
    count = np.zeros(shape, np.int64)
    count[tuple(table[:, :-1].T)] = table[:, -1]
    codes = {name: code.ravel() for name, code in zip(by, np.indices(shape), strict=True)}
    codes["fylke"] = codes["kommune"] % 4
    nothing = np.full(count.size, -1, np.int64)
    cells = Cells(
        count=count.ravel(),
        block=codes["fylke"],
        figures=margins(codes, TABLES),
        noise=np.modf(np.arange(count.size) * 0.6180339887)[0],  # spread evenly: there is no key here
        start=0.5,
        kept=nothing,
        last=nothing,
    )
    return cells, codes


def margins(codes: Mapping[str, Ints], tables: Iterable[Sequence[str]]) -> Ints:
    """The figures of tables with all their totals, as Cells has them."""
    found = []
    for table in tables:
        for number_of in range(len(table) + 1):
            for by in combinations(table, number_of):
                figure = np.zeros_like(next(iter(codes.values())))
                for name in by:
                    figure = figure * 1000 + codes[name]
                found.append(figure)
    return np.stack(found, 1)
