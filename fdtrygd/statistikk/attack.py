"""What an attacker can work out of what is published (spec.md 10).

Whoever wants to know how many persons stand behind a figure writes down all that he knows as equations, and has a
solver (HiGHS) find the fewest and the most persons that fit. A figure of 1 or 2 is *disclosed* where both are the same,
and *known to be small* where they are 1 and 2. Two models:

- of rounding: he is given the protected count of every base cell, which is more than is published. Where it is 0 the
  true count is 0, 1 or 2, where it is 3 it is 1, 2 or 3, else it is what is shown. What helps him are exact figures
  from elsewhere.
- of suppression, for the positive control alone: he is given every figure but those of 1 and 2.

Only the verdict reads true counts: which figures are 1 or 2, and so attacked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fdtrygd.errors import UserError
from fdtrygd.statistikk import rounding, yardstick
from fdtrygd.statistikk.cells import Bools, Cells, Floats, Ints

#: What the solver's numbers may be wrong by.
NEAR = 1e-6
#: Exact figures that cannot be, in a sentence.
NAMED = 3
#: What is the matter where exact figures do not fit.
OTHERS = "One that does not fit is of another day, another population or another division into regions."


@dataclass(frozen=True)
class Exact:
    """A figure that the attacker knows: how many persons are in some cells together."""

    #: the table it is of: what stands in it, or adds up from it, is his already
    table: str
    #: the cells, as rows of the base
    rows: Ints
    value: float
    #: of rates and averages: how far from `value` the count may be
    within: float = 0.0
    #: what a sentence calls it
    named: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came out, in numbers of figures."""

    #: of 1 or 2 persons, attacked
    small: int
    #: of these, found exactly
    disclosed: int
    #: of these, known to be 1 or 2
    known_small: int
    #: of 1 or 2 persons, and not attacked: the attacker has them from elsewhere
    apart: int = 0
    #: what the attacker was given, and how often he asked the solver
    result: dict[str, int] = field(default_factory=dict)


def audit(cells: Cells, protected: Ints, exact: Sequence[Exact] = (), *, whole: bool = False) -> Verdict:
    """A rounded base attacked, with exact figures from elsewhere.

    An empty cell that has no row is one that the attacker knows to be empty. `whole`: he asks for persons, not for
    shares of persons, which takes longer.
    """
    unsure = (protected == 0) | (protected == rounding.BASE)
    lower = np.where(protected == rounding.BASE, 1, np.where(unsure, 0, protected))
    upper = np.where(protected == 0, rounding.BASE - 1, protected)
    refuse_impossible(lower, upper, exact)
    small = small_figures(cells)
    his = known(small, exact, len(cells.count))
    targets = [rows for rows, known_already in zip(small, his, strict=True) if not known_already]
    system = System(lower, upper, exact, whole=whole)
    disclosed, known_small = attacked(system, targets)
    result = {
        "cells": len(cells.count),
        "unsure": int(unsure.sum()),
        "exact": len(exact),
        "apart": int(his.sum()),
        "solved": system.solved,
    }
    return Verdict(len(targets), int(disclosed.sum()), int(known_small.sum()), int(his.sum()), result)


def refuse_impossible(lower: Ints, upper: Ints, exact: Sequence[Exact]) -> None:
    """UserError where what is published leaves no room for an exact figure, whatever the others are."""
    wrong = []
    for figure in exact:
        fewest, most = int(lower[figure.rows].sum()), int(upper[figure.rows].sum())
        if not fewest - figure.within <= figure.value <= most + figure.within:
            wrong.append(f"{figure.named} is {figure.value:g}, and can be {fewest} to {most} here")
    if wrong:
        more = f"; {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise UserError(
            f"No base fits what is published and these exact figures: {'; '.join(wrong[:NAMED])}{more}. {OTHERS} "
            "Nobody was attacked."
        )


def suppressed(cells: Cells) -> Verdict:
    """The same figures, exact, those of 1 and 2 left out and nothing else done."""
    shown: list[Exact] = []
    somebody = np.ones(len(cells.count), np.bool_)
    for rows, value in figures(cells):
        if value == 0:
            somebody[rows] = False
        elif value >= rounding.BASE:
            shown.append(Exact("shown", rows, value))
    targets = small_figures(cells)
    upper = np.where(somebody, cells.count.sum(), 0)
    system = System(np.zeros_like(upper), upper, shown)
    disclosed, known_small = attacked(system, targets)
    result = {"cells": len(cells.count), "unsure": int(somebody.sum()), "exact": len(shown), "solved": system.solved}
    return Verdict(len(targets), int(disclosed.sum()), int(known_small.sum()), 0, result)


def positive_control() -> Verdict:
    """The attack on a fixed package in which only what is small is left out: it must find what is known to come out."""
    found = suppressed(yardstick.package()[0])
    if (found.small, found.disclosed) != (yardstick.SMALL, yardstick.DISCLOSED):
        raise UserError(
            f"The attack found {found.disclosed} of {found.small} small figures in the package that comes with the "
            f"program, and must find {yardstick.DISCLOSED} of {yardstick.SMALL}: what it says of others means nothing. "
            "Install the version of highspy that pyproject.toml names."
        )
    return found


def figures(cells: Cells) -> list[tuple[Ints, int]]:
    """The published figures, each once: the rows that it counts, and how many persons are in them."""
    found: list[tuple[Ints, int]] = []
    for column in rounding.once(cells.figures).T:
        order = np.argsort(column, kind="stable")[np.count_nonzero(column < 0) :]
        for rows in np.split(order, np.flatnonzero(np.diff(column[order])) + 1) if len(order) else ():
            found.append((rows, int(cells.count[rows].sum())))
    return found


def small_figures(cells: Cells) -> list[Ints]:
    """The rows of each figure of 1 or 2."""
    return [rows for rows, value in figures(cells) if 0 < value < rounding.BASE]


def known(targets: list[Ints], exact: Sequence[Exact], cells: int) -> Bools:
    """Which figures stand in an exact table, or are sums and differences of what stands in it."""
    found = np.zeros(len(targets), np.bool_)
    for table in {figure.table for figure in exact}:
        # The smallest figure of the table that has the cell; whoever has some cells of it and not all does not know.
        part = np.full(cells, -1, np.int64)
        own = [figure for figure in exact if figure.table == table and not figure.within]
        for number, figure in enumerate(sorted(own, key=lambda figure: -len(figure.rows))):
            part[figure.rows] = number
        size = np.bincount(part + 1, minlength=len(own) + 1)
        for place, rows in enumerate(targets):
            parts, times = np.unique(part[rows], return_counts=True)
            found[place] |= parts[0] >= 0 and (times == size[parts + 1]).all()
    return found


def attacked(system: "System", targets: list[Ints]) -> tuple[Bools, Bools]:
    """Which of the targets are disclosed, and which known to be small.

    Every solution is looked at for all of them, so that far fewer questions are asked than there are bounds.
    """
    if not targets:
        return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
    where, starts = np.concatenate(targets), np.cumsum([0, *map(len, targets[:-1])])
    target_of = np.repeat(np.arange(len(targets)), [len(rows) for rows in targets])
    fewest, most = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

    def ask(chosen: Bools | Floats) -> float:
        """How much the most of these targets, so weighted, is more than the fewest."""
        weights = chosen.astype(np.float64)
        found: list[float] = []
        for sign in (-1.0, 1.0):
            cost = np.bincount(where, weights[target_of], system.size)
            solution = system.solve(sign * cost.astype(np.float64))
            values = np.add.reduceat(solution[where], starts)
            np.minimum(fewest, values, out=fewest)
            np.maximum(most, values, out=most)
            found.append(float(weights @ values))
        return found[0] - found[1]

    # Chance weights: where not even their sum moves, no target in it does.
    dice = np.random.default_rng(0)
    moves = np.zeros(len(targets), np.bool_)
    while not moves.all():
        weights = np.where(moves, 0.0, dice.uniform(0.5, 1.5, len(targets)) * dice.choice((-1.0, 1.0), len(targets)))
        moved = ask(weights)
        moves = most - fewest > NEAR
        if moved < 2 * NEAR * len(targets):
            break

    def low() -> Floats:
        return np.ceil(fewest - NEAR)

    def high() -> Floats:
        return np.floor(most + NEAR)

    def open_() -> Bools:
        return moves & ((high() <= low()) | ((low() >= 1) & (high() < rounding.BASE)))

    left = len(targets) + 1
    while 0 < (now := int(open_().sum())) < left:
        left = now
        ask(open_())
    for target in np.flatnonzero(open_()):
        if open_()[target]:
            ask(np.arange(len(targets)) == target)
    disclosed = ~moves | (high() <= low())
    return disclosed, ~disclosed & (low() >= 1) & (high() < rounding.BASE)


class System:
    """Whole numbers of persons between bounds, and sums of them that are known, as HiGHS has them."""

    def __init__(self, lower: Ints, upper: Ints, exact: Sequence[Exact], *, whole: bool = False) -> None:
        try:
            import highspy
        except ModuleNotFoundError:
            raise UserError("The attack needs highspy: pip install 'fdtrygd[statistikk]'.") from None
        self.size, self.solved = len(lower), 0
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size, len(exact)
        lp.col_cost_ = np.zeros(self.size)
        lp.col_lower_, lp.col_upper_ = lower.astype(np.float64), upper.astype(np.float64)
        lp.row_lower_ = np.array([figure.value - figure.within for figure in exact], np.float64)
        lp.row_upper_ = np.array([figure.value + figure.within for figure in exact], np.float64)
        index = np.concatenate([np.zeros(0, np.int64), *(figure.rows for figure in exact)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(figure.rows) for figure in exact)]).astype(np.int32)
        lp.a_matrix_.index_ = index.astype(np.int32)
        lp.a_matrix_.value_ = np.ones(len(index))
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * self.size

        class Silent(highspy.Highs):  # type: ignore[misc]
            """HiGHS says who it is at its first callback, before it can be told not to."""

            def enableCallbacks(self) -> None:
                self.setOptionValue("output_flag", False)
                super().enableCallbacks()

        self.highs: Any = Silent()
        for option, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", NEAR)):
            self.highs.setOptionValue(option, value)
        self.highs.passModel(lp)
        self.optimal = highspy.HighsModelStatus.kOptimal
        self.columns = np.arange(self.size, dtype=np.int32)

    def solve(self, cost: Floats) -> Floats:
        """The persons for which this costs least."""
        self.solved += 1
        self.highs.changeColsCost(self.size, self.columns, cost)
        self.highs.run()
        if self.highs.getModelStatus() != self.optimal:
            raise UserError(
                f"No base fits the exact figures and what is published together. {OTHERS} Nobody was attacked."
            )
        return np.array(self.highs.getSolution().col_value)
