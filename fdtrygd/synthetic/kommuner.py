"""Which kommuner there are on a day, and what becomes of residences where they change."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from fdtrygd.synthetic import division
from fdtrygd.synthetic.arrays import Ints, Table
from fdtrygd.synthetic.dice import Dice

#: A last day that does not come: the interval is open.
OPEN = date(2100, 1, 1).toordinal()
#: Made up, so that there are a few large kommuner and many small ones, as there are: the largest have these shares …
LARGE = {301: 520, 1201: 230, 1601: 150, 1103: 110, 219: 100, 1001: 75, 106: 70, 1902: 60, 1102: 55, 602: 55}
#: … and the others from 2 up to so much more.
OTHERS = 38
#: Of a hundred residences in a kommune that merges or is renumbered so many get a row with the new number, and in one
#: that is split: the others go on under the number that they had.
REWRITTEN, REWRITTEN_AT_A_SPLIT = 50, 95


@dataclass
class Rows(Table):
    """Intervals of persons: whose (a place in an array), first day, last day, code."""

    person: Ints
    first: Ints
    last: Ints
    code: Ints


class Kommuner:
    """The made-up division, by the days on which it changes."""

    def __init__(self) -> None:
        lived = [(int(each.code), ordinal(each.first), ordinal(each.end)) for each in division.kommuner()]
        self.days = np.unique([day for _, first, end in lived for day in (first, end) if day < OPEN])
        self.in_force = [np.unique([code for code, first, end in lived if first <= day < end]) for day in self.days]
        self.changes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for old, new, day in division.lists()["kommune_endring"]:
            self.changes[ordinal(day)][int(old)].append(int(new))

    def on(self, days: Ints, ids: Ints, dice: Dice, decision: str) -> Ints:
        """A kommune for each of `ids`, of those that there are on the day."""
        version = self.days.searchsorted(days, side="right") - 1
        found = np.zeros(len(ids), np.int64)
        for each in np.unique(version):
            here = np.flatnonzero(version == each)
            codes = self.in_force[each]
            found[here] = codes[dice.pick(decision, ids[here], shares(codes))]
        return found

    def follow(self, rows: Rows, ids: Ints, dice: Dice, until: int) -> Rows:
        """The same residences; of those that outlive their kommune most get a new row from the day of the change on."""
        done = rows[:0]  # what no later change meets: it has ended, or its kommune has
        for day in sorted(day for day in self.changes if day <= until):
            new = {code: codes for code, codes in self.changes[day].items() if codes != [code]}
            hit = (rows.first < day) & (rows.last >= day) & np.isin(rows.code, list(new))
            rows, met = rows[~hit], rows[hit]
            number = np.array([len(new[int(code)]) for code in met.code], np.int64)
            share = np.where(number > 1, REWRITTEN_AT_A_SPLIT, REWRITTEN)
            anew = dice.below(f"rewritten {day}", ids[met.person], 100) < share
            done, met, number = done + met[~anew], met[anew], number[anew]
            which = dice.below(f"successor {day}", ids[met.person], number)
            codes = [new[int(code)][place] for code, place in zip(met.code, which, strict=True)]
            done += Rows(met.person, met.first, np.full(len(codes), day - 1), met.code)
            rows += Rows(met.person, np.full(len(codes), day), met.last, np.array(codes, np.int64))
        return rows + done


def shares(codes: Ints) -> Ints:
    """How many live in each, in no unit."""
    other = 2 + OTHERS * Dice(0).below("size of kommune", codes, 10_000) ** 4 // 10**16
    return np.array([LARGE.get(int(code), int(size)) for code, size in zip(codes, other, strict=True)])


def ordinal(text: str) -> int:
    """A day as the generator counts; an empty text is a day that does not come."""
    return date.fromisoformat(text).toordinal() if text else OPEN
