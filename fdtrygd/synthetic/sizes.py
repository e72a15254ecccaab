"""How many are registered in a month: by chapter 4.2's averages, in the full register with chapter 4.1's records."""

import numpy as np

from fdtrygd.synthetic.arrays import Ints

#: Registered on average, by year and main group (chapter 4.2; group 5 in 2003 without the misprint).
STOCK = {
    2001: (62648, 33324, 10215, 6196, 63598, 842),
    2002: (75203, 35591, 9325, 1977, 72441, 125),
    2003: (92631, 41409, 14309, 2752, 77645, 457),
    2004: (91563, 42225, 16958, 2555, 86402, 1590),
    2005: (83479, 41126, 13151, 2458, 93304, 1419),
}
MEAN_STOCK = sum(map(sum, STOCK.values())) // len(STOCK)
#: Records in the year's twelve files (chapter 4.1, `Sofasøker grunnlagsfil`).
RECORDS = {2001: 2_121_885, 2002: 2_335_944, 2003: 2_751_183, 2004: 2_895_511, 2005: 2_819_888}


def in_sample(year: int, month: int, persons: int) -> Ints:
    """How many should be registered in each main group: chapter 4.2's averages, with a straight line between Julys."""
    half = 2 * month - 13  # half months from the middle of the year
    years = [min(max(y, min(STOCK)), max(STOCK)) for y in (year, year + (1 if half > 0 else -1))]
    here, there = (np.array(STOCK[y]) for y in years)
    weighted: Ints = here * (24 - abs(half)) + there * abs(half)
    return weighted * persons // (24 * MEAN_STOCK)


def shared(shares: Ints, total: int) -> Ints:
    """Hands out `total` in proportion to `shares`: where each part ends, rounded to a whole number."""
    edges = shares.cumsum()
    ends: Ints = (2 * edges * total + edges[-1]) // (2 * edges[-1])
    return ends


def in_full_register(year: int, month: int, scale: float) -> Ints:
    """The same, so that the year has chapter 4.2's average in every group and exactly chapter 4.1's records."""
    months = np.array([in_sample(year, m, 24 * MEAN_STOCK) for m in range(1, 13)])
    weighted = months * (np.array(STOCK[year]) * 10_000) // months.sum(axis=0)
    until = shared(weighted.sum(axis=1), round(RECORDS[year] * scale))
    total = int(until[month - 1] - (until[month - 2] if month > 1 else 0))
    groups: Ints = np.diff(shared(weighted[month - 1], total), prepend=0)
    return groups
