"""What each record of the miniregister gets from the population register, against the rules one record at a time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import befolkning, lasting
from fdtrygd.befolkning.findings import WORDS
from fdtrygd.db import database, locks
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from loaded import made, name_of
from population import VALID_TO, Population, gets, made_up

Connection = psycopg.Connection[Any]

REASONS = {"bosatt", "ugyldig_fnr", "ikke_i_register", "dod", "ikke_bosatt", "uten_bosted"}


@pytest.fixture(scope="module")
def three_years_alone(three_years: str) -> Iterator[Connection]:
    """The three years, for this module."""
    with made(three_years, f"{name_of(three_years)}_kjennemerke", name_of(three_years)) as connection:
        yield connection


@pytest.fixture
def years(three_years_alone: Connection) -> Iterator[Connection]:
    """Those years; what a test does to them is undone."""
    with three_years_alone.transaction(force_rollback=True):
        yield three_years_alone


def numbers(connection: Connection) -> dict[str, str]:
    """fnr -> lopenr of everybody who is in a month file; before the series begins, nobody is in table person."""
    rows = connection.execute(
        "SELECT m.fnr, trygdfob.lopenr(n.nokkel, m.fnr) FROM trygdfob.lopenummer_nokkel AS n"
        " CROSS JOIN (SELECT DISTINCT fnr FROM trygdfob.miniregister) AS m ORDER BY m.fnr"
    )
    return dict(rows.fetchall())


def months(connection: Connection) -> list[date]:
    return [day for (day,) in connection.execute("SELECT mnddato FROM trygdfob.maanedsfil ORDER BY 1").fetchall()]


def extraction(connection: Connection, month: date) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        query = "SELECT fnr, dagdato, mrk_fnr FROM trygdfob.miniregister WHERE mnddato = %s"
        return cursor.execute(query, [month]).fetchall()


def make(connection: Connection, month: date) -> int:
    found: int = database.scalar(connection, "SELECT befolkning.lag_kjennemerker(%s)", month)
    return found


def kept(connection: Connection, made: int) -> dict[str, tuple[Any, ...]]:
    """fnr -> what its record got, of a set."""
    rows = connection.execute(
        "SELECT fnr, kjonn, alder, kommune, fylke, bosted_grunn, telles FROM befolkning.kjennemerke WHERE sett = %s",
        [made],
    )
    return {fnr: tuple(got) for fnr, *got in rows.fetchall()}


def counts(connection: Connection, made: int) -> dict[str, int]:
    found: dict[str, int] = database.scalar(
        connection, "SELECT tall FROM befolkning.kjennemerkesett WHERE sett = %s", made
    )
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_record_gets_what_the_rules_say(years: Connection, tmp_path: Path, seed: int) -> None:
    known = numbers(years)
    register = made_up(list(known), seed)
    befolkning.load(years, register.write(tmp_path / "register"))
    why: Counter[str] = Counter()
    split = behind = 0
    for month in months(years):
        records = extraction(years, month)
        made = make(years, month)
        expected = gets(register, known, records)
        assert kept(years, made) == expected, month
        counted = Counter(reason for *_, reason, _ in expected.values())
        tall = counts(years, made)
        assert {reason: tall[reason] for reason in REASONS} == {reason: counted[reason] for reason in REASONS}
        assert tall["annet_nummer"] == sum(not telles for *_, telles in expected.values())
        assert tall["kvinner"] == sum(sex == "2" for sex, *_ in expected.values())
        assert tall["under_15"] == sum(age is not None and age < 15 for _, age, *_ in expected.values())
        assert tall["over_74"] == sum(age is not None and age > 74 for _, age, *_ in expected.values())
        why += counted
        split += tall["delt_kommune"]
        behind += tall["annet_nummer"]
    # What can happen has happened
    assert why.keys() >= REASONS - {"ugyldig_fnr"}
    assert split
    assert behind


def test_a_set_is_made_once(years: Connection, tmp_path: Path) -> None:
    """The same month and register give the same set; another version of the register gives one of its own, and what
    was made before stays."""
    known = numbers(years)
    month = months(years)[14]
    befolkning.load(years, made_up(list(known), 1).write(tmp_path / "one"))
    made = make(years, month)
    before = kept(years, made)
    assert make(years, month) == made
    assert kept(years, made) == before
    befolkning.load(years, made_up(list(known), 2).write(tmp_path / "two"))
    other = make(years, month)
    assert other != made
    assert kept(years, other) != before
    assert kept(years, made) == before
    sets = years.execute(
        "SELECT sett, antall FROM befolkning.kjennemerkesett WHERE mnddato = %s ORDER BY sett", [month]
    ).fetchall()
    assert sets == [(made, len(before)), (other, len(before))]
    assert years.execute("SELECT count(*) FROM befolkning.kjennemerke").fetchone() == (2 * len(before),)


def test_a_set_goes_with_its_month(three_years: str, tmp_path: Path) -> None:
    with made(three_years, f"{name_of(three_years)}_borte", name_of(three_years)) as connection:
        befolkning.load(connection, made_up(list(numbers(connection))).write(tmp_path / "register"))
        stays, goes = make(connection, date(2002, 12, 1)), make(connection, date(2003, 1, 1))
        before = kept(connection, stays)
        with locks.alone(connection):
            lasting.unload_year(connection, 2003)
        assert connection.execute("SELECT sett FROM befolkning.kjennemerkesett").fetchall() == [(stays,)]
        assert kept(connection, stays) == before
        assert kept(connection, goes) == {}
        left = connection.execute("SELECT to_regclass('befolkning.kjennemerke_' || %s)", [goes]).fetchone()
        assert left == (None,)


def one(connection: Connection, month: date) -> tuple[str, date]:
    """Somebody of an extraction, and its date."""
    first = min(extraction(connection, month), key=lambda row: row["fnr"])
    return first["fnr"], first["dagdato"]


def alone(fnr: str, birth: date, **rows: list[tuple[str, ...]]) -> Population:
    """A register of one person, resident in Oslo since long ago unless it says otherwise."""
    return Population(
        person=[(fnr, "2", str(birth))],
        bosted=rows.get("bosted", [(fnr, "1994-01-01", "", "0301")]),
        status=rows.get("status", [(fnr, "1994-01-01", "", "bosatt")]),
        identitet=rows.get("identitet", []),
    )


def got(connection: Connection, folder: Path, register: Population, fnr: str, month: date) -> tuple[Any, ...]:
    """What somebody's record of a month gets from a register."""
    befolkning.load(connection, register.write(folder))
    return kept(connection, make(connection, month))[fnr]


MONTH = date(2003, 2, 1)


@pytest.mark.parametrize(
    ("days", "years_old"), [(0, 20), (1, 19), (-1, 20), (-364, 20), (-365, 21)], ids=lambda value: str(value)
)
def test_the_birthday_counts(years: Connection, tmp_path: Path, days: int, years_old: int) -> None:
    """20 years after the birth to the day, and a day to either side."""
    fnr, today = one(years, MONTH)
    birth = today.replace(year=today.year - 20) + timedelta(days)
    assert got(years, tmp_path / "r", alone(fnr, birth), fnr, MONTH)[1] == years_old


@pytest.mark.parametrize(("today", "years_old"), [("2003-02-28", 18), ("2003-03-01", 19), ("2004-02-29", 20)])
def test_who_is_born_on_29_february(years: Connection, tmp_path: Path, today: str, years_old: int) -> None:
    """Has his birthday on 1 March where there is no such day."""
    fnr, _ = one(years, MONTH)
    befolkning.load(years, alone(fnr, date(1984, 2, 29)).write(tmp_path / "r"))
    row = years.execute("SELECT alder FROM befolkning.kjennemerker(%s, %s) WHERE fnr = %s", [MONTH, today, fnr])
    assert row.fetchone() == (years_old,)


@pytest.mark.parametrize(
    ("rows", "gets_it"),
    [
        # by the day: the last day of a residence, the first one of the next; d is the extraction
        ({"bosted": [("1994-01-01", "d", "0301"), ("d+1", "", "0101")]}, ("0301", "03", "bosatt")),
        ({"bosted": [("1994-01-01", "d-1", "0301"), ("d", "", "0101")]}, ("0101", "01", "bosatt")),
        ({"bosted": [("1994-01-01", "d-1", "0301")]}, ("9999", "99", "uten_bosted")),
        ({"bosted": [("d+1", "", "0301")]}, ("9999", "99", "uten_bosted")),
        ({"status": [("1994-01-01", "d", "bosatt"), ("d+1", "", "dod")]}, ("0301", "03", "bosatt")),
        ({"status": [("1994-01-01", "d-1", "bosatt"), ("d", "", "dod")]}, ("9999", "99", "dod")),
        # nobody is dead for a time, and the reason named first goes before the others
        ({"status": [("2002-01-01", "2002-01-31", "dod")], "bosted": []}, ("9999", "99", "dod")),
        ({"status": [("1994-01-01", "d-1", "bosatt"), ("d", "", "utvandret")]}, ("9999", "99", "ikke_bosatt")),
        ({"status": [("1994-01-01", "d-1", "bosatt")]}, ("9999", "99", "ikke_bosatt")),
        ({"status": []}, ("9999", "99", "ikke_bosatt")),
        # codes: as the register has them, through the mapping table, over changes, never over a split
        ({"bosted": [("1994-01-01", "", "9999")]}, ("9999", "99", "uten_bosted")),
        ({"bosted": [("1994-01-01", "", "2111")]}, ("9999", "99", "uten_bosted")),
        ({"bosted": [("1970-01-01", "", "0712")]}, ("0714", "07", "bosatt")),
        ({"bosted": [("2001-12-31", "", "0718")]}, ("0716", "07", "bosatt")),
        ({"bosted": [("2001-08-31", "", "0999")]}, ("0906", "09", "bosatt")),
        ({"bosted": [("2002-04-01", "", "0999")]}, ("0999", "10", "bosatt")),
        ({"bosted": [("2002-06-30", "", "1850")]}, ("9999", "99", "uten_bosted")),
        ({"bosted": [("2002-07-01", "", "1806")]}, ("1806", "18", "bosatt")),
        ({"bosted": [("2002-10-31", "", "0402")]}, ("9999", "99", "uten_bosted")),
        ({"bosted": [("2002-11-01", "", "0402")]}, ("0402", "04", "bosatt")),
        ({"bosted": [("2002-09-30", "", "2021")]}, ("2021", "20", "bosatt")),
    ],
    ids=lambda value: str(value),
)
def test_where_a_person_lives(
    years: Connection, tmp_path: Path, rows: dict[str, list[tuple[str, str, str]]], gets_it: tuple[str, str, str]
) -> None:
    fnr, today = one(years, MONTH)
    days = {"d": today, "d+1": today + timedelta(1), "d-1": today - timedelta(1)}
    dated = {
        name: [(fnr, str(days.get(begins, begins)), str(days.get(ends, ends)), what) for begins, ends, what in listed]
        for name, listed in rows.items()
    }
    # A file has at least one row: of somebody else
    for name, row in (("bosted", "0301"), ("status", "bosatt")):
        dated.setdefault(name, [(fnr, "1994-01-01", "", row)]).append(("01410100000", "1994-01-01", "", row))
    register = alone(fnr, date(1980, 1, 1), **dated)
    kjonn, alder, *where, telles = got(years, tmp_path / "r", register, fnr, MONTH)
    assert (kjonn, alder, telles) == ("2", 23, True)
    assert tuple(where) == gets_it


def test_a_number_that_fails_its_control_is_the_registers_word(years: Connection, tmp_path: Path) -> None:
    """Where the register has it, it is somebody's; where not, the reason is that it is no number."""
    fnr, _ = one(years, MONTH)
    years.execute(
        "UPDATE trygdfob.miniregister SET mrk_fnr = '2' WHERE mnddato = %s AND aargang = 2003 AND fnr = %s",
        [MONTH, fnr],
    )
    assert got(years, tmp_path / "with", alone(fnr, date(1980, 1, 1)), fnr, MONTH)[4] == "bosatt"
    other = alone("01410100000", date(1980, 1, 1))
    assert got(years, tmp_path / "without", other, fnr, MONTH) == ("9", None, "9999", "99", "ugyldig_fnr", True)


def test_of_two_numbers_the_current_one_counts(years: Connection, tmp_path: Path) -> None:
    """A number that was given up gets what the current one has; of two that were, the later one counts."""
    first, second, third = sorted(row["fnr"] for row in extraction(years, MONTH))[:3]
    lives = {"bosted": [(third, "1994-01-01", "", "0101")], "status": [(third, "1994-01-01", "", "bosatt")]}
    chain = [(first, second, "2001-01-01"), (second, third, "2002-01-01")]
    register = alone(third, date(1980, 1, 1), identitet=chain, **lives)
    befolkning.load(years, register.write(tmp_path / "r"))
    found = kept(years, make(years, MONTH))
    same = ("2", 23, "0101", "01", "bosatt")
    assert [found[fnr] for fnr in (first, second, third)] == [(*same, False), (*same, False), (*same, True)]
    lopenr = numbers(years)[third]
    for fnr in (first, second, third):
        assert database.scalar(years, "SELECT befolkning.hovedlopenr(%s)", fnr) == lopenr
    years.execute(
        "DELETE FROM trygdfob.miniregister WHERE fnr = %s AND mnddato = %s AND aargang = 2003",
        [third, date(2003, 3, 1)],
    )
    later = kept(years, make(years, date(2003, 3, 1)))
    there = [fnr for fnr in (first, second) if fnr in later]
    assert [later[fnr][5] for fnr in there] == [fnr == there[-1] for fnr in there]


def test_hovedlopenr_of_a_number_alone_is_its_own(years: Connection) -> None:
    for fnr, lopenr in list(numbers(years).items())[:3]:
        assert database.scalar(years, "SELECT befolkning.hovedlopenr(%s)", fnr) == lopenr


# What is refused


def refusal(connection: Connection, month: date) -> str:
    with pytest.raises(psycopg.Error) as caught, connection.transaction():
        make(connection, month)
    assert caught.value.sqlstate == "FD008"
    return caught.value.diag.message_primary or ""


def test_without_a_register(years: Connection) -> None:
    assert refusal(years, MONTH) == "There is no population register in the database."


def test_a_month_that_is_not_loaded(years: Connection, tmp_path: Path) -> None:
    befolkning.load(years, made_up(list(numbers(years))).write(tmp_path / "r"))
    assert refusal(years, date(2004, 1, 1)) == "2004-01 is not loaded."


def test_a_register_knows_the_day_of_the_extraction(years: Connection, tmp_path: Path) -> None:
    _, today = one(years, MONTH)
    register = made_up(list(numbers(years)))
    befolkning.load(years, register.write(tmp_path / "early", valid_to=today - timedelta(1)))
    assert refusal(years, MONTH) == (
        f"The population register knows what was up to {today - timedelta(1)}, and the extraction of 2003-02 is of "
        f"{today}."
    )
    befolkning.load(years, register.write(tmp_path / "on the day", valid_to=today))
    assert make(years, MONTH)


def test_real_and_synthetic_are_never_mixed(years: Connection, tmp_path: Path) -> None:
    befolkning.load(years, made_up(list(numbers(years))).write(tmp_path / "r", valid_to=VALID_TO))
    years.execute("UPDATE befolkning.folkeregisterversjon SET syntetisk = false")
    assert (
        refusal(years, MONTH)
        == "2003-02 is synthetic data, and the population register is real: the two are never mixed."
    )


# What is remarkable


def findings(connection: Connection, month: date) -> dict[str, tuple[Any, ...]]:
    rows = connection.execute(
        "SELECT funn, antall, av, advarsel_mange, advarsel_flyttet FROM befolkning.registerfunn WHERE mnddato = %s",
        [month],
    )
    return {name: tuple(found) for name, *found in rows.fetchall()}


@pytest.mark.parametrize(("gone", "of", "warned"), [(5, 499, True), (5, 500, False), (4, 100, False), (6, 599, True)])
def test_many_who_are_not_found(years: Connection, tmp_path: Path, gone: int, of: int, warned: bool) -> None:
    """More than one per cent of a month's records, and at least five."""
    befolkning.load(years, made_up(list(numbers(years))).write(tmp_path / "r"))
    made = make(years, MONTH)
    for reason in ("ikke_i_register", "ugyldig_fnr", "dod", "uten_bosted"):
        tall = dict.fromkeys(REASONS, 0) | {reason: gone}
        years.execute(
            "UPDATE befolkning.kjennemerkesett SET antall = %s, tall = %s WHERE sett = %s",
            [of, Jsonb(tall), made],
        )
        assert findings(years, MONTH)[reason] == (gone, of, warned, False)
        words = befolkning.warnings(years, [MONTH])
        assert [word.startswith(f"2003-02: {gone} records (1.0 per cent) ") for word in words] == [True] * warned


@pytest.mark.parametrize(("women", "warned"), [(505, False), (510, False), (511, True), (489, True), (490, False)])
def test_a_share_that_moves(years: Connection, tmp_path: Path, women: int, warned: bool) -> None:
    """By more than a percentage point from the month before; where that has no set, nobody can say."""
    befolkning.load(years, made_up(list(numbers(years))).write(tmp_path / "r"))
    for month, count in ((date(2002, 12, 1), 100), (date(2003, 2, 1), 500), (date(2003, 3, 1), women)):
        years.execute(
            "UPDATE befolkning.kjennemerkesett SET antall = 1000, tall = %s WHERE sett = %s",
            [Jsonb({"kvinner": count}), make(years, month)],
        )
    assert findings(years, MONTH)["kvinner"] == (500, 1000, False, False)
    assert findings(years, date(2003, 3, 1))["kvinner"] == (women, 1000, False, warned)
    words = [
        f"2003-03: {women} records ({women / 10:.1f} per cent) are women's; it was 50.0 per cent the month before."
    ]
    assert befolkning.warnings(years, [MONTH, date(2003, 3, 1)]) == words * warned


def test_the_month_before_is_its_last_set(years: Connection, tmp_path: Path) -> None:
    """By whatever register it was made: half a register is seen in the first month that is made with it."""
    known = numbers(years)
    before = date(2003, 1, 1)
    for name in ("one", "two", "three"):
        befolkning.load(years, made_up(list(known)).write(tmp_path / name))
        if name != "three":
            make(years, before)
    sets = years.execute("SELECT sett FROM befolkning.kjennemerkesett ORDER BY sett").fetchall()
    for (each,), women in zip(sets, (300, 510), strict=True):
        years.execute(
            "UPDATE befolkning.kjennemerkesett SET antall = 1000, tall = %s WHERE sett = %s",
            [Jsonb({"kvinner": women}), each],
        )
    now = make(years, MONTH)
    for women, moved in ((500, False), (499, True)):
        years.execute(
            "UPDATE befolkning.kjennemerkesett SET antall = 1000, tall = %s WHERE sett = %s",
            [Jsonb({"kvinner": women}), now],
        )
        assert findings(years, MONTH)["kvinner"] == (women, 1000, False, moved)
    words = "2003-02: 499 records (49.9 per cent) are women's; it was 51.0 per cent the month before."
    assert befolkning.warnings(years, [MONTH]) == [words]


def test_every_count_of_a_set_has_words(years: Connection, tmp_path: Path) -> None:
    befolkning.load(years, made_up(list(numbers(years))).write(tmp_path / "r"))
    assert counts(years, make(years, MONTH)).keys() == WORDS.keys()
