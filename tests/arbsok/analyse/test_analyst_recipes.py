"""The recipes of docs/analyst.md, counted once more: person by person in Python, from the rows of the three views.

What stands in the document is what psql gives (test_analyst_doc.py); here it is what the question asks for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from fdtrygd import settings
from psycopg.rows import namedtuple_row

DOCUMENT = settings.ROOT / "docs" / "analyst.md"

FINAL = date(2004, 12, 31)
Spells = dict[str, list[Any]]


def answer(heading: str) -> list[list[str]]:
    """The rows of the table below a recipe's heading, without the names of the columns."""
    section = DOCUMENT.read_text("utf-8").partition(f"\n### {heading}\n")[2].partition("\n##")[0]
    table = re.findall(r"^```text\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[-1]
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:-1]]


def of_person(connection: psycopg.Connection[Any], query: str) -> Spells:
    found: Spells = defaultdict(list)
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        for row in cursor.execute(query):
            found[row.lopenr].append(row)
    return found


@pytest.fixture(scope="module")
def connection(sample_address: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(sample_address) as connection:
        yield connection


@pytest.fixture(scope="module")
def spells(connection: psycopg.Connection[Any]) -> Spells:
    return of_person(connection, "SELECT * FROM arbsok.tilfelle ORDER BY lopenr, tilgdato")


@pytest.fixture(scope="module")
def groups(connection: psycopg.Connection[Any]) -> Spells:
    return of_person(connection, "SELECT * FROM arbsok.gruppetilfelle ORDER BY lopenr, asoktilg")


def on(rows: list[Any], day: date, first: str, last: str) -> Any:
    """The spell that the day is in, if any."""
    return next((r for r in rows if getattr(r, first) <= day <= (getattr(r, last) or date.max)), None)


def test_two_or_more_entries(spells: Spells) -> None:
    expected = []
    for free in (1, 31):
        counts: Counter[bool] = Counter()
        for rows in spells.values():
            entries = [
                row
                for before, row in zip([None, *rows], rows, strict=False)
                if row.begynte == "tilgang"
                and row.tilgdato.year == 2003
                and (before is None or (row.tilgdato - before.tomdato).days > free)
            ]
            if entries:
                counts[len(entries) > 1] += 1
        expected.append([str(free), str(counts[False]), str(counts[True])])
    assert answer("Two or more entries in a year") == expected


def test_two_or_more_spells(spells: Spells) -> None:
    """Those with a day in the year; of two with fewer free days between them the later one is none of its own."""
    expected = []
    for free in (1, 31):
        counts: Counter[bool] = Counter()
        for rows in spells.values():
            inside = [
                row for row in rows if row.tilgdato.year <= 2003 and (row.tomdato or date.max) >= date(2003, 1, 1)
            ]
            returns = [(b.tilgdato - a.tomdato).days > free for a, b in pairwise(inside)]
            if inside:
                counts[any(returns)] += 1
        expected.append([str(free), str(counts[False]), str(counts[True])])
    assert answer("Two or more spells in a year") == expected


def test_twelve_months_later(connection: psycopg.Connection[Any], spells: Spells, groups: Spells) -> None:
    [(a,), (b,)] = connection.execute(
        "SELECT dagdato FROM arbsok.uttrekksdato WHERE mnddato IN ('2003-12-01', '2004-12-01') ORDER BY 1"
    ).fetchall()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for lopenr, rows in spells.items():
        first, later = on(rows, a, "tilgdato", "tomdato"), on(rows, b, "tilgdato", "tomdato")
        if first:
            group = on(groups[lopenr], a, "asoktilg", "asoktom").hoved
            if group in ("1", "2", "5"):
                what = "ute" if later is None else "fortsatt" if later is first else "igjen"
                for heading in (group, "alle"):
                    counts[heading].update(["inne", what])
    expected = [
        [group, *(str(counts[group][what]) for what in ("inne", "fortsatt", "igjen", "ute"))]
        for group in sorted(counts)
    ]
    assert answer("In on a day, and still or again there twelve months later") == expected


def test_back_again(spells: Spells) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in spells.values():
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            if (
                row.tomdato
                and date(2004, 1, 1) <= row.tomdato <= date(2004, 9, 30)
                and row.hoved_ut in ("1", "2", "3", "5")
            ):
                never_away = row.status_ut[:2] in ("UK", "UI")
                back = after is not None and (after.tilgdato - row.tomdato).days <= 90
                counts[row.hoved_ut].update(
                    {"exits": 1, "back": back, "never": back and never_away, "left": not never_away}
                )
    expected = [
        [g, str(n["exits"]), str(n["back"]), str(n["never"]), f"{100 * (n['back'] - n['never']) / n['left']:.1f}"]
        for g, n in sorted(counts.items())
    ]
    assert answer("Back again within 90 days of an exit") == expected


def test_a_transition_within_a_year(spells: Spells, groups: Spells) -> None:
    entries, waits, gone = 0, [], 0
    for lopenr, rows in spells.items():
        for row in rows:
            if row.begynte == "tilgang" and row.hoved_inn == "1" and row.tilgdato.year == 2003:
                entries += 1
                last = row.tilgdato + timedelta(days=364)
                reached = [g.asoktilg for g in groups[lopenr] if g.tilgdato == row.tilgdato and g.hoved == "3"]
                if reached and min(reached) <= last:
                    waits.append((min(reached) - row.tilgdato).days)
                elif row.tomdato and row.tomdato <= last:
                    gone += 1
    expected = [str(entries), str(len(waits)), f"{sum(waits) / len(waits):.0f}", str(gone)]
    assert answer("A transition within a year of entry") == [expected]


def test_person_days(groups: Spells) -> None:
    days: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for rows in groups.values():
        for row in rows:
            inside = (min(row.asoktom or FINAL, FINAL) - max(row.asoktilg, date(2004, 1, 1))).days + 1
            if inside > 0:
                days[row.hoved] += inside
                number[row.hoved] += 1
    expected = [
        [g, str(days[g]), f"{100 * days[g] / days.total():.1f}", f"{100 * number[g] / number.total():.1f}"]
        for g in sorted(days)
    ]
    assert answer("The share of person-days in each group") == expected


def test_mean_up_to_a_limit(spells: Spells) -> None:
    """The product-limit estimate day by day, each day's share added up."""
    lengths: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    early: dict[str, list[int]] = defaultdict(list)
    for rows in spells.values():
        for row in rows:
            if (
                row.begynte == "tilgang"
                and date(2002, 10, 1) <= row.tilgdato <= FINAL
                and row.hoved_inn in ("1", "2", "5")
            ):
                ended = row.tomdato is not None and row.tomdato <= FINAL
                length = ((row.tomdato if ended else FINAL) - row.tilgdato).days + 1
                lengths[row.hoved_inn].append((length, ended))
                if row.tilgdato <= date(2003, 12, 31):
                    early[row.hoved_inn].append(min(length, 365))
    expected = []
    for group in sorted(lengths):
        left, area = 1.0, 0.0
        for day in range(365):  # left: the share that stays for more than so many days
            at_risk = sum(length >= day for length, _ in lengths[group])
            left *= 1 - sum(length == day and ended for length, ended in lengths[group]) / at_risk
            area += left
        expected.append([group, f"{area:.1f}", f"{sum(early[group]) / len(early[group]):.1f}"])
    assert [row[:3] for row in answer("The mean duration up to a limit")] == expected
