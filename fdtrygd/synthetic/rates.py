"""How likely it is what happens to a person from one month to the next: in the sample, and in the full register."""

from dataclasses import dataclass

import numpy as np

from fdtrygd.synthetic.arrays import Ints
from fdtrygd.synthetic.codes import GROUPS, YH

# Of 100 000 who are registered in a month so many leave, stay away for some months, or change group: by main group.
EXIT = (11000, 9000, 7000, 12000, 2400, 15000)
GAP = (3200, 3000, 2500, 4000, 1900, 6000)
MOVE = (5000, 6000, 14000, 10000, 1000, 10000)
#: The same for those who come back after a gap.
MOVE_BACK = (35000, 35000, 35000, 35000, 22000, 35000)
#: Where those go who change main group: shares, from the row's main group to the column's.
MOVE_TO = (
    (0, 58, 30, 2, 9, 1),
    (84, 0, 10, 1, 5, 0),
    (66, 14, 0, 4, 15, 1),
    (70, 15, 8, 0, 5, 2),
    (58, 20, 16, 3, 0, 3),
    (60, 10, 10, 8, 12, 0),
)
#: How many of the gaps last one month, two months and so on: shares.
GAP_MONTHS = (45, 25, 10, 6, 5, 4, 3, 2)
#: So many of 100 000 who enter are first seen in the month after their status began: by main group.
LATE = (900, 900, 900, 900, 9000, 900)
#: Who has been registered before is so many times as likely to enter as who has not.
RETURN_WEIGHT = 3
#: So many per cent of those who return take up the status that they left with.
AS_BEFORE = 40
#: How many days a status has stood in the first month: the median, by main group.
STOOD = (70, 80, 60, 60, 240, 60)

# What changes for somebody who stays in the main group: any sum of these. WRONG_HA and WRONG_GR are slips of NAV's that
# last a month: the first two characters of as_stat, or as_gr, contradict the rest.
YTELSE, TILTAK, WRONG_HA, WRONG_GR = 1, 2, 4, 8
CHANGES = (0, 1, 2, 3, 4, 5, 6, 7, 8)
#: How frequent each of CHANGES is, for those who stay and for those who come back: shares.
WHAT_STAY = (97_334, 1_200, 800, 600, 6, 10, 10, 10, 30)
WHAT_BACK = (64_800, 14_000, 9_000, 5_000, 800, 800, 800, 800, 4_000)

# Which day ant_d_as counts from: the same as before, a day since the previous extraction, a day before that, none that
# is stated, the same as before but for one day, or the day after the previous extraction.
KEEP, ANEW, BEFORE, MISSING, WOBBLE, DAY_AFTER = range(6)
#: How frequent each of them is, by what happens to the person: shares.
WHEN_SAME = (97_912, 800, 10, 10, 1_250, 18)
WHEN_CHANGED = (600, 96_600, 2_500, 300, 0, 0)
WHEN_BACK = (40, 928, 22, 10, 0, 0)
WHEN_BACK_YH = (12, 68, 10, 10, 0, 0)
WHEN_WRONG = (30, 30, 20, 20, 0, 0)
WHEN_ENTRY = (0, 99_900, 0, 100, 0, 0)


@dataclass(frozen=True)
class Habits:
    """What those do who were registered in the month before, or who come back after a gap.

    `what` has two rows: for all groups but 5, and for group 5. `when` has seven: nothing changes, something changes,
    the same two in group 5, NAV slips, a new main group, a new main group from group 5.
    """

    move: Ints  # by main group
    what: Ints
    when: Ints


@dataclass(frozen=True)
class Rates:
    """A register's rates. `gap_months` and `entry` have two rows: for all groups but 5, and for group 5."""

    exit: Ints  # exit, gap and late by main group, as EXIT, GAP and LATE
    gap: Ints
    gap_months: Ints
    move_to: Ints
    staying: Habits
    back: Habits
    long_back: Habits  # of those who were away for more than `near` months
    entry: Ints
    late: Ints
    near: int = len(GAP_MONTHS)
    #: A status that contradicts an earlier file begins at most so many days before the previous extraction.
    days_before: int = 45
    #: The full register has as many records as chapter 4.1. Free places go to persons who are new; others come back
    #: from a gap or not at all. An activity that was renamed in October 2002 keeps its days, and no new day makes a
    #: record that is rejected (UI100).
    full: bool = False


STAYING = np.array([WHEN_SAME, WHEN_CHANGED, WHEN_SAME, WHEN_CHANGED, WHEN_WRONG, WHEN_CHANGED, WHEN_CHANGED])
RETURNING = np.array([WHEN_BACK, WHEN_BACK, WHEN_BACK_YH, WHEN_BACK_YH, WHEN_WRONG, WHEN_BACK, WHEN_BACK_YH])
SAMPLE_BACK = Habits(np.array(MOVE_BACK), np.array([WHAT_BACK] * 2), RETURNING)
SAMPLE = Rates(
    exit=np.array(EXIT),
    gap=np.array(GAP),
    gap_months=np.array([GAP_MONTHS] * 2),
    move_to=np.array(MOVE_TO),
    staying=Habits(np.array(MOVE), np.array([WHAT_STAY] * 2), STAYING),
    back=SAMPLE_BACK,
    long_back=SAMPLE_BACK,
    entry=np.array([WHEN_ENTRY] * 2),
    late=np.array(LATE),
)

# The full register

#: Of 1 000 who leave, so many come back after one month, two months and so on; the others never do. The numbers are
#: fitted to chapter 4.3's returns to running (O…) and closed (NK070) spells.
FULL_GAPS = (120, 118, 58, 36, 22, *(14,) * 7, *(13,) * 14)
#: In group 5 gaps of one and of two months have shares of their own, since the 13-week rule closes them.
NEAR_YH = (90, 10)


@dataclass(frozen=True)
class Year:
    """What differs from year to year in the full register.

    The rates come from chapter 4.3's events of the year, divided by the months counted (seven in 2001) and by chapter
    4.2's averages. Each says how many there are of the 100 000 that its comment names.
    """

    leave: tuple[int, ...]  # of those registered, by main group; in group 5 those who are away for over 13 weeks
    near_yh: int  # of those registered in group 5: away for less
    move: tuple[int, ...]  # of those registered, by main group: to another one
    what: int  # of those registered: a new ytelse or tiltak, counted from the same day (UI0011-3)
    anew: int  # of those registered: nothing new, but counted from another day (UK100)
    rejected: int  # of a million registered: nothing new, counted from before the previous extraction (UI300)
    changed_anew: int  # of changes: counted from a new day (UK101)
    before: int  # of changes of main group: counted from before the previous extraction (UI311)
    moved_same: int  # of changes of main group: counted from the same day (UI011)
    keep: int  # of those back soon with nothing new: counted from the same day (OI000)
    back_before: int  # of those back soon in another main group: from before the previous extraction (OI211)
    move_back_yh: int  # of those of group 5 who come back: to another main group
    change_back_yh: int  # of those who come back to group 5: with something new (YK101)
    entry_before: tuple[int, int]  # of entries, in other groups and in group 5: from before it as well (FI080)
    missing: int = 0  # of a million registered: days not stated (UK900)


YEARS = {
    2001: Year(
        leave=(17_000, 15_500, 14_000, 17_000, 4_700, 17_000),
        near_yh=1_950,
        move=(12_500, 19_500, 17_000, 17_000, 900, 17_000),
        what=18_600,
        anew=900,
        rejected=3_700,
        changed_anew=1_600,
        before=3_700,
        moved_same=1_000,
        keep=18_700,
        back_before=3_800,
        move_back_yh=27_000,
        change_back_yh=33_000,
        entry_before=(350, 1_700),
    ),
    2002: Year(
        leave=(16_400, 14_500, 14_000, 17_000, 3_300, 20_000),
        near_yh=450,
        move=(13_500, 21_200, 18_000, 18_000, 1_000, 18_000),
        what=13_500,
        anew=1_080,
        rejected=70,
        changed_anew=1_530,
        before=6_400,
        moved_same=600,
        keep=15_000,
        back_before=2_950,
        move_back_yh=42_000,
        change_back_yh=60_000,
        entry_before=(700, 2_000),
        missing=14,
    ),
    2003: Year(
        leave=(14_500, 13_800, 11_000, 15_000, 3_200, 15_000),
        near_yh=290,
        move=(14_300, 21_700, 19_000, 19_000, 1_000, 19_000),
        what=12_100,
        anew=1_130,
        rejected=1,
        changed_anew=1_900,
        before=6_300,
        moved_same=200,
        keep=9_500,
        back_before=3_000,
        move_back_yh=51_000,
        change_back_yh=68_000,
        entry_before=(350, 700),
    ),
    2004: Year(
        leave=(14_200, 14_000, 12_000, 15_000, 3_200, 15_000),
        near_yh=300,
        move=(15_400, 23_200, 20_000, 20_000, 1_100, 20_000),
        what=12_050,
        anew=1_050,
        rejected=1,
        changed_anew=1_870,
        before=6_300,
        moved_same=200,
        keep=11_000,
        back_before=3_700,
        move_back_yh=55_000,
        change_back_yh=69_000,
        entry_before=(400, 700),
    ),
}
YEARS[2005] = YEARS[2004]  # chapter 4.3 ends with 2004

#: As MOVE_TO, but of 1 000. Hardly anybody goes to the groups 4 and 7, so that these can shrink as they did.
FULL_MOVE_TO = (
    (0, 725, 140, 12, 121, 2),
    (870, 0, 75, 4, 50, 1),
    (670, 147, 0, 20, 160, 3),
    (700, 150, 80, 0, 65, 5),
    (600, 220, 160, 15, 0, 5),
    (600, 100, 100, 80, 120, 0),
)


def of_year(y: Year) -> Rates:
    """The full register's rates for a year."""
    back = sum(FULL_GAPS)
    far = np.array((0, 0, *FULL_GAPS[2:]))  # the gaps of group 5 that near_yh does not count
    far_sum = int(far.sum())
    leave = np.array(y.leave)
    gap = leave * back // 1000
    gap[YH] = leave[YH] * far_sum // (1000 - back + far_sum)
    yh = far * int(gap[YH]) * 100 // far_sum
    yh[:2] = np.array(NEAR_YH) * y.near_yh

    def what(changed: int, slip: int) -> tuple[int, ...]:
        """Shares of a million, from changes of 100 000: of ten, seven of ytelse, two of tiltak and one of both."""
        return (1_000_000 - 10 * changed - slip, 7 * changed, 2 * changed, changed, slip, 0, 0, 0, 0)

    def when(keep: int, before: int, missing: int = 0, wobble: int = 0) -> tuple[int, ...]:
        """Shares of a million; whoever is left is counted from a new day."""
        return (keep, 1_000_000 - keep - before - missing - wobble, before, missing, wobble, 0)

    same = when(995_000 - 10 * y.anew - y.rejected - y.missing, y.rejected, y.missing, 5_000)
    changed = when(990_000 - 10 * y.changed_anew, 10_000)
    moved = when(10 * y.moved_same, 10 * y.before)
    slip = when(1_000_000, 0)
    move_back = np.array([38_500] * len(GROUPS))  # OK111
    move_back[YH] = y.move_back_yh
    what_back = np.array([what(31_000, 0), what(y.change_back_yh, 0)])
    back_when = [
        when(10 * y.keep, 12_000),
        when(76_000, 4_800),
        when(80_000, 0),  # YI300 would be rejected
        when(200_000, 50_000),
        slip,
        when(0, 10 * y.back_before),
        when(0, 10 * y.before),
    ]
    return Rates(
        exit=leave - gap,
        gap=gap + np.array([y.near_yh * (g == YH) for g in range(len(GROUPS))]),
        gap_months=np.array([FULL_GAPS, yh]),
        move_to=np.array(FULL_MOVE_TO),
        staying=Habits(
            np.array(y.move),
            np.array([what(y.what, 60)] * 2),
            np.array([same, changed, same, changed, slip, moved, moved]),
        ),
        back=Habits(move_back, what_back, np.array(back_when)),
        long_back=Habits(move_back, what_back, np.array([when(0, 4_000)] * 4 + [slip] + [when(0, 4_000)] * 2)),
        entry=np.array([when(0, 10 * share) for share in y.entry_before]),
        late=np.zeros(len(GROUPS), np.int64),
        near=3,
        days_before=365,
        full=True,
    )


FULL = {year: of_year(y) for year, y in YEARS.items()}
