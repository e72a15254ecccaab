"""What became of each row from one delivery of an order to the next (spec.md 9, comparing deliveries)."""

import csv
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli, lasting, leveranse
from fdtrygd.db import database
from fdtrygd.errors import UserError
from fdtrygd.leveranse import folder, manifest
from fdtrygd.leveranse.comparison import FIRST, runs_since
from typer.testing import CliRunner

from conftest import address
from loaded import Files, load, made, name_of
from logins import log_in

Connection = psycopg.Connection[Any]

PROJECT = """
prosjekt = "{name}"
tittel = "Et prosjekt"
vedtak = "Vedtak 1"
gyldig_til = 2996-12-31
slettes_etter = 2997-12-31
former = ["hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel", "tverrsnitt"]
variabler = "alle"
[populasjon]
alle = true
"""
#: What a row is known by beside lpnr, its ends, and what knows them: as the pages of the forms say, not the catalogue
FORMS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "hendelser": (["regdato", "kode"], ["regtom", "asoktom", "tomdato"], []),
    "tilfelle": (["tilgdato"], ["tomdato"], ["dager", "hoved_ut", "sluttet", "slutt_observert", "status_ut"]),
    "gruppetilfelle": (
        ["asoktilg"],
        ["asoktom"],
        ["dager", "hoved_neste", "sluttet", "slutt_observert", "status_ut"],
    ),
    "periode": (["regdato"], ["regtom"], ["dager", "sluttet", "slutt_observert", "status_ut"]),
    "manedspanel": (["maaned"], [], []),
    "tverrsnitt": (["dato"], [], []),
}
#: The variables that are not delivered unless they are named
MORE = {
    "tilfelle": ["tilgdato", "tomdato", "dager", "hoved_inn", "hoved_ut", "begynte", "sluttet", "slutt_observert",
                 "status_inn", "status_ut", "mrk_fnr"],
    "gruppetilfelle": ["tilgdato", "asoktilg", "asoktom", "dager", "hoved", "hoved_neste", "begynte", "sluttet",
                       "slutt_observert", "status_inn", "status_ut", "mrk_fnr"],
    "periode": ["tilgdato", "asoktilg", "regdato", "regtom", "dager", "hoved", "hovedarbstat", "tiltak", "ytelse",
                "begynte", "sluttet", "slutt_observert", "status_inn", "status_ut", "mrk_fnr"],
}  # fmt: skip
OLDER, NEWER = date(2001, 12, 15), date(2002, 12, 31)


@pytest.fixture(scope="module")
def register(three_years: str) -> Iterator[Connection]:
    """2001 to 2003, for tests that make projects of their own."""
    with made(three_years, f"{name_of(three_years)}_sammenligning", name_of(three_years)) as connection:
        yield connection


@pytest.fixture
def own(apart: Connection) -> Connection:
    """Those years, for a test that changes them."""
    return apart


class Orders:
    """A project, and deliveries of its orders."""

    def __init__(self, connection: Connection, at: Path, name: str) -> None:
        self.connection, self.at, self.name = connection, at, name
        (at / "prosjekt.toml").write_text(PROJECT.format(name=name))
        leveranse.create_project(connection, at / "prosjekt.toml")

    def deliver(self, version: int, til: date, more: str = "", tables: str = "", **options: Any) -> leveranse.Delivered:
        """The delivery of a version, in the folder of its number."""
        tables = tables or "".join(table(form) for form in FORMS)
        more = more or "[populasjon]\nalle = true\n"
        (self.at / f"{version}.toml").write_text(
            f'prosjekt = "{self.name}"\nbestilling = "alt"\nversjon = {version}\ntil = {til}\n{more}{tables}'
        )
        count = len(list(self.at.glob("d*")))
        to = self.at / f"d{count + 1}"
        return leveranse.deliver(self.connection, self.at / f"{version}.toml", to, **options)

    @property
    def last(self) -> Path:
        return self.at / f"d{len(list(self.at.glob('d*')))}"


@pytest.fixture
def orders(register: Connection, tmp_path: Path, request: pytest.FixtureRequest) -> Orders:
    count = register.execute("SELECT count(*) FROM leveranse.prosjekt").fetchone()[0]  # type: ignore[index]
    return Orders(register, tmp_path, f"prosjekt-{count}")


def table(form: str, variables: list[str] | None = None, **keys: str) -> str:
    named = MORE.get(form) if variables is None else variables
    lines = {
        "navn": f'"{form}"',
        "form": f'"{form}"',
        "formater": '["csv"]',
        **({"variabler": json.dumps(named)} if named else {}),
        **({"dager": "[2001-10-31, 2001-12-15]"} if form == "tverrsnitt" else {}),
        **keys,
    }
    return "[[tabell]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def counts(compared: leveranse.Compared, name: str) -> dict[str, tuple[int, int]]:
    (one,) = [each for each in compared.tables if each.name == name]
    return {kind: (count.rows, count.persons) for kind, count in one.counts.items()}


def by_hand(form: str, older: Path, newer: Path, last: date) -> list[tuple[str, ...]]:
    """(kind, lpnr, key …, columns) of every row: what each kind is, in words of its own."""
    key, ends, knowing = FORMS[form]

    def known(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
        return {(row["lpnr"], *(row[each] for each in key)): row for row in rows(path / f"{form}.csv")}

    def over(row: dict[str, str]) -> bool:
        if form == "manedspanel":
            month = date.fromisoformat(row["maaned"])
            return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1) <= last
        return date.fromisoformat(row[key[0]]) <= last

    def explained(column: str, before: dict[str, str], after: dict[str, str]) -> bool:
        def got(end: str) -> bool:
            return before[end] == "" and after[end] > last.isoformat()

        if column in ends:
            return got(column)
        if column in knowing:
            on_the_day = before[ends[0]] == last.isoformat()
            return after[column] != "" and before[column] in ("", "loper", "false") and (got(ends[0]) or on_the_day)
        return False

    before = {each: row for each, row in known(older).items() if over(row)}
    after = known(newer)
    found = []
    for each in before.keys() | after.keys():
        if each not in before:
            found.append(("kommet_til" if over(after[each]) else "ny", *each, ""))
        elif each not in after:
            found.append(("borte", *each, ""))
        else:
            differ = [column for column in after[each] if before[each][column] != after[each][column]]
            wrong = [column for column in differ if not explained(column, before[each], after[each])]
            found.append(("endret" if wrong else "fikk_slutt" if differ else "uendret", *each, " ".join(differ)))
    return sorted(found)


@pytest.fixture(scope="module")
def two(register: Connection, tmp_path_factory: pytest.TempPathFactory) -> tuple[Orders, leveranse.Delivered]:
    """Two deliveries of everything, a year apart, and the second one with what it says of the first."""
    orders = Orders(register, tmp_path_factory.mktemp("to"), "to")
    orders.deliver(1, OLDER)
    return orders, orders.deliver(2, NEWER)


@pytest.mark.parametrize("form", FORMS)
def test_every_row_is_what_it_is_by_hand(two: tuple[Orders, leveranse.Delivered], form: str) -> None:
    orders, done = two
    expected = by_hand(form, orders.at / "d1", orders.at / "d2", OLDER)
    listed = [tuple(row.values()) for row in rows(orders.at / "d2" / f"sammenligning_{form}.csv")]
    assert sorted(listed) == [row for row in expected if row[0] != "uendret"]
    assert listed == sorted(listed, key=lambda row: (*row[1:3], row[3] == "0", row[3:]))
    kinds = {
        kind: (sum(row[0] == kind for row in expected), len({row[1] for row in expected if row[0] == kind}))
        for kind in {row[0] for row in expected}
    }
    assert counts(done.compared, form) == kinds
    assert set(kinds) == {
        "hendelser": {"ny", "fikk_slutt", "uendret"},
        "tverrsnitt": {"uendret"},
        "manedspanel": {"ny", "uendret"},
    }.get(form, {"ny", "fikk_slutt", "uendret"})
    assert not done.compared.reloaded


def test_a_month_that_was_not_over_is_not_compared(two: tuple[Orders, leveranse.Delivered]) -> None:
    orders, done = two
    december = [row for row in rows(orders.at / "d1" / "manedspanel.csv") if row["maaned"] == "2001-12-01"]
    (panel,) = [each for each in done.compared.tables if each.name == "manedspanel"]
    assert panel.outside == len(december) > 0


def test_the_command_says_what_the_delivery_said(two: tuple[Orders, leveranse.Delivered], tmp_path: Path) -> None:
    """Whichever of the two is named first, and where both were read from files."""
    orders, _ = two
    leveranse.compare_deliveries(orders.connection, orders.at / "d2", orders.at / "d1", tmp_path / "ut")
    for form in FORMS:
        name = f"sammenligning_{form}.csv"
        assert (tmp_path / "ut" / name).read_bytes() == (orders.at / "d2" / name).read_bytes()
    said = json.loads((tmp_path / "ut" / "sammenligning.json").read_text())
    assert said == json.loads((orders.at / "d2" / "sammenligning.json").read_text())
    assert said["eldre"] == {"utlevering": said["eldre"]["utlevering"], "versjon": 1, "til": "2001-12-15"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "ut").iterdir()} == {0o600}


def test_a_first_delivery_says_that_it_is_the_first(two: tuple[Orders, leveranse.Delivered]) -> None:
    orders, _ = two
    assert not list((orders.at / "d1").glob("sammenligning*"))
    said = json.loads((orders.at / "d1" / "leveranse.json").read_text())["sammenligning"]
    assert said == {"eldre": None, "fra": None, "hvorfor_ikke": FIRST}


# What each kind is, row by row ---------------------------------------------------------------------------------------

LAST = "2003-12-31"
STRETCH = ["regdato", "regtom", "hoved", "sluttet", "hoved_neste"]


def between(
    connection: Connection,
    form: str,
    older: list[list[Any]],
    newer: list[list[Any]],
    columns: list[str],
    like: bool = True,
) -> dict[str, Any]:
    """What the database makes of two tables; each row begins with lpnr. The counts, and `kolonner` of what changed."""
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT leveranse.begynn_sammenligning()")
        connection.execute("SELECT leveranse.begynn_tabell(%s, %s)", [form, columns])
        for name, given in (("sammenlign_eldre", older), ("sammenlign_nyere", newer)):
            with connection.cursor().copy(f"COPY pg_temp.{name} FROM STDIN") as copy:
                for row in given:
                    copy.write_row(row)
        with connection.cursor().copy("COPY pg_temp.sammenlign_person FROM STDIN") as copy:
            for row in older:
                copy.write_row([row[0], True])
            for row in newer:
                copy.write_row([row[0], False])
        return dict(
            database.scalar(connection, "SELECT leveranse.sammenlign_tabell(%s, %s, %s, %s)", form, columns, LAST, like)
        )


A, B = "p0000000000000001", "p0000000000000002"
GROUP = ["asoktilg", "asoktom", "hoved", "sluttet", "slutt_observert", "hoved_neste"]
RUNS = [A, "2003-05-01", None, "1", "loper", False, None]
#: What becomes of RUNS, or of the row given, and which columns are said to have changed
ROWS: dict[str, tuple[list[Any], list[Any] | None, str, dict[str, int]]] = {
    "as it was": (RUNS, RUNS, "uendret", {}),
    "an end the day after": (RUNS, [*RUNS[:2], "2004-01-01", "1", "avgang", True, None], "fikk_slutt", {}),
    "an end, and the group that follows": (
        RUNS, [*RUNS[:2], "2004-02-01", "1", "gruppeovergang", True, "2"], "fikk_slutt", {}
    ),
    "an end on the very day": (
        RUNS, [*RUNS[:2], LAST, "1", "avgang", True, None], "endret",
        {"asoktom": 1, "sluttet": 1, "slutt_observert": 1},
    ),
    "an end, and another group": (
        RUNS, [*RUNS[:2], "2004-02-01", "2", "avgang", True, None], "endret",
        {"asoktom": 1, "hoved": 1, "sluttet": 1, "slutt_observert": 1},
    ),
    "how it ended, without an end": (RUNS, [*RUNS[:4], "avgang", False, None], "endret", {"sluttet": 1}),
    "the group that follows the very day": (
        [A, "2003-05-01", LAST, "1", "gruppeovergang", True, None],
        [A, "2003-05-01", LAST, "1", "gruppeovergang", True, "2"], "fikk_slutt", {},
    ),
    "the group that follows the day before": (
        [A, "2003-05-01", "2003-12-30", "1", "gruppeovergang", True, None],
        [A, "2003-05-01", "2003-12-30", "1", "gruppeovergang", True, "2"], "endret", {"hoved_neste": 1},
    ),
    "another group that follows": (
        [A, "2003-05-01", LAST, "1", "gruppeovergang", True, "2"],
        [A, "2003-05-01", LAST, "1", "gruppeovergang", True, "3"], "endret", {"hoved_neste": 1},
    ),
    "another end": (
        [A, "2003-05-01", "2003-06-01", "1", "avgang", True, None],
        [A, "2003-05-01", "2003-06-02", "1", "avgang", True, None], "endret", {"asoktom": 1},
    ),
    "no end any more": (
        [A, "2003-05-01", "2003-06-01", "1", "avgang", True, None], RUNS, "endret",
        {"asoktom": 1, "sluttet": 1, "slutt_observert": 1},
    ),
    "gone": (RUNS, None, "borte", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_what_becomes_of_a_row(register: Connection, case: str) -> None:
    before, after, kind, changed = ROWS[case]
    beside = [A, "2002-01-01", "2002-01-31", "1", "avgang", True, None]  # so that both deliveries are about the person
    found = between(register, "gruppetilfelle", [before, beside], [*([after] if after else []), beside], GROUP)
    expected = {kind: 2} if kind == "uendret" else {kind: 1, "uendret": 1}
    assert {each: count["rader"] for each, count in found["slag"].items()} == expected
    assert found["kolonner"] == changed


@pytest.mark.parametrize(("end", "kind"), [(LAST, "endret"), ("2004-01-01", "fikk_slutt")])
def test_an_end_comes_after_the_older_day(register: Connection, end: str, kind: str) -> None:
    columns = ["tilgdato", "tomdato"]
    found = between(register, "tilfelle", [[A, "2003-05-01", None]], [[A, "2003-05-01", end]], columns)
    assert set(found["slag"]) == {kind}


@pytest.mark.parametrize(("begins", "kind"), [(LAST, "kommet_til"), ("2004-01-01", "ny")])
def test_a_row_that_was_not_there(register: Connection, begins: str, kind: str) -> None:
    beside = [A, "2002-01-01", None]
    found = between(register, "tilfelle", [beside], [beside, [A, begins, None]], ["tilgdato", "tomdato"])
    assert found["slag"][kind] == {"rader": 1, "personer": 1}


@pytest.mark.parametrize(
    ("like", "gone", "late", "early"),
    [(True, "borte", "ny", "bare_i_nyere"), (False, "bare_i_eldre", "bare_i_nyere", "bare_i_nyere")],
)
def test_persons_of_one_delivery_alone(register: Connection, like: bool, gone: str, late: str, early: str) -> None:
    """Where the orders agree nobody leaves, and who comes in later has new rows; all else is the order's doing."""
    columns = ["tilgdato", "tomdato"]
    row = [A, "2003-01-01", None]
    assert between(register, "tilfelle", [row], [], columns, like)["slag"] == {gone: {"rader": 1, "personer": 1}}
    both = [A, "2002-01-01", None]
    for begins, kind in (("2004-01-01", late), (LAST, early)):
        newer = [both, [B, begins, None], [B, "2004-06-01", None]]
        found = between(register, "tilfelle", [both], newer, columns, like)["slag"]
        assert sum(each["rader"] for each in found.values()) == 3
        assert found[kind]["rader"] == (2 if kind == late else 1)


def test_what_knows_the_end_where_the_end_was_not_ordered(register: Connection) -> None:
    columns = ["tilgdato", "dager", "sluttet"]
    for after, kind in (([A, "2003-05-01", 9, "avgang"], "fikk_slutt"), ([A, "2003-05-01", None, None], "endret")):
        found = between(register, "tilfelle", [[A, "2003-05-01", None, "loper"]], [after], columns)
        assert set(found["slag"]) == {kind}


def test_two_rows_with_one_key_are_refused(register: Connection) -> None:
    row = [A, "2003-05-01", None]
    for sides in (([row, row], [row]), ([row], [row, row])):
        with pytest.raises(psycopg.Error, match="two rows of a person have the same tilgdato") as refused:
            between(register, "tilfelle", *sides, ["tilgdato", "tomdato"])
        assert refused.value.sqlstate == "FD007"


@pytest.mark.parametrize(
    ("columns", "why"),
    [(["tomdato"], "tilgdato is missing"), (["tilgdato", "fnr"], "fnr is no column"), ([], "missing")],
)
def test_columns_that_cannot_be_compared(register: Connection, columns: list[str], why: str) -> None:
    with pytest.raises(psycopg.Error, match=why):
        between(register, "tilfelle", [], [], columns)


# Orders that differ --------------------------------------------------------------------------------------------------

EVERYBODY = "[populasjon]\nalle = true\n"


def test_only_columns_of_both_are_compared(orders: Orders) -> None:
    """No value of a variable that one of the orders does not have comes back."""
    orders.deliver(1, OLDER, tables=table("tilfelle", ["tilgdato", "tomdato", "hoved_inn", "mrk_fnr"]))
    done = orders.deliver(2, NEWER, tables=table("tilfelle", ["tilgdato", "begynte", "tomdato"]))
    (one,) = done.compared.tables
    assert (one.columns, one.only_older, one.only_newer) == (
        ("tilgdato", "tomdato"), ("hoved_inn", "mrk_fnr"), ("begynte",),
    )  # fmt: skip
    assert set(one.counts) == {"ny", "fikk_slutt", "uendret", "bare_i_nyere"}
    assert (done.compared.agree, done.compared.reloaded) == (False, False)


def test_forms_of_one_delivery_alone_are_not_compared(orders: Orders) -> None:
    orders.deliver(1, OLDER, tables=table("tilfelle") + table("periode"))
    done = orders.deliver(2, NEWER, tables=table("periode") + table("gruppetilfelle", navn='"tilfelle"'))
    assert [(each.name, each.why_not) for each in done.compared.tables] == [
        ("periode", None), ("tilfelle", "Tabellen har formen gruppetilfelle, og hadde formen tilfelle."),
    ]  # fmt: skip


def test_persons_taken_out_do_not_come_back(orders: Orders) -> None:
    only = table("tilfelle")
    orders.deliver(1, OLDER, tables=only)
    done = orders.deliver(2, NEWER, "[populasjon]\nalle = true\nutvalg = 0.5\n", only)
    before, after = ({row["lpnr"] for row in rows(orders.at / each / "tilfelle.csv")} for each in ("d1", "d2"))
    found = counts(done.compared, "tilfelle")
    assert found["bare_i_eldre"][1] == len(before - after) > 0
    assert found["bare_i_nyere"][1] == len(after - before) > 0
    assert "borte" not in found
    assert {row["lpnr"] for row in rows(orders.last / "sammenligning_tilfelle.csv")} <= before & after
    assert not done.compared.reloaded


@pytest.mark.parametrize("differing", ["fra = 2001-06-01\n" + EVERYBODY, 'dato = "tall"\n' + EVERYBODY])
def test_orders_that_differ_in_anything_but_til(orders: Orders, differing: str) -> None:
    only = table("tilfelle")
    orders.deliver(1, OLDER, EVERYBODY, only)
    assert not orders.deliver(2, NEWER, differing, only).compared.agree
    assert orders.deliver(3, NEWER, differing, only).compared.agree


def test_another_format_is_no_other_order(orders: Orders) -> None:
    orders.deliver(1, OLDER, tables=table("tilfelle", formater='["csv"]'))
    assert orders.deliver(2, NEWER, tables=table("tilfelle", formater='["parquet"]')).compared.agree


def test_later_days_of_a_cross_section_are_no_other_order(orders: Orders) -> None:
    """As a later `til` is none; other days by the older delivery's day are."""

    def days(*named: str) -> str:
        return table("tverrsnitt", dager=f"[{', '.join(named)}]")

    orders.deliver(1, OLDER, tables=days("2001-12-15", "2001-10-31"))
    later = orders.deliver(2, NEWER, tables=days("2001-10-31", "2001-12-15", "2002-06-15"))
    assert later.compared.agree
    assert not later.compared.reloaded
    assert not orders.deliver(3, NEWER, tables=days("2001-10-31", "2002-06-15")).compared.agree
    said = (orders.last / "lesmeg.html").read_text()
    assert "De to bestillingene spør ikke om det samme." in said
    assert "<code>sammenligning_tverrsnitt.csv</code></th>" in said


def test_lists_are_compared_by_their_persons(orders: Orders) -> None:
    numbers = [fnr for (fnr,) in orders.connection.execute("SELECT fnr FROM trygdfob.person ORDER BY fnr LIMIT 20")]
    (orders.at / "a.txt").write_text("\n".join(numbers))
    (orders.at / "b.txt").write_text("\n".join(numbers[::-1]))
    (orders.at / "c.txt").write_text("\n".join(numbers[:-1]))
    lists = [f'[populasjon]\nliste = {{ fil = "{each}.txt" }}\n' for each in "abc"]
    only = table("tilfelle")
    orders.deliver(1, OLDER, lists[0], only)
    assert orders.deliver(2, NEWER, lists[1], only).compared.agree
    assert not orders.deliver(3, NEWER, lists[2], only).compared.agree


def test_a_filter_that_asks_about_an_end_accuses_nobody(orders: Orders) -> None:
    """A spell that ran has ended, and the filter leaves it out: no year was loaded otherwise."""
    running = table("tilfelle", rader='{ sluttet = ["loper"] }')
    orders.deliver(1, OLDER, tables=running)
    done = orders.deliver(2, NEWER, tables=running)
    assert counts(done.compared, "tilfelle")["borte"][0] > 0
    assert done.compared.agree
    assert not done.compared.reloaded


def test_months_are_not_compared(orders: Orders) -> None:
    only = 'dato = "maaned"\n' + EVERYBODY, table("tilfelle")
    orders.deliver(1, OLDER, *only)
    done = orders.deliver(2, NEWER, *only)
    assert [each.why_not for each in done.compared.tables] == [
        "Datoene er levert som måneder, og da kan to rader ha samme nøkkel."
    ]
    leveranse.compare_deliveries(orders.connection, orders.at / "d1", orders.at / "d2", orders.at / "ut")
    assert not list((orders.at / "ut").glob("*.csv"))
    page = (orders.at / "ut" / "sammenligning.html").read_text()
    assert "er ikke sammenlignet. Datoene er levert som måneder" in page
    assert "står fast" not in page
    assert not list(orders.last.glob("sammenligning_*"))


@pytest.mark.parametrize("formats", ['["csv"]', '["parquet"]'])
def test_days_as_numbers_are_compared_as_days(orders: Orders, formats: str) -> None:
    """And are listed as they are delivered."""
    more = (
        'dato = "tall"\n' + EVERYBODY,
        table("gruppetilfelle", formater=formats) + table("hendelser", formater=formats),
    )
    orders.deliver(1, OLDER, *more)
    done = orders.deliver(2, NEWER, *more)
    assert set(counts(done.compared, "hendelser")) == {"ny", "fikk_slutt", "uendret"}
    leveranse.compare_deliveries(orders.connection, orders.at / "d1", orders.at / "d2", orders.at / "ut")
    for form in ("gruppetilfelle", "hendelser"):
        name = f"sammenligning_{form}.csv"
        assert (orders.at / "ut" / name).read_bytes() == (orders.last / name).read_bytes()
        key = FORMS[form][0][0]
        assert all(row[key].isdigit() and len(row[key]) == 8 for row in rows(orders.at / "ut" / name))


def test_a_table_without_its_key_is_not_compared(orders: Orders) -> None:
    only = table("periode", ["hoved", "regtom"])
    orders.deliver(1, OLDER, tables=only)
    (one,) = orders.deliver(2, NEWER, tables=only).compared.tables
    assert one.why_not == "Radene kan ikke kjennes igjen: regdato er ikke med i begge leveransene."


# What a delivery is compared with ------------------------------------------------------------------------------------


def test_it_is_the_last_one_up_to_its_day(orders: Orders) -> None:
    only = table("tilfelle")
    first = orders.deliver(1, OLDER, tables=only)
    later = orders.deliver(2, NEWER, tables=only)
    between_them = orders.deliver(3, date(2002, 6, 30), tables=only)
    assert later.compared.older is not None
    assert later.compared.older.number == first.number
    assert between_them.compared.older is not None
    assert between_them.compared.older.number == first.number
    again = orders.deliver(3, date(2002, 6, 30), tables=only)
    assert again.compared.older is not None
    assert again.compared.older.number == first.number
    same_day = orders.deliver(4, NEWER, tables=only)
    assert same_day.compared.older is not None
    assert same_day.compared.older.number == later.number
    assert set(counts(same_day.compared, "tilfelle")) == {"uendret"}


def test_a_repeat_is_the_same_bytes(orders: Orders) -> None:
    only = table("tilfelle")
    orders.deliver(1, OLDER, tables=only)
    done = orders.deliver(2, NEWER, tables=only)
    repeat = leveranse.redeliver(orders.connection, done.number, orders.at / "igjen")
    assert repeat.remarks == done.remarks
    assert repeat.files == done.files
    assert {"sammenligning.json", "sammenligning_tilfelle.csv"} <= {each.name for each in repeat.files}


def test_a_repeat_with_another_version_names_what_differs(orders: Orders, monkeypatch: pytest.MonkeyPatch) -> None:
    done = orders.deliver(1, OLDER, tables=table("tilfelle"))
    module = sys.modules["fdtrygd.leveranse.deliver"]
    before = module.versions()
    monkeypatch.setattr(module, "versions", lambda: before | {"pyarrow": "99.0"})
    repeat = leveranse.redeliver(orders.connection, done.number, orders.at / "igjen")
    said = repeat.remarks[-1]
    assert "Not the same bytes: leveranse.json" in said
    assert f"other versions of pyarrow ({before['pyarrow']}, now 99.0)" in said


def test_a_repeat_after_a_code_list_has_changed_says_so(own: Connection, tmp_path: Path) -> None:
    orders = Orders(own, tmp_path, "koder")
    done = orders.deliver(1, OLDER, tables=table("periode"))
    own.execute("UPDATE leveranse.koderad SET tekst = tekst || ' (ny)'")
    repeat = leveranse.redeliver(own, done.number, tmp_path / "igjen")
    said = repeat.remarks[-1]
    assert "leveranse.json" in said
    assert "the code lists" in said
    assert "the catalogue" not in said


# A year that is loaded otherwise -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other_files(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Files]:
    """The years' files, without one person, and with another benefit of another one in 2001."""

    def made_for(gone: str, changed: str) -> Files:
        from fdtrygd import files as month_files

        to = tmp_path_factory.mktemp("andre")
        for year, months in files.items():
            for file in months.values():
                lines = file.path.read_text().splitlines()
                lines = [line for line in lines if not line.startswith(gone)]
                if year == 2001:
                    lines = [
                        f"{changed},{line[12:16]}ZZ{line[18:]}" if line.startswith(changed) else line for line in lines
                    ]
                (to / file.path.name).write_text("\n".join(lines) + "\n")
        return month_files.find_month_files(to)

    return made_for


def test_a_year_that_is_loaded_otherwise_is_seen_and_named(
    own: Connection, tmp_path: Path, files: Files, other_files: Callable[[str, str], Files]
) -> None:
    orders = Orders(own, tmp_path, "omlastet")
    both = table("periode") + table("tilfelle")
    first = orders.deliver(1, OLDER, tables=both)
    (gone,), (changed,) = own.execute(
        "SELECT DISTINCT fnr FROM trygdfob.f_arbsok WHERE regdato < '2001-11-01' AND ytelse <> '' ORDER BY fnr LIMIT 2"
    ).fetchall()
    others = other_files(gone, changed)
    for year in (2003, 2002, 2001):
        lasting.unload_year(own, year)
    for year in (2001, 2002, 2003):
        load(own, year, others)
    since = leveranse.runs_in_words(runs_since(own, first.number))
    assert since.startswith("since then run ")
    assert "took 2001 back" in since
    assert "loaded 2001" in since
    assert "2003" not in since  # no row by the older day rests on it

    # The same version: refused, and so is the repeat
    with pytest.raises(UserError, match=r"in the log with other rows in periode, tilfelle: since then run \d+ took"):
        orders.deliver(1, OLDER, tables=both)
    with pytest.raises(UserError, match="in the log with other rows"):
        leveranse.redeliver(own, first.number, tmp_path / "igjen")
    assert not list(tmp_path.glob("igjen"))
    assert not list(tmp_path.glob(".*"))

    # The register no longer gives the older one: nothing to compare with
    new = orders.deliver(1, OLDER, tables=both, new=True)
    assert new.compared.older is None
    assert new.compared.why_not is not None
    assert f"leveranse {first.number}:" in new.compared.why_not

    # Its folder does
    next_one = orders.deliver(2, NEWER, tables=both, previous=tmp_path / "d1")
    found = counts(next_one.compared, "tilfelle")
    own_number = own.execute(
        "SELECT leveranse_nokkel.lpnr(n.nokkel, %s), leveranse_nokkel.lpnr(n.nokkel, %s)"
        " FROM leveranse_nokkel.prosjektnokkel AS n WHERE n.prosjekt = 'omlastet'",
        [gone, changed],
    ).fetchone()
    assert own_number is not None
    assert {row["lpnr"] for row in rows(orders.last / "sammenligning_tilfelle.csv") if row["slag"] == "borte"} == {
        own_number[0]
    }
    assert found["borte"][1] == 1
    stretches = [row for row in rows(orders.last / "sammenligning_periode.csv") if row["slag"] == "endret"]
    assert {row["lpnr"] for row in stretches} == {own_number[1]}
    assert all("ytelse" in row["kolonner"].split() for row in stretches)
    (periods,) = [each for each in next_one.compared.tables if each.name == "periode"]
    assert periods.changed["ytelse"] == len(stretches) > 0
    assert next_one.compared.reloaded
    assert leveranse.runs_in_words(next_one.compared.runs) == since
    said = json.loads((orders.last / "sammenligning.json").read_text())
    assert said["lastet_annerledes"] is True
    assert {run["aargang"] for run in said["kjoringer"]} == {2001, 2002}
    for file in orders.last.iterdir():
        assert gone.encode() not in file.read_bytes()
    repeat = leveranse.redeliver(own, next_one.number, tmp_path / "igjen")
    assert "sammenligning.json" not in {each.name for each in repeat.files}
    assert "made with the folder of an earlier delivery" in repeat.remarks[-1]
    shown = leveranse.compare_deliveries(own, tmp_path / "d1", orders.last, tmp_path / "ut")
    assert shown.reloaded
    page = (tmp_path / "ut" / "sammenligning.html").read_text()
    assert "En årgang er lastet annerledes." in page
    assert all(f"{run.number} ({'tok ut' if run.unload else 'lastet'} {run.year})" in page for run in shown.runs)
    assert leveranse.runs_in_words(shown.runs) == since


# Folders that are not as they were delivered -------------------------------------------------------------------------


def altered(folder_: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Another manifest."""
    content = json.loads((folder_ / manifest.NAME).read_text())
    change(content)
    (folder_ / manifest.NAME).write_text(json.dumps(content))


def resigned(to: Path, text: str) -> None:
    """Another table, with a manifest that says so."""
    (to / "tilfelle.csv").write_text(text)
    altered(to, lambda content: next(each for each in content["filer"] if each["fil"] == "tilfelle.csv").update(
        sha256=folder.sha256(to / "tilfelle.csv")
    ))  # fmt: skip


HOSTILE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no manifest": (lambda at: (at / manifest.NAME).unlink(), "cannot be read: No such file"),
    "no JSON": (lambda at: (at / manifest.NAME).write_text("{"), "is not what one has"),
    "a list": (lambda at: (at / manifest.NAME).write_text("[]"), "is not what one has"),
    "an empty object": (lambda at: (at / manifest.NAME).write_text("{}"), "is not what one has"),
    "not UTF-8": (lambda at: (at / manifest.NAME).write_bytes(b"\xff"), "is not what one has"),
    "another form": (lambda at: altered(at, lambda content: content.update(skjemaversjon=2)), "is of form 2"),
    "a day that is none": (lambda at: altered(at, lambda content: content.update(til="i fjor")), "is not what one has"),
    "a file changed": (lambda at: (at / "tilfelle.csv").open("a").write("x"), "tilfelle.csv is not as it was"),
    "a file gone": (lambda at: (at / "tilfelle.csv").unlink(), "tilfelle.csv, which leveranse.json names, is no file"),
    "a file elsewhere": (
        lambda at: altered(at, lambda content: content["filer"].append({"fil": "../x", "sha256": "", "bytes": 0})),
        "is no file there",
    ),
    "no delivery's table": (lambda at: resigned(at, "lpnr\nx\n"), "cannot be read as what its leveranse.json says"),
    "rows without a person": (
        lambda at: resigned(at, (at / "tilfelle.csv").read_text() + ",2001-06-01,,,1,,tilgang,loper,false,,,\n"),
        "cannot be read as what its leveranse.json says",
    ),
    "a day that cannot be": (
        lambda at: resigned(at, (at / "tilfelle.csv").read_text().replace("2001-", "2001-9", 1)),
        "cannot be read as what its leveranse.json says",
    ),
    "a row twice": (
        lambda at: resigned(at, "".join([*(lines := (at / "tilfelle.csv").read_text().splitlines(True)), lines[-1]])),
        "two rows of a person have the same tilgdato",
    ),
    "another project": (
        lambda at: altered(at, lambda content: content["prosjekt"].update(navn="annet")), "of project annet",
    ),
    "another order": (lambda at: altered(at, lambda content: content.update(bestilling="annen")), "of order annen"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pair(register: Connection, tmp_path_factory: pytest.TempPathFactory) -> Orders:
    orders = Orders(register, tmp_path_factory.mktemp("par"), "par")
    for version, til in ((1, OLDER), (2, NEWER)):
        orders.deliver(version, til, tables=table("tilfelle"))
    return orders


@pytest.mark.parametrize("case", HOSTILE)
def test_a_folder_that_is_not_as_it_was_delivered(pair: Orders, tmp_path: Path, case: str) -> None:
    """It is refused in a sentence that shows no row, and no folder is made."""
    change, said = HOSTILE[case]
    shutil.copytree(pair.at / "d1", tmp_path / "a")
    numbers = {row["lpnr"] for row in rows(tmp_path / "a" / "tilfelle.csv")}
    change(tmp_path / "a")
    with pytest.raises(UserError) as refused:
        leveranse.compare_deliveries(pair.connection, tmp_path / "a", pair.at / "d2", tmp_path / "ut")
    assert said in str(refused.value)
    assert not any(number in str(refused.value) for number in numbers)
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


def test_a_previous_that_is_no_earlier_delivery_begins_nothing(pair: Orders, tmp_path: Path) -> None:
    begun = pair.connection.execute("SELECT count(*) FROM leveranse.utlevering").fetchone()
    with pytest.raises(UserError, match=f"--previous goes to {NEWER}, and the order no further than {OLDER}"):
        pair.deliver(3, OLDER, tables=table("tilfelle"), previous=pair.at / "d2")
    with pytest.raises(UserError, match="is no delivery"):
        pair.deliver(3, NEWER, tables=table("tilfelle"), previous=tmp_path)
    assert pair.connection.execute("SELECT count(*) FROM leveranse.utlevering").fetchone() == begun


def test_the_screen_shows_counts_and_no_person(pair: Orders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(pair.connection))
    said = CliRunner().invoke(
        cli.app, ["compare-deliveries", str(pair.at / "d1"), str(pair.at / "d2"), "--out", str(tmp_path / "ut")]
    )
    assert said.exit_code == 0, said.output
    first = json.loads((tmp_path / "ut" / "sammenligning.json").read_text())["tabeller"][0]
    cells = [*(first["slag"].get(kind, {"rader": 0})["rader"] for kind in ("ny", "fikk_slutt", "uendret", "endret"))]
    assert re.search(r"tilfelle\s+" + r"\s+".join(map(str, cells)), said.stdout.replace("\xa0", ""))
    assert not re.search(r"p[0-9a-f]{16}", said.output)
    assert not re.search(r"p[0-9a-f]{16}", (tmp_path / "ut" / "sammenligning.html").read_text())


# Who may -------------------------------------------------------------------------------------------------------------


def test_whoever_takes_deliveries_compares_them(pair: Orders, logins: dict[str, str], tmp_path: Path) -> None:
    """He sees no table of the register, and what he has put in the place of a table of the comparison is not run."""
    with log_in(logins["utlevering"], pair.connection) as user:
        done = leveranse.compare_deliveries(user, pair.at / "d1", pair.at / "d2", tmp_path / "ut")
        assert set(counts(done, "tilfelle")) == {"ny", "fikk_slutt", "uendret"}
        user.execute("BEGIN")
        user.execute("SELECT leveranse.begynn_sammenligning()")
        user.execute("SELECT leveranse.begynn_tabell('tilfelle', '{tilgdato}')")
        user.execute("SAVEPOINT s")
        for denied in ("DROP TABLE pg_temp.sammenlign_eldre", "SELECT FROM pg_temp.sammenlign_eldre",
                       "CREATE TRIGGER t BEFORE INSERT ON pg_temp.sammenlign_eldre EXECUTE FUNCTION f()"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                user.execute(denied)
            user.execute("ROLLBACK TO s")
        user.execute("ROLLBACK")
        for kind in ("VIEW", "TABLE"):
            user.execute("BEGIN")
            user.execute("SELECT leveranse.begynn_sammenligning()")
            for name in ("sammenlign_eldre", "sammenlign_nyere"):
                user.execute(f"CREATE TEMPORARY {kind} {name} AS SELECT ''::text AS lpnr, now()::date AS tilgdato")
            with pytest.raises(psycopg.Error, match="The comparison has not begun: sammenlign_eldre is missing"):
                user.execute("SELECT leveranse.sammenlign_tabell('tilfelle', '{tilgdato}', '2003-12-31', true)")
            user.execute("ROLLBACK")


def test_rows_are_those_of_the_delivery_whose_persons_were_found(pair: Orders) -> None:
    """Two deliveries that are begun: with one's persons the other's rows cannot be read."""
    connection = pair.connection
    query = (
        "SELECT leveranse.gjenta_utlevering(u.utlevering, '{}') FROM leveranse.utlevering AS u"
        " WHERE u.prosjekt = 'par' AND u.versjon = %s AND u.slag = 'leveranse'"
    )
    numbers = [database.scalar(connection, query, version) for version in (1, 2)]
    with connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT leveranse.finn_personer(%s)", [numbers[0]])
        with pytest.raises(psycopg.Error, match="another delivery's, and not those of"), connection.transaction():
            connection.execute(
                "SELECT * FROM leveranse.rader(%s, 'tilfelle') AS t (lpnr text, tilgdato date)", [numbers[1]]
            )
        with pytest.raises(psycopg.Error, match="is no earlier one of the order"), connection.transaction():
            connection.execute("SELECT leveranse.finn_personer(%s, %s)", [numbers[1], numbers[0]])
