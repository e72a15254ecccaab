"""Which small counts become 3 and which 0, so that what is published moves least (spec.md 10).

A cell of 3 or more stays, and so does an empty one: that any choice among the others is a protection is R2's doing, and
the database proves it of every version (controls 5 and 6). What is chosen here is how good the figures are, and, by
keyed noise, that nobody outside can do the choice again and so learn more than R2 lets him.

With r the differences between true and shown figures, the choice makes the sum of r², less 6 times what is said for
each cell that becomes 3, as small as it finds: greedy from nothing, then by changing places. To make a cell 3 gains
(sum of r over its figures) - 1.5 x (number of its figures) + (what is said for it): the score. The number of figures is
in it because cells differ: one of the fully unemployed is in more than twice as many as one of another main group.
"""

from collections.abc import Iterator

import numpy as np

from fdtrygd.statistikk.cells import Bools, Cells, Floats, Ints

#: What small counts are rounded to a multiple of: those below it.
BASE = 3
#: What the keyed noise says for a cell, at most (R3).
NOISE = 4.0
#: What last period's choice says for itself where the count is the same (R9).
HABIT = 20.0
#: How often changing places is gone through. It ends earlier, when no change gains.
PASSES = 20


def choose(cells: Cells) -> Ints:
    """The protected count of each cell, in the order of the rows."""
    small = (cells.count > 0) & (cells.count < BASE)
    kept = small & (cells.kept >= 0)
    protected = np.where(small, np.where(kept, cells.kept, 0), cells.count)
    figures = once(cells.figures)
    said = NOISE * cells.noise + HABIT * ((cells.last == BASE) * 1.0 - (cells.last == 0))
    residual = np.zeros(figures.max(initial=-1) + 2, np.int64)  # the last one is that of -1, and stays 0
    # What is left over, in threes. It starts anywhere within one, so that a lone 1 is a 3 one time in three.
    carry = cells.start - 0.5
    for rows in fylker(cells, small):
        np.add.at(residual, figures[rows], (cells.count - protected)[rows, None])
        residual[-1] = 0
        free = rows[~kept[rows]]
        wanted = (cells.count - protected)[rows].sum() / BASE + carry
        threes = int(np.clip(np.floor(wanted + 0.5), 0, len(free)))
        carry = wanted - threes
        chosen = free[best(figures[free], residual, said[free], threes)]
        protected[chosen] = BASE
        np.subtract.at(residual, figures[chosen], BASE)
        residual[-1] = 0
    return protected


def fylker(cells: Cells, small: Bools) -> Iterator[Ints]:
    """The small cells of each fylke: in the order of their noise, which is the same whatever the rows' order."""
    rows = np.flatnonzero(small)
    rows = rows[np.lexsort((cells.noise[rows], cells.block[rows]))]
    yield from np.split(rows, np.flatnonzero(np.diff(cells.block[rows])) + 1) if len(rows) else ()


def best(figures: Ints, residual: Ints, said: Floats, threes: int) -> Bools:
    """Which cells of a fylke become 3, so many of them; `residual` is as if none did."""
    figures = figures[:, (figures != figures[:1]).any(0)]  # what counts all of them tells none apart
    gain = residual[figures].sum(1) + said
    degree = 1.5 * (figures >= 0).sum(1)
    taken = np.zeros(len(said))  # -inf where a cell is 3 already
    # Most of the time goes into comparing these: the smaller the numbers, the faster.
    columns = np.zeros(figures.T.shape, np.int32)
    for column, found in zip(figures.T, columns, strict=True):
        found[:] = np.where(column < 0, -1, np.unique(column, return_inverse=True)[1])
    columns = columns.astype(np.min_scalar_type(-1 - columns.max(initial=0)))
    sums = np.min_scalar_type(len(columns))

    def moved(cell: int) -> Floats:
        """By how much less each cell gains when this one has become 3."""
        own = columns[:, cell, None].copy()
        own[own < 0] = -2  # no figure is none that two cells have in common
        shared: Ints = np.add.reduce((columns == own).view(np.uint8), 0, dtype=sums)
        return BASE * shared.astype(np.float64)

    for _ in range(threes):
        cell = int((gain - degree + taken).argmax())
        taken[cell] = -np.inf
        gain -= moved(cell)
    for _ in range(PASSES if threes < len(said) else 0):
        before = taken.copy()
        for out in np.flatnonzero(before):
            back = moved(int(out))
            without = gain + back - degree + taken
            cell = int(without.argmax())
            if without[cell] > gain[out] + degree[out] + 1e-9:
                taken[out], taken[cell] = 0.0, -np.inf
                gain += back - moved(cell)
        if (taken == before).all():
            break
    return taken < 0


def once(figures: Ints) -> Ints:
    """The figures with a number each, and each once: what has the same cells in two tables is one figure."""
    numbered = np.full(figures.shape, -1, np.int32)
    marks = np.random.default_rng(0).integers(2**62, size=len(figures))
    sums = np.zeros(0, np.int64)
    for column, found in zip(figures.T, numbered.T, strict=True):
        there = column >= 0
        number = np.unique(column[there], return_inverse=True)[1]
        found[there] = number + len(sums)
        of_column = np.zeros(number.max(initial=-1) + 1, np.int64)
        np.add.at(of_column, number, marks[there])
        sums = np.concatenate([sums, of_column])
    _, first, same = np.unique(sums, return_index=True, return_inverse=True)
    first_of = np.append(first[same], -1)
    numbered[first_of[numbered] != numbered] = -1
    return numbered
