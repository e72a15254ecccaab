"""Synthetic month files, so that everything runs and can be measured without one real record.

The files look like NAV's: the same columns, forms and faults, and roughly chapter 4's figures. The persons
do not exist: every fødselsnummer has 80 added to its month, the tax administration's series for test persons.
Two sets of rates make two registers. The sample has as many persons as asked for, and rare status codes more
often than the register, so that few persons reach them. The full register has chapter 4.1's numbers of records, to
the record, and rates with which the product counts what chapter 4.3 counts: docs/full-volume.md.

A person is a place in a few state arrays; each month every decision is one array operation. The only source
of chance is a counter-based hash of (seed, decision, month, person), compared as whole numbers: the same
arguments give the same bytes on every machine and numpy, and an earlier ``last`` the same files, only fewer.
"""

import json
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fdtrygd.errors import UserError
from fdtrygd.settings import MARKER

if TYPE_CHECKING:
    import pyarrow

PRODUCT = "fdtrygd synthetic"

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Draws = NDArray[np.uint64]

# --- The register: main groups, statuses, rates -------------------------------------------------------------

#: Main groups in the order of every table below (``hoved`` 9 occurs only as a fault).
GROUPS = (1, 2, 3, 4, 5, 7)
YH = GROUPS.index(5)

#: Registered on average, by year and main group (chapter 4.2; group 5 in 2003 without the misprint).
STOCK = {
    2001: (62648, 33324, 10215, 6196, 63598, 842),
    2002: (75203, 35591, 9325, 1977, 72441, 125),
    2003: (92631, 41409, 14309, 2752, 77645, 457),
    2004: (91563, 42225, 16958, 2555, 86402, 1590),
    2005: (83479, 41126, 13151, 2458, 93304, 1419),
}
MEAN_STOCK = sum(map(sum, STOCK.values())) // len(STOCK)
#: Records in the year's twelve files (chapter 4.1, ``Sofasøker grunnlagsfil``).
RECORDS = {2001: 2_121_885, 2002: 2_335_944, 2003: 2_751_183, 2004: 2_895_511, 2005: 2_819_888}

#: as_gr, as_f, hovedarbstat, tiltak from October 2002, tiltak before, share within the main group. The source
#: does not have the two-character activities of before October 2002: those unlike the later ones are made up.
STATUSES = """
1 2  HL IP IP 85|1 1  HL PE PE 10|1 1  HL PF PF 5
2 3  DS IP IP 85|2 4  DS PE PE 10|2 4  DS PF PF 5
3 32 FS PRAKSORD PO 30|3 31 FS LONNTILS LT 15|3 33 FS AMO AM 30|3 33 FS AMOE AE 3|3 33 FS JOBBBONUS JB 2
3 33 FS JOBBK JK 3|3 33 FS JOBBKLUBB JL 4|3 34 FS SYSSLANG SL 3|3 34 FS VIKARBLED VB 4|3 35 FS KAT KA 2
3 35 FS TILRETTEL TR 2|3 35 FS VALS VA 2
4 10 FS IT IT 35|4 10 FS SK SK 35|4 10 FS ANDRE AN 15|4 10 FS ETAB ET 10|4 10 FS JOBBSKAP JS 5
5 51 YH VF VF 25|5 50 YH KF KF 12|5 50 YH HF HF 4|5 50 YH BIO BI 2|5 50 YH INST_S IS 1|5 50 YH JOBBSKAP JS 1
5 52 YH ETAB ET 1|5 52 YH LONNTILS LT 3|5 53 YH ATG AG 2|5 53 YH HOSP HO 1|5 53 YH ITGRTILS IG 1
5 53 YH PRAKSKJERM PS 3|5 53 YH PRAKSORD PO 9|5 53 YH SPA SP 1|5 54 YH AMO AM 5|5 54 YH AMOE AE 1
5 54 YH JOBBK JK 1|5 54 YH UTDYRK UY 12|5 55 YH SYSSLANG SL 1|5 55 YH SYSSOFF SO 1|5 55 YH VIKARBLED VB 1
5 55 YH YHEMMOFF YO 1|5 56 YH ABIST AB 4|5 57 YH FLEKSJOBB FJ 1|5 57 YH KAT KA 1|5 57 YH REAKTUFOR RU 1
5 57 YH TILRETTEL TR 1|5 57 YH VALS VA 1|5 58 YH AMBF1 A1 1|5 58 YH AMBF2 A2 1|5 59 YH AMBF3 A3 2
5 60 YH ASV AS 1|5 60 YH PV PV 1|5 60 YH VASV VS 1|5 60 YH VV VV 1|5 61 YH DIVTILT DT 1|5 61 YH FT FT 2
7 10 AN ANDRE AN 60|7 10 FS IT IT 15|7 10 FS SK SK 15|7 10 FS VI VI 10
"""
LONG_FORM = (2002, 10)

#: ytelse, with its share within each main group.
YTELSER = {
    "DP": (55, 60, 25, 5, 2, 2),
    "ID": (30, 33, 15, 80, 20, 88),
    "SD": (8, 4, 1, 5, 1, 2),
    "VS": (3, 1, 1, 1, 0, 1),
    "SO": (3, 1, 2, 5, 4, 5),
    "IS": (0, 0, 45, 2, 3, 0),
    "AT": (1, 1, 10, 1, 50, 1),
    "SA": (0, 0, 1, 1, 8, 1),
    "SY": (0, 0, 0, 0, 8, 0),
    "UT": (0, 0, 0, 0, 4, 0),
}

# Per 100 000 registered in a month, by main group: leave, stay away for some months, change main group.
EXIT = (11000, 9000, 7000, 12000, 2400, 15000)
GAP = (3200, 3000, 2500, 4000, 1900, 6000)
MOVE = (5000, 6000, 14000, 10000, 1000, 10000)
#: The same for those who come back after a gap.
MOVE_BACK = (35000, 35000, 35000, 35000, 22000, 35000)
#: Where they go: shares, from the row's main group to the column's.
MOVE_TO = (
    (0, 58, 30, 2, 9, 1),
    (84, 0, 10, 1, 5, 0),
    (66, 14, 0, 4, 15, 1),
    (70, 15, 8, 0, 5, 2),
    (58, 20, 16, 3, 0, 3),
    (60, 10, 10, 8, 12, 0),
)
#: Months that a gap lasts, from one: shares.
GAP_MONTHS = (45, 25, 10, 6, 5, 4, 3, 2)
#: Per 100 000 entries, by main group: first seen the month after the status began.
LATE = (900, 900, 900, 900, 9000, 900)
#: How much likelier someone who has been registered before is to enter than someone who has not.
RETURN_WEIGHT = 3
#: Per cent of those who take up the status they left with.
AS_BEFORE = 40
#: Days that a status has stood in the first month: the median, by main group.
STOOD = (70, 80, 60, 60, 240, 60)

# What changes for someone who stays in the main group, as a sum. WRONG_HA and WRONG_GR are NAV's slips of one
# month: the first two characters of as_stat, or as_gr, contradict the rest.
YTELSE, TILTAK, WRONG_HA, WRONG_GR = 1, 2, 4, 8
CHANGES = (0, 1, 2, 3, 4, 5, 6, 7, 8)
WHAT_STAY = (97_334, 1_200, 800, 600, 6, 10, 10, 10, 30)
WHAT_BACK = (64_800, 14_000, 9_000, 5_000, 800, 800, 800, 800, 4_000)

# Where the days are counted from: as before; a day since the previous extraction; a day before it; not
# stated; as before, give or take a day; the day after the previous extraction. Shares by what goes on.
KEEP, ANEW, BEFORE, MISSING, WOBBLE, DAY_AFTER = range(6)
WHEN_SAME = (97_912, 800, 10, 10, 1_250, 18)
WHEN_CHANGED = (600, 96_600, 2_500, 300, 0, 0)
WHEN_BACK = (40, 928, 22, 10, 0, 0)
WHEN_BACK_YH = (12, 68, 10, 10, 0, 0)
WHEN_WRONG = (30, 30, 20, 20, 0, 0)
WHEN_ENTRY = (0, 99_900, 0, 100, 0, 0)


@dataclass(frozen=True)
class Habits:
    """How likely what is, for those registered the month before or those back after a gap."""

    move: Ints  # by main group
    what: Ints  # a row each: other groups, group 5
    when: Ints  # a row each: nothing changed, something, the two for group 5, a slip, the group, the same from group 5


@dataclass(frozen=True)
class Rates:
    """A register's rates. Two rows are: other groups, group 5."""

    exit: Ints  # by main group, as EXIT, GAP and LATE
    gap: Ints
    gap_months: Ints  # two rows
    move_to: Ints
    staying: Habits
    back: Habits
    long_back: Habits  # after more than ``near`` months
    entry: Ints  # two rows
    late: Ints
    near: int = len(GAP_MONTHS)
    #: Days that a status which contradicts an earlier file may lie before the previous extraction.
    days_before: int = 45
    #: The full register: as many records as chapter 4.1 has, new persons where places are free, no return but from
    #: a gap; an activity renamed in October 2002 keeps its days; no new day that makes a record rejected (UI100).
    full: bool = False


_STAYING = np.array([WHEN_SAME, WHEN_CHANGED, WHEN_SAME, WHEN_CHANGED, WHEN_WRONG, WHEN_CHANGED, WHEN_CHANGED])
_RETURNING = np.array([WHEN_BACK, WHEN_BACK, WHEN_BACK_YH, WHEN_BACK_YH, WHEN_WRONG, WHEN_BACK, WHEN_BACK_YH])
_SAMPLE_BACK = Habits(np.array(MOVE_BACK), np.array([WHAT_BACK] * 2), _RETURNING)
SAMPLE = Rates(
    exit=np.array(EXIT),
    gap=np.array(GAP),
    gap_months=np.array([GAP_MONTHS] * 2),
    move_to=np.array(MOVE_TO),
    staying=Habits(np.array(MOVE), np.array([WHAT_STAY] * 2), _STAYING),
    back=_SAMPLE_BACK,
    long_back=_SAMPLE_BACK,
    entry=np.array([WHEN_ENTRY] * 2),
    late=np.array(LATE),
)

# --- The full register's rates ------------------------------------------------------------------------------

#: Months that a gap lasts, from one, per thousand who leave; the others never come back. Fitted to chapter 4.3's
#: returns to running (O…) and closed (NK070) spells.
FULL_GAPS = (120, 118, 58, 36, 22, *(14,) * 7, *(13,) * 14)
#: For group 5 the first two months are apart: the 13-week rule sews them over.
NEAR_YH = (90, 10)


@dataclass(frozen=True)
class Year:
    """What differs from year to year in the full register, per 100 000 registered in a month if nothing else is said.

    Worked out from chapter 4.3: its events of the year, by the months counted (seven in 2001) and chapter 4.2's stock.
    """

    leave: tuple[int, ...]  # by main group; for group 5 those who are away longer than 13 weeks
    near_yh: int  # group 5, away for less
    move: tuple[int, ...]  # to another main group
    what: int  # a new ytelse or tiltak, counted from the same day (UI0011-3)
    anew: int  # nothing new, but counted from another day (UK100)
    rejected: int  # per million: nothing new, counted from before the previous extraction (UI300)
    changed_anew: int  # of 100 000 changes: from a new day (UK101)
    before: int  # of 100 000 changes of group: from before the previous extraction (UI311)
    moved_same: int  # of 100 000 changes of group: from the same day (UI011)
    keep: int  # of 100 000 back soon with nothing new: counted as before (OI000)
    back_before: int  # of 100 000 back soon to another group: from before the previous extraction (OI211)
    move_back_yh: int  # of 100 000 of group 5 who come back
    change_back_yh: int  # of 100 000 of them who come back to group 5: with something new (YK101)
    entry_before: tuple[int, int]  # of 100 000 entries, other groups and group 5 (FI080)
    missing: int = 0  # per million: days not stated (UK900)


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

#: Per thousand, as MOVE_TO: hardly anybody goes to the groups 4 and 7, so that these can shrink as they did.
FULL_MOVE_TO = (
    (0, 725, 140, 12, 121, 2),
    (870, 0, 75, 4, 50, 1),
    (670, 147, 0, 20, 160, 3),
    (700, 150, 80, 0, 65, 5),
    (600, 220, 160, 15, 0, 5),
    (600, 100, 100, 80, 120, 0),
)


def _full(y: Year) -> Rates:
    """The full register's rates for a year."""
    back = sum(FULL_GAPS)
    far = np.array((0, 0, *FULL_GAPS[2:]))  # group 5's, besides near_yh
    far_sum = int(far.sum())
    leave = np.array(y.leave)
    gap = leave * back // 1000
    gap[YH] = leave[YH] * far_sum // (1000 - back + far_sum)
    yh = far * int(gap[YH]) * 100 // far_sum
    yh[:2] = np.array(NEAR_YH) * y.near_yh

    def what(changed: int, slip: int) -> tuple[int, ...]:
        """Per million; ``changed`` per 100 000: seven in ten a new ytelse, two a new tiltak, one both."""
        return (1_000_000 - 10 * changed - slip, 7 * changed, 2 * changed, changed, slip, 0, 0, 0, 0)

    def when(keep: int, before: int, missing: int = 0, wobble: int = 0) -> tuple[int, ...]:
        """Per million; all others from a new day."""
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


FULL = {year: _full(y) for year, y in YEARS.items()}
#: Faults of single records, by year: their numbers (chapter 4.1).
FULL_FAULTS = {2001: {"fnr of 10": 6, "other dagdato": 70}}
#: Persons per million whose status is unknown for the whole year (chapter 4.2, ``Ugyldig``: 63 of 229 265).
FULL_UNKNOWN = {2003: 275, 2005: 230}
FULL_D_NUMBERS = 535
FULL_WRONG_CHECK_DIGIT = 2

#: Faults of single records, per 100 000.
DIRT = {
    "none": 99_730,
    "twice": 50,
    "twice, differing": 50,
    "other dagdato": 30,
    "no dagdato": 25,
    "dagdato 31": 30,
    "no fnr": 10,
    "fnr of 10": 10,
    "fnr with letters": 10,
    "no as_stat": 15,
    "new code": 20,
    "unknown status": 20,
}

# Persons per 100 000 with a D-number, and with a wrong check digit.
D_NUMBERS = 600
WRONG_CHECK_DIGIT = 30

# --- Chance -------------------------------------------------------------------------------------------------

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _mix(x: Draws) -> Draws:
    """splitmix64's finaliser."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@dataclass(frozen=True)
class Dice:
    """Chance for a seed and month: ``dice("exit", ids)`` is 32 bits for each of ``ids``, always the same."""

    seed: int
    month: int = 0

    def __call__(self, decision: str, ids: Ints) -> Draws:
        key = np.zeros(1, np.uint64)
        for part in (self.seed, self.month, crc32(decision.encode())):
            key = _mix(key + GOLDEN + np.uint64(part % 2**64))
        return _mix(key + ids.astype(np.uint64) * GOLDEN) >> np.uint64(32)

    def below(self, decision: str, ids: Ints, n: int | Ints) -> Ints:
        """A whole number from 0 up to, not including, ``n``."""
        return (self(decision, ids) * np.asarray(n).astype(np.uint64) >> np.uint64(32)).astype(np.int64)

    def pick(self, decision: str, ids: Ints, shares: tuple[int, ...] | Ints) -> Ints:
        """A position in ``shares``, each as likely as its share."""
        edges = np.cumsum(np.asarray(shares, np.int64))
        return edges.searchsorted(self.below(decision, ids, int(edges[-1])), side="right").astype(np.int64)

    def pick_by(self, decision: str, ids: Ints, kind: Ints, shares: Ints) -> Ints:
        """The same, each person from the row of ``shares`` that ``kind`` names."""
        picked = np.zeros(len(ids), np.int64)
        for k in range(len(shares)):
            here = np.flatnonzero(kind == k)
            picked[here] = self.pick(decision, ids[here], shares[k])
        return picked


# --- Tables as arrays ---------------------------------------------------------------------------------------


def _chars(texts: list[str]) -> Bytes:
    """One row of bytes per text, NUL where it is shorter; NULs are dropped when a file is written."""
    return np.array(texts, np.bytes_).view(np.uint8).reshape(len(texts), -1)


def _digits(values: Ints, width: int, *, pad: bool) -> Bytes:
    """The decimal digits of whole numbers, with leading zeros (``pad``) or NULs."""
    power = 10 ** np.arange(width - 1, -1, -1)
    digits = (values[:, None] // power % 10 + ord("0")).astype(np.uint8)
    if not pad:
        digits[:, :-1][values[:, None] < power[:-1]] = 0
    return digits


_ROWS = [row.split() for line in STATUSES.split("\n") for row in line.split("|") if row]
ROW_GROUP = np.array([GROUPS.index(int(row[0])) for row in _ROWS])
ROW_SHARES = np.array([[int(row[5]) * (int(row[0]) == g) for row in _ROWS] for g in GROUPS])
ROW_GR = _chars([row[0].ljust(2, "\0") for row in _ROWS])
ROW_F, ROW_LONG, ROW_SHORT = (_chars([row[i] for row in _ROWS]) for i in (1, 3, 4))
ROW_RENAMED = np.array([row[3] != row[4] for row in _ROWS])
HOVEDARBSTAT = ["HL", "DS", "FS", "YH", "AN"]
ROW_HA = np.array([HOVEDARBSTAT.index(row[2]) for row in _ROWS])
YTELSE_CHARS = _chars(list(YTELSER))
YTELSE_SHARES = np.array(list(YTELSER.values())).T
#: The two most frequent of each main group: what someone changes to who draws what he has.
ROW_TOP = np.argsort(-ROW_SHARES, axis=1, kind="stable")[:, :2]
YTELSE_TOP = np.argsort(-YTELSE_SHARES, axis=1, kind="stable")[:, :2]


def _another(picked: Ints, old: Ints, top: Ints) -> Ints:
    """``picked``; where that is what stood there before, a frequent one that is not."""
    return np.where(picked != old, picked, np.where(top[:, 0] != old, top[:, 0], top[:, 1]))


# --- Fødselsnummer ------------------------------------------------------------------------------------------

FIRST_BIRTHDAY = date(1938, 1, 1)
BIRTHDAYS = [FIRST_BIRTHDAY + timedelta(days) for days in range(48 * 365)]
INDIVIDUAL = 500
K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: Candidates for each number needed: one in six has no check digits (k = 10).
CANDIDATES = 1.3
#: Candidates worked on at a time.
BLOCK = 1 << 17


def fodselsnummer(n: int, seed: int, d_numbers: int = D_NUMBERS, wrong_digit: int = WRONG_CHECK_DIGIT) -> Bytes:
    """``n`` different test persons' numbers, as digits: month + 80, some D-numbers, very few invalid ones.

    Candidate ``c`` has the (c // days)-th individual number of its birthday, so no two are alike; those that
    have no check digits are left out.
    """
    candidates = int(n * CANDIDATES) + 100
    if candidates > len(BIRTHDAYS) * INDIVIDUAL:
        raise UserError("So many persons are more than there are test persons' numbers for. Ask for fewer.")
    blocks = [np.arange(i, min(i + BLOCK, candidates)) for i in range(0, candidates, BLOCK)]
    fnr = np.concatenate([_with_check_digits(block, Dice(seed), d_numbers) for block in blocks])[:n]
    wrong = Dice(seed).below("check digit", np.arange(n), 100_000) < wrong_digit
    fnr[wrong, 10] = (fnr[wrong, 10] + 1) % 10
    return fnr + np.uint8(ord("0"))


def _with_check_digits(c: Ints, dice: Dice, d_numbers: int) -> Bytes:
    """The digits of those candidates that have check digits."""
    day = (c * 7919 + dice.below("birthday", np.zeros(1, np.int64), len(BIRTHDAYS))) % len(BIRTHDAYS)
    individual = (dice.below("individual", day, INDIVIDUAL) + c // len(BIRTHDAYS)) % INDIVIDUAL
    born = np.array([int(f"{d:%d%m%y}") for d in BIRTHDAYS])[day] + 8000
    born += 400_000 * (dice.below("d-number", c, 100_000) < d_numbers)
    fnr = _digits(born * 100_000 + individual * 100, 11, pad=True) - np.uint8(ord("0"))
    ok = np.ones(len(c), np.bool_)
    for place, weights in ((9, K1), (10, K2)):
        rest = np.zeros(len(c), np.int16)
        for i, weight in enumerate(weights):
            rest += fnr[:, i].astype(np.int16) * weight
        rest %= 11
        ok &= rest != 1
        fnr[:, place] = (11 - rest) % 11 % 10
    return fnr[ok]


# --- One month after the other ------------------------------------------------------------------------------


def _extraction(year: int, month: int, seed: int) -> date:
    """The day of a month's extraction: its last, or up to two days before."""
    back = Dice(seed, year * 12 + month).below("extraction", np.zeros(1, np.int64), 3)
    return date(year, month, monthrange(year, month)[1] - int(back[0]))


def _targets(year: int, month: int, persons: int) -> Ints:
    """How many should be registered in each main group: chapter 4.2's averages, joined from July to July."""
    half = 2 * month - 13  # half months from the middle of the year
    clamped = [min(max(y, min(STOCK)), max(STOCK)) for y in (year, year + (1 if half > 0 else -1))]
    here, there = (np.array(STOCK[y]) for y in clamped)
    weighted: Ints = here * (24 - abs(half)) + there * abs(half)
    return weighted * persons // (24 * MEAN_STOCK)


def _shared(shares: Ints, total: int) -> Ints:
    """``total`` handed out in proportion to ``shares``: where each one's part ends, to the nearest whole number."""
    edges = shares.cumsum()
    ends: Ints = (2 * edges * total + edges[-1]) // (2 * edges[-1])
    return ends


def _full_targets(year: int, month: int, scale: float) -> Ints:
    """The same, so that the year has chapter 4.2's averages in every group, and exactly chapter 4.1's records."""
    months = np.array([_targets(year, m, 24 * MEAN_STOCK) for m in range(1, 13)])
    weighted = months * (np.array(STOCK[year]) * 10_000) // months.sum(axis=0)
    until = _shared(weighted.sum(axis=1), round(RECORDS[year] * scale))
    total = int(until[month - 1] - (until[month - 2] if month > 1 else 0))
    targets: Ints = np.diff(_shared(weighted[month - 1], total), prepend=0)
    return targets


@dataclass
class Month:
    """A month's frame: which one, its extraction day and the one before, as days, and its chance."""

    year: int
    month: int
    dag: int
    fdag: int
    dice: Dice
    rates: Rates

    @property
    def long(self) -> bool:
        """as_stat has its long form, as_gr and as_f are filled."""
        return (self.year, self.month) >= LONG_FORM

    @property
    def number(self) -> int:
        return self.year * 12 + self.month


@dataclass
class Shown:
    """Who is in a month's file, with which slips (WRONG_HA, WRONG_GR), and for whom the days are missing."""

    ids: Ints
    wrong: Ints
    missing: Bools


class Population:
    """Everybody who may ever be registered: one place in each array."""

    def __init__(self, size: int) -> None:
        self.active = np.zeros(size, np.bool_)  # registered, even if not shown this month
        self.seen = np.zeros(size, np.bool_)  # has been registered
        self.away = np.zeros(size, np.int64)  # months not shown; -1: entered this month, shown the next
        self.gap = np.zeros(size, np.int64)  # months of the last time away
        self.row = np.zeros(size, np.int64)  # in STATUSES
        self.ytelse = np.zeros(size, np.int64)  # in YTELSER
        self.hend = np.zeros(size, np.int64)  # the day that the status began

    def step(self, m: Month, targets: Ints, size: int, *, first: bool) -> Shown:
        """A month passes: some leave or stay away, some change, and of the ``size`` first, some enter."""
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
            self._change(m, here[fate >= gap], rates.staying),
            self._change(m, back[near], rates.back),
            self._change(m, back[~near], rates.long_back),
            Shown(late, np.zeros_like(late), np.zeros(len(late), np.bool_)),
        ]
        stock = np.zeros(len(GROUPS), np.int64)
        for part in parts:
            stock += np.bincount(ROW_GROUP[self.row[part.ids]], minlength=len(GROUPS))
        need = np.maximum(targets - stock, 0)
        if rates.full:
            parts.append(self._fill(m, need, max(int((targets - stock).sum()), 0), first=first))
        else:
            parts.append(self._enter(m, need, size, first=first))
        return Shown(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.wrong for part in parts]),
            np.concatenate([part.missing for part in parts]),
        )

    def _change(self, m: Month, ids: Ints, habits: Habits) -> Shown:
        """Main group, tiltak, ytelse and the day they are counted from, for those who were here before."""
        row, ytelse = self.row[ids], self.ytelse[ids]
        old = ROW_GROUP[row]
        moves = m.dice.below("move", ids, 100_000) < habits.move[old]
        group = np.where(moves, m.dice.pick_by("move to", ids, old, m.rates.move_to), old)
        what = np.array(CHANGES)[m.dice.pick_by("what", ids, old == YH, habits.what)]
        what[moves] = YTELSE | TILTAK
        if not m.long:  # as_gr is not there to be contradicted
            what &= ~(WRONG_HA | WRONG_GR)

        other = _another(m.dice.pick_by("status", ids, group, ROW_SHARES), row, ROW_TOP[group])
        self.row[ids] = np.where(what & TILTAK, other, row)
        drawn = m.dice.pick_by("ytelse", ids, group, YTELSE_SHARES)
        other = np.where(moves, drawn, _another(drawn, ytelse, YTELSE_TOP[group]))
        self.ytelse[ids] = np.where(what & YTELSE, other, ytelse)

        case = np.where(what >= WRONG_HA, 4, 2 * (old == YH) + (what > 0))
        case[moves] = 5 + (old == YH)[moves]
        when = m.dice.pick_by("when", ids, case, habits.when)
        self._count(m, ids, when, 1 + (m.rates.full & (what == 0)))
        return Shown(ids, what & (WRONG_HA | WRONG_GR), when == MISSING)

    def _enter(self, m: Month, need: Ints, size: int, *, first: bool) -> Shown:
        """As many of those outside as the main groups lack; some take up the status they left with."""
        outside = np.flatnonzero(~self.active[:size])
        weight = np.where(self.seen[outside], RETURN_WEIGHT, 1)
        chance = int(need.sum()) * 1_000_000 // max(int(weight.sum()), 1)
        ids = outside[m.dice.below("enter", outside, 1_000_000) < weight * chance]
        anew = ids[~self.seen[ids] | (m.dice.below("as before", ids, 100) >= AS_BEFORE)]
        return self._open(m, ids, anew, m.dice.pick("enter group", anew, need), first=first)

    def _fill(self, m: Month, need: Ints, total: int, *, first: bool) -> Shown:
        """Exactly ``total`` who have never been registered, the main groups in proportion to what they lack."""
        edges = need.cumsum() * total // max(int(need.sum()), 1)
        start = int(self.seen.sum())  # the first are taken first
        ids = np.arange(start, start + int(edges[-1]))
        return self._open(m, ids, ids, edges.searchsorted(ids - start, side="right"), first=first)

    def _open(self, m: Month, ids: Ints, anew: Ints, group: Ints, *, first: bool) -> Shown:
        """Those enter: ``anew`` of them with a status of the main group named, the others as they left."""
        self.row[anew] = m.dice.pick_by("status", anew, group, ROW_SHARES)
        self.ytelse[anew] = m.dice.pick_by("ytelse", anew, group, YTELSE_SHARES)
        self.active[ids] = self.seen[ids] = True
        self.away[ids] = 0

        group = ROW_GROUP[self.row[ids]]
        when = m.dice.pick_by("when", ids, group == YH, m.rates.entry)
        self._count(m, ids, when, 1)
        late = m.dice.below("late", ids, 100_000) < m.rates.late[group]
        if first:  # they entered before the first file
            late[:] = False
            u = m.dice.below("stood", ids, 10_000)
            self.hend[ids] = m.dag - np.minimum(np.array(STOOD)[group] * u // (10_000 - u), 3650)
        self.away[ids[late]] = -1
        return Shown(ids[~late], np.zeros_like(ids[~late]), (when == MISSING)[~late])

    def _count(self, m: Month, ids: Ints, when: Ints, earliest: int | Ints) -> None:
        """The day that the status counts from; a new one is ``earliest`` days after the previous extraction."""
        hend = self.hend[ids]
        anew = m.fdag + np.maximum(1 + m.dice.below("day", ids, m.dag - m.fdag), earliest)
        before = m.fdag - m.dice.below("day before", ids, m.rates.days_before)
        before -= 5 * (abs(before - hend) <= 1)
        wobble = np.minimum(hend + 1 - 2 * m.dice.below("wobble", ids, 2), m.dag)
        day_after = np.full_like(ids, m.fdag + 1)
        self.hend[ids] = np.choose(when, [hend, anew, before, anew, wobble, day_after])


# --- The file -----------------------------------------------------------------------------------------------

COLUMNS = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")


def _days(m: Month, days: Ints) -> Bytes:
    """ant_d_as in the month's fashion: plain, zero-padded, in 2004 with the decimals there is room for."""
    if m.year != 2004:
        return _digits(days, 5, pad=m.number % 4 == 0)
    decimals = np.repeat(_chars([".00"]), len(days), axis=0)
    decimals[days >= 100, 2] = 0
    decimals[days >= 1000] = 0
    return np.hstack([_digits(days, 5, pad=False), decimals])


@dataclass
class Text:
    """A month's fields as bytes, a row per record."""

    fields: dict[str, Bytes]

    def put(self, where: Bools, **values: str) -> None:
        """Write the same over some records' fields."""
        for name, value in values.items():
            self.fields[name][where] = np.frombuffer(value.encode().ljust(self.fields[name].shape[1], b"\0"), np.uint8)

    def again(self, which: Ints) -> slice:
        """Some records once more, at the end; returns where."""
        n = len(self.fields["fnr"])
        self.fields = {name: np.concatenate([f, f[which]]) for name, f in self.fields.items()}
        return slice(n, None)


def _faults(m: Month, ids: Ints, scale: float) -> NDArray[np.str_]:
    """Each record's fault or ``none``."""
    if not m.rates.full:
        return np.array(list(DIRT))[m.dice.pick("dirt", ids, tuple(DIRT.values()))]
    dirt = np.full(len(ids), "none", "U16")
    unknown = Dice(m.dice.seed, m.year).below("unknown status", ids, 1_000_000) < FULL_UNKNOWN.get(m.year, 0)
    dirt[unknown] = "unknown status"
    order = np.argsort(m.dice("dirt", ids), kind="stable")
    for fault, count in FULL_FAULTS.get(m.year, {}).items():
        number = round(count * scale)
        here = number * m.month // 12 - number * (m.month - 1) // 12
        dirt[order[:here]] = fault
        order = order[here:]
    return dirt


def _file(m: Month, people: Population, fnr: Bytes, shown: Shown, scale: float = 1) -> dict[str, Bytes]:
    """The month's file: its columns, a row of bytes per record, NULs to be dropped."""
    ids = shown.ids
    row, ytelse, days = people.row[ids], people.ytelse[ids], m.dag - people.hend[ids]
    coin = m.dice.below("coin", ids, 2) == 0
    slip = np.where(shown.wrong & WRONG_HA, 1 + m.dice.below("slip", ids, len(HOVEDARBSTAT) - 1), 0)
    dag = f"{date.fromordinal(m.dag):%y%m%d}"
    if m.number % 2:  # a number, in some months written as one
        dag = str(int(dag))
    text = Text(
        {
            "fnr": fnr[ids],
            "hovedarbstat": _chars(HOVEDARBSTAT)[(ROW_HA[row] + slip) % len(HOVEDARBSTAT)],
            "tiltak": (ROW_LONG if m.long else ROW_SHORT)[row],
            "ytelse": YTELSE_CHARS[ytelse],
            "dagdato": np.zeros((len(ids), 6), np.uint8),
            "ant_d_as": _days(m, days),
            "as_gr": ROW_GR[row],
            "as_f": ROW_F[row],
            "mnd": np.repeat(_chars([f"{m.month:02}"]), len(ids), axis=0),
        }
    )
    everybody = np.ones(len(ids), np.bool_)
    text.put(everybody, dagdato=dag)
    text.put(shown.missing, ant_d_as="")
    if m.year == 2003:
        text.put(shown.missing & coin, ant_d_as="-1")
    text.put((shown.wrong & WRONG_GR > 0) & coin, as_gr="", as_f="")
    text.put((shown.wrong & WRONG_GR > 0) & ~coin, as_gr="-1", as_f="22")

    dirt = _faults(m, ids, scale)
    text.put(dirt == "other dagdato", dagdato=f"{date.fromordinal(m.dag - 6):%y%m%d}")
    text.put(dirt == "no dagdato", dagdato="")
    if monthrange(m.year, m.month)[1] == 30:
        text.put(dirt == "dagdato 31", dagdato=f"{m.year % 100:02}{m.month:02}31")
    text.put(dirt == "no fnr", fnr="")
    text.fields["fnr"][dirt == "fnr of 10", 10] = 0
    text.fields["fnr"][dirt == "fnr with letters", 6:8] = ord("X")
    text.put(dirt == "no as_stat", hovedarbstat="", tiltak="", ytelse="")
    for i, (field, code) in enumerate({"hovedarbstat": "XX", "tiltak": "QQ", "ytelse": "ZZ"}.items()):
        text.put((dirt == "new code") & (ids % 3 == i), **{field: code})
    text.put(dirt == "unknown status", hovedarbstat="--", tiltak="--", as_gr="-1", as_f="22")
    if not m.long:
        text.put(everybody, as_gr="", as_f="")

    text.again(np.flatnonzero(dirt == "twice"))
    for more in (True, False):
        rival = np.flatnonzero((dirt == "twice, differing") & (coin == more))
        places = text.again(rival)
        if more:
            text.fields["ant_d_as"][places] = _days(m, days[rival] + 30)
        else:
            text.fields["ytelse"][places] = YTELSE_CHARS[(ytelse[rival] + 1) % len(YTELSE_CHARS)]

    columns: dict[str, tuple[str, ...]] = {name: (name,) for name in COLUMNS}
    columns["as_stat"] = ("hovedarbstat", "tiltak", "ytelse")
    if not m.long and m.number % 3 == 0:
        del columns["as_gr"], columns["as_f"]
    return {name: np.hstack([text.fields[part] for part in parts]) for name, parts in columns.items()}


def _csv(columns: dict[str, Bytes]) -> bytes:
    """Header and records."""
    n = len(columns["fnr"])
    comma, end = np.full((n, 1), ord(","), np.uint8), np.full((n, 1), ord("\n"), np.uint8)
    block = np.hstack([*[part for column in columns.values() for part in (column, comma)][:-1], end])
    return (",".join(columns) + "\n").encode() + bytes(block[block != 0])


def _parquet(columns: dict[str, Bytes]) -> bytes:
    """The same, every column text, null where nothing stands."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def strings(column: Bytes) -> "pyarrow.Array":
        length = (column != 0).sum(axis=1)
        offsets = np.concatenate([[0], length.cumsum()]).astype(np.int32)
        filled = np.packbits(length > 0, bitorder="little")
        buffers = (pa.py_buffer(offsets), pa.py_buffer(column[column != 0]), pa.py_buffer(filled))
        return pa.StringArray.from_buffers(len(column), *buffers)

    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({name: strings(column) for name, column in columns.items()}), sink, compression="zstd")
    return bytes(sink.getvalue())


# --- The directory ------------------------------------------------------------------------------------------


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    half = path.with_name(path.name + ".tmp")
    half.write_bytes(content)
    half.replace(path)


def _existing(directory: Path, marker: dict[str, object]) -> int | None:
    """The number of records where the directory already holds just this; None where it is free."""
    if not directory.exists() or (directory.is_dir() and not any(directory.iterdir())):
        return None
    if not directory.is_dir():
        raise UserError(f"{directory} is no folder. Name one, which is made where it is missing.")
    advice = "Choose an empty directory, or remove this one yourself and start again."
    try:
        found = json.loads((directory / MARKER).read_text())
        records = int(found["records"])
    except (OSError, ValueError, TypeError, KeyError):
        raise UserError(
            f"{directory} holds files and no valid {MARKER}: they may be real ones, or left by a run that "
            f"was interrupted. {advice}"
        ) from None
    if {**found, "records": 0} != {**marker, "records": 0}:
        raise UserError(f"{directory} holds another synthetic sample (see its {MARKER}). {advice}")
    return records


def make(
    directory: Path,
    *,
    first: tuple[int, int] = (2001, 1),
    last: tuple[int, int] = (2005, 12),
    persons: int = 3000,
    seed: int = 1,
    full: bool = False,
    scale: float = 1,
    parquet: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write ``arbsok_YYYYMM.csv`` from ``first`` to ``last`` and the marker; returns the number of records.

    About ``persons`` are registered in a month (fewer in 2001, more in 2004, as in the register); ``full``: as many
    as in the source, times ``scale``. ``parquet``: the same records as Parquet. A directory that holds the same
    already is left alone, any other content refused. ``progress`` is told the months done and in all.
    """
    months = [divmod(i, 12) for i in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])]
    if not months or persons < 1 or not (1 <= first[1] <= 12 and 1 <= last[1] <= 12):
        raise UserError("A synthetic sample needs at least one person, and a last month not before the first.")
    if full and not (first[0] in RECORDS and last[0] in RECORDS):
        raise UserError(f"The full register has the years whose sizes are known: {min(RECORDS)} to {max(RECORDS)}.")
    if parquet and find_spec("pyarrow") is None:
        raise UserError("Writing Parquet needs pyarrow: pip install 'fdtrygd[parquet]'.")
    marker: dict[str, object] = {
        "synthetic": True,
        "from": f"{first[0]}-{first[1]:02}",
        "to": f"{last[0]}-{last[1]:02}",
        **({"full": True, "scale": scale} if full else {"persons": persons}),
        **({"format": "parquet"} if parquet else {}),
        "seed": seed,
        "records": 0,
        "product": PRODUCT,
    }
    if (records := _existing(directory, marker)) is not None:
        return records

    if full:
        targets = [_full_targets(year, month0 + 1, scale) for year, month0 in months]
        # Room for the first month's, and for as many new ones a month as ever leave.
        sizes = dict.fromkeys(STOCK, int(targets[0].sum() + sum(map(np.sum, targets)) * 12 // 100))
        fnr = fodselsnummer(sizes[last[0]], seed, FULL_D_NUMBERS, FULL_WRONG_CHECK_DIGIT)
    else:
        targets = [_targets(year, month0 + 1, persons) for year, month0 in months]
        # Each year brings people who have not been registered before.
        sizes = {year: persons * (22 + 7 * (year - first[0])) // 10 + 10 for year in range(first[0], last[0] + 1)}
        fnr = fodselsnummer(sizes[last[0]], seed)
    people = Population(sizes[last[0]])
    directory.mkdir(parents=True, exist_ok=True)
    write, ending = (_parquet, "parquet") if parquet else (_csv, "csv")
    records = 0
    before = _extraction(first[0] - (first[1] == 1), (first[1] - 2) % 12 + 1, seed)
    for done, (year, month0) in enumerate(months, 1):
        month = month0 + 1
        dag = _extraction(year, month, seed)
        rates = FULL[year] if full else SAMPLE
        m = Month(year, month, dag.toordinal(), before.toordinal(), Dice(seed, year * 12 + month), rates)
        shown = people.step(m, targets[done - 1], sizes[year], first=done == 1)
        columns = _file(m, people, fnr, shown, scale)
        _write(directory / f"arbsok_{year}{month:02}.{ending}", write(columns))
        records += len(columns["fnr"])
        before = dag
        if progress:
            progress(done, len(months))
    _write(directory / MARKER, (json.dumps({**marker, "records": records}, indent=2) + "\n").encode())
    return records
