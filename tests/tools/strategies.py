"""Hypothesis strategies that make dirty registers of month files, biased to reach every status code.

Every number is synthetic: no person has a fødselsnummer with 80 added to the month (test persons), and all
numbers made here have it, the invalid ones too.

The strategy walks month by month with each person's state and works backwards: it first settles which
henddato the record shall have, then writes ant_d_as = dagdato - henddato. What it makes is never refused.
"""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import hypothesis
from hypothesis import HealthCheck
from hypothesis import strategies as st

from reference import COLUMNS, OCTOBER_2002, SIX_DIGITS, RawRecord, Register, Settings, right_dagdato

Years = dict[int, dict[int, list[RawRecord]]]
Employment = tuple[str, date, date | None]
DAY = timedelta(days=1)
T = TypeVar("T")


# ---------------------------------------------------------------------------------------------------- numbers


def lag_fnr(day: int, month: int, year: int, individual: int, *, d_number: bool = False, add: int = 80) -> str:
    """A synthetic number with right check digits; `add` goes to the month (80: a test person).

    The date need not exist. Where an individual number gives no check digit, the next one that does is taken.
    """
    while True:
        text = f"{day + 40 * d_number:02}{month + add:02}{year % 100:02}{individual:03}"
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            digit = -sum(w * int(c) for w, c in zip(weights, text, strict=True)) % 11
            if digit == 10:
                break
            text += str(digit)
        else:
            return text
        individual += 1


def wrong_check_digit(fnr: str) -> str:
    """The same number with another last digit."""
    return fnr[:-1] + str((int(fnr[-1]) + 1) % 10)


FILLERS = [
    lag_fnr(1, 1, 50, 100),
    lag_fnr(2, 1, 50, 100),
]  # registered all the time, so that no month is empty
PERSONS = [
    lag_fnr(15, 3, 70, 200),
    lag_fnr(29, 2, 80, 200),  # a leap year's day
    lag_fnr(7, 12, 65, 200, d_number=True),
    wrong_check_digit(lag_fnr(30, 6, 75, 200)),
    lag_fnr(31, 1, 82, 200),
    lag_fnr(29, 2, 81, 200),  # no such day
    lag_fnr(9, 9, 59, 200),
    lag_fnr(31, 4, 60, 200),  # no such day
    lag_fnr(29, 2, 0, 600),  # 2000 was a leap year, and 00 is divisible by four
    lag_fnr(1, 7, 77, 200, d_number=True),
    lag_fnr(24, 12, 68, 200),
    lag_fnr(5, 5, 55, 200),
]
NOBODY: list[str | None] = [
    None,
    "",
    "  ",
    PERSONS[0][:10],
    PERSONS[0] + "1",
    "ABCDEFGHIJK",
    PERSONS[4][:10] + "x",
]


# ----------------------------------------------------------------------------------- where a register begins

# (first year, start of the series), the ordinary one first
STARTS = [
    *[(2001, date(2001, 5, 1))] * 6,
    *[(2003, date(2003, 1, 1))] * 5,
    *[(2002, date(2003, 1, 1))] * 2,
    (2000, date(2001, 5, 1)),
    (2002, date(2002, 8, 15)),
]
DATE_MODES = ["end", "end", "weeks", "weeks", "mid", "jitter", "wild"]
DATE_FORMATS = ["plain", "number", "decimal", "comma", "mixed"]


@dataclass(frozen=True)
class Picker:
    """Hypothesis' draw, in the two ways that are used here."""

    draw: st.DrawFn

    def pick(self, values: list[T]) -> T:
        return self.draw(st.sampled_from(values))

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))


def extraction_dates(chance: Picker, months: list[date], start: date) -> list[date]:
    """One dagdato a month: within 10 days of the month, strictly increasing, not before the series' start."""
    mode = chance.pick(DATE_MODES)
    result: list[date] = []
    for i, first in enumerate(months):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        if mode == "end":
            day = last
        elif mode == "mid":
            day = first + 14 * DAY
        elif mode == "weeks":  # every third month exactly 13 weeks on
            day = months[0] + (20 + i * 91 // 3) * DAY
        elif mode == "jitter":
            day = last + chance.number(-10, 10) * DAY
        else:
            choices = [last, first - 10 * DAY, first, last + 10 * DAY]
            day = chance.pick(choices)
        if (first.year, first.month) == (start.year, start.month):
            day = max(day, start)
        if result:
            day = max(day, result[-1] + DAY)
        result.append(day)
    return result


# ----------------------------------------------------------------------------------------- a person's history

# What henddato does in a month; the first is the simplest. A number: so many months away before the record.
NORMAL: list[str | int] = [
    *["stay"] * 8,
    *["wobble+1", "wobble-1", "wobble+2", "wobble-2"],
    *["inside"] * 4,
    *["fdagdato", "fdagdato+1", "fdagdato+1", "dagdato", "before", "before", "older", "missing", "missing"],
    *[1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5, 8, 14],
]
RETURN: list[str | int] = [
    *["stay"] * 6,
    *["wobble+1", "wobble-1", "wobble+2"],
    *["inside"] * 4,
    *["fdagdato", "fdagdato+1", "dagdato", "before", "before", "older", *["missing"] * 6],
]
FIRST: list[str | int] = [
    "inside",
    "older",
    "before",
    "fdagdato",
    "fdagdato+1",
    "dagdato",
    "missing",
    "to_start",
]

# What else changes: (sum of ytelse 1, tiltak 2, hovedarbstat 4; new main group or none)
CHANGES: list[tuple[int, str | None]] = [
    *[(0, None)] * 10,
    *[(mask, None) for mask in range(1, 8)],
    *[(mask, "5") for mask in (0, 1, 4, 7)],
    *[(mask, "other") for mask in (0, 0, 0, 2, 4, 5)],
]
RETURN_CHANGES: list[tuple[int, str | None]] = [
    *[(0, None)] * 10,
    *[(mask, None) for mask in range(1, 8)],
    *[(mask, "5") for mask in (0, 0, 0, 0, 1, 4, 7)],
    *[(mask, "other") for mask in (0, 0, 0, 0, 0, 2, 4, 5)],
]

GROUPS = ["5", "1", "2", "7", "4", "3", "5", "5"]
HOVEDARBSTAT = {"1": "HL", "2": "DS", "3": "FS", "4": "FS", "5": "YH", "7": "AN"}
ALL_HOVEDARBSTAT = ["HL", "DS", "FS", "YH", "AN"]
OLD_TILTAK = ["IP", "PE", "IT", "VI", "KF", "SK"]
NEW_TILTAK = ["IP", "AMO", "PRAKSORD", "IT", "PRAKSKJERM", "NYKODE"]
YTELSE = ["ID", "DP", "AT", "SD"]
AS_F = {"1": "2", "2": "3", "3": "31", "4": "10", "5": "50", "7": "10"}
NO_DAYS: list[str | None] = [None, "", "-1", "+5", "1e2", "10.5", "x", "\u00a0", "10,5", "1.0,0", ",0"]


def another(value: str, pool: list[str]) -> str:
    """The next value of the pool."""
    return pool[(pool.index(value) + 1) % len(pool)] if value in pool else pool[0]


@dataclass
class Walker:
    """A person on the way through the months."""

    fnr: str
    first: int
    group: str
    hovedarbstat: str
    tiltak: str
    ytelse: str = "ID"
    henddato: date | None = None
    away: int = 0
    returning: bool = False

    def change(self, mask: int, group: str | None, old: bool) -> None:
        """Change the values: before October 2002 the main group lies in the status code itself."""
        if group is not None:
            self.group = "5" if group == "5" else another(self.group, GROUPS[1:6])
            if old:
                self.hovedarbstat = HOVEDARBSTAT[self.group]
                self.tiltak = {"3": "AMO", "4": "IT"}.get(self.group, self.tiltak)
        if mask & 1:
            self.ytelse = another(self.ytelse, YTELSE)
        if mask & 2:
            self.tiltak = another(self.tiltak, OLD_TILTAK if old else NEW_TILTAK)
        if mask & 4 and not (old and group is not None):
            pool = ["AN", "XX"] if old and self.group == "7" else ALL_HOVEDARBSTAT
            self.hovedarbstat = another(self.hovedarbstat, pool)


def days_text(days: int, style: int) -> str:
    """A number of days as text, in one of the ways that it is delivered."""
    return (str(days), f"{days:05}", f"{days}.00", f" {days}", f"{days},00", f"{days}.", f"{days},")[style % 7]


def dagdato_text(day: date, form: str, style: int) -> str:
    """A dagdato as it is delivered: YYMMDD, perhaps as a number."""
    if form == "mixed":
        form = DATE_FORMATS[style % 4]
    text = f"{day:%y%m%d}"
    number = str(int(text))
    return {"plain": text, "number": number, "decimal": f"{number}.0", "comma": f"{number},00"}[form]


# ------------------------------------------------------------------------------------------------- the dirt

DIRT = [
    *["none"] * 16,
    *["dup_same", "dup_days", "dup_status", "dup_groups", "dup_dagdato", "dup_no_days", "dup_padding"],
    *[
        "dag_other",
        "dag_blank",
        "dag_invalid",
        "dag_repairable",
        "dag_tie",
        "dag_all_repairable",
        "dag_mixed",
    ],
    *[
        "nobody",
        "nobody",
        "short",
        "pad",
        "odd_days",
        "gr_blank",
        "gr_ukjent",
        "gr_new",
        "f_blank",
        "reverse",
    ],
    *["digits", "digits"],
]
NOT_DATES: list[str | None] = ["0", "011300", "010100", "abc", "20010531", "10531.5", "-10531", "999999"]
DIGITS = ["HL{fnr}DP", "{fnr}", " 123456 ", "HL010531", "HLIP999999"]
SHORT: list[str | None] = [
    "HL12345DP",
    "12345",
    None,
    " ",
    "H",
    "HL",
    "HLX",
    "HLID",
    "HLXID",
    "HL ID",
    "  HL  ID",
    "YH\u00a0\u00a0AT",
]
PADS = [" ", "\t", "\u00a0", "\n", " \r\n"]


def soil(records: list[RawRecord], kind: str, n: int, dagdato: date) -> None:
    """Do one kind of dirt to a month, mostly to its record n."""
    n %= len(records)
    record = records[n]
    copy = dict(record)
    short_month = monthrange(dagdato.year, dagdato.month)[1] < 31
    past_end = f"{dagdato:%y%m}31"
    if kind == "dup_same":
        records.insert(0, copy)
    elif kind == "dup_days":
        copy["ant_d_as"] = days_text(3 * n + 1, n)
        records.append(copy)
    elif kind == "dup_no_days":
        copy["ant_d_as"] = NO_DAYS[n % len(NO_DAYS)]
        records.insert(0, copy)
    elif kind == "dup_status":
        copy["as_stat"] = ["DSPEDP", "YHVFAT", "AN", None][n % 4]
        records.insert(0, copy)
    elif kind == "dup_groups":
        copy["as_gr"] = ["9", "1", None][n % 3]
        records.append(copy)
        records.insert(0, {**copy, "as_f": ["99", "0", None][n % 3]})
    elif kind == "dup_dagdato":
        copy["dagdato"] = f"{dagdato - DAY:%y%m%d}"
        copy["as_gr"] = "99"
        records.insert(0, copy)
    elif kind == "dup_padding":
        for column in ("fnr", "as_stat", "ant_d_as"):
            copy[column] = f" {copy[column] or ''}\t"
        records.append(copy)
    elif kind == "dag_other":
        record["dagdato"] = f"{dagdato - (n + 1) * DAY:%y%m%d}"
    elif kind == "dag_blank":
        record["dagdato"] = [None, "", "  "][n % 3]
    elif kind == "dag_invalid":
        record["dagdato"] = NOT_DATES[(n + dagdato.day) % len(NOT_DATES)]
    elif kind == "dag_repairable" and short_month:
        record["dagdato"] = past_end
    elif kind == "dag_tie":
        for other in records[: len(records) // 2]:
            other["dagdato"] = f"{dagdato - DAY:%y%m%d}"
    elif kind in ("dag_all_repairable", "dag_mixed") and short_month:
        for other in records[1 if kind == "dag_mixed" else 0 :]:
            other["dagdato"] = past_end
    elif kind == "nobody":
        records.insert(n, {**copy, "fnr": NOBODY[(n + dagdato.day) % len(NOBODY)]})
    elif kind == "short":
        record["as_stat"] = SHORT[(n + dagdato.month) % len(SHORT)]
    elif kind == "pad":
        pad = PADS[dagdato.month % len(PADS)]
        for column in COLUMNS:
            record[column] = None if record[column] is None else f"{pad}{record[column]}{pad}"
    elif kind == "odd_days":
        record["ant_d_as"] = ["0", "00000.", "99999", "0012", "007.000"][(n + dagdato.month) % 5]
    elif kind == "gr_blank":
        record["as_gr"] = [None, " "][n % 2]
    elif kind == "gr_ukjent":
        record["as_gr"], record["as_f"] = "-1", "22"
    elif kind == "gr_new":
        record["as_gr"] = ["15", "8", "05"][n % 3]
    elif kind == "f_blank":
        record["as_f"] = None
    elif kind == "digits":  # more of them than of all others, with another dagdato and a number of days that would win
        text = DIGITS[(n + dagdato.day) % len(DIGITS)].format(fnr=copy["fnr"])
        copy |= {"as_stat": text, "ant_d_as": "0", "dagdato": f"{dagdato - DAY:%y%m%d}"}
        records[n:n] = [dict(copy) for _ in records] + [{**copy, "fnr": None}]
    elif kind == "reverse":
        records.reverse()


# ----------------------------------------------------------------------------------------------- the strategy


@st.composite
def registers(draw: st.DrawFn, persons: int = 6) -> tuple[Settings, Years]:
    """(settings, {aargang: {month: records}}) of at most so many persons, for one to three years, never refused."""
    chance = Picker(draw)
    pick, number = chance.pick, chance.number
    first_year, start = pick(STARTS)
    n_years = pick([1, 2, 2, 3, 3])
    if first_year < start.year:
        n_years = max(2, n_years)
    settings = Settings(serie_start=start, avslutning_dager=pick([91] * 5 + [182]), testnumre=pick([True, False]))
    months = [date(first_year + i // 12, i % 12 + 1, 1) for i in range(12 * n_years)]
    dates = extraction_dates(chance, months, start)
    form = pick(DATE_FORMATS)
    start_index = months.index(start.replace(day=1))

    walkers: list[Walker] = []
    n_persons, offset = number(1, persons), number(0, len(PERSONS) - 1)
    for i in range(n_persons):
        group = pick(GROUPS)
        first = pick([0, 1, 2, 0, 1, 2, -2, 5, 9])
        walkers.append(
            Walker(
                PERSONS[(offset + i) % len(PERSONS)],
                min(max(start_index + first, 0), len(months) - 1),
                group,
                HOVEDARBSTAT[group],
                {"3": "AMO", "4": "IT"}.get(group, "IP"),
            )
        )
    n_fillers = number(1, len(FILLERS))

    years: Years = {}
    for i, (month, dagdato) in enumerate(zip(months, dates, strict=True)):
        old = month < OCTOBER_2002
        fdagdato = dates[i - 1] if i else dagdato - 30 * DAY

        def record(
            fnr: str,
            status: str,
            days: str | None,
            group: str,
            style: int,
            *,
            m: date = month,
            d: date = dagdato,
        ) -> RawRecord:
            with_groups = m >= OCTOBER_2002 or style % 3 == 0
            return {
                "fnr": fnr,
                "as_stat": status,
                "dagdato": dagdato_text(d, form, style),
                "ant_d_as": days,
                "as_gr": group if with_groups else None,
                "as_f": AS_F.get(group) if with_groups else None,
                "mnd": f"{m.month:02}",
            }

        records = [
            record(fnr, "HLIPDP", str((dagdato - date(2000, 1, 1)).days + 500), "1", k + i)
            for k, fnr in enumerate(FILLERS[:n_fillers])
        ]
        for k, w in enumerate(walkers):
            if i < w.first:
                continue
            if w.away:
                w.away -= 1
                w.returning = True
                continue
            if i == w.first:
                action = pick(FIRST)
            else:
                action = pick(RETURN if w.returning else NORMAL)
                if isinstance(action, int):
                    w.away = action - 1
                    w.returning = True
                    continue
                mask, new_group = pick(RETURN_CHANGES if w.returning else CHANGES)
                w.change(mask, new_group, old)
            w.returning = False
            if action == "missing":
                w.henddato = None
                days: str | None = NO_DAYS[(i + k) % len(NO_DAYS)]
            else:
                w.henddato = _henddato(str(action), w.henddato, dagdato, fdagdato, start, number)
                days = days_text((dagdato - w.henddato).days, i + 2 * k)
            records.append(record(w.fnr, w.hovedarbstat + w.tiltak + w.ytelse, days, w.group, i + k))
        for kind in (pick(DIRT), pick(DIRT)):
            if kind != "none":
                soil(records, kind, number(0, 7), dagdato)
        if (
            right_dagdato(r for r in records if not SIX_DIGITS.search(r["as_stat"] or "")) != dagdato
        ):  # the dirt has outvoted the right date: clean it
            for j, r in enumerate(records):
                r["dagdato"] = dagdato_text(dagdato, form, j)
        years.setdefault(month.year, {})[month.month] = records
    return settings, years


def _henddato(
    action: str,
    before: date | None,
    dagdato: date,
    fdagdato: date,
    start: date,
    number: Callable[[int, int], int],
) -> date:
    """The henddato that an action asks for, never after dagdato."""
    if action == "to_start":
        wanted = start + number(-1, 20) * DAY
    elif action == "inside":
        wanted = fdagdato + (2 + number(0, 28)) * DAY
    elif action == "fdagdato":
        wanted = fdagdato
    elif action == "fdagdato+1":
        wanted = fdagdato + DAY
    elif action == "dagdato":
        wanted = dagdato
    elif action == "before":
        wanted = fdagdato - number(1, 45) * DAY
    elif action == "older" or before is None:
        wanted = fdagdato - 400 * DAY
    elif action.startswith("wobble"):
        wanted = before + int(action.removeprefix("wobble")) * DAY
    else:
        wanted = before
    return min(wanted, dagdato)


def employments() -> st.SearchStrategy[list[Employment]]:
    """A register of employments, mostly none: who, from when, until when; without an end it runs on."""
    day = st.dates(date(2000, 6, 1), date(2004, 12, 31))
    row = st.tuples(st.sampled_from([*PERSONS, *FILLERS]), day, st.none() | st.integers(0, 400))
    rows = st.lists(row, max_size=4, unique_by=lambda each: each[:2])
    return rows.map(lambda found: [(fnr, fra, None if n is None else fra + n * DAY) for fnr, fra, n in found])


def load(settings: Settings, years: Years) -> Register:
    """The reference with all the years of a generated register loaded."""
    register = Register(settings)
    for aargang in sorted(years):
        register.load_year(aargang, years[aargang])
    return register


def reference_statuses(register: Register | tuple[Settings, Years]) -> set[str]:
    """Every status that a loaded (or generated) register reaches, with X codes and those without a record."""
    if not isinstance(register, Register):
        register = load(*register)
    return {p.status for p in register.behandlet} | {r["status"] for r in register.f_arbsok}


def few_registers(examples: int) -> hypothesis.settings:
    """Settings of a test: the same few registers each time, or as many as FDTRYGD_ORACLE_EXAMPLES says."""
    return hypothesis.settings(
        max_examples=int(os.environ.get("FDTRYGD_ORACLE_EXAMPLES", str(examples))),
        deadline=None,
        derandomize="FDTRYGD_ORACLE_EXAMPLES" not in os.environ,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
        ],
    )
