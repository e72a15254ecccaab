"""Stocks of nobody, counted as a package's base: what the tests of disclosure control round, publish and attack.

Chance is the generator's (fdtrygd/synthetic/dice.py): the same stock everywhere. A base is held as arrays, a row for
each cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from fdtrygd.statistikk.cells import Bools, Cells, Ints
from fdtrygd.statistikk.yardstick import TABLES, margins
from fdtrygd.synthetic.dice import Dice

#: How many persons out of a hundred are in each class. Region comes apart, since kommuner differ in size.
SHARES = {
    "kjonn": (55, 45),
    "hoved": (42, 14, 9, 8, 27),
    "alder": (16, 15, 26, 21, 15, 7),
    "uker": (23, 22, 20, 12, 9, 14),
}


@dataclass(frozen=True)
class Stock:
    """The cells of a base, each by its codes, with the persons in it."""

    codes: dict[str, Ints]
    count: Ints
    #: by what the base is told apart, in order
    by: tuple[str, ...]
    #: how many classes each of these has
    sizes: dict[str, int] = field(default_factory=dict)

    def number(self, by: Sequence[str]) -> Ints:
        """A number for what cells have in common by these codes."""
        number = np.zeros(len(self.count), np.int64)
        for name in by:
            number = number * 1000 + self.codes[name]
        return number


def drawn(seed: int, persons: int, kommuner: int, fylker: int, skew: int = 4, steep: int = 1) -> dict[str, Ints]:
    """The codes of so many persons. Kommuner are the smaller the later they come, and fylker take them in turn."""
    dice, ids = Dice(seed), np.arange(persons, dtype=np.int64)
    sizes = tuple(10**6 // (skew + place) ** steep for place in range(kommuner))
    found = {name: dice.pick(name, ids, shares) for name, shares in SHARES.items()}
    found["kommune"] = dice.pick("kommune", ids, sizes)
    found["fylke"] = found["kommune"] % fylker
    return found


def counted(persons: dict[str, Ints], *, kommuner: int, fylker: int, empty: bool = False) -> Stock:
    """Persons as a base by all that they have; `empty`: with the cells in which nobody is."""
    by = ("kommune", *SHARES)
    sizes = {"kommune": kommuner, **{name: len(shares) for name, shares in SHARES.items()}}
    shape = tuple(sizes.values())
    count = np.bincount(np.ravel_multi_index([persons[name] for name in by], shape), minlength=int(np.prod(shape)))
    cells = np.arange(len(count)) if empty else np.flatnonzero(count)
    codes = {name: code.astype(np.int64) for name, code in zip(by, np.unravel_index(cells, shape), strict=True)}
    return Stock({**codes, "fylke": codes["kommune"] % fylker}, count[cells].astype(np.int64), by, sizes)


def stock(
    seed: int = 1,
    persons: int = 4000,
    kommuner: int = 24,
    fylker: int = 4,
    *,
    skew: int = 4,
    steep: int = 1,
    empty: bool = False,
) -> Stock:
    return counted(drawn(seed, persons, kommuner, fylker, skew, steep), kommuner=kommuner, fylker=fylker, empty=empty)


def columns(of: Stock, tables: Iterable[Sequence[str]] = TABLES) -> Ints:
    """The figures of tables with all their margins, as Cells has them."""
    return margins(of.codes, tables)


def cells(of: Stock, figures: Ints | None = None, *, key: int = 7, start: float | None = None) -> Cells:
    """The base with the noise that a key gives: u of a cell hangs on its codes and the key alone."""
    nothing = np.full(len(of.count), -1, np.int64)
    u = Dice(key)("noise", of.number(of.by)) / 2**32
    first = float(Dice(key)("package", np.zeros(1, np.int64))[0]) / 2**32
    return Cells(
        count=of.count,
        block=of.codes["fylke"],
        figures=columns(of) if figures is None else figures,
        noise=u,
        start=first if start is None else start,
        kept=nothing,
        last=nothing,
    )


def with_past(now: Cells, of: Stock, before: Stock, protected: Ints, what: str) -> Cells:
    """The cells with what an earlier version has where cell and count are the same: as `kept` (R5) or `last` (R9)."""
    number = before.number(before.by)
    place = {int(n): i for i, n in enumerate(number)}
    found = np.full(len(of.count), -1, np.int64)
    for row, n in enumerate(of.number(of.by)):
        i = place.get(int(n))
        if i is not None and before.count[i] == of.count[row]:
            found[row] = protected[i]
    return replace(now, **{what: found})


def months(seed: int, turnover: int = 8, number: int = 12, **size: int) -> list[Stock]:
    """A stock in months that follow each other: so many of a hundred leave, and as many come, from one to the next."""
    persons = drawn(seed, **size)
    found = []
    for month in range(number):
        if month:
            new = drawn(seed * 1000 + month, **size)
            leaves = Dice(seed, month).below("leaves", np.arange(size["persons"], dtype=np.int64), 100) < turnover
            persons = {name: np.where(leaves, new[name], code) for name, code in persons.items()}
        found.append(counted(persons, kommuner=size["kommuner"], fylker=size["fylker"]))
    return found


def national(
    seed: int = 1, unemployed: int = 90_000, others: int = 110_000, kommuner: int = 434, fylker: int = 19
) -> tuple[Stock, Ints]:
    """The shipped package's base (pakke_base.sql), with the figures of its tables (tabell.sql, dimensjon.sql).

    The fully unemployed (hoved 0) are told apart by kommune, kjonn, alder and uker, the others by fylke and kjonn.
    """
    here = drawn(seed, unemployed, kommuner, fylker)
    here["hoved"] = np.zeros(unemployed, np.int64)
    fully = counted(here, kommuner=kommuner, fylker=fylker)
    there = drawn(seed + 1, others, kommuner, fylker)
    there["hoved"] = 1 + Dice(seed).pick("others", np.arange(others, dtype=np.int64), (20, 12, 11, 37))
    shape = (fylker, 2, 5)
    count = np.bincount(np.ravel_multi_index([there[n] for n in ("fylke", "kjonn", "hoved")], shape), minlength=190)
    some = np.flatnonzero(count)
    fylke, kjonn, hoved = np.unravel_index(some, shape)
    none = np.full(len(some), 999, np.int64)
    rest = {"kommune": none, "kjonn": kjonn, "hoved": hoved, "alder": none, "uker": none, "fylke": fylke}
    both = Stock(
        {name: np.concatenate([fully.codes[name], code.astype(np.int64)]) for name, code in rest.items()},
        np.concatenate([fully.count, count[some]]),
        ("fylke", *fully.by),
    )
    everybody = columns(both, [("hoved", "fylke", "kjonn")])
    details = [("kommune", "kjonn"), ("kommune", "alder"), ("fylke", "kjonn", "alder"), ("fylke", "kjonn", "uker")]
    some_only = np.where((both.codes["hoved"] == 0)[:, None], columns(both, details), -1)
    return both, np.concatenate([everybody, some_only], 1)


def figures_of(figures: Ints, values: Ints) -> Ints:
    """The figures themselves, column by column: sums of the values of the cells in each."""
    return np.concatenate([
        np.bincount(np.unique(column[column >= 0], return_inverse=True)[1], values[column >= 0]).astype(np.int64)
        for column in figures.T
    ])  # fmt: skip


def members(figures: Ints) -> Bools:
    """Which cells each of these figures counts, a row a figure, in their order."""
    return np.concatenate([
        column[None, :] == np.unique(column[column >= 0])[:, None] for column in figures.T
    ])  # fmt: skip
