"""The analyst's functions against a day-by-day count of `periode`, and what they say of the days that are not known."""

import itertools
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import objects, runner, synthetic
from fdtrygd.input import find_month_files
from hypothesis import given
from hypothesis import strategies as st
from psycopg.rows import dict_row
from pytest_postgresql.executors import NoopExecutor

from conftest import Register, Silent, address, own_database, qualified
from strategies import few_registers, registers

Connection = psycopg.Connection[Any]
Row = dict[str, Any]
DAY = timedelta(days=1)
LAST_YEAR = 2003
GROUPS = ("1", "2", "3", "4", "5", "7")
STATE = ("hoved", "hovedarbstat", "tiltak", "ytelse")
DATES = ("tilgdato", "asoktilg", "regdato")


@pytest.fixture(scope="module")
def sample(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The synthetic sample, smaller, 2001 to 2003."""
    folder: Path = tmp_path_factory.mktemp("sample")
    synthetic.make(folder, persons=100, seed=7, last=(LAST_YEAR, 12))
    files = find_month_files(folder)
    with own_database(postgresql_noproc, "analyse_funksjoner") as connection:
        connection.autocommit = True
        for year in range(2001, LAST_YEAR + 1):
            runner.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        with psycopg.connect(address(connection), autocommit=True) as analyst:  # without the settings of a load
            yield analyst


@pytest.fixture(scope="module")
def days(sample: Connection) -> "Days":
    return Days(sample)


class Said:
    """The NOTICEs of what is run inside it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.notices: list[str] = []

    def __enter__(self) -> list[str]:
        self.connection.execute("SET client_min_messages = notice")  # a load's own connection is told less
        self.connection.add_notice_handler(self.hear)
        return self.notices

    def __exit__(self, *_: object) -> None:
        self.connection.remove_notice_handler(self.hear)

    def hear(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self.notices.append(diagnostic.message_primary or "")


def rows(connection: Connection, query: str, *parameters: Any) -> list[Row]:
    return Register(connection).rows(query, *parameters)


def asked(connection: Connection, query: str) -> tuple[list[Row], list[str]]:
    """The answer, and the NOTICEs with it, but for that of levels between extractions, which has its own test."""
    with Said(connection) as notices:
        answer = rows(connection, query)
    return answer, [notice for notice in notices if "is no extraction date" not in notice]


def by_content(answer: list[Row]) -> list[str]:
    """The rows in an order of their own, as text."""
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in answer)


def left(sluttet: str) -> str:
    """How a spell ended, in varighet's words: which of the two kinds of exit it was came out later."""
    return "avgang" if sluttet == "avsluttet_13_uker" else sluttet


def span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


class Days:
    """Every person's every day, from the rows of `periode`, counted one by one."""

    def __init__(self, connection: Connection) -> None:
        [self.known] = rows(connection, "SELECT * FROM arbsok.endelighet")
        self.start, self.last, self.final = (self.known[c] for c in ("serie_start", "siste_dagdato", "endelig_til"))
        self.stretches = rows(connection, "SELECT * FROM arbsok.periode ORDER BY lopenr, regdato")
        self.of: dict[date, list[Row]] = defaultdict(list)
        for stretch in self.stretches:
            for day in span(stretch["regdato"], stretch["regtom"] or self.last):
                self.of[day].append(stretch)

    def inside(self, first: date, last: date) -> list[date]:
        """The days of a range that the register knows."""
        return [day for day in span(first, last) if self.start <= day <= self.last]

    def tverrsnitt(self, day: date) -> list[Row]:
        return [
            {
                **{column: s[column] for column in ("lopenr", *STATE, *DATES, "mrk_fnr", "status_inn")},
                "dato": day,
                "dager_i_tilfelle": len(list(span(s["tilgdato"], day))),
                "dager_i_gruppetilfelle": len(list(span(s["asoktilg"], day))),
                "dager_i_periode": len(list(span(s["regdato"], day))),
                "endelig": day <= self.final,
            }
            for s in self.of[day]
        ]

    def beholdning(self, first: date, last: date, wanted: Any) -> dict[tuple[date, str], tuple[int, bool]]:
        inside = self.inside(first, last)
        groups = {s["hoved"] for day in inside for s in self.of[day]}
        stock = {day: Counter(s["hoved"] for s in self.of[day]) for day in inside if wanted(day)}
        return {(day, group): (stock[day][group], day <= self.final) for day in stock for group in groups}

    def strom(self, first: date, last: date) -> Counter[tuple[date, str, str | None, str | None]]:
        """From one day to the next: who was there on neither, one or both."""
        flow: Counter[tuple[date, str, str | None, str | None]] = Counter()

        def count(day: date, *event: Any) -> None:
            if first <= day <= last:
                flow[(day.replace(day=1), *event)] += 1

        for day in span(self.start - DAY, self.last):
            before = {s["lopenr"]: s for s in self.of[day]}
            after = {s["lopenr"]: s for s in self.of[day + DAY]}
            for lopenr in before.keys() | after.keys():
                b, a = before.get(lopenr), after.get(lopenr)
                if b and (day < self.last) and (a is None or a["tilgdato"] != b["tilgdato"]):
                    count(day, "avgang", b["hoved"], None)
                if a and (b is None or a["tilgdato"] != b["tilgdato"]):
                    count(
                        day + DAY, "venstresensur" if "venstresensur" in a["begynte"] else "tilgang", None, a["hoved"]
                    )
                if a and b and a["tilgdato"] == b["tilgdato"] and a["asoktilg"] != b["asoktilg"]:
                    count(day + DAY, "overgang", b["hoved"], a["hoved"])
        return flow

    def manedspanel(self, first: date, last: date) -> list[Row]:
        inside = self.inside(first, last)
        end = {day.replace(day=1): day for day in inside}  # the last one stays
        found: dict[tuple[str, date], list[tuple[date, Row]]] = defaultdict(list)
        for day in inside:
            for s in self.of[day]:
                found[s["lopenr"], day.replace(day=1)].append((day, s))
        panel = []
        for (lopenr, month), here in found.items():
            [at_end] = [s for day, s in here if day == end[month]] or [None]
            groups = Counter(s["hoved"] for _, s in here)
            panel.append(
                {
                    "lopenr": lopenr,
                    "maaned": month,
                    "sluttdato": end[month],
                    "dager": len(here),
                    "registrert_ved_slutten": at_end is not None,
                    **{c: at_end and at_end[c] for c in (*STATE, "tilgdato", "asoktilg")},
                    **{f"dager_{group}": groups.pop(group, 0) for group in GROUPS},
                    "dager_annen": sum(groups.values()),
                    "endelig": end[month] <= self.final,
                }
            )
        return panel

    def manedstilstand(self, first: date, last: date) -> list[Row]:
        inside = self.inside(first, last)
        end = {day.replace(day=1): day for day in inside}
        found: dict[tuple[str, date, date], Row] = {}
        for day in inside:
            month = day.replace(day=1)
            for s in self.of[day]:
                row = found.setdefault(
                    (s["lopenr"], month, s["regdato"]),
                    {
                        **{column: s[column] for column in ("lopenr", *STATE, *DATES)},
                        "maaned": month,
                        "sluttdato": end[month],
                        "dager": 0,
                        "ved_slutten": False,
                        "endelig": end[month] <= self.final,
                    },
                )
                row["dager"] += 1
                row["ved_slutten"] = day == end[month]
        return list(found.values())


STEPS = {
    "dag": lambda day: True,
    "uke": lambda day: day.weekday() == 6,
    "maaned": lambda day: (day + DAY).day == 1,
}


def panel_adds_up(panel: list[Row], states: list[Row]) -> None:
    days: Counter[tuple[str, date]] = Counter()
    for state in states:
        days[state["lopenr"], state["maaned"]] += state["dager"]
    assert {(row["lopenr"], row["maaned"]): row["dager"] for row in panel} == days
    for row in panel:
        assert row["dager"] == sum(row[f"dager_{group}"] for group in (*GROUPS, "annen"))


def agree(connection: Connection, days: Days, first: date, last: date, *some: date) -> None:
    """All functions over a range, and the cross-sections of some days, against the count."""
    for day in some:
        answer = rows(connection, "SELECT * FROM arbsok.tverrsnitt(%s)", day)
        assert by_content(answer) == by_content(days.tverrsnitt(day))
        assert len({row["lopenr"] for row in answer}) == len(answer)  # nobody is there twice
    extractions = {row["dagdato"] for row in rows(connection, "SELECT dagdato FROM arbsok.uttrekksdato")}
    for step, wanted in {**STEPS, "uttrekk": extractions.__contains__}.items():
        answer = rows(connection, "SELECT * FROM arbsok.beholdning(%s, %s, %s)", first, last, step)
        assert {(r["dato"], r["hoved"]): (r["antall"], r["endelig"]) for r in answer} == days.beholdning(
            first, last, wanted
        )
        assert len({(r["dato"], r["hoved"]) for r in answer}) == len(answer)
    answer = rows(connection, "SELECT * FROM arbsok.strom(%s, %s)", first, last)
    events = {(r["maaned"], r["hendelse"], r["fra_hoved"], r["til_hoved"]): r["antall"] for r in answer}
    assert events == days.strom(first, last)
    assert len(events) == len(answer)
    panel = rows(connection, "SELECT * FROM arbsok.manedspanel(%s, %s)", first, last)
    states = rows(connection, "SELECT * FROM arbsok.manedstilstand(%s, %s)", first, last)
    panel_adds_up(panel, states)
    assert by_content(panel) == by_content(days.manedspanel(first, last))
    assert by_content(states) == by_content(days.manedstilstand(first, last))


def durations(days: Days, level: str, first: date | None, last: date | None, until: date) -> list[Row]:
    """The stretches put together again to spells of a level, and what is seen of them until a day."""
    beginning = {"tilfelle": "tilgdato", "gruppetilfelle": "asoktilg", "periode": "regdato"}[level]
    spells: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for stretch in days.stretches:
        spells[stretch["lopenr"], stretch[beginning]].append(stretch)
    expected = []
    for (lopenr, begins), parts in spells.items():
        if begins > until or begins < (first or begins) or begins > (last or begins):
            continue
        seen = [day for day in span(begins, parts[-1]["regtom"] or days.last) if day <= until]
        ended = parts[-1]["regtom"] is not None and parts[-1]["regtom"] <= until
        censored = {"venstresensur_kjent": "kjent", "venstresensur_ukjent": "ukjent"}.get(parts[0]["begynte"])
        expected.append(
            {
                "lopenr": lopenr,
                "tilgdato": parts[0]["tilgdato"],
                "fradato": begins,
                "tildato": seen[-1],
                "hoved": parts[0]["hoved"],
                "dager": len(seen),
                "avsluttet": ended,
                "sluttet": left(parts[-1]["sluttet"]) if ended else "loper",
                "venstresensurert": censored,
            }
        )
    return expected


# The answers


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2001, 5, 1), date(2003, 12, 31)),
        (date(2001, 5, 1), date(2001, 5, 1)),  # the first day
        (date(2002, 2, 28), date(2002, 3, 31)),
        (date(2002, 1, 31), date(2002, 2, 28)),
        (date(2002, 6, 11), date(2002, 6, 11)),
        (date(2002, 6, 30), date(2002, 6, 30)),  # a Sunday and a month's end
        (date(2001, 3, 15), date(2001, 6, 10)),  # from before the start
        (date(2003, 11, 20), date(2004, 3, 1)),  # past the last day
        (date(2001, 1, 1), date(2001, 4, 30)),
        (date(2004, 3, 1), date(2004, 3, 31)),
    ],
)
def test_equals_a_count_day_by_day(sample: Connection, days: Days, first: date, last: date) -> None:
    agree(sample, days, first, last, first, first + (last - first) // 2, last)


def test_the_last_days(sample: Connection, days: Days) -> None:
    agree(sample, days, days.last, days.last, days.last - DAY, days.last, days.last + DAY)


def test_around_beginnings_and_ends(sample: Connection, days: Days) -> None:
    """The days before, on and after the first and last day of spells, one of them a single day long."""
    single = next(s for s in days.stretches if s["regtom"] == s["regdato"] and s["sluttet"] == "avgang")
    change = next(s for s in days.stretches if s["sluttet"] == "endring")
    group = next(s for s in days.stretches if s["sluttet"] == "gruppeovergang")
    gone = next(s for s in days.stretches if s["sluttet"] == "avgang")
    for stretch in (single, change, group, gone):
        for day in (stretch["regdato"], stretch["regtom"]):
            agree(sample, days, day - DAY, day + DAY, day - DAY, day, day + DAY)
            agree(sample, days, day, day)


@pytest.mark.parametrize("level", ["tilfelle", "gruppetilfelle", "periode"])
@pytest.mark.parametrize(
    ("first", "last", "until"),
    [
        (None, None, None),
        (date(2001, 5, 1), date(2001, 5, 1), None),
        (date(2001, 5, 2), date(2002, 6, 30), date(2002, 6, 30)),
        (date(2002, 1, 1), None, date(2003, 6, 15)),
        (None, date(2003, 12, 31), date(2005, 1, 1)),
    ],
)
def test_durations(
    sample: Connection, days: Days, level: str, first: date | None, last: date | None, until: date | None
) -> None:
    answer = rows(sample, "SELECT * FROM arbsok.varighet(%s, %s, %s, %s)", level, first, last, until)
    assert answer
    observed = min(until or days.final, days.last)
    assert by_content(answer) == by_content(durations(days, level, first, last, observed))


def test_durations_end_and_are_censored_where_the_day_says(sample: Connection, days: Days) -> None:
    """A spell seen until its last day has ended; seen until the day before, it is censored, with a day less."""
    spell = next(
        row
        for row in rows(sample, "SELECT * FROM arbsok.tilfelle WHERE slutt_observert ORDER BY lopenr, tilgdato")
        if row["dager"] > 1 and row["tomdato"] <= days.final
    )
    query = "SELECT * FROM arbsok.varighet(p_observert_til => %s) WHERE lopenr = %s AND fradato = %s"
    for until, ended in ((spell["tomdato"], True), (spell["tomdato"] - DAY, False)):
        [row] = rows(sample, query, until, spell["lopenr"], spell["tilgdato"])
        assert (row["avsluttet"], row["tildato"]) == (ended, until)
        assert row["dager"] == spell["dager"] - (not ended)
        assert row["sluttet"] == (left(spell["sluttet"]) if ended else "loper")


def test_durations_as_kaplan_meier_takes_them(sample: Connection, days: Days) -> None:
    """Days at risk and events by duration are those of the calendar: each registered day is a day of one spell."""
    answer = rows(sample, "SELECT * FROM arbsok.varighet('tilfelle')")
    in_calendar = [s for day in days.inside(days.start, days.final) for s in days.of[day]]
    assert sum(row["dager"] for row in answer) == len(in_calendar)
    exits = rows(sample, "SELECT antall FROM arbsok.strom(%s, %s) WHERE hendelse = 'avgang'", days.start, days.final)
    assert sum(row["avsluttet"] for row in answer) == sum(row["antall"] for row in exits)
    running = rows(sample, "SELECT lopenr FROM arbsok.tverrsnitt(%s)", days.final)
    censored = [row for row in answer if not row["avsluttet"]]
    ends_then = [row for row in answer if row["avsluttet"] and row["tildato"] == days.final]
    assert sorted(row["lopenr"] for row in censored + ends_then) == sorted(row["lopenr"] for row in running)
    assert {row["tildato"] for row in censored} == {days.final}
    entries = [row for row in answer if row["venstresensurert"] is None]
    lengths = sorted(row["dager"] for row in entries)
    surviving = {n: len(lengths) - bisect_left(lengths, n) for n in (1, 10, 100)}
    for n, at_risk in surviving.items():
        reached = {(s["lopenr"], s["tilgdato"]) for s in in_calendar_after(days, n)}
        assert len(reached) == at_risk


def in_calendar_after(days: Days, n: int) -> list[Row]:
    """Who is on day n of an entry to the register, up to the last final day."""
    started = {(s["lopenr"], s["tilgdato"]) for s in days.stretches if s["begynte"] == "tilgang"}
    return [
        s
        for day in days.inside(days.start, days.final)
        for s in days.of[day]
        if (day - s["tilgdato"]).days == n - 1 and (s["lopenr"], s["tilgdato"]) in started
    ]


IDENTITY = """
    WITH etter AS (SELECT hoved, antall FROM arbsok.beholdning(%(b)s, %(b)s, 'dag')),
    foer AS (SELECT hoved, antall FROM arbsok.beholdning(%(a)s, %(a)s, 'dag')),
    inn_og_over AS (SELECT * FROM arbsok.strom(%(a)s + 1, %(b)s) WHERE hendelse <> 'avgang'),
    ut AS (SELECT * FROM arbsok.strom(%(a)s, %(b)s - 1) WHERE hendelse = 'avgang'),
    regnet AS (
        SELECT hoved, antall FROM foer
        UNION ALL SELECT til_hoved, antall FROM inn_og_over
        UNION ALL SELECT fra_hoved, -antall FROM inn_og_over WHERE fra_hoved IS NOT NULL
        UNION ALL SELECT fra_hoved, -antall FROM ut
    )
    SELECT hoved, coalesce(e.antall, 0) AS etter, coalesce(r.antall, 0) AS regnet
    FROM etter AS e
    FULL JOIN (SELECT hoved, sum(antall) AS antall FROM regnet GROUP BY hoved) AS r USING (hoved)
"""


@pytest.mark.parametrize(
    ("a", "b"),
    [("2001-05-01", "2003-12-20"), ("2001-12-31", "2002-12-31"), ("2002-05-16", "2002-05-17")],
)
def test_stock_and_flow_add_up(sample: Connection, a: str, b: str) -> None:
    """As the comment of strom says, by group and with transitions."""
    answer = rows(sample, IDENTITY.replace("%(a)s", f"'{a}'::date").replace("%(b)s", f"'{b}'::date"))
    assert len(answer) > 3
    assert all(row["etter"] == row["regnet"] for row in answer)


def test_a_group_without_persons_counts_zero(sample: Connection, days: Days) -> None:
    """A group that somebody is in only later in the range stands at 0 until then, and has its name."""
    answer = rows(sample, "SELECT * FROM arbsok.beholdning('2002-01-01', '2003-12-31', 'maaned')")
    assert {row["antall"] for row in answer if row["hoved"] == "3" and row["dato"] < date(2002, 10, 1)} == {0}
    assert {row["hovedgruppe"] for row in answer if row["hoved"] == "3"} == {"Ordinære tiltaksdeltakere"}
    assert len(answer) == len({row["dato"] for row in answer}) * len({row["hoved"] for row in answer})


def test_groups_have_one_name_each(sample: Connection) -> None:
    """The column's comment says what the code list says."""
    [comment] = rows(
        sample, "SELECT col_description(attrelid, attnum) AS text FROM pg_attribute"
        " WHERE attrelid = 'arbsok.periode'::regclass AND attname = 'hoved'",
    )  # fmt: skip
    listed = rows(sample, "SELECT hoved, lower(gruppe) AS gruppe FROM arbsok.hovedgruppe")
    assert [row for row in listed if f"{row['hoved']} {row['gruppe']}" not in comment["text"]] == []


def test_the_default_step_is_the_extraction(sample: Connection) -> None:
    """Exits are dated extractions: on other days the stock is too low."""
    query = "SELECT * FROM arbsok.beholdning('2002-01-01', '2002-12-31'{})"
    assert rows(sample, query.format("")) == rows(sample, query.format(", 'uttrekk'"))


def test_without_a_number_of_the_person(sample: Connection) -> None:
    """No function for analysts has a column fnr, or a value that is one."""
    for query in (
        "tverrsnitt('2002-06-15')", "beholdning('2002-01-01', '2002-12-31')", "strom('2002-01-01', '2002-12-31')",
        "manedspanel('2002-06-01', '2002-06-30')", "manedstilstand('2002-06-01', '2002-06-30')", "varighet()",
    ):  # fmt: skip
        answer = rows(sample, f"SELECT * FROM {qualified(query)}")
        assert answer
        assert "fnr" not in answer[0]
    numbers = {row["fnr"] for row in rows(sample, "SELECT fnr FROM trygdfob.person")}
    states = rows(sample, "SELECT * FROM arbsok.manedstilstand('2001-05-01', '2002-12-31')")
    assert not numbers & {str(value) for row in states for value in row.values()}


@few_registers(4)
@given(generated=registers(), data=st.data())
def test_equals_a_count_over_dirty_registers(shared: Connection, generated: Any, data: st.DataObject) -> None:
    """Registers as the oracle has them, also with months that the series does not begin with."""
    choices, years = generated
    register = Register(shared)
    shared.rollback()
    shared.execute(
        "UPDATE trygdfob.innstilling SET serie_start = %s, sammensying_dager = %s, avslutning_dager = %s",
        [choices.serie_start, choices.sammensying_dager, choices.avslutning_dager],
    )
    for aargang in sorted(years):
        register.load_year(aargang, years[aargang])
    days = Days(shared)
    first = data.draw(st.dates(days.start - 40 * DAY, days.last + 40 * DAY))
    last = data.draw(st.dates(first, days.last + 80 * DAY))
    agree(shared, days, days.start, days.last, days.start, first, days.last)
    agree(shared, days, first, last, last)
    for level in ("tilfelle", "gruppetilfelle", "periode"):
        answer = rows(shared, "SELECT * FROM arbsok.varighet(%s, %s, %s, %s)", level, first, last, days.last)
        assert by_content(answer) == by_content(durations(days, level, first, last, days.last))
    shared.rollback()


# What is not known


FINAL = "2003-12-01 is after 2002-12-31, up to which the register is final: "
RANGED = (
    "beholdning('{}', '{}')", "beholdning('{}', '{}', 'dag')", "strom('{}', '{}')",
    "manedspanel('{}', '{}')", "manedstilstand('{}', '{}')",
)  # fmt: skip


#: Each function over a range: the view it reads, and what of the state it shows.
SHOWS = {
    "beholdning('{}', '{}', 'dag')": ("gruppetilfelle", ["hoved"]),
    "strom('{}', '{}')": ("gruppetilfelle", ["hoved"]),
    "manedspanel('{}', '{}')": ("periode", [*STATE]),
    "manedstilstand('{}', '{}')": ("periode", [*STATE]),
    "varighet('tilfelle', '{}', '{}')": ("tilfelle", ["hoved"]),
    "varighet('gruppetilfelle', '{}', '{}')": ("gruppetilfelle", ["hoved"]),
    "varighet('periode', '{}', '{}')": ("periode", [*STATE]),
}
#: Those of spells that a new coding ends: they are looked at for longer than the range in which they begin
LASTING = {"varighet('gruppetilfelle', '{}', '{}')", "varighet('periode', '{}', '{}')"}
#: Those that also show what a new coding does on its first day
CHANGES = {"strom('{}', '{}')", *LASTING}


def breaks(day: str, table: str, *variables: str) -> str:
    coding = f"another coding of {', '.join(variables)}"
    where = f"navn '{table}'" + ", variabel 'hoved_inn'" * (table == "tilfelle")
    return f"The series breaks on {day}, and this answer with it: from then on {coding}. See dekning, {where}."


def calls(first: str, last: str) -> list[str]:
    """Each function over the range."""
    return [f"SELECT * FROM {qualified(call.format(first, last))}" for call in RANGED] + [
        f"SELECT * FROM arbsok.varighet('tilfelle', '{first}', NULL, '{last}')"
    ]


def test_notice_of_days_that_are_not_final(sample: Connection) -> None:
    """One, and the rows are there and say the same."""
    for query in [*calls("2003-01-01", "2003-12-01"), "SELECT * FROM arbsok.tverrsnitt('2003-12-01')"]:
        answer, [notice] = asked(sample, query)
        assert answer
        assert notice.startswith(FINAL), query
        if "endelig" in answer[0]:
            assert {row["endelig"] for row in answer} == {False}
    for query in [*calls("2002-10-02", "2003-01-01"), "SELECT * FROM arbsok.tverrsnitt('2003-01-01')"]:
        _, [notice] = asked(sample, query)
        assert notice.startswith(FINAL.replace("2003-12-01", "2003-01-01")), query
    for query in [*calls("2002-10-02", "2002-12-31"), "SELECT * FROM arbsok.tverrsnitt('2002-12-31')"]:
        answer, notices = asked(sample, query)
        assert answer
        assert notices == []
        if "endelig" in answer[0]:
            assert {row["endelig"] for row in answer} == {True}


def test_notice_of_days_after_the_last_extraction(sample: Connection, days: Days) -> None:
    """Nothing is known of them: the last state is not repeated."""
    after = days.last + DAY
    told = f"{after} is after {days.last}, the last extraction: nothing is known"
    answer, [notice] = asked(sample, f"SELECT * FROM arbsok.tverrsnitt('{after}')")
    assert (answer, notice[: len(told)]) == ([], told)
    for query in calls("2003-06-01", str(after)):
        answer, notices = asked(sample, query)
        assert answer
        assert [notice.split(",")[0] for notice in notices] == [f"{after} is after 2002-12-31", told.split(",")[0]]
    answer, notices = asked(sample, f"SELECT * FROM arbsok.beholdning('{after}', '{after + DAY}', 'dag')")
    assert (answer, len(notices)) == ([], 1)
    answer, [notice] = asked(sample, f"SELECT * FROM arbsok.tverrsnitt('{days.last}')")
    assert answer
    assert notice.startswith(f"{days.last} is after 2002-12-31, up to which")


def test_notice_of_days_before_the_series(sample: Connection) -> None:
    told = "2001-04-30 is before 2001-05-01, where the series starts: days before that are left out."
    assert asked(sample, "SELECT * FROM arbsok.tverrsnitt('2001-04-30')") == ([], [told])
    for query in calls("2001-04-30", "2001-05-31"):
        answer, notices = asked(sample, query)
        assert answer
        assert notices == [told]
    for query in calls("2001-04-30", "2001-04-30"):
        assert asked(sample, query) == ([], [told])


def test_open_ends(sample: Connection, days: Days) -> None:
    """infinity is the last day known; only that it is not final, and where it breaks, is worth a word."""
    for function in ("beholdning", "strom", "manedspanel", "manedstilstand"):
        answer, notices = asked(sample, f"SELECT * FROM {qualified(function)}('-infinity', 'infinity')")
        assert [notice.split(",")[0] for notice in notices] == [
            f"{days.last} is after 2002-12-31",
            "The series breaks on 2002-10-01",
        ]
        known = rows(sample, f"SELECT * FROM {qualified(function)}(%s, %s)", days.start, days.last)
        assert by_content(answer) == by_content(known)


def test_an_open_range_without_a_known_day(sample: Connection, days: Days) -> None:
    """No rows, and the sentence that says why: nobody takes it for a register without persons."""
    late, early = f"2006-06-01 is after {days.last}, the last extraction", "1999-12-31 is before 2001-05-01, where"
    left_out = "Spells are looked at up to 2002-12-31: those that began after that"
    for call, sentence in {
        **{f"{name}('2006-06-01', 'infinity')": late for name in ("strom", "manedspanel", "manedstilstand")},
        **{f"{name}('-infinity', '1999-12-31')": early for name in ("strom", "manedspanel", "manedstilstand")},
        "beholdning('2006-06-01', 'infinity', 'uke')": late,
        "beholdning('-infinity', '1999-12-31')": early,
        "varighet('tilfelle', 'infinity')": left_out,
        "varighet('tilfelle', '2006-06-01', 'infinity')": left_out,
        "varighet('tilfelle', '2006-06-01', NULL, 'infinity')": late,
        "varighet('periode', NULL, '1999-12-31')": early,
    }.items():
        answer, [notice] = asked(sample, f"SELECT * FROM {qualified(call)}")
        assert answer == [], call
        assert notice.startswith(sentence), call
    notices = asked(sample, "SELECT * FROM arbsok.varighet(p_observert_til => '2010-01-01')")[1]
    assert [notice.split(",")[0] for notice in notices] == [
        "2010-01-01 is after 2002-12-31", f"2010-01-01 is after {days.last}", "The series breaks on 2002-10-01",
    ]  # fmt: skip


def test_a_range_without_a_date_of_the_step(sample: Connection, days: Days) -> None:
    """Nothing is counted: it says so, and not that there was nobody; also on the first day known, and on the last."""
    assert days.last.weekday() != 6
    for day in (days.start, days.last):
        _, notices = asked(sample, f"SELECT * FROM arbsok.beholdning('{day}', '{day}', 'uke')")
        assert notices[-1].startswith(f"There is no Sunday from {day} to {day}")
    for step, what in (("uttrekk", "extraction"), ("uke", "Sunday"), ("maaned", "last day of a month")):
        query = f"SELECT * FROM arbsok.beholdning('2002-01-07', '2002-01-09', '{step}')"
        said = (
            f"There is no {what} from 2002-01-07 to 2002-01-09: nothing is counted. p_steg 'dag' counts on every day."
        )
        assert asked(sample, query) == ([], [said])
    answer, notices = asked(sample, "SELECT * FROM arbsok.beholdning('2002-01-07', '2002-01-09', 'dag')")
    assert {row["dato"].day for row in answer} == {7, 8, 9}
    assert notices == []


def test_notice_of_a_level_between_extractions(sample: Connection, days: Days) -> None:
    """Wherever persons are counted on a day: one sentence, of the first day that is no extraction date."""
    extractions = [row["dagdato"] for row in rows(sample, "SELECT dagdato FROM arbsok.uttrekksdato ORDER BY 1")]
    before, day = next(
        (a, a + DAY) for a, b in itertools.pairwise(extractions) if a.year == 2002 and a.month < 9 and a + DAY < b
    )
    told = f"{day} is no extraction date: who was last seen on the one before ({before}) has gone already"
    between = before.replace(day=1)
    for call, silent in {
        f"tverrsnitt('{day}')": f"tverrsnitt('{before}')",
        f"beholdning('{before}', '{day + DAY}', 'dag')": f"beholdning('{before}', '{day + DAY}')",
        f"manedspanel('{between}', '{day}')": f"manedspanel('{between}', '{before}')",
        f"manedstilstand('{between}', '{day}')": f"manedstilstand('{between}', '{before}')",
    }.items():
        [notice] = said(sample, f"SELECT FROM {qualified(call)}", {})
        assert notice.startswith(told), call
        assert said(sample, f"SELECT FROM {qualified(silent)}", {}) == [], silent
    level = [len(days.of[each]) for each in (before, day)]
    assert level[0] > level[1]
    for call in (f"strom('{day}', '{day}')", f"varighet('tilfelle', '{day}', '{day}')"):
        assert said(sample, f"SELECT FROM {qualified(call)}", {}) == [], call
    for function in ("manedspanel", "manedstilstand"):  # a month end within the range
        ends = [str(day) for day in days.inside(date(2001, 5, 1), date(2002, 9, 30)) if (day + DAY).day == 1]
        first = next(end for end in ends if date.fromisoformat(end) not in extractions)
        [notice] = said(sample, f"SELECT FROM {qualified(function)}('2001-05-01', '2002-09-30')", {})
        assert notice.startswith(f"{first} is no extraction date"), function


def test_durations_say_what_they_leave_out(sample: Connection) -> None:
    assert asked(sample, "SELECT * FROM arbsok.varighet(p_fra => '2002-10-01')")[1] == []
    assert asked(sample, "SELECT * FROM arbsok.varighet('tilfelle', '2002-10-01', '2002-12-31')")[1] == []
    [notice] = asked(sample, "SELECT * FROM arbsok.varighet('tilfelle', '2002-10-01', '2003-03-01')")[1]
    assert notice.startswith("Spells are looked at up to 2002-12-31: those that began after that are left out.")
    answer, [notice] = asked(sample, "SELECT * FROM arbsok.varighet('tilfelle', '2003-03-01')")
    assert answer == []
    assert notice.startswith("Spells are looked at up to 2002-12-31")
    assert asked(sample, "SELECT * FROM arbsok.varighet(p_observert_til => '2000-01-01')") == (
        [], ["2000-01-01 is before 2001-05-01, where the series starts: days before that are left out."],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2002-09-01", "2002-09-30", LASTING),
        ("2002-09-01", "2002-10-01", {*SHOWS}),
        ("2002-09-30", "2002-10-01", {*SHOWS}),
        ("2002-09-30", "2002-12-31", {*SHOWS}),
        ("2002-10-01", "2002-10-31", CHANGES),
        ("2002-10-01", "2002-10-01", CHANGES),
        ("2002-10-02", "2002-10-31", set()),
        ("2001-05-01", "2002-12-31", {*SHOWS}),  # and 1 November 2001 is a break of NAV's figures, not of these
        ("2001-05-01", "2002-09-30", LASTING),  # where the series begins, nothing is on the other side
    ],
)
def test_notice_of_a_break_in_the_series(sample: Connection, first: str, last: str, told: set[str]) -> None:
    """One, of what the function shows: where its days are on both sides, or what the coding did on the day counts."""
    for call, (table, shown) in SHOWS.items():
        coded = [variable for variable in shown if variable in ("hoved", "tiltak")]
        answer, notices = asked(sample, f"SELECT * FROM {qualified(call.format(first, last))}")
        assert answer, call
        assert notices == [breaks("2002-10-01", table, *coded)] * (call in told), call


def test_no_notice_of_breaks_in_days_that_are_not_known(sample: Connection, days: Days) -> None:
    """Before the series, as the break on its first day, and after the last extraction."""
    with sample.transaction(force_rollback=True):
        add_break(sample, "*", "hoved", days.last + DAY)
        for call in SHOWS:
            notice, *more = asked(sample, f"SELECT * FROM {qualified(call.format('2001-01-01', '2001-05-31'))}")[1]
            assert notice.startswith("2001-01-01 is before 2001-05-01"), call
            assert ["2001-05-01" in each for each in more] == [False] * (call in LASTING), call
            notices = asked(sample, f"SELECT * FROM {qualified(call.format('2003-06-01', '2010-01-01'))}")[1]
            assert notices != []
            assert [notice for notice in notices if "breaks" in notice] == [], call
        assert len(asked(sample, "SELECT * FROM arbsok.varighet('tilfelle', '2003-06-01', NULL, '2010-01-01')")[1]) == 2


def test_notice_of_a_break_with_dates_left_out(sample: Connection) -> None:
    """Of durations: from the start of the series, up to the last day that is looked at."""
    told = [breaks("2002-10-01", "tilfelle", "hoved")]
    for arguments, notices in {
        "": told,
        "p_fra => '2002-09-30'": told,
        "p_fra => '2002-10-01'": [],
        "p_til => '2002-10-01'": told,
        "p_til => '2002-09-30'": [],
        "p_observert_til => '2002-10-01'": told,
        "p_observert_til => '2002-09-30'": [],
    }.items():
        assert asked(sample, f"SELECT * FROM arbsok.varighet({arguments})")[1] == notices, arguments
    for day, count in (("2002-09-29", 0), ("2002-09-30", 1)):  # on which the coding's group changes end spells
        assert len(asked(sample, f"SELECT * FROM arbsok.varighet('gruppetilfelle', NULL, NULL, '{day}')")[1]) == count
    [notice] = asked(sample, "SELECT * FROM arbsok.varighet('tilfelle', NULL, '2002-10-01', '2002-09-30')")[1]
    assert notice.startswith("Spells are looked at up to 2002-09-30")


def add_break(connection: Connection, table: str, variable: str, day: date | str) -> None:
    connection.execute(
        "INSERT INTO arbsok.dekning_regel (slag, navn, variabel, brudd, merknad) VALUES ('variabel', %s, %s, %s, 'x')",
        [table, variable, day],
    )


def test_which_days_break_is_data(sample: Connection) -> None:
    """Each its own NOTICE, in order, of what has a row: in all tables, in one, or, without rows, none."""
    with sample.transaction(force_rollback=True):
        sample.execute("DELETE FROM arbsok.dekning_regel WHERE brudd > '2001-05-01'")
        add_break(sample, "*", "hoved", "2002-06-01")
        add_break(sample, "periode", "ytelse", "2002-06-01")
        add_break(sample, "periode", "hovedarbstat", "2002-03-01")
        add_break(sample, "tilfelle", "hoved_inn", "2002-04-01")
        add_break(sample, "*", "asoktilg", "2002-05-01")  # a date, not the state
        expected = {
            "gruppetilfelle": [("2002-06-01", "hoved")],
            "tilfelle": [("2002-04-01", "hoved"), ("2002-06-01", "hoved")],
            "periode": [("2002-03-01", "hovedarbstat"), ("2002-06-01", "hoved", "ytelse")],
        }
        for call, (table, _) in SHOWS.items():
            notices = asked(sample, f"SELECT * FROM {qualified(call.format('2002-01-01', '2002-12-31'))}")[1]
            assert notices == [breaks(day, table, *variables) for day, *variables in expected[table]], call


def test_breaks_are_those_of_dekning(sample: Connection, days: Days) -> None:
    """What the NOTICE sends the reader to has a row for each variable that it names, and for no other of the state."""
    with sample.transaction(force_rollback=True):
        add_break(sample, "tilfelle", "hoved_inn", "2002-04-01")
        add_break(sample, "periode", "ytelse", "2002-06-01")
        for call, (table, shown) in SHOWS.items():
            _, notices = asked(sample, f"SELECT * FROM {qualified(call.format(days.start, days.final))}")
            listed: dict[str, set[str]] = defaultdict(set)
            for row in rows(sample, "SELECT * FROM arbsok.dekning WHERE navn = %s AND brudd > %s", table, days.start):
                name = re.sub("_(inn|ut|neste)$", "", row["variabel"] or "")
                if name in shown:
                    listed[str(row["brudd"])].add(name)
            assert notices == [breaks(day, table, *sorted(listed[day])) for day in sorted(listed)], call
            assert notices


def test_dates_in_sentences_are_iso(sample: Connection) -> None:
    """Whatever the client's style is."""
    queries = [
        "SELECT FROM arbsok.tverrsnitt('2004-06-01')",
        "SELECT FROM arbsok.varighet('tilfelle', '2001-05-01', '2003-03-01')",
    ]
    said = [asked(sample, query)[1] for query in queries]
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL datestyle = 'SQL, DMY'")
        assert [asked(sample, query)[1] for query in queries] == said


def test_one_notice_however_it_is_asked(sample: Connection) -> None:
    """In joins, prepared with a plan of its own or a general one, in parallel, in a subquery, as a column."""
    query = "SELECT t.lopenr FROM arbsok.tverrsnitt('2003-12-01') AS t"
    ways = [
        query,
        query + " JOIN arbsok.tilfelle AS x ON x.lopenr = t.lopenr",
        query + " LEFT JOIN arbsok.periode AS x USING (lopenr) ORDER BY 1",
        query + " LIMIT 1",
        f"SELECT count(*) FROM ({query}) AS q",
        f"WITH q AS ({query}) SELECT * FROM q UNION ALL SELECT * FROM q",
        "SELECT x.lopenr FROM arbsok.tilfelle AS x JOIN arbsok.tverrsnitt('2003-12-01') AS t USING (lopenr)",
        "SELECT x.lopenr FROM arbsok.tilfelle AS x LEFT JOIN arbsok.tverrsnitt('2003-12-01') AS t USING (lopenr)",
        "SELECT lopenr FROM arbsok.tilfelle WHERE lopenr IN (SELECT lopenr FROM arbsok.tverrsnitt('2003-12-01'))",
        "SELECT arbsok.tverrsnitt('2003-12-01')",
        "SELECT hoved, count(*) FROM arbsok.tverrsnitt('2003-12-01') GROUP BY 1",
        *calls("2003-01-01", "2003-12-01"),
        *[f"SELECT * FROM {qualified(call.format('2002-09-30', '2002-10-02'))}" for call in SHOWS],
        "SELECT FROM arbsok.tilfelle JOIN arbsok.manedspanel('2002-09-30', '2002-10-02') USING (lopenr)",
    ]
    free = ("parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size")
    parallel = ";".join(f"SET LOCAL {name} = 0" for name in free)
    for way in ways:
        for settings_ in ("", parallel, "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"):
            with sample.transaction(force_rollback=True):
                if settings_:
                    sample.execute(settings_)
                assert len(asked(sample, way)[1]) == 1, (way, settings_)
    for mode in ("force_custom_plan", "force_generic_plan"):
        with sample.transaction(force_rollback=True):
            sample.execute(f"SET LOCAL plan_cache_mode = {mode}")
            sample.execute(f"PREPARE spurt_{mode} (date) AS SELECT * FROM arbsok.tverrsnitt($1)")
            for _ in range(2):
                answer, notices = asked(sample, f"EXECUTE spurt_{mode} ('2003-12-01')")
                assert (bool(answer), len(notices)) == (True, 1)
            assert asked(sample, f"EXECUTE spurt_{mode} ('2002-12-01')")[1] == []
            with pytest.raises(psycopg.Error, match="A date is missing"):
                sample.execute(f"EXECUTE spurt_{mode} (NULL)")
        sample.execute("DEALLOCATE ALL")


@pytest.mark.parametrize(
    ("call", "sentence", "hint"),
    [
        ("tverrsnitt(NULL)", "A date is missing.", "Give the day, as 'YYYY-MM-DD'."),
        *[
            (f"{name}({arguments})", "A date is missing.", "YYYY-MM-DD")
            for name in ("beholdning", "strom", "manedspanel", "manedstilstand")
            for arguments in ("NULL, '2002-01-01'", "'2002-01-01', NULL", "NULL, NULL")
        ],
        *[
            (
                f"{name}('2002-01-02', '2002-01-01')",
                "The range begins on 2002-01-02, after its end, 2002-01-01.",
                "first",
            )
            for name in ("beholdning", "strom", "manedspanel", "manedstilstand")
        ],
        ("varighet('tilfelle', '2002-01-02', '2002-01-01')", "The range begins on 2002-01-02", "first"),
        (
            "beholdning('2002-01-01', '2002-01-02', 'kvartal')",
            "There is no choice 'kvartal'.",
            "dag, uke, maaned, uttrekk",
        ),
        ("beholdning('2002-01-01', '2002-01-02', NULL)", "There is no choice NULL.", "dag, uke, maaned, uttrekk"),
        ("tverrsnitt('infinity')", "infinity is no day.", "YYYY-MM-DD"),
        ("tverrsnitt('-infinity')", "-infinity is no day.", "YYYY-MM-DD"),
        ("varighet('spell')", "There is no choice 'spell'.", "tilfelle, gruppetilfelle, periode"),
        ("varighet(NULL)", "There is no choice NULL.", "tilfelle, gruppetilfelle, periode"),
    ],
)
def test_errors(sample: Connection, call: str, sentence: str, hint: str) -> None:
    for query in (f"SELECT * FROM {qualified(call)}", f"SELECT count(*) FROM {qualified(call)}"):
        with pytest.raises(psycopg.Error) as refused:
            sample.execute(query)
        assert refused.value.sqlstate == "FD004"
        assert (refused.value.diag.message_primary or "").startswith(sentence)
        assert hint in (refused.value.diag.message_hint or "")


EVERY_CALL = [
    "tverrsnitt('2002-01-01')",
    *[f"{name}('2002-01-01', '2002-12-31')" for name in ("beholdning", "strom", "manedspanel", "manedstilstand")],
    "varighet()",
    "varighet('periode', '2002-01-01', '2002-12-31', '2002-12-31')",
]


def test_an_empty_database(shared: Connection) -> None:
    shared.rollback()
    for call in EVERY_CALL:
        told = ["No year is loaded: the register knows nothing."]
        assert asked(shared, f"SELECT * FROM {qualified(call)}") == ([], told), call
    shared.rollback()


def test_while_nothing_is_final(register: Register) -> None:
    """After the first year."""
    record = {"fnr": "15837010133", "as_stat": "HLIPID", "ant_d_as": "10", "mnd": "1"}
    register.load_year(2001, {month: [{**record, "dagdato": f"01{month:02}28"}] for month in range(1, 13)})
    assert asked(register.connection, "SELECT * FROM arbsok.varighet()") == (
        [], ["No day of the register is final yet: give p_observert_til, a date up to 2001-12-28."],
    )  # fmt: skip
    answer, notices = asked(register.connection, "SELECT * FROM arbsok.tverrsnitt('2001-12-20')")
    assert ([row["endelig"] for row in answer], len(notices)) == ([False], 1)
    answer, _ = asked(register.connection, "SELECT * FROM arbsok.varighet(p_observert_til => '2001-12-28')")
    assert [row["avsluttet"] for row in answer if str(row["tildato"]) == "2001-12-28"] == [False]


def test_when_one_day_is_final(register: Register) -> None:
    """The first of the series, which is the last of its year."""
    register.set(serie_start=date(2001, 12, 31))
    record = {"fnr": "15837010133", "as_stat": "HLIPID", "ant_d_as": "10", "mnd": "1"}
    for year in (2001, 2002):
        days = {month: f"{year % 100:02}{month:02}{31 if month == 12 else 28}" for month in range(1, 13)}
        register.load_year(year, {month: [{**record, "dagdato": day}] for month, day in days.items()})
    answer, notices = asked(register.connection, "SELECT * FROM arbsok.varighet()")
    assert (len(answer), notices) == (1, [])
    assert str(answer[0]["tildato"]) == "2001-12-31"


# The same as rows


#: Days on both sides of what counts: the start of the series, the break, the last final day, the last one known; open
#: ends, and no date.
EDGES = ["2001-04-30", "2002-09-30", "2002-10-01", "2003-01-01", "2004-03-01", "-infinity", "infinity", None]


def named(arguments: Row) -> str:
    """The arguments of a call, by name."""
    return ", ".join(f"{name} => %({name})s" for name in arguments)


def answer_to(connection: Connection, query: str, arguments: Row) -> list[Row]:
    """The rows that a query gives with named parameters."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, arguments).fetchall()


def said(connection: Connection, query: str, arguments: Row) -> list[str]:
    """The NOTICEs, or the sentence that refuses it."""
    with Said(connection) as notices:
        try:
            connection.execute(query, arguments)
        except psycopg.Error as refused:
            return [f"{refused.sqlstate} {refused.diag.message_primary}: {refused.diag.message_hint}"]
    return notices


@pytest.mark.parametrize(
    ("function", "more"),
    [
        ("tverrsnitt", {}),
        ("beholdning", {"p_steg": ["uttrekk", "dag", "kvartal"]}),
        ("strom", {}),
        ("manedspanel", {}),
        ("manedstilstand", {}),
        ("varighet", {"p_nivaa": ["tilfelle", "periode"], "p_observert_til": ["2002-10-01", "2003-06-01", None]}),
    ],
)
def test_forbehold_has_the_notices_as_rows(sample: Connection, function: str, more: dict[str, list[Any]]) -> None:
    """Whatever is asked: the same sentences in the same order, and the same refusals."""
    heard = set()
    days = {"p_dato": EDGES} if function == "tverrsnitt" else {"p_fra": EDGES, "p_til": EDGES}
    choices = {**days, **more}
    for values in itertools.product(*choices.values()):
        arguments = dict(zip(choices, values, strict=True))
        notices = said(sample, f"SELECT FROM {qualified(function)}({named(arguments)})", arguments)
        asked_for = named(arguments).replace("p_dato =>", "p_fra =>")
        query = f"SELECT forbehold FROM arbsok.forbehold('{function}', {asked_for})"
        try:
            listed = [row["forbehold"] for row in answer_to(sample, query, arguments)]
        except psycopg.Error:
            listed = said(sample, query, arguments)
        assert listed == notices, arguments
        heard |= {re.sub(r"-?[0-9]+-[0-9]+-[0-9]+|-?infinity", "", sentence) for sentence in notices}
    assert len(heard) >= 4  # that there was something to compare


def test_forbehold_knows_what_it_is_asked_about(sample: Connection) -> None:
    for arguments, sentence in {
        "'tilfelle', '2002-01-01', '2002-12-31'": "There is no choice 'tilfelle'.",
        "NULL, '2002-01-01', '2002-12-31'": "There is no choice NULL.",
        "'tverrsnitt', '2002-01-01', '2002-12-31'": "tverrsnitt takes one day, not a range.",
    }.items():
        with pytest.raises(psycopg.Error, match=re.escape(sentence)) as refused:
            sample.execute(f"SELECT * FROM arbsok.forbehold({arguments})")
        assert refused.value.sqlstate == "FD004"


# What programs send for a day


#: Each function and its parameters that are days, or words.
PARAMETERS: dict[str, Row] = {
    "tverrsnitt": {"p_dato": date(2002, 6, 30)},
    "beholdning": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1), "p_steg": "dag"},
    "strom": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "manedspanel": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "manedstilstand": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "varighet": {
        "p_nivaa": "periode", "p_fra": date(2002, 1, 31), "p_til": date(2002, 6, 30),
        "p_observert_til": date(2002, 12, 1),
    },
    "forbehold": {
        "p_funksjon": "varighet", "p_fra": date(2001, 1, 31), "p_til": date(2003, 6, 30), "p_steg": "dag",
        "p_nivaa": "periode", "p_observert_til": date(2002, 12, 1),
    },
}  # fmt: skip


def at_midnight(value: Any) -> Any:
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value


@pytest.mark.parametrize("function", PARAMETERS)
def test_days_are_taken_as_dates_timestamps_and_text(sample: Connection, function: str) -> None:
    """As the driver sends them, and in all mixtures; the answer is that of dates."""
    arguments = PARAMETERS[function]
    query = f"SELECT * FROM {qualified(function)}({named(arguments)})"
    answer = by_content(answer_to(sample, query, arguments))
    assert answer
    literals = ", ".join(f"{name} => '{value}'" for name, value in arguments.items())
    assert by_content(rows(sample, f"SELECT * FROM {qualified(function)}({literals})")) == answer
    days = [name for name, value in arguments.items() if isinstance(value, date)]
    for kinds in itertools.product((at_midnight, str, lambda value: value), repeat=len(days)):
        mixed = arguments | {name: kind(arguments[name]) for name, kind in zip(days, kinds, strict=True)}
        assert by_content(answer_to(sample, query, mixed)) == answer, mixed


@pytest.mark.parametrize("function", PARAMETERS)
def test_a_time_of_day_is_no_day(sample: Connection, function: str) -> None:
    """Refused: a program that sends midnight in Oslo as UTC means the day after."""
    for name, value in PARAMETERS[function].items():
        if isinstance(value, date):
            arguments = PARAMETERS[function] | {name: at_midnight(value) - timedelta(hours=1)}
            with pytest.raises(psycopg.Error) as refused:
                sample.execute(f"SELECT * FROM {qualified(function)}({named(arguments)})", arguments)
            assert refused.value.sqlstate == "FD004"
            assert refused.value.diag.message_primary == f"{arguments[name]} is no day: it has a time."


def test_an_instant_is_no_day(sample: Connection) -> None:
    """Which day an instant is depends on the time zone: whoever has one says which."""
    for kind in (UTC, None):
        day = datetime(2002, 6, 30, tzinfo=kind)
        refused = pytest.raises(psycopg.errors.UndefinedFunction, match="timestamp with time zone")
        with refused if kind else nullcontext():
            sample.execute("SELECT * FROM arbsok.tverrsnitt(%s)", [day])


def test_a_timestamp_costs_nothing(sample: Connection) -> None:
    """It is a day before the query is planned: the same index, with the same condition."""
    for call in (
        "tverrsnitt({}'2002-06-01')",
        "strom({0}'2002-01-01', {0}'2002-12-31')",
        "varighet('periode', {}'2002-01-01')",
    ):
        plans = {plan(sample, f"SELECT * FROM {qualified(call.format(kind))}") for kind in ("", "date ", "timestamp ")}
        assert len({re.sub("'[^']+'::timestamp without time zone|'[^']+'::date", "", text) for text in plans}) == 1
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL enable_seqscan = off")
        assert "@> '2002-06-01'::date" in plan(sample, "SELECT * FROM arbsok.tverrsnitt(timestamp '2002-06-01')")


def test_a_latin_1_client_reads_everything(sample: Connection) -> None:
    """PostgreSQL sends no character that the client's encoding lacks: it drops the NOTICE, or refuses the query."""
    role = "'fdtrygd_analytiker'"
    relations = sample.execute(
        "SELECT c.oid, c.oid::regclass::text FROM pg_class AS c"
        " WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema)"
        f" AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege({role}, c.oid, 'SELECT')"
    ).fetchall()
    texts = [(name, text) for _, name in relations for (text,) in sample.execute(f"SELECT r::text FROM {name} AS r")]
    texts += sample.execute(
        "SELECT objoid::regclass::text, description FROM pg_description"
        " WHERE classoid = 'pg_class'::regclass AND objoid = ANY (%s)",
        [[oid for oid, _ in relations]],
    ).fetchall()
    # Their messages stand in the body
    texts += sample.execute(
        "SELECT p.proname::text, p.prosrc || obj_description(p.oid, 'pg_proc') FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema)"
        f" AND has_function_privilege({role}, p.oid, 'EXECUTE')"
    ).fetchall()
    assert {"trygdfob.statuskode", "arbsok.tilfelle", "forbehold"} <= {name for name, _ in texts}
    assert [(name, text) for name, text in texts if text.encode("latin-1", "ignore").decode("latin-1") != text] == []


# How they are run


#: The functions' files
OF_ANALYSTS = {re.sub(r"^\d+_", "", file.stem) for file in (objects.DIRECTORY / "arbsok/analyse").glob("*.sql")}
#: A schema before the others in which codes and dates cannot be compared, and a function that does
HOSTILE = """
    CREATE SCHEMA fiende;
    CREATE FUNCTION fiende.lik(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'taken'; END $$;
    CREATE FUNCTION fiende.lik(date, date) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'taken'; END $$;
    CREATE OPERATOR fiende.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.>= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE FUNCTION fiende.som_tekst() RETURNS bigint LANGUAGE sql AS
        $$ SELECT count(*) FROM arbsok.periode WHERE hoved = hovedarbstat $$;
    SET LOCAL search_path = fiende, pg_catalog;
"""


def test_functions_are_parsed_once(sample: Connection) -> None:
    """What they call is looked up as they are installed, or with a search_path of their own."""
    looked_up = "p.prosqlbody IS NOT NULL OR 'search_path=pg_catalog, pg_temp' = ANY (p.proconfig)"
    found = sample.execute(
        f"SELECT p.proname::text, {looked_up} FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema)"
    )
    assert {name for name, safe in found if not safe} & OF_ANALYSTS == set()


def test_nothing_of_the_callers_is_run(sample: Connection) -> None:
    """An operator that the caller's search_path has in front, as it would be in a body of text."""
    with sample.transaction(force_rollback=True):
        sample.execute(HOSTILE)
        for call in [*EVERY_CALL, "dato_som_tall('2002-01-01')", "maaned_som_tall('2002-01-01')"]:
            assert rows(sample, f"SELECT * FROM {qualified(call)}"), call
        with pytest.raises(psycopg.Error, match="taken"):  # it would be seen
            sample.execute("SELECT * FROM fiende.som_tekst()")


def plan(connection: Connection, query: str) -> str:
    return "\n".join(str(line) for (line,) in connection.execute("EXPLAIN (VERBOSE, COSTS OFF) " + query).fetchall())


def test_conditions_reach_the_register(sample: Connection) -> None:
    """They are put in place of the call: what the caller asks for is looked up."""
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL enable_seqscan = off")
        for call in ("tverrsnitt('2002-06-01')", "manedspanel('2002-01-01', '2002-12-31')", "varighet()"):
            one = plan(sample, f"SELECT * FROM {qualified(call)} WHERE lopenr = '0123456789abcdef'")
            assert re.search(r"Index Cond: \(+f\.lopenr\)::text = '0123456789abcdef'", one), call
        sample.execute("SET LOCAL enable_indexscan = off")
        for call in ("tverrsnitt('2002-06-01')", "manedspanel('2002-01-01', '2002-12-31')"):
            assert "Bitmap Index Scan on f_arbsok_gjelder" in plan(sample, f"SELECT * FROM {qualified(call)}"), call
    for call in ("tverrsnitt('2002-06-01')", "beholdning('2002-01-01', '2002-12-31')"):
        group = plan(sample, f"SELECT * FROM {qualified(call)} WHERE hoved = '5'")
        assert re.search(r"Filter: .*\(f\.hoved\)::text = '5'", group), call


def test_what_is_not_selected_is_not_worked_out(sample: Connection) -> None:
    panel = "SELECT {} FROM arbsok.manedspanel('2002-01-01', '2002-12-31')"
    assert "max((f.tiltak)" in plan(sample, panel.format("*"))
    assert "max((f.tiltak)" not in plan(sample, panel.format("lopenr, maaned, hoved, dager_1, endelig"))
    if sample.info.server_version < 160000:
        return  # PostgreSQL 15 keeps joins beside a condition that is no row's (docs/dba.md, Settings)
    count = plan(sample, "SELECT hoved, count(*) FROM arbsok.tverrsnitt('2002-06-01') GROUP BY 1")
    assert count.count("trygdfob.f_arbsok") == 1
    if sample.info.server_version >= 170000:  # and 16 those below a UNION
        spells = plan(sample, "SELECT dager, avsluttet FROM arbsok.varighet('periode')")
        assert spells.count("trygdfob.f_arbsok") == 1


def test_the_planner_knows_how_many_months_there_are(sample: Connection) -> None:
    """It takes a series of dates for a thousand, and then reads the whole register for one month of it."""
    for last, most in (("2002-06-30", 3), ("2003-05-31", 15)):
        query = f"SELECT * FROM arbsok.manedspanel('2002-06-01', '{last}')"
        [[[explained]]] = sample.execute(f"EXPLAIN (FORMAT JSON) {query}").fetchall()
        nodes = [explained["Plan"]]
        for node in nodes:
            nodes += node.get("Plans", [])
        [months] = [node["Plan Rows"] for node in nodes if node["Node Type"] == "Function Scan"]
        assert months <= most


def test_can_be_read_in_parallel(sample: Connection) -> None:
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0")
        sample.execute("SET LOCAL min_parallel_table_scan_size = 0")
        for call in EVERY_CALL:
            assert re.search("Gather.* Parallel ", plan(sample, f"SELECT * FROM {qualified(call)}"), re.DOTALL), call
