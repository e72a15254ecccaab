"""A population register of nobody: of the persons in synthetic month files, with all that real ones have.

They are born, come, move, leave and return, die, live in kommuner that merge and split, and a few have a D-number that
becomes a fødselsnummer. Some are missing, and a few rows contradict each other. All that is drawn by the number.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from fdtrygd.errors import UserError
from fdtrygd.files import find_month_files
from fdtrygd.settings import MARKER
from fdtrygd.synthetic import division, numbers
from fdtrygd.synthetic.arrays import Bytes, Ints, Table, chars, digits
from fdtrygd.synthetic.dice import Dice
from fdtrygd.synthetic.files import lines
from fdtrygd.synthetic.folder import PRODUCT, existing, mark, write
from fdtrygd.synthetic.kommuner import OPEN, Kommuner, Rows

#: The files and their columns (docs/population.md).
FILES = {
    "person": ("fnr", "kjonn", "fodselsdato"),
    "bosted": ("fnr", "fradato", "tildato", "kommune"),
    "status": ("fnr", "fradato", "tildato", "regstatus"),
    "identitet": ("fnr", "fnr_gjeldende", "fradato"),
}
STATUSES = ("bosatt", "utvandret", "forsvunnet", "dod", "ikke_bosatt", "opphort")
BOSATT, UTVANDRET, FORSVUNNET, DOD, IKKE_BOSATT, OPPHORT = range(len(STATUSES))

#: The first residences begin from this day on, and before the first month file.
FIRST, STARTED = date(1977, 1, 1).toordinal(), date(2000, 1, 1).toordinal()
#: The days that can be written: from the first birthday on.
LEAST, EPOCH = date(1900, 1, 1).toordinal(), date(1970, 1, 1).toordinal()
#: Where D-numbers begin.
D_NUMBER = 40_00_00_00000
#: Of ten thousand persons so many are not in the register,
NOT_THERE = 30
#: came from abroad,
IMMIGRANTS = 600
#: left, died or lost their residence while NAV had them,
LEFT_EARLY, DIED_EARLY, WITHOUT_RESIDENCE = 40, 2, 20
#: and have another sex or another day of birth than their number says.
OTHER_THAN_NUMBER = 5
#: Of so many million days after the last month file that has somebody, one is that of leaving, or of death.
LEAVES, DEATHS = 14, 6
#: How many move once, twice, three times: shares.
MOVES = (45, 30, 15, 10)
#: What becomes of a D-number: nothing; a new fødselsnummer; one that the month files have too: shares.
FATES = (50, 30, 20)
#: What is contradictory, in turn: with one of so many persons, so far below the share at which a register is refused.
CONTRADICTIONS = ("residences overlap", "statuses overlap", "residence after death", "a circle", "two current numbers")
SPACING = 1700
#: Persons worked on at a time, to save memory; a contradiction needs three of them that stand side by side.
BLOCK = 30 * SPACING


def make_register(
    directory: Path, months: Path, *, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> int:
    """Writes the register of the persons in the month files, and the marker; returns the rows of `person`.

    A directory that holds the same already is left alone, and any other content is refused. `progress` is told how
    many persons are done, and how many there are.
    """
    try:
        of = json.loads((months / MARKER).read_text())
    except (OSError, ValueError):
        raise UserError(
            f"{months} holds no valid {MARKER}, so its files may be real ones: a register of nobody is made of "
            "synthetic month files alone. Name a folder that make synthetic DIR=folder has made."
        ) from None
    marker: dict[str, object] = {"synthetic": True, "register_of": of, "seed": seed, "records": 0, "product": PRODUCT}
    if (records := existing(directory, marker)) is not None:
        return records
    seen, until = persons(months)
    directory.mkdir(parents=True, exist_ok=True)
    half = {name: directory / f"{name}.csv.tmp" for name in FILES}
    records = 0
    with ExitStack() as opened:
        streams = {name: opened.enter_context(path.open("wb")) for name, path in half.items()}
        for name, header in FILES.items():
            streams[name].write((",".join(header) + "\n").encode())
        for done, block in register(seen, until, Dice(seed)):
            records += len(block["person"][0])
            for name, columns in block.items():
                streams[name].write(lines(dict(zip(FILES[name], columns, strict=True))))
            if progress:
                progress(done, len(seen))
    for path in half.values():
        path.replace(path.with_suffix(""))
    for name, content in division.written().items():
        write(directory / f"{name}.csv", content)
    write(directory / "folkeregister.toml", f"gjelder_til = {date.fromordinal(until)}\n".encode())
    mark(directory, marker, records)
    return records


# The persons of the month files


@dataclass
class Seen(Table):
    """Numbers, and the first and the last day of the months whose files have them."""

    fnr: Ints
    first: Ints
    last: Ints


def persons(months: Path) -> tuple[Seen, int]:
    """Everybody with a valid number, in order, and the last day that the register knows: a month after the files."""
    seen = Seen(*np.zeros((3, 0), np.int64))
    year = month = 0
    for year, files in find_month_files(months).items():
        for month, file in files.items():
            here = once(fnr_of(file.path))
            here = here[numbers.valid(here)]
            both = once(np.concatenate([seen.fnr, here]))
            first, last = np.full((2, len(both)), [[begin_of(year, month)], [begin_of(year, month + 1) - 1]])
            old = both.searchsorted(seen.fnr)
            first[old] = seen.first
            gone = old[~np.isin(seen.fnr, here, assume_unique=True)]
            last[gone] = seen.last[np.isin(both[old], both[gone], assume_unique=True)]
            seen = Seen(both, first, last)
    if not len(seen):
        raise UserError(f"{months} holds month files in which nobody has a valid number. Name another folder.")
    return seen, begin_of(year, month + 2) - 1


def once(fnr: Ints) -> Ints:
    """Each of them once, ascending; numpy's own function takes ten times as long for so many numbers that are alike."""
    fnr = np.sort(fnr)
    return fnr[np.append(True, fnr[1:] != fnr[:-1])] if len(fnr) else fnr


def begin_of(year: int, month: int) -> int:
    """The first day of a month, which may be one of the next year's."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1).toordinal()


def fnr_of(path: Path) -> Ints:
    """The numbers of eleven digits in a file of the generator's."""
    if path.suffix.lower() == ".parquet":
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        column = pq.read_table(path, columns=["fnr"])["fnr"]
        column = column.filter(pc.match_substring_regex(column, r"^[0-9]{11}$"))
        return np.asarray(column.cast(pa.int64()).to_numpy(), np.int64)
    text = np.fromfile(path, np.uint8)
    if bytes(text[:4]) != b"fnr,":
        raise UserError(f"{path.name}: its first column is not fnr. Name month files of make synthetic.")
    starts = np.flatnonzero(text == ord("\n")) + 1
    starts = starts[starts + 11 < len(text)]
    starts = starts[text[starts + 11] == ord(",")]
    fnr = text[starts[:, None] + np.arange(11)] - np.uint8(ord("0"))
    return numbers.as_numbers(fnr[(fnr < 10).all(axis=1)])


# What becomes of them

#: The columns of a file, each as rows of bytes.
Columns = tuple[Bytes, ...]


@dataclass
class People:
    """What is so whatever becomes of them; `start` is their first day as residents."""

    seen: Seen
    sex: Ints
    born: Ints
    start: Ints

    @property
    def fnr(self) -> Ints:
        return self.seen.fnr


@dataclass
class Links(Table):
    """A number of a person's, another one that takes its place, and from which day on."""

    old: Ints
    new: Ints
    day: Ints


def register(seen: Seen, until: int, dice: Dice) -> Iterator[tuple[int, dict[str, Columns]]]:
    """The rows of all files, block by block, each with the number of persons that are done."""
    kommuner = Kommuner()
    there = seen[dice.below("not there", seen.fnr, 10_000) >= NOT_THERE]
    residents, foreign = there[there.fnr < D_NUMBER], there[there.fnr >= D_NUMBER]
    place = np.arange(len(residents))
    odd = place % SPACING == SPACING // 2
    alone = ~(odd | np.roll(odd, 1) | np.roll(odd, 2))
    fresh, doubles, corrected = links(foreign, people_of(residents[alone], dice), dice)

    for begin in range(0, len(place), BLOCK):
        block = people_of(residents[begin : begin + BLOCK], dice)
        yield begin + len(block.fnr), life(block, kommuner, dice, until, begin)
    new = people_of(Seen(fresh.new, fresh.day, np.full(len(fresh), until - 31)), dice)
    new.start = fresh.day
    yield len(place), life(new, kommuner, dice, until)
    yield len(seen), numbers_before(foreign, fresh, doubles, corrected, dice)


def people_of(seen: Seen, dice: Dice) -> People:
    """What the numbers say, and when the persons became residents: at birth, or when they came from abroad."""
    digit = numbers.as_digits(seen.fnr).astype(np.int64)
    year, month = 10 * digit[:, 4] + digit[:, 5] - 70, 10 * digit[:, 2] + digit[:, 3] - 80
    days = (12 * year + month - 1).astype("M8[M]").astype("M8[D]").astype(np.int64)
    born = days + EPOCH + 10 * (digit[:, 0] % 4) + digit[:, 1] - 1
    start = np.maximum(born, FIRST + dice.below("start", seen.fnr, STARTED - FIRST))
    came = np.maximum(born, seen.first - 1 - dice.below("came", seen.fnr, 3000))
    abroad = dice.below("immigrant", seen.fnr, 10_000) < IMMIGRANTS
    return People(seen, 2 - digit[:, 8] % 2, born, np.where(abroad, came, start))


def links(foreign: Seen, residents: People, dice: Dice) -> tuple[Links, Links, Links]:
    """D-numbers that become a new number; those that are another person's of the month files; new ones put right."""
    fate = dice.pick("fate", foreign.fnr, FATES)
    day = foreign.first + dice.below("changed", foreign.fnr, foreign.last - foreign.first + 1)

    old = foreign.fnr[fate == 1]
    new, last = (new_number(old, what, dice) for what in ("new", "put right"))
    first = np.unique(np.concatenate([new, last]), return_index=True)[1]
    others = np.asarray(np.isin(np.arange(2 * len(old)), first).reshape(2, -1).all(axis=0), np.bool_)
    fresh = Links(old, last, day[fate == 1])[others]
    again = dice.below("put right", fresh.old, 4) == 0
    corrected = Links(new[others], last[others], fresh.day)[again]

    of = np.flatnonzero(fate == 2)
    mine = people_of(foreign[of], dice)
    order = np.lexsort((residents.born, residents.sex))
    ranks = residents.sex[order] * OPEN + residents.born[order]
    nearest = order[np.minimum(ranks.searchsorted(mine.sex * OPEN + mine.born), len(order) - 1)]
    partner, first = np.unique(nearest, return_index=True)
    doubles = Links(foreign.fnr[of[first]], residents.fnr[partner], day[of[first]])
    return fresh, doubles, corrected


def new_number(old: Ints, what: str, dice: Dice) -> Ints:
    """A fødselsnummer for each D-number: the same day and sex, and an individual number that no month file has."""
    fnr = numbers.as_digits(old - D_NUMBER)
    start = dice.below(f"individual {what}", old, 50)
    todo = np.ones(len(old), np.bool_)
    for more in range(50):
        individual = 900 + 2 * ((start + more) % 50) + old // 100 % 2
        tried = fnr.copy()
        tried[:, 6:9] = digits(individual, 3, pad=True) - np.uint8(ord("0"))
        right = numbers.fill_check_digits(tried) & todo
        fnr[right] = tried[right]
        todo &= ~right
    return numbers.as_numbers(fnr)


def life(people: People, kommuner: Kommuner, dice: Dice, until: int, begin: int | None = None) -> dict[str, Columns]:
    """The rows of these residents; a few contradict each other where they stand in a row of all, from `begin` on."""
    seen, fnr, start, everybody = people.seen, people.fnr, people.start, np.arange(len(people.fnr))
    stay, later = seen.last - seen.first + 1, np.maximum(until - seen.last, 0)

    def happens(what: str, per_million_days: int, early: int) -> Ints:
        """The day on which it does, after the last month file or, for a few, before."""
        day = seen.last + 1 + dice.below(f"{what} on", fnr, np.maximum(later, 1))
        day[dice.below(f"{what} late", fnr, 1_000_000) >= per_million_days * later] = OPEN
        soon = dice.below(f"{what} early", fnr, 10_000) < early
        return np.where(soon, np.maximum(seen.first + dice.below(f"{what} on", fnr, stay), start + 2), day)

    left = happens("left", LEAVES, LEFT_EARLY)
    back = left + 30 + dice.below("away", fnr, 700)
    back[(dice.below("returns", fnr, 2) == 0) | (back >= until)] = OPEN
    gone = dice.below("missing", fnr, 30) == 0
    died = np.where(left < OPEN, OPEN, happens("died", DEATHS, DIED_EARLY))
    homeless = np.where(np.minimum(left, died) < OPEN, OPEN, happens("homeless", 0, WITHOUT_RESIDENCE))

    def rows(first: Ints, last: Ints, code: Ints | int) -> Rows:
        """A row for each whose interval is one."""
        some = Rows(everybody, first, np.minimum(last, OPEN), np.broadcast_to(code, len(fnr)))
        return some[(first < OPEN) & (first <= last)]

    status = rows(start, np.minimum(left, died) - 1, BOSATT)
    status += rows(left, back - 1, np.where(gone, FORSVUNNET, UTVANDRET))
    status += rows(back, np.full(len(fnr), OPEN), BOSATT) + rows(died, np.full(len(fnr), OPEN), DOD)

    moves = [start + 1 + dice.below(f"move {i}", fnr, np.maximum(until - start - 3, 1)) for i in (1, 2, 3)]
    days = np.sort(np.array(moves), axis=0) + np.arange(3)[:, None]
    days[np.arange(3)[:, None] >= dice.pick("moves", fnr, MOVES)] = OPEN
    days = np.vstack([start, days, back, np.full(len(fnr), OPEN)])
    ends = np.minimum(np.minimum(left, died), homeless)
    bosted = rows(back, np.full(len(fnr), OPEN), kommuner.on(back, fnr, dice, "back"))
    open_at_death = (died < OPEN) & (dice.below("open at death", fnr, 2) == 0)
    for i in range(4):
        after = np.where(i < 3, days[i + 1], OPEN)
        last = np.minimum(after, ends) - 1
        last[open_at_death & (after >= ends)] = OPEN
        here = np.where(days[i] < ends, days[i], OPEN)
        bosted += rows(here, last, kommuner.on(days[i], fnr, dice, f"residence {i}"))
    bosted = kommuner.follow(bosted, fnr, dice, until)

    identity = Links(*np.zeros((3, 0), np.int64))
    if begin is not None:
        at = everybody[SPACING // 2 : len(fnr) - 2 : SPACING]
        overlap, both, dead, circle, two = (
            at[(begin + at) // SPACING % len(CONTRADICTIONS) == i] for i in range(len(CONTRADICTIONS))
        )
        live = kommuner.on(start, fnr, dice, "contradiction")
        bosted = instead(bosted, overlap, (start, OPEN, live), (start + 10, OPEN, live))
        status = instead(status, both, (start, OPEN, BOSATT), (start + 10, OPEN, UTVANDRET))
        status = instead(status, dead, (start, start + 9, BOSATT), (start + 10, OPEN, DOD))
        bosted = instead(bosted, dead, (start, start + 9, live), (start + 20, OPEN, live))
        old = np.concatenate([circle, circle + 1, two, two])
        new = np.concatenate([circle + 1, circle, two + 1, two + 2])
        identity = Links(fnr[old], fnr[new], seen.first[old])
    sex = np.where(dice.below("other sex", fnr, 10_000) < OTHER_THAN_NUMBER, 3 - people.sex, people.sex)
    born = people.born - (dice.below("other day", fnr, 10_000) < OTHER_THAN_NUMBER)
    return columns(fnr, sex, born, bosted, status, identity)


def instead(rows: Rows, whose: Ints, *intervals: tuple[Ints, Ints | int, Ints | int]) -> Rows:
    """These intervals for some persons, and no others; each is given for everybody."""
    rows = rows[~np.isin(rows.person, whose)]
    for first, last, code in intervals:
        rows += Rows(whose, first[whose], *(np.broadcast_to(each, len(first))[whose] for each in (last, code)))
    return rows


def numbers_before(foreign: Seen, fresh: Links, doubles: Links, corrected: Links, dice: Dice) -> dict[str, Columns]:
    """The rows of D-numbers, and of the numbers that were put right."""
    wrong = Seen(corrected.old, corrected.day, corrected.day)
    people = people_of(foreign + wrong, dice)
    same = dice.below("known by another day", doubles.old, 10) > 0  # than the number says: mended, as numbers are not
    twice = foreign.fnr.searchsorted(doubles.old)[same]
    people.born[twice] = people_of(Seen(*3 * [doubles.new[same]]), dice).born

    ended = np.full(len(people.fnr), OPEN)
    for link in (fresh, doubles):
        ended[foreign.fnr.searchsorted(link.old)] = link.day
    ended[len(foreign) :] = corrected.day
    who = np.arange(len(people.fnr))
    began = np.minimum(people.seen.first - 1 - dice.below("d-number given", people.fnr, 1000), ended - 1)
    mine = who[: len(foreign)]
    status = Rows(mine, began[mine], ended[mine] - 1, np.full(len(mine), IKKE_BOSATT))
    status += Rows(who, ended, np.full(len(who), OPEN), np.full(len(who), OPPHORT))[ended < OPEN]

    direct = ~np.isin(fresh.new, corrected.new)
    first = Links(fresh.old, fresh.new.copy(), fresh.day)
    first.new[~direct] = corrected.old
    return columns(people.fnr, people.sex, people.born, status[:0], status, first + corrected + doubles)


# The files


def columns(fnr: Ints, sex: Ints, born: Ints, bosted: Rows, status: Rows, identity: Links) -> dict[str, Columns]:
    """The rows of every file, those of an interval by person and day."""

    def intervals(rows: Rows, codes: Bytes) -> Columns:
        order = np.lexsort((rows.first, rows.person))
        rows = rows[order]
        return digits(fnr[rows.person], 11, pad=True), days(rows.first), days(rows.last), codes[order]

    return {
        "person": (digits(fnr, 11, pad=True), digits(sex, 1, pad=True), days(born)),
        "bosted": intervals(bosted, digits(bosted.code, 4, pad=True)),
        "status": intervals(status, chars(list(STATUSES))[status.code]),
        "identitet": (digits(identity.old, 11, pad=True), digits(identity.new, 11, pad=True), days(identity.day)),
    }


def days(ordinals: Ints) -> Bytes:
    """Each day as it is written; nothing where an interval is open."""
    written: Bytes = calendar()[np.minimum(ordinals, OPEN - 1) - LEAST]
    return written


@cache
def calendar() -> Bytes:
    """Every day that can be written, and nothing behind them."""
    return chars([date.fromordinal(day).isoformat() for day in range(LEAST, OPEN - 1)] + [""])
