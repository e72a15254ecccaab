"""The persons, one month after the other: who is registered, with which codes, and since when."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from fdtrygd.synthetic.arrays import Bools, Ints
from fdtrygd.synthetic.codes import (
    GROUPS,
    LONG_FORM,
    ROW_GROUP,
    ROW_RENAMED,
    ROW_SHARES,
    ROW_TOP,
    YH,
    YTELSE_SHARES,
    YTELSE_TOP,
    another,
)  # fmt: skip
from fdtrygd.synthetic.dice import Dice
from fdtrygd.synthetic.rates import (
    AS_BEFORE,
    CHANGES,
    MISSING,
    RETURN_WEIGHT,
    STOOD,
    TILTAK,
    WRONG_GR,
    WRONG_HA,
    YTELSE,
    Habits,
    Rates,
)  # fmt: skip


@dataclass
class Month:
    """A month, with the days of its extraction and of the previous one (as `date.toordinal` counts), and its chance."""

    year: int
    month: int
    dag: int
    fdag: int
    dice: Dice
    rates: Rates

    @property
    def long(self) -> bool:
        """Whether as_stat has its long form, and as_gr and as_f are filled."""
        return (self.year, self.month) >= LONG_FORM

    @property
    def number(self) -> int:
        return self.year * 12 + self.month


@dataclass
class Shown:
    """Who is in a month's file, with which slips (WRONG_HA, WRONG_GR), and whose days are missing."""

    ids: Ints
    wrong: Ints
    missing: Bools


class Population:
    """Everybody who may ever be registered: a person is a place in each of these arrays.

    Each decision of a month is one operation on arrays, so that the full register takes seconds.
    """

    def __init__(self, size: int) -> None:
        self.active = np.zeros(size, np.bool_)  # registered, also if no file shows it this month
        self.seen = np.zeros(size, np.bool_)  # has been registered
        self.away = np.zeros(size, np.int64)  # months that no file will show; -1: entered this month, shown in the next
        self.gap = np.zeros(size, np.int64)  # months that the last time away lasted
        self.row = np.zeros(size, np.int64)  # place in STATUSES
        self.ytelse = np.zeros(size, np.int64)  # place in YTELSER
        self.hend = np.zeros(size, np.int64)  # the day that the status began

    def step(self, m: Month, targets: Ints, size: int, *, first: bool) -> Shown:
        """A month passes: some leave or stay away, some change, and some of the first `size` persons enter."""
        rates = m.rates
        if (m.year, m.month) == LONG_FORM and not rates.full:  # a renamed activity counts as a new status
            renamed = self.active & ROW_RENAMED[self.row]
            self.hend[renamed] = np.maximum(self.hend[renamed], date(*LONG_FORM, 1).toordinal())

        ids = np.flatnonzero(self.active)
        away = self.away[ids]
        self.away[ids] = np.maximum(away - 1, 0)
        here, back, late = ids[away == 0], ids[away == 1], ids[away < 0]

        group = ROW_GROUP[self.row[here]]
        fate = m.dice.below("fate", here, 100_000)
        leave, gap = rates.exit[group], (rates.exit + rates.gap)[group]
        self.active[here[fate < leave]] = False
        absent = np.flatnonzero((leave <= fate) & (fate < gap))
        months = 1 + m.dice.pick_by("gap", here[absent], group[absent] == YH, rates.gap_months)
        self.away[here[absent]] = self.gap[here[absent]] = months

        near = self.gap[back] <= rates.near
        parts = [
            self.change(m, here[fate >= gap], rates.staying),
            self.change(m, back[near], rates.back),
            self.change(m, back[~near], rates.long_back),
            Shown(late, np.zeros_like(late), np.zeros(len(late), np.bool_)),
        ]
        stock = np.zeros(len(GROUPS), np.int64)
        for part in parts:
            stock += np.bincount(ROW_GROUP[self.row[part.ids]], minlength=len(GROUPS))
        need = np.maximum(targets - stock, 0)
        if rates.full:
            parts.append(self.fill(m, need, max(int((targets - stock).sum()), 0), first=first))
        else:
            parts.append(self.enter(m, need, size, first=first))
        return Shown(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.wrong for part in parts]),
            np.concatenate([part.missing for part in parts]),
        )

    def change(self, m: Month, ids: Ints, habits: Habits) -> Shown:
        """New main groups, tiltak, ytelse and days for some of those who have been registered before."""
        row, ytelse = self.row[ids], self.ytelse[ids]
        old = ROW_GROUP[row]
        moves = m.dice.below("move", ids, 100_000) < habits.move[old]
        group = np.where(moves, m.dice.pick_by("move to", ids, old, m.rates.move_to), old)
        what = np.array(CHANGES)[m.dice.pick_by("what", ids, old == YH, habits.what)]
        what[moves] = YTELSE | TILTAK
        if not m.long:  # as_gr is not there to be contradicted
            what &= ~(WRONG_HA | WRONG_GR)

        other = another(m.dice.pick_by("status", ids, group, ROW_SHARES), row, ROW_TOP[group])
        self.row[ids] = np.where(what & TILTAK, other, row)
        drawn = m.dice.pick_by("ytelse", ids, group, YTELSE_SHARES)
        other = np.where(moves, drawn, another(drawn, ytelse, YTELSE_TOP[group]))
        self.ytelse[ids] = np.where(what & YTELSE, other, ytelse)

        case = np.where(what >= WRONG_HA, 4, 2 * (old == YH) + (what > 0))
        case[moves] = 5 + (old == YH)[moves]
        when = m.dice.pick_by("when", ids, case, habits.when)
        self.count(m, ids, when, 1 + (m.rates.full & (what == 0)))
        return Shown(ids, what & (WRONG_HA | WRONG_GR), when == MISSING)

    def enter(self, m: Month, need: Ints, size: int, *, first: bool) -> Shown:
        """About as many enter as the main groups lack; some of those who return take up the status they left with."""
        outside = np.flatnonzero(~self.active[:size])
        weight = np.where(self.seen[outside], RETURN_WEIGHT, 1)
        chance = int(need.sum()) * 1_000_000 // max(int(weight.sum()), 1)
        ids = outside[m.dice.below("enter", outside, 1_000_000) < weight * chance]
        anew = ids[~self.seen[ids] | (m.dice.below("as before", ids, 100) >= AS_BEFORE)]
        return self.open(m, ids, anew, m.dice.pick("enter group", anew, need), first=first)

    def fill(self, m: Month, need: Ints, total: int, *, first: bool) -> Shown:
        """Exactly `total` persons who have never been registered enter, in proportion to what each main group lacks."""
        edges = need.cumsum() * total // max(int(need.sum()), 1)
        start = int(self.seen.sum())  # persons are taken in order
        ids = np.arange(start, start + int(edges[-1]))
        return self.open(m, ids, ids, edges.searchsorted(ids - start, side="right"), first=first)

    def open(self, m: Month, ids: Ints, anew: Ints, group: Ints, *, first: bool) -> Shown:
        """These persons enter: those in `anew` with a status of the main group in `group`, the others as they left."""
        self.row[anew] = m.dice.pick_by("status", anew, group, ROW_SHARES)
        self.ytelse[anew] = m.dice.pick_by("ytelse", anew, group, YTELSE_SHARES)
        self.active[ids] = self.seen[ids] = True
        self.away[ids] = 0

        group = ROW_GROUP[self.row[ids]]
        when = m.dice.pick_by("when", ids, group == YH, m.rates.entry)
        self.count(m, ids, when, 1)
        late = m.dice.below("late", ids, 100_000) < m.rates.late[group]
        if first:  # they entered before the first file
            late[:] = False
            u = m.dice.below("stood", ids, 10_000)
            self.hend[ids] = m.dag - np.minimum(np.array(STOOD)[group] * u // (10_000 - u), 3650)
        self.away[ids[late]] = -1
        return Shown(ids[~late], np.zeros_like(ids[~late]), (when == MISSING)[~late])

    def count(self, m: Month, ids: Ints, when: Ints, earliest: int | Ints) -> None:
        """Sets the day that the status counts from; a new day is at least `earliest` days after the last extraction."""
        hend = self.hend[ids]
        anew = m.fdag + np.maximum(1 + m.dice.below("day", ids, m.dag - m.fdag), earliest)
        before = m.fdag - m.dice.below("day before", ids, m.rates.days_before)
        before -= 5 * (abs(before - hend) <= 1)
        wobble = np.minimum(hend + 1 - 2 * m.dice.below("wobble", ids, 2), m.dag)
        day_after = np.full_like(ids, m.fdag + 1)
        self.hend[ids] = np.choose(when, [hend, anew, before, anew, wobble, day_after])
