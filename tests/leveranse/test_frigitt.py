"""The released form: each form's rows on a day are those of the cut records, whichever later years are loaded."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting, synthetic
from fdtrygd.db import database
from fdtrygd.files import find_month_files
from fdtrygd.leveranse import catalogue
from psycopg import sql
from psycopg.rows import dict_row

from conftest import Silent
from delivering import begin, find, one_state, order, project, query, table
from loaded import Files, load
from released import DAY, HENDELSER, Released, as_text

Connection = psycopg.Connection[Any]
START = date(2001, 5, 1)
FORMS = ("hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel")


@pytest.fixture(scope="module")
def sample(sample_address: str) -> Iterator[Connection]:
    """The sample's five years. What a test writes it rolls back."""
    with database.connect(sample_address) as connection:
        connection.execute("SET jit = off; SET work_mem = '64MB'; SET client_min_messages = warning")
        yield connection


@pytest.fixture(scope="module")
def records(sample: Connection) -> list[dict[str, Any]]:
    """F_ARBSOK's records with 2005 loaded."""
    with sample.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"SELECT {', '.join(HENDELSER)} FROM trygdfob.f_arbsok").fetchall()


def text(connection: Connection, form: str, *arguments: Any, of: str = "") -> list[str]:
    """The rows of a form as the database releases them, as text, sorted; of the persons whose number begins so."""
    values = ", ".join(sql.Literal(each).as_string(connection) for each in arguments)
    rows = f"SELECT * FROM leveranse.frigitt_{form}({values}) AS t WHERE t.lopenr ~ '^[{of or '0-9a-f'}]'"
    with connection.cursor().copy(f"COPY ({rows}) TO STDOUT (FORMAT csv)") as copy:
        return sorted(b"".join(copy).decode().splitlines())


def month_ends(until: date) -> list[date]:
    days = [START + n * DAY for n in range((until - START).days + 1)]
    return [day for day in days if (day + DAY).day == 1]


def bounds(records: list[dict[str, Any]]) -> list[date]:
    """For each kind of end a day on which many come about, the day before it, and the day after."""
    kinds: dict[str, Callable[[dict[str, Any]], bool]] = {
        "tomdato": lambda r: True,
        "asoktom": lambda r: r["asoktom"] != r["tomdato"],
        "regtom": lambda r: r["regtom"] != r["asoktom"],
        "regdato": lambda r: r["kode"] == "2",
        "tilgdato": lambda r: r["kode"] == "1",
    }
    found = set()
    for name, counts in kinds.items():
        days = [r[name] for r in records if r[name] and date(2002, 6, 1) < r[name] < date(2004, 12, 30) and counts(r)]
        most = max(set(days), key=lambda day: (days.count(day), day))
        found |= {most - DAY, most, most + DAY}
    return sorted(found)


def test_the_rows_are_those_of_the_cut_records(sample: Connection, records: list[dict[str, Any]]) -> None:
    """At every month's end, and around days on which ends come about; each time of an eighth of the persons."""
    last = date(2004, 12, 31)
    eighths = ["01", "23", "45", "67", "89", "ab", "cd", "ef"]
    of_eighth = {eighth: [r for r in records if r["lopenr"][0] in eighth] for eighth in eighths}
    for n, day in enumerate([*month_ends(last), *bounds(records)]):
        eighth = eighths[n % 8]
        known = Released(of_eighth[eighth], day)
        for form in FORMS:
            rows = sorted(map(as_text, getattr(known, form)(START)))
            assert text(sample, form, START, day, of=eighth) == rows, (form, day)
        assert text(sample, "tverrsnitt", [day], of=eighth) == sorted(map(as_text, known.tverrsnitt([day]))), day


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2002, 7, 14)])
def test_from_a_day_on(sample: Connection, records: list[dict[str, Any]], day: date) -> None:
    """The rows that touch the period, their beginnings as they are; of events those of whole group spells."""
    known = Released(records, day)
    for first in (START, day - timedelta(days=200), day):
        for form in FORMS:
            rows = sorted(map(as_text, getattr(known, form)(first)))
            assert rows
            assert text(sample, form, first, day) == rows, (form, first)
    days = [START, day, day - timedelta(days=100)]
    assert text(sample, "tverrsnitt", [*days, day]) == sorted(map(as_text, known.tverrsnitt(days)))


def test_nothing_of_a_later_day_is_known(sample: Connection) -> None:
    """An end after the day is empty, and what is known with it; what stands in a record of the day after too."""
    day = date(2003, 12, 31)
    for form, end, knows in (
        ("tilfelle", "tomdato", "dager, hoved_ut, status_ut"),
        ("gruppetilfelle", "asoktom", "dager, hoved_neste, status_ut"),
        ("periode", "regtom", "dager, status_ut"),
    ):
        running, without = sample.execute(
            f"SELECT count(*) FILTER (WHERE {end} IS NULL), count(*) FILTER (WHERE {end} IS NULL AND"
            f" num_nonnulls({knows}) = 0 AND sluttet = 'loper' AND NOT slutt_observert)"
            f" FROM leveranse.frigitt_{form}(%s, %s)",
            [START, day],
        ).fetchone() or (0, 0)
        assert running == without > 500, form
        assert database.scalar(
            sample, f"SELECT max({end}) <= %s FROM leveranse.frigitt_{form}(%s, %s)", day, START, day
        )
    # Of those that end on the day it is known that they do, and not by what
    ended = sample.execute(
        "SELECT count(*) FILTER (WHERE p.status_ut IS NULL), count(*) FILTER (WHERE v.status_ut IS NULL)"
        " FROM leveranse.frigitt_periode(%s, %s) AS p JOIN arbsok.periode AS v USING (lopenr, regdato)"
        " WHERE p.regtom = %s AND p.sluttet = 'endring'",
        [START, date(2003, 6, 30), date(2003, 6, 30)],
    ).fetchone()
    assert ended is not None
    assert ended[0] > 0
    assert ended[1] == 0


# Whichever later years are loaded


def digests(connection: Connection, day: date, number: int | None) -> dict[str, tuple[int, str]]:
    """Of each form's rows on the day, and of those of a delivery: how many, and their checksum."""
    found = {form: text(connection, form, START, day) for form in FORMS}
    found["tverrsnitt"] = text(connection, "tverrsnitt", [day, START])
    if number:
        raw = database.scalar(connection, "SELECT leveranse.beskrivelse_av_utlevering(%s)", number)
        for each in catalogue.describe(raw).tables:
            copied = f"COPY ({query(each, number)}) TO STDOUT (FORMAT csv)"
            with connection.cursor().copy(copied) as copy:
                found[f"rader {each.name}"] = b"".join(copy).decode().splitlines()  # in their order
    return {name: (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()) for name, rows in found.items()}


def test_the_same_rows_whichever_later_years_are_loaded(sample_address: str, tmp_path: Path) -> None:
    """With 2005 last, with 2004 last, with 2005 again: the forms, and a delivery's rows in their order."""
    day = date(2003, 12, 31)
    synthetic.make(tmp_path / "files")
    files = find_month_files(tmp_path / "files")
    with database.connect(sample_address) as connection, one_state(connection, undone=True):
        connection.execute("SET LOCAL jit = off; SET LOCAL client_min_messages = warning")
        mine = project(connection)
        tables = [table(form) for form in FORMS]
        tables[3] |= {"rader": {"hoved": ["1", "5"]}}
        number = begin(
            connection, order(mine, til=day.isoformat(), tabell=[*tables, table("tverrsnitt", dager=["2002-02-28"])])
        )
        find(connection, number)
        with_2005 = digests(connection, day, number)
        assert with_2005["hendelser"][0] == 31_651
        assert with_2005["periode"][0] == 18_688
        assert with_2005["rader hendelser"][0] == 31_651
        lasting.unload_year(connection, 2005)
        assert lasting.loaded_years(connection)[-1] == 2004
        assert digests(connection, day, number) == with_2005
        # The last loaded year's own end is no such day: that is why it is not released
        provisional = digests(connection, date(2004, 12, 31), None)
        lasting.load_year(connection, 2005, files[2005], synthetic=True, progress=Silent(), jobs=1)
        assert digests(connection, day, number) == with_2005
        assert digests(connection, date(2004, 12, 31), None) != provisional


# What can be released


def why_not(connection: Connection, day: date) -> str | None:
    found: str | None = database.scalar(connection, "SELECT leveranse.hvorfor_ikke_frigitt(%s)", day)
    return found


def loaded_with(connection: Connection, year: int, days: int) -> None:
    """As if the year had been loaded with that setting."""
    done = connection.execute(
        "UPDATE trygdfob.kjorelogg SET innstillinger = jsonb_set(innstillinger, '{avslutning_dager}', %s::text::jsonb)"
        " WHERE aargang = %s AND handling = 'load'",
        [days, year],
    )
    assert done.rowcount > 0


@pytest.mark.parametrize("extraction", [date(2003, 12, 31), date(2003, 11, 21)])
@pytest.mark.parametrize("days", [91, 325, 341, 400])
def test_final_is_what_the_next_load_leaves(delivering: Connection, extraction: date, days: int) -> None:
    """To the end of the year before the last, and so far before the last extraction as that was loaded with."""
    with delivering.transaction(force_rollback=True):
        delivering.execute(
            "UPDATE trygdfob.maanedsfil SET dagdato = CASE maaned WHEN 12 THEN %s::date ELSE dagdato - 30 END"
            " WHERE aargang = 2003",
            [extraction],
        )
        for year in (2001, 2002):
            loaded_with(delivering, year, 400)  # which no longer matters
        loaded_with(delivering, 2003, days)
        closes = extraction - timedelta(days=days)
        last = min(date(2002, 12, 31), closes - DAY)
        assert (last < date(2002, 12, 31)) == (days == 400 or (days, extraction.month) in {(325, 11), (341, 11)})
        for day in (START, last - DAY, last):
            assert why_not(delivering, day) is None
        said = why_not(delivering, last + DAY)
        assert said is not None
        if last == date(2002, 12, 31):
            assert said == "2003-01-01 is not final: it is so when 2004 is loaded, and the last loaded year is 2003"
        else:
            assert said.startswith(f"{closes} is not final: 2003 was loaded with avslutning_dager {days}")
        assert "where the series starts" in (why_not(delivering, START - DAY) or "")


def test_the_last_of_several_loads_of_a_year_counts(delivering: Connection) -> None:
    """A year that was taken back and loaded again: with what it was loaded then."""
    with delivering.transaction(force_rollback=True):
        loaded_with(delivering, 2003, 400)
        assert why_not(delivering, date(2002, 12, 31)) is not None
        delivering.execute(
            "INSERT INTO trygdfob.kjorelogg OVERRIDING SYSTEM VALUE"
            " SELECT (jsonb_populate_record(k, jsonb_build_object('kjoring', k.kjoring + 1000,"
            " 'innstillinger', jsonb_set(k.innstillinger, '{avslutning_dager}', '91')))).*"
            " FROM trygdfob.kjorelogg AS k WHERE k.aargang = 2003 AND k.handling = 'load'"
        )
        assert why_not(delivering, date(2002, 12, 31)) is None


def test_one_year_releases_nothing(apart: Connection) -> None:
    """What follows may still change it; and without years there is nothing."""
    lasting.unload_year(apart, 2003)
    assert why_not(apart, date(2001, 12, 31)) is None
    assert "it is so when 2003 is loaded" in (why_not(apart, date(2002, 1, 1)) or "")
    lasting.unload_year(apart, 2002)
    for day in (START, date(2001, 12, 31)):
        assert (
            why_not(apart, day) == f"{day} is not final: it is so when 2002 is loaded, and the last loaded year is 2001"
        )
    lasting.unload_year(apart, 2001)
    assert why_not(apart, START) == "no year is loaded"


def test_what_is_released_no_load_changes(apart: Connection, files: Files) -> None:
    """2002 is loaded with 400 days, then 2003 with 91: what was released is as it was; what was not, changes."""
    for year in (2003, 2002):
        lasting.unload_year(apart, year)
    apart.execute("UPDATE trygdfob.innstilling SET avslutning_dager = 400")
    load(apart, 2002, files)
    days = [date(2001, 12, 31) - n * DAY for n in range(120)]
    before = {day: text(apart, "hendelser", START, day) for day in days}
    released = {day for day in days if why_not(apart, day) is None}
    assert 20 < len(released) < 100
    apart.execute("UPDATE trygdfob.innstilling SET avslutning_dager = 91")
    load(apart, 2003, files)
    changed = {day for day in days if text(apart, "hendelser", START, day) != before[day]}
    assert changed
    assert changed & released == set()
