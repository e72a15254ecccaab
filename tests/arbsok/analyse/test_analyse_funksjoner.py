"""The analyst's functions against a day-by-day count of `periode`."""

from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Register, qualified
from day_by_day import DAY, GROUPS, Days, Row, by_content, left, rows, span
from strategies import few_registers, registers

Connection = psycopg.Connection[Any]


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


# The same as rows


# What programs send for a day


# How they are run
