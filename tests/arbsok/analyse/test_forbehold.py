"""What the analyst's functions say of days that are not known, not final, or on both sides of a break; and refuse."""

import itertools
import re
from collections import defaultdict
from datetime import date
from typing import Any

import psycopg
import pytest

from conftest import Register, qualified
from day_by_day import DAY, EVERY_CALL, STATE, Days, Row, Said, answer_to, asked, by_content, named, rows

Connection = psycopg.Connection[Any]

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
        "INSERT INTO arbsok.dekning_regel (slag, navn, variabel, brudd, merknad, merknad_norsk)"
        " VALUES ('variabel', %s, %s, %s, 'x', 'x')",
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


#: Days on both sides of what counts: the start of the series, the break, the last final day, the last one known; open
#: ends, and no date.
EDGES = ["2001-04-30", "2002-09-30", "2002-10-01", "2003-01-01", "2004-03-01", "-infinity", "infinity", None]


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
