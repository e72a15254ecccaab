"""The attack: what HiGHS finds out of published figures, against what can be worked out by hand (spec.md 10)."""

import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from fdtrygd.errors import UserError
from fdtrygd.statistikk import attack, rounding, yardstick
from fdtrygd.statistikk.attack import Exact
from fdtrygd.statistikk.cells import Cells, Ints

from stocks import cells, stock

#: The fixed package, and the codes of its cells
CONTROL = yardstick.package()


def rows(*numbers: int) -> Ints:
    return np.array(numbers, np.int64)


def base(counts: list[int]) -> Cells:
    """Cells of one fylke, each a figure of its own."""
    n = len(counts)
    none = np.full(n, -1)
    return Cells(
        np.array(counts), np.zeros(n, np.int64), np.arange(n)[:, None], np.arange(n) / n, 0.5, none, none
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- one cell, by hand


@pytest.mark.parametrize(
    ("counts", "protected", "exact", "disclosed", "known_small"),
    [
        # a 0 is 0 to 2, a 3 is 1 to 3
        ([1, 5], [0, 5], [], 0, 0),
        ([2, 5], [3, 5], [], 0, 0),
        # two cells whose sum is known: of 0 and 0 with 4, each is 2; with 3, each is 1 or 2; with 2, 0 to 2
        ([2, 2], [0, 0], [Exact("elsewhere", rows(0, 1), 4)], 2, 0),
        ([1, 2], [0, 0], [Exact("elsewhere", rows(0, 1), 3)], 0, 2),
        ([1, 1], [0, 0], [Exact("elsewhere", rows(0, 1), 2)], 0, 0),
        # a sum with a larger cell says as much: that one is shown as it is
        ([2, 2, 7], [0, 0, 7], [Exact("elsewhere", rows(0, 1, 2), 11)], 2, 0),
        # 3 and 3: a sum of 2 says that each is 1
        ([1, 1], [3, 3], [Exact("elsewhere", rows(0, 1), 2)], 2, 0),
        # a figure that is known to within a half says as much as the figure
        ([2, 2], [0, 0], [Exact("rate", rows(0, 1), 4.3, 0.5)], 2, 0),
        ([2, 2], [0, 0], [Exact("rate", rows(0, 1), 3.4, 0.5)], 0, 2),
        # an empty cell that nobody knows to be empty takes the certainty away
        ([2, 2, 0], [0, 0, 0], [Exact("elsewhere", rows(0, 1, 2), 4)], 0, 0),
    ],
)
@pytest.mark.parametrize("whole", [False, True])
def test_what_the_bounds_and_a_sum_say(
    counts: list[int], protected: list[int], exact: list[Exact], disclosed: int, known_small: int, whole: bool
) -> None:
    found = attack.audit(base(counts), np.array(protected), exact, whole=whole)
    assert (found.small, found.disclosed, found.known_small) == (
        len([c for c in counts if 0 < c < 3]),
        disclosed,
        known_small,
    )


def test_what_stands_in_an_exact_table_is_listed_apart() -> None:
    of = replace(base([1, 1, 4, 1]), figures=np.array([[0, 0, 0], [1, 0, 0], [2, 1, 0], [3, 1, 0]]))
    # cells 0 and 1 stand in the table together: their sum is known, and no secret is taken from whoever publishes
    # here. Each alone is attacked, and so is the last one.
    found = attack.audit(of, np.array([0, 0, 4, 0]), [Exact("elsewhere", rows(0, 1), 2)])
    assert (found.small, found.apart) == (3, 1)
    # of a total and a part the rest is known too
    both = [Exact("elsewhere", rows(0, 1, 2, 3), 7), Exact("elsewhere", rows(0, 2, 3), 6)]
    assert attack.audit(of, np.array([0, 0, 4, 0]), both).apart == 1
    # two tables' figures are put together by the solver alone: that is the attack
    both[1] = replace(both[1], table="another")
    found = attack.audit(of, np.array([0, 0, 4, 0]), both)
    assert (found.apart, found.disclosed) == (0, 1)


def test_figures_of_another_day_are_refused_in_a_sentence() -> None:
    """Those that cannot be, each by itself, are named; others cannot be together."""
    for possible in (5, 7):
        attack.audit(base([1, 5]), np.array([0, 5]), [Exact("elsewhere", rows(0, 1), possible)])
    for impossible in (4, 8):
        with pytest.raises(UserError, match=f"exact figures: Oslo is {impossible}, and can be 5 to 7 here"):
            attack.audit(base([1, 5]), np.array([0, 5]), [Exact("elsewhere", rows(0, 1), impossible, named="Oslo")])
    together = [Exact("elsewhere", rows(0, 2), 7), Exact("elsewhere", rows(0), 0)]
    with pytest.raises(UserError, match="No base fits the exact figures and what is published together"):
        attack.audit(base([1, 1, 5]), np.array([0, 0, 5]), together)


def test_without_the_solver_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(UserError, match="needs highspy"):
        attack.audit(base([1, 5]), np.array([0, 5]))


# -------------------------------------------------------------------------------------- small bases, all that fit


def everything_that_fits(of: Cells, protected: Ints, exact: list[Exact]) -> tuple[int, int]:
    """Disclosed and known to be small, by going through every base that fits."""
    box = [{0: range(3), 3: range(1, 4)}.get(int(p), range(int(p), int(p) + 1)) for p in protected]
    fits = np.array([
        counts for counts in product(*box)
        if all(abs(sum(counts[i] for i in e.rows) - e.value) <= e.within for e in exact)
    ])  # fmt: skip
    low, high = fits.min(0), fits.max(0)
    small = (of.count > 0) & (of.count < 3)
    return int((small & (low == high)).sum()), int((small & (low < high) & (low >= 1) & (high <= 2)).sum())


@pytest.mark.parametrize("seed", range(12))
def test_every_base_that_fits_says_the_same(seed: int) -> None:
    dice = np.random.default_rng(seed)
    of = base(dice.choice([0, 1, 1, 2, 2, 4], 9).tolist())
    protected = rounding.choose(replace(of, noise=dice.random(9)))
    cross = of.count.reshape(3, 3)
    exact = [Exact("down", rows(*range(i, 9, 3)), int(cross[:, i].sum())) for i in range(3)]
    exact += [Exact("across", rows(*range(3 * i, 3 * i + 3)), int(cross[i].sum())) for i in range(2)]
    for whole in (False, True):  # sums across and down: shares of persons find no more than persons do
        found = attack.audit(of, protected, exact, whole=whole)
        assert (found.disclosed, found.known_small) == everything_that_fits(of, protected, exact)


# ------------------------------------------------------------------------------------------- the positive control


def test_suppression_alone_fails() -> None:
    found = attack.positive_control()
    assert (found.small, found.disclosed) == (163, 131)


def test_the_fixed_package_is_as_it_was_made() -> None:
    of = stock(10, skew=4, steep=3, empty=True)
    assert (of.count == CONTROL[0].count).all()
    assert all((code == CONTROL[1][name]).all() for name, code in of.codes.items())


def test_the_control_is_refused_where_the_attack_finds_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attack, "attacked", lambda system, targets: (np.zeros(163, bool), np.zeros(163, bool)))
    with pytest.raises(UserError, match="found 0 of 163"):
        attack.positive_control()


def test_one_question_a_figure_finds_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way, which looks at each solution for all figures, against two questions for each."""
    of = cells(stock(1, 900, 8, 2, skew=1, steep=2, empty=True))
    short = attack.suppressed(of)
    bounds = []

    def each(system: attack.System, targets: list[Ints]) -> tuple[np.ndarray, np.ndarray]:
        for target in targets:
            cost = np.bincount(target, minlength=system.size).astype(float)
            bounds.append([system.solve(cost)[target].sum(), system.solve(-cost)[target].sum()])
        low, high = np.ceil(np.array(bounds)[:, 0] - 1e-6), np.floor(np.array(bounds)[:, 1] + 1e-6)
        return low == high, (low < high) & (low >= 1) & (high <= 2)

    monkeypatch.setattr(attack, "attacked", each)
    long = attack.suppressed(of)
    assert (short.small, short.disclosed, short.known_small) == (long.small, long.disclosed, long.known_small)
    assert short.disclosed > 20
    assert 3 * short.result["solved"] < long.result["solved"]


# -------------------------------------------------------------------------------------------------------- rounding


def test_the_same_package_rounded_is_safe() -> None:
    """With nothing from elsewhere no figure is closer than a 0 and a 3 let it be."""
    of = CONTROL[0]
    found = attack.audit(of, rounding.choose(of))
    assert (found.small, found.disclosed, found.known_small) == (163, 0, 0)


def test_taken_for_sums_of_true_counts_rounded_figures_would_always_fail() -> None:
    """Why there are two models: a rounded figure is no equation."""
    of = CONTROL[0]
    protected = rounding.choose(of)
    as_if = [Exact("shown", rows, int(protected[rows].sum())) for rows, _ in attack.figures(of)]
    with pytest.raises(UserError, match="No base fits"):
        attack.audit(of, protected, [*as_if, Exact("elsewhere", np.arange(len(of.count)), int(of.count.sum()) + 40)])


def exact_tables(of: Cells, *tables: tuple[str, ...]) -> list[Exact]:
    """Every figure of these tables, exact, as somebody else publishes them."""
    found = []
    for by in tables:
        number = np.zeros(len(of.count), np.int64)
        for name in by:
            number = number * 1000 + np.unique(CONTROL[1][name], return_inverse=True)[1]
        for figure in np.unique(number):
            own = np.flatnonzero(number == figure)
            found.append(Exact(" ".join(by), own, int(of.count[own].sum())))
    return found


@pytest.mark.parametrize("whole", [False, True])
def test_exact_figures_of_the_country_by_main_group_disclose_nothing(whole: bool) -> None:
    of = CONTROL[0]
    found = attack.audit(of, rounding.choose(of), exact_tables(of, ("hoved",)), whole=whole)
    assert (found.small, found.disclosed, found.known_small, found.apart) == (163, 0, 0, 0)


@pytest.mark.parametrize(
    ("table", "most_disclosed", "most_known"),
    [(("kommune", "alder"), 0, 0), (("fylke", "kjonn", "alder", "hoved"), 0, 0), (("kommune", "hoved"), 10, 20)],
)
def test_exact_tables_elsewhere(table: tuple[str, ...], most_disclosed: int, most_known: int) -> None:
    """V12: what does not itself stand in the exact table. Its own figures are apart."""
    of = CONTROL[0]
    found = attack.audit(of, rounding.choose(of), exact_tables(of, table))
    assert found.apart > 0
    assert found.small + found.apart == 163
    assert found.disclosed <= most_disclosed
    assert found.known_small <= most_known
