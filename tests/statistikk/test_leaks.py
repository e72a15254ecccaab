"""What would come out if a rule of disclosure control were not there, and does not where it is (spec.md 10).

Each attack is tried twice: on what is published under the rule, where it finds nothing, and without the rule, where it
finds persons. The second half shows that the first can fail.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from fdtrygd.statistikk import attack, rounding
from fdtrygd.statistikk.attack import Exact
from fdtrygd.statistikk.cells import Cells, Ints

from stocks import Stock, cells, columns, counted, drawn, months, stock, with_past

SIZE = {"persons": 1500, "kommuner": 10, "fylker": 2}


def in_its_own_figure(of: Cells) -> Cells:
    """As if every base cell were published, too: what is found of the base is found of all."""
    return replace(of, figures=np.concatenate([of.figures, np.arange(len(of.count))[:, None]], 1))


def one_person_cells(of: Cells) -> Cells:
    """Base cells alone: no totals."""
    return replace(of, figures=np.arange(len(of.count))[:, None])


# ------------------------------------------------------------------------------------- R3: the choice made once more


def tiny(count: Ints, key: int) -> Cells:
    """Two by three cells with their margins, and the noise of a key."""
    dice = np.random.default_rng(key)
    across, down = np.divmod(np.arange(6), 3)
    nothing = np.full(6, -1)
    return Cells(
        count,
        np.zeros(6, np.int64),
        np.stack([np.arange(6), across, down, np.zeros(6, np.int64)], 1),
        dice.random(6),
        float(dice.random()),
        nothing,
        nothing,
    )


def narrowed(seed: int, keys: Iterable[int], persons: float = 4) -> tuple[int, int]:
    """Small cells of a stock, and how many of them whoever makes the choice once more knows better than R2 lets him.

    He goes through every stock that could stand behind what is shown, and keeps those of which it would be shown.
    """
    count = np.random.default_rng(seed).poisson(persons, 6)
    shown = rounding.choose(tiny(count, seed + 5000))
    unsure = np.flatnonzero((shown == 0) | (shown == 3))
    box = [range(3) if shown[i] == 0 else range(1, 4) for i in unsure]
    found: list[set[int]] = [set() for _ in unsure]
    for guess in product(*box):
        if all(value in seen for value, seen in zip(guess, found, strict=True)):
            continue  # it would add nothing
        maybe = shown.copy()
        maybe[unsure] = guess
        if any((rounding.choose(tiny(maybe, key)) == shown).all() for key in keys):
            for value, seen in zip(guess, found, strict=True):
                seen.add(value)
    small = [place for place, i in enumerate(unsure) if 0 < count[i] < 3]
    return len(small), sum(len(found[place]) < len(box[place]) for place in small)


def replay(keys: range) -> float:
    """The share of small cells that a replay narrows."""
    found = [narrowed(seed, keys) for seed in range(15)]
    return sum(less for _, less in found) / sum(small for small, _ in found)


def test_whoever_does_not_have_the_key_cannot_do_the_choice_again() -> None:
    assert replay(range(30)) == 0


def known_start(monkeypatch: pytest.MonkeyPatch, start: float) -> None:
    """The attacker has the number that the carry starts from: it is one for all that a package ever publishes."""
    secret = tiny
    monkeypatch.setitem(globals(), "tiny", lambda count, key: replace(secret(count, key), start=start))


def test_whoever_knows_where_the_choice_starts_has_the_noise_against_him(monkeypatch: pytest.MonkeyPatch) -> None:
    known_start(monkeypatch, 0.2)
    assert [narrowed(seed, range(25), 2.5)[1] for seed in (13, 26, 32)] == [0, 0, 0]


def test_and_without_noise_he_can_do_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known_start(monkeypatch, 0.2)
    monkeypatch.setattr(rounding, "NOISE", 0.0)
    assert [narrowed(seed, range(12), 2.5)[1] for seed in (13, 26, 32)] == [1, 1, 1]


def test_without_keyed_noise_and_a_chance_start_he_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties he tries with keys of his own."""
    monkeypatch.setattr(rounding, "NOISE", 0.0)
    known_start(monkeypatch, 0.5)
    assert replay(range(12)) > 0.1


# ------------------------------------------------------------------------- R5: two versions of a period side by side


def side_by_side(*, rule: bool) -> attack.Verdict:
    """A revision of a hundredth of the persons: what both versions say of the cells that did not change."""
    before, after = months(3, turnover=1, number=2, **SIZE)
    first = rounding.choose(cells(before))
    told = with_past(cells(after), after, before, first, "kept")
    protected = rounding.choose(told if rule else cells(after))
    other = [
        Exact("the version before", np.array([row]), 1 if was == 0 else 2, 1)
        for row, was in enumerate(with_past(told, after, before, first, "kept").kept)
        if was in (0, 3)
    ]
    small = (after.count > 0) & (after.count < 3)
    return attack.audit(one_person_cells(told), np.where(small, protected, after.count), other)


def test_a_revision_says_no_more_of_what_did_not_change() -> None:
    found = side_by_side(rule=True)
    assert (found.disclosed, found.known_small) == (0, 0)


def test_with_a_new_choice_it_would() -> None:
    assert side_by_side(rule=False).known_small > 50


# ----------------------------------------------------------------------------- R5b: a version with one person more


def test_one_person_more_would_be_read_off() -> None:
    """All else stands still, so that every figure that changes is his. Hence no correction of so few is published.

    That it is refused: tests/statistikk/test_rettelse.py.
    """
    before = drawn(6, 1500, 10, 2)
    first = counted(before, kommuner=10, fylker=2)
    shown = rounding.choose(cells(first))
    seen = 0
    for one in range(30):
        more = {name: np.append(code, code[one * 50]) for name, code in before.items()}
        after = counted(more, kommuner=10, fylker=2)
        told = with_past(cells(after), after, first, shown, "kept")
        changed = np.flatnonzero(rounding.choose(told) != told.kept)
        his = np.logical_and.reduce([after.codes[name] == more[name][-1] for name in first.by])
        assert set(changed) <= set(np.flatnonzero(his))
        earlier = np.logical_and.reduce([first.codes[name] == more[name][-1] for name in first.by])
        seen += int(rounding.choose(told)[his].sum() != shown[earlier].sum())
    assert seen >= 10


# --------------------------------------------------------------------------------- R9: month after month the same 1


def shown_as_both(*, rule: bool) -> tuple[int, int]:
    """Small base cells with one count in all twelve months, and how many of these are shown as 0 and as 3."""
    stocks = months(2, persons=4000, kommuner=24, fylker=4)
    shown: list[dict[int, tuple[int, int]]] = []
    protected = rounding.choose(cells(stocks[0]))
    for place, now in enumerate(stocks):
        if place:
            told = with_past(cells(now), now, stocks[place - 1], protected, "last")
            protected = rounding.choose(told if rule else cells(now))
        shown.append(
            {
                int(n): (int(c), int(p))
                for n, c, p in zip(now.number(now.by), now.count, protected, strict=True)
                if c < 3
            }
        )
    same = [n for n in shown[0] if all(n in month and month[n][0] == shown[0][n][0] for month in shown)]
    return len(same), sum(len({month[n][1] for month in shown}) > 1 for n in same)


def test_a_small_count_that_stays_all_year_is_mostly_shown_as_one_figure() -> None:
    same, both = shown_as_both(rule=True)
    assert same > 20
    assert both < 0.4 * same


def test_without_last_months_choice_it_is_mostly_shown_as_both() -> None:
    same, both = shown_as_both(rule=False)
    assert both > 0.5 * same


# ------------------------------------------------------------------ R4: averages and rates of true counts beside them


def yearly(*, exact: bool) -> attack.Verdict:
    """Yearly averages beside the twelve months: of true counts, or of what the months show."""
    stocks = months(4, persons=500, kommuner=4, fylker=2)
    protected = [rounding.choose(cells(month)) for month in stocks]
    number = np.concatenate([month.number(month.by) for month in stocks])
    count, shown = np.concatenate([month.count for month in stocks]), np.concatenate(protected)
    nothing = np.full(len(count), -1)
    of = Cells(count, nothing, np.arange(len(count))[:, None], nothing * 0.0, 0.5, nothing, nothing)
    averages = []
    for cell in np.unique(number):
        rows = np.flatnonzero(number == cell)
        if exact:
            averages.append(Exact("averages", rows, int(count[rows].sum())))
    return attack.audit(of, shown, averages)


def test_averages_of_what_is_shown_say_nothing_more() -> None:
    found = yearly(exact=False)
    assert (found.disclosed, found.known_small) == (0, 0)


def test_averages_of_true_counts_would() -> None:
    found = yearly(exact=True)
    assert found.disclosed > 20
    assert found.known_small > 20


def test_rates_of_true_counts_would_give_nearly_all_of_them_away() -> None:
    """One decimal, over a labour force that everybody can look up."""
    of = stock(1, 700, 6, 2, skew=1, steep=2)
    base = cells(of)
    figures = [(rows, value) for rows, value in attack.figures(base) if value]
    force = np.random.default_rng(1).integers(40, 900, len(figures))
    rates = [
        Exact("rates", rows, round(100 * value / of_them, 1) / 100 * of_them, 0.0005 * of_them + 1e-9)
        for (rows, value), of_them in zip(figures, force, strict=True)
    ]
    found = attack.audit(base, rounding.choose(base), rates)
    assert found.disclosed > 0.8 * found.small > 20


# --------------------------------------------------------------------------- R1: bands that overlap, in one base


def bands(*, together: bool) -> tuple[int, int, int]:
    """Two tables by kommune and sex, of 15 to 24 and the rest, and of 15 to 29 and the rest. Who is 25 to 29?

    Together: one base told apart by both. Apart: a base for each table, each rounded for itself.
    """
    persons = drawn(5, 700, 12, 3)
    for name in ("hoved", "uker"):
        persons[name] = np.zeros_like(persons[name])
    persons["alder"] = np.minimum(persons["alder"], 2)  # to 24, 25 to 29, 30 and more
    of = counted(persons, kommuner=12, fylker=3)
    young, thirty = (of.codes["alder"] == 0).astype(np.int64), (of.codes["alder"] < 2).astype(np.int64)
    area = of.number(("kommune", "kjonn"))
    if together:
        base = cells(of, np.stack([area, area * 2 + young, area * 2 + thirty], 1))
        found = attack.audit(one_person_cells(base), rounding.choose(base))
        return found.small, found.disclosed, found.known_small
    known: list[Exact] = []
    for split, name in ((young, "to 24"), (thirty, "to 29")):
        part = np.unique(area * 2 + split, return_inverse=True)[1]
        count = np.bincount(part, of.count).astype(np.int64)
        one = Stock(
            {"fylke": of.codes["fylke"][np.unique(part, return_index=True)[1]], "part": np.unique(part)},
            count,
            ("part",),
        )
        shown = rounding.choose(cells(one, np.stack([one.codes["part"], one.codes["part"] // 2], 1)))
        for cell, value in enumerate(shown):
            middle, within = {0: (1, 1), 3: (2, 1)}.get(int(value), (int(value), 0))
            known.append(Exact(name, np.flatnonzero(part == cell), middle, within))
    # Of the base itself he knows nothing: each cell may have anybody.
    system = attack.System(np.zeros_like(of.count), np.full_like(of.count, of.count.sum()), known)
    small = [np.array([row]) for row in np.flatnonzero((of.count > 0) & (of.count < 3))]
    disclosed, known_small = attack.attacked(system, small)
    return len(small), int(disclosed.sum()), int(known_small.sum())


def test_bands_that_overlap_are_safe_in_one_base() -> None:
    assert bands(together=True)[1:] == (0, 0)


def test_rounded_apart_they_would_not_be() -> None:
    _, disclosed, known_small = bands(together=False)
    assert disclosed + known_small > 0


# -------------------------------------------------------------------------------------- V11: a nil that is a nil


def nils(*, rule: bool) -> attack.Verdict:
    """Where a true nil were shown as `-`, a `0` would say that somebody is there."""
    of = stock(3, empty=True, **SIZE)
    base = one_person_cells(cells(of, columns(of)))
    protected = rounding.choose(cells(of))
    lower = [Exact("not nil", np.array([row]), 1.5, 0.5) for row in np.flatnonzero((of.count > 0) & (protected == 0))]
    return attack.audit(base, protected, [] if rule else lower)


def test_every_nil_is_a_0() -> None:
    found = nils(rule=True)
    assert (found.disclosed, found.known_small) == (0, 0)


def test_a_nil_that_is_marked_names_the_others() -> None:
    found = nils(rule=False)
    assert found.known_small > 0.4 * found.small
