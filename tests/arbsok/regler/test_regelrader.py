"""Rows of rules: a row that leaves its file leaves the database, unless loaded years use it; users' own rows stay.

The files are those of sql/objects that fill a table. Most tests apply one file again, changed, as an upgrade does;
those at the end upgrade.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import database, installation, objects, server
from fdtrygd.errors import UserError
from pytest_postgresql.executors import NoopExecutor

from commands import here, run
from conftest import Register, address, own_database, qualified
from contents import fingerprint

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Rules:
    """A rules file: the row to be taken out, as it begins there and by its key in the table."""

    row: str
    key: str
    #: What the refusal calls the row; None where no year uses rows
    used_as: str | None = None
    #: A row that a user puts in, and its key; None where users add none
    own: str | None = None
    own_key: str | None = None


RULES = {
    "handling": Rules("('vrak', ", "handling = 'vrak'"),
    "statuskode": Rules("('UI100', ", "status = 'UI100'", used_as="UI100"),
    "arbeidssokerstatus": Rules(
        "('3', '34', 'FS', 'VIKARBLED', ",
        "tiltak = 'VIKARBLED' AND hovedarbstat = 'FS'",
        used_as="3 34 FS VIKARBLED",
        own="(as_gr, as_f, hovedarbstat, tiltak, hovedgruppe_tekst, fingruppe_tekst)"
        " VALUES ('3', '32', 'FS', 'ÅÅ', 'Ordinære tiltaksdeltakere', 'Mitt')",
        own_key="tiltak = 'ÅÅ'",
    ),
    "ytelse": Rules(
        "('SA', ", "kode = 'SA'", used_as="SA", own="(kode, tekst) VALUES ('ÅÅ', 'Mitt')", own_key="kode = 'ÅÅ'"
    ),
    "offisiell_statistikk": Rules(
        "(2001, '7', ",
        "aargang = 2001 AND hoved = '7'",
        own="(aargang, hoved, offisiell) VALUES (2006, '1', 62000)",
        own_key="aargang = 2006",
    ),
    "hoved_koding": Rules(
        "('FS', 'VIKARBLED', ",
        "tiltak = 'VIKARBLED'",
        used_as="FS VIKARBLED 1992-01-01",
        own="(hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved)"
        " VALUES ('FS', 'ÅÅ', '2001-01-01', '2002-09-30', '3')",
        own_key="tiltak = 'ÅÅ'",
    ),
    "dekning_regel": Rules("('variabel', '*', 'mrk_sys', ", "variabel = 'mrk_sys'"),
    "terskel": Rules("('gruppe_borte', ", "navn = 'gruppe_borte'"),
    "tellepost": Rules("('lopende', ", "navn = 'lopende'"),
    "steg": Rules("('tell_aargang', ", "navn = 'tell_aargang'"),
    "kontroll": Rules("('borte_og_tilbake', ", "kontroll = 'borte_og_tilbake'"),
}

every = pytest.mark.parametrize("table", RULES)
used = pytest.mark.parametrize("table", [table for table, rules in RULES.items() if rules.used_as])
users = pytest.mark.parametrize("table", [table for table, rules in RULES.items() if rules.own])


def files() -> dict[str, Path]:
    """The rules files by the table that they fill."""
    found = {}
    for file in objects.files():
        table = re.search(r"(?m)^INSERT INTO \w+\.(\w+)", file.read_text(encoding="utf-8"))
        if table:
            found[table[1]] = file
    return found


FILES = files()


def text(table: str) -> str:
    return FILES[table].read_text(encoding="utf-8")


def changed(sql: str, change: Callable[[list[str]], list[str]]) -> str:
    """The file with other rows: each begins as `(…` does in it, without a comma at its end."""
    head, rows, tail = re.split(r"(?<=AS \(VALUES\n)|(?=\n\),\n\nborte)", sql, maxsplit=2)
    each = [row.rstrip().rstrip(",") for row in re.split(r"(?m)^(?=    \()", rows) if row.strip()]
    made = change(each)
    assert made != each
    return head + ",\n".join(made) + tail


def without(sql: str, begins: str) -> str:
    """The file without the row that begins so."""

    def change(rows: list[str]) -> list[str]:
        left = [row for row in rows if not row.lstrip().startswith(begins)]
        assert len(left) == len(rows) - 1
        return left

    return changed(sql, change)


def reordered(sql: str, orders: dict[str, int]) -> str:
    """The file with other orders for the rows of these keys."""
    for key, order in orders.items():
        sql, count = re.subn(rf"(?m)^(    \('{key}', )\d+", rf"\g<1>{order}", sql)
        assert count == 1
    return sql


def orders(sql: str) -> dict[str, int]:
    """The order of each row."""
    return {key: int(order) for key, order in re.findall(r"(?m)^    \('(\w+)', (\d+), '", sql)}


def content(connection: Connection, table: str) -> list[str]:
    """The table's rows."""
    return [
        row for (row,) in connection.execute(f'SELECT to_jsonb(t)::text FROM {qualified(table)} AS t ORDER BY 1')
    ]  # fmt: skip


def count(connection: Connection, table: str, key: str) -> int:
    return int(database.scalar(connection, f"SELECT count(*) FROM {qualified(table)} WHERE {key}"))


def apply_rules(connection: Connection, sql: str) -> None:
    """A rules file, and what is made of it."""
    connection.execute(sql)
    if "trygdfob.statuskode" in sql:
        statusvalg = objects.DIRECTORY / "arbsok/regler" / "statusvalg.sql"
        connection.execute(statusvalg.read_text(encoding="utf-8"))


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """SQLSTATE FD006; the sentence has these words, and says what to do."""
    with pytest.raises(psycopg.Error) as caught:
        yield
    assert caught.value.sqlstate == "FD006", caught.value
    message = caught.value.diag.message_primary or ""
    assert [word for word in words if word not in message] == [], message
    assert "sql/objects/arbsok/regler" in (caught.value.diag.message_hint or "")


# ------------------------------------------------------------------------------------------------------- the files


def test_every_rules_file_is_tested_here() -> None:
    assert FILES.keys() == RULES.keys()


def test_every_table_with_rows_of_a_file_has_its_file(postgresql: Connection) -> None:
    """A file that is removed takes no rows along: its table goes in a migration (sql/README.md)."""
    marked = postgresql.execute(
        "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'fra_fil'"
    ).fetchall()
    assert {f"{qualified(table)}" for table in RULES} >= {table for (table,) in marked} > set()


@pytest.mark.parametrize("table", [table for table in FILES if "rekkefolge" in text(table)])
def test_orders_go_in_steps_of_ten(table: str) -> None:
    """But for a row that has found room between two others; in the file they stand in their order."""
    given = [*orders(text(table)).values()]
    assert given == sorted(set(given))
    assert len([order for order in given if order % 10 == 0]) > 15


def test_ordered_files() -> None:
    assert {table for table in FILES if orders(text(table))} >= {"statuskode", "kontroll"}


@every
def test_no_row_carries_a_type_for_the_others(table: str) -> None:
    """Any row may leave, the first one too: what type a column has is said below the rows."""
    rows = text(table).partition("VALUES")[2].partition("\n),\n")[0]
    assert RULES[table].row in rows
    assert "::" not in rows


# -------------------------------------------------------------------------------------- no year, or none that uses it


@pytest.fixture
def rules(shared: Connection) -> Iterator[Connection]:
    """The database that tests share, without a year."""
    shared.rollback()
    yield shared
    shared.rollback()


@every
def test_a_row_that_leaves_its_file_leaves_the_table(rules: Connection, table: str) -> None:
    before = content(rules, table)
    apply_rules(rules, without(text(table), RULES[table].row))
    assert count(rules, table, RULES[table].key) == 0
    assert len(content(rules, table)) == len(before) - 1
    apply_rules(rules, text(table))
    assert content(rules, table) == before


@users
def test_a_users_row_stays(rules: Connection, table: str) -> None:
    """Whatever the file does."""
    each = RULES[table]
    rules.execute(f"INSERT INTO {qualified(table)} {each.own}")
    own = content(rules, f"{table}")
    for sql in (text(table), without(text(table), each.row), text(table)):
        apply_rules(rules, sql)
        assert count(rules, table, each.own_key or "") == 1
    assert content(rules, table) == own


#: Of each table with users' rows: a row that the file has, as a user had it before
HAD = {
    "arbeidssokerstatus": "VALUES ('3', '34', 'FS', 'VIKARBLED', 'Mitt', 'Mitt')",
    "ytelse": "VALUES ('SA', 'Mitt')",
    "offisiell_statistikk": "(aargang, hoved, offisiell) VALUES (2001, '7', 1)",
    "hoved_koding": "(hovedarbstat, tiltak, hoved) VALUES ('FS', 'VIKARBLED', '4')",
}


@users
def test_a_users_row_that_a_later_file_brings_stays_the_users(rules: Connection, table: str) -> None:
    """As it is, also when the file takes it out again. Whoever wants the file's row deletes his own."""
    each = RULES[table]
    apply_rules(rules, without(text(table), each.row))
    rules.execute(f"INSERT INTO {qualified(table)} {HAD[table]}")
    own = content(rules, table)
    for sql in (text(table), without(text(table), each.row), text(table)):
        apply_rules(rules, sql)
        assert content(rules, table) == own
    rules.execute(f"DELETE FROM {qualified(table)} WHERE {each.key}")
    apply_rules(rules, text(table))
    assert count(rules, table, each.key) == 1
    assert content(rules, table) != own


@pytest.mark.parametrize(
    ("table", "change", "after"),
    [
        ("hoved_koding", "SET hoved = '4'", "tiltak = 'VIKARBLED' AND hoved = '4'"),
        ("hoved_koding", "SET gyldig_til = '2001-12-31'", "tiltak = 'VIKARBLED' AND gyldig_til = '2001-12-31'"),
        ("arbeidssokerstatus", "SET as_f = '39'", "tiltak = 'VIKARBLED' AND as_f = '39'"),
        ("ytelse", "SET kode = 'SX'", "kode = 'SX'"),
    ],
)
def test_a_row_that_a_user_has_changed_is_the_users(rules: Connection, table: str, change: str, after: str) -> None:
    """A row of hoved_koding, or the key of any: no upgrade takes it."""
    rules.execute(f"UPDATE {qualified(table)} {change} WHERE {RULES[table].key}")
    for sql in (text(table), without(text(table), RULES[table].row)):
        apply_rules(rules, sql)
        assert count(rules, table, after) == 1


@pytest.mark.parametrize("table", ["arbeidssokerstatus", "ytelse"])
def test_the_files_texts_come_back(rules: Connection, table: str) -> None:
    """Of the code lists' own rows; the rows of hoved_koding are the user's once he has changed them."""
    before = content(rules, table)
    column = "tekst" if table == "ytelse" else "fingruppe_tekst"
    rules.execute(f"UPDATE {qualified(table)} SET {column} = 'Mitt' WHERE {RULES[table].key}")
    apply_rules(rules, text(table))
    assert content(rules, table) == before


def test_imported_figures_are_the_users(rules: Connection) -> None:
    """Also for a year and group that the file has (docs/controls.md)."""
    rules.execute("UPDATE trygdfob.offisiell_statistikk SET offisiell = 5, kilde = 'nav.csv' WHERE aargang = 2001")
    own = content(rules, "offisiell_statistikk")
    apply_rules(rules, without(text("offisiell_statistikk"), RULES["offisiell_statistikk"].row))
    assert content(rules, "offisiell_statistikk") == own


# --------------------------------------------------------------------------------------------------- years that use it

FNR = ("15837010133", "01926510130", "15830410116")


def month(year: int, number: int) -> list[dict[str, str | None]]:
    """Two persons who are registered always: one in a measure, with a benefit; one whose henddato is from April 2001 to
    September the day after the extraction before, so that June to September 2001 are rejected with UI100."""
    days = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    day = f"{year % 100:02}{number:02}{days[number]:02}"
    since_last = str(days[number] - 1)
    group = None if (year, number) < (2002, 10) else "3"
    return [
        {"fnr": FNR[0], "as_stat": "FSVIKARBLEDSA", "dagdato": day, "ant_d_as": "", "as_gr": group, "mnd": str(number)},
        {"fnr": FNR[1], "as_stat": "HLIPID", "dagdato": day, "ant_d_as": since_last, "as_gr": group and "1",
         "mnd": str(number)},
    ]  # fmt: skip


def load_two_years(connection: Connection) -> None:
    database.prepare(connection, 1)
    register = Register(connection)
    for year in (2001, 2002):
        register.load_year(year, {number: month(year, number) for number in lasting.MONTHS})
    connection.commit()


@pytest.fixture(scope="module")
def two_years(postgresql_noproc: NoopExecutor) -> Iterator[Connection]:
    with own_database(postgresql_noproc, "regelrader") as connection:
        load_two_years(connection)
        yield connection


@pytest.fixture
def loaded(two_years: Connection) -> Iterator[Connection]:
    """Two years that use the rows of RULES; what a test does is rolled back."""
    two_years.rollback()
    yield two_years
    two_years.rollback()


@used
def test_a_row_that_loaded_years_use_stays(loaded: Connection, table: str) -> None:
    each = RULES[table]
    before = content(loaded, table)
    # A status may have been given without a record of F_ARBSOK, as here
    seen = f"(see {'registrering' if table == 'statuskode' else 'miniregister'}_tall)"
    with refused(table, f"{each.used_as} (2001, 2002). ", seen), loaded.transaction():
        apply_rules(loaded, without(text(table), each.row))
    assert content(loaded, table) == before
    # Not with its file's row, nor by hand
    with refused(table, f"{each.used_as} (2001, 2002)"), loaded.transaction():
        loaded.execute(f"DELETE FROM {qualified(table)} WHERE {each.key}")
    # The years that use it, not all of them
    loaded.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2002)")
    with refused(table, f"{each.used_as} (2001)"), loaded.transaction():
        apply_rules(loaded, without(text(table), each.row))
    loaded.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2001)")
    apply_rules(loaded, without(text(table), each.row))
    assert count(loaded, table, each.key) == 0


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        ("statuskode", "('FK040', ", "status = 'FK040'"),
        ("arbeidssokerstatus", "('3', '34', 'FS', 'SYSSLANG', ", "hovedarbstat = 'FS' AND tiltak = 'SYSSLANG'"),
        ("ytelse", "('VS', ", "kode = 'VS'"),
        ("hoved_koding", "('FS', 'SYSSLANG', ", "tiltak = 'SYSSLANG'"),
        ("offisiell_statistikk", "(2001, '1', ", "aargang = 2001 AND hoved = '1'"),
        ("dekning_regel", "('oversikt', 'dekning', ", "navn = 'dekning'"),
        ("kontroll", "('ny_kode', ", "kontroll = 'ny_kode'"),
    ],
)
def test_a_row_that_no_loaded_year_uses_leaves(loaded: Connection, table: str, row: str, key: str) -> None:
    """No record has it, or no record would be otherwise without it."""
    assert count(loaded, table, key) == 1
    apply_rules(loaded, without(text(table), row))
    assert count(loaded, table, key) == 0


def test_all_rows_that_cannot_leave_are_named(loaded: Connection) -> None:
    sql = without(without(without(text("ytelse"), "('SA', "), "('ID', "), "('VS', ")
    with refused("ID (2001, 2002); SA (2001, 2002)."), loaded.transaction():
        apply_rules(loaded, sql)
    # Of rows that other years use, the last year of all is the one to begin with
    with pytest.raises(psycopg.Error, match=r"FK030 \(2001\); UI100 \(2001, 2002\)") as caught:
        loaded.execute("DELETE FROM trygdfob.statuskode WHERE status IN ('FK030', 'UI100')")
    assert (caught.value.diag.message_hint or "").endswith("make unload-year YEAR=2002.")


def test_statuses_with_the_letter_of_weeks_are_found(loaded: Connection) -> None:
    loaded.execute(
        "UPDATE arbsok_lasting.registrering_tall SET status = 'YK101I' WHERE status = 'UI100' AND aargang = 2001"
    )
    with refused("YK101a (2001)"):
        loaded.execute("DELETE FROM trygdfob.statuskode WHERE status = 'YK101a'")


def test_a_users_row_may_go_though_years_use_it(loaded: Connection) -> None:
    """It is his; what it decided stands in the years that are loaded."""
    for table, key in (("ytelse", "kode = 'SA'"), ("hoved_koding", "tiltak = 'VIKARBLED'")):
        loaded.execute(f"ALTER TABLE {qualified(table)} DISABLE TRIGGER USER")
        loaded.execute(f"UPDATE {qualified(table)} SET fra_fil = false WHERE {key}")
        loaded.execute(f"ALTER TABLE {qualified(table)} ENABLE TRIGGER USER")
        loaded.execute(f"DELETE FROM {qualified(table)} WHERE {key}")
        assert count(loaded, table, key) == 0


def test_hoved_koding_is_used_where_it_decides(loaded: Connection) -> None:
    """In its period, and where what is left would give another main group."""

    def decide(key: str, years: str | None) -> None:
        with loaded.transaction(force_rollback=True):
            if years:
                with refused(f"({years})"):
                    loaded.execute(f"DELETE FROM trygdfob.hoved_koding WHERE {key}")
            else:
                loaded.execute(f"DELETE FROM trygdfob.hoved_koding WHERE {key}")

    def rewritten(change: str) -> None:
        loaded.execute("ALTER TABLE trygdfob.hoved_koding DISABLE TRIGGER rad_fra_fil")
        loaded.execute(f"UPDATE trygdfob.hoved_koding {change}")
        loaded.execute("ALTER TABLE trygdfob.hoved_koding ENABLE TRIGGER rad_fra_fil")

    measure, unemployed = "tiltak = 'VIKARBLED' AND fra_fil", "hovedarbstat = 'HL' AND fra_fil"
    decide(measure, "2001, 2002")
    decide(unemployed, "2001, 2002")  # any activity
    decide("hovedarbstat = 'AN' AND fra_fil", None)  # would be 7 without it too
    with loaded.transaction(force_rollback=True):  # another row says the same
        loaded.execute("INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, hoved) VALUES ('FS', '*', '3')")
        decide(measure, None)
        loaded.execute("UPDATE trygdfob.hoved_koding SET hoved = '4' WHERE tiltak = '*' AND hovedarbstat = 'FS'")
        decide(measure, "2001, 2002")
    with loaded.transaction(
        force_rollback=True
    ):  # of the rows that are left the activity's own comes first, the newest
        columns = "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, hoved) VALUES "
        loaded.execute(columns + "('FS', 'VIKARBLED', '1993-01-01', '3'), ('FS', '*', '1995-01-01', '4')")
        decide(measure, None)
        loaded.execute(columns + "('FS', 'VIKARBLED', '1994-01-01', '4')")
        decide(measure, "2001, 2002")
    with loaded.transaction(force_rollback=True):  # in one year only, from its first month to its last
        rewritten("SET gyldig_til = '2001-01-01' WHERE tiltak = 'VIKARBLED'")
        decide(measure, "2001")
        rewritten("SET gyldig_til = '2000-12-31' WHERE tiltak = 'VIKARBLED'")
        decide(measure, None)
        rewritten("SET gyldig_til = 'infinity', gyldig_fra = '2002-09-01' WHERE tiltak = 'VIKARBLED'")
        decide(measure, "2002")
        rewritten("SET gyldig_fra = '2002-09-02' WHERE tiltak = 'VIKARBLED'")
        decide(measure, None)
    with loaded.transaction(force_rollback=True):  # it came after the years were loaded: they have 3
        rewritten("SET hoved = '4' WHERE tiltak = 'VIKARBLED'")
        decide(measure, None)


def test_a_row_of_another_key_takes_over(loaded: Connection) -> None:
    """A changed key is a row that leaves and one that comes: the fine group of a code that stays is no loss."""
    moved = text("arbeidssokerstatus").replace("('3', '34', 'FS', 'VIKARBLED', ", "('3', '36', 'FS', 'VIKARBLED', ")
    apply_rules(loaded, moved)
    assert count(loaded, "arbeidssokerstatus", "tiltak = 'VIKARBLED' AND as_f = '36' AND fra_fil") == 1
    renamed = moved.replace("('3', '36', 'FS', 'VIKARBLED', ", "('3', '36', 'FS', 'VIKAR', ")
    with refused("3 36 FS VIKARBLED (2001, 2002)"), loaded.transaction():
        apply_rules(loaded, renamed)
    # A row of another main group says as much where as_gr was not delivered, and not where it was
    loaded.execute("INSERT INTO trygdfob.arbeidssokerstatus VALUES ('7', '10', 'FS', 'VIKARBLED', 'Mitt', 'Mitt')")
    with refused("3 36 FS VIKARBLED (2002)"):
        apply_rules(loaded, renamed)


def test_a_code_of_another_main_group_is_not_used(loaded: Connection) -> None:
    """Where as_gr was delivered the row is about a record of that group only."""
    loaded.execute(
        "UPDATE arbsok_lasting.miniregister_tall SET as_gr = '3' WHERE aargang = 2002 AND hovedarbstat = 'FS'"
    )
    loaded.execute("ALTER TABLE trygdfob.arbeidssokerstatus DISABLE TRIGGER rad_fra_fil")
    loaded.execute("UPDATE trygdfob.arbeidssokerstatus SET as_gr = '7' WHERE as_gr = '3' AND tiltak = 'VIKARBLED'")
    with refused("7 34 FS VIKARBLED (2001)"):
        loaded.execute("DELETE FROM trygdfob.arbeidssokerstatus WHERE as_gr = '7' AND tiltak = 'VIKARBLED'")


def test_years_without_sums_are_not_guessed_about(loaded: Connection) -> None:
    """Loaded before 0003, and this upgrade has not yet come to their sums."""
    for table in ("registrering_tall", "miniregister_tall"):
        with loaded.transaction(force_rollback=True):
            loaded.execute(f"DELETE FROM {qualified(table)} WHERE aargang = 2001")
            with refused("nobody knows yet whether 2001 use them"):
                apply_rules(loaded, without(text("ytelse"), "('VS', "))


# ---------------------------------------------------------------------------------- order, and whether it can fire


@pytest.mark.parametrize(
    ("table", "first", "second"), [("statuskode", "UI011", "UK100"), ("kontroll", "tomdato", "asoktom")]
)
def test_rows_change_places(rules: Connection, table: str, first: str, second: str) -> None:
    """Also where all are renumbered: each order is another row's until the statement is done."""
    given = orders(text(table))
    swapped = {first: given[second], second: given[first]}
    backwards = dict(zip(given, reversed(given.values()), strict=True))
    key = "status" if table == "statuskode" else "kontroll"
    for new in (swapped, backwards, given):
        sql = reordered(text(table), new)
        rules.execute(sql)
        found = dict(rules.execute(f"SELECT {key}, rekkefolge FROM {qualified(table)}").fetchall())
        assert found == {**given, **new}
        # Checked by now: a table with checks to come could not be handed over to its owner
        rules.execute(f"ALTER TABLE {qualified(table)} OWNER TO CURRENT_USER")


NEW = (
    "    ('UI102', 205, 'uten_opphold', 'endret_dagen_etter_fdagdato', true, false, NULL, NULL, NULL,\n"
    "     'vrak', NULL, NULL, NULL, 'vraket', 'En ny.')"
)


def test_a_status_code_comes_and_goes(rules: Connection) -> None:
    """In between, with its successors renumbered: going back needs the orders that it had taken."""
    before = content(rules, "statuskode"), content(rules, "statusvalg")
    given = orders(text("statuskode"))
    with_new = changed(text("statuskode"), lambda rows: [*rows, NEW.replace("205", "210")])
    pushed = {key: order + 10 for key, order in given.items() if order >= 210}
    apply_rules(rules, reordered(with_new, pushed))
    assert count(rules, "statusvalg", "status = 'UI102'") == 1
    apply_rules(rules, text("statuskode"))
    assert (content(rules, "statuskode"), content(rules, "statusvalg")) == before


@pytest.mark.parametrize(
    ("why", "row"),
    [
        ("an earlier row answers", NEW.replace("'endret_dagen_etter_fdagdato', true", "'uendret', true")),
        ("nothing changed, and yet something did", NEW.replace("true, false, NULL", "true, false, 3")),
        ("no such presence", NEW.replace("'uten_opphold'", "'uten_opphald'")),
        ("group 5 in a running spell is no fact", NEW.replace("NULL, NULL, NULL,\n", "NULL, NULL, '5',\n", 1)),
        ("the series has no month 5 of its own", NEW.replace("NULL, NULL, NULL,\n", "NULL, '[5,5]', NULL,\n", 1)),
    ],
)
def test_a_status_code_that_can_never_fire_is_refused(rules: Connection, why: str, row: str) -> None:
    assert row != NEW
    sql = changed(text("statuskode"), lambda rows: [*rows, row])
    with refused("No record can ever get the status code UI102"):
        apply_rules(rules, sql)


def test_a_status_code_that_another_shadows_is_refused(rules: Connection) -> None:
    """Moved before FK020, FK070 takes all that is in the first month and after the extraction before: FK040 is dead."""
    with refused("FK040"):
        apply_rules(rules, reordered(text("statuskode"), {"FK070": 5}))


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ("'vrak', NULL, NULL, NULL, 'vraket'", "'endring', NULL, NULL, '2', 'konsistent'"),  # a record without a date
        ("'vrak', NULL, NULL, NULL, 'vraket'", "'ingen', NULL, 'henddato', NULL, 'konsistent'"),
        ("'vrak', NULL, NULL, NULL, 'vraket'", "'avgang_tilgang', NULL, 'henddato', NULL, 'konsistent'"),
        ("'vrak', NULL, NULL, NULL, 'vraket'", "'tilgang', 'fdagdato', 'henddato', '1', 'konsistent'"),
    ],
)
def test_a_status_code_that_is_dated_as_its_handling_is_not_is_refused(rules: Connection, row: str, other: str) -> None:
    with refused("The status code UI100 has dates that its handling does not need, or lacks one"):
        apply_rules(rules, text("statuskode").replace(row, other, 1))


def test_what_a_handling_does_must_be_there(rules: Connection) -> None:
    """A handling that status codes have does not leave; nor is there a code with one that nobody knows."""
    apply_rules(rules, without(text("handling"), RULES["handling"].row))
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="statuskode"):
        rules.execute(text("statuskode").encode())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "('UI0017', ",
            "in 1 of the combinations of facts; the first one: individ uten_opphold, henddato_klasse uendret, "
            "hoved_endret false, arbstat_sum 7.",
        ),
        (
            "('NK070', ",
            "in 16 of the combinations of facts; the first one: individ avsluttet, seriemaaned 0, hoved_5 false, "
            "etter_start false, etter_fdagdato true.",
        ),
    ],
)
def test_facts_without_a_status_are_refused(rules: Connection, row: str, words: str) -> None:
    with refused(words):
        apply_rules(rules, without(text("statuskode"), row))


# ------------------------------------------------------------------------------------------------------------ upgrades


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Writes a rules file anew, in a copy of sql/objects that the program takes for its own."""
    folder = tmp_path / "objects"
    shutil.copytree(objects.DIRECTORY, folder)
    places = {table: folder / file.relative_to(objects.DIRECTORY) for table, file in FILES.items()}
    monkeypatch.setattr(objects, "DIRECTORY", folder)
    monkeypatch.setattr(objects, "digest", objects.digest.__wrapped__)

    def write(table: str, sql: str) -> None:
        places[table].write_text(sql, encoding="utf-8")

    return write


Edit = Callable[[str, str], None]


@pytest.fixture
def years(postgresql: Connection) -> Connection:
    """A database of the test's own with the two years."""
    load_two_years(postgresql)
    return postgresql


def gone(connection: Connection) -> dict[str, int]:
    """How many of the rows to be taken out each table still has."""
    found = {table: count(connection, table, rules.key) for table, rules in RULES.items()}
    connection.rollback()
    return found


def test_an_upgrade_refuses_with_a_sentence(years: Connection, edit: Edit) -> None:
    """And changes nothing, of what else is new either."""
    before = fingerprint(years)
    years.rollback()
    edit("kontroll", without(text("kontroll"), RULES["kontroll"].row))
    edit("ytelse", without(text("ytelse"), RULES["ytelse"].row))
    with pytest.raises(UserError) as caught:
        installation.upgrade(address(years))
    assert str(caught.value) == (
        "Rows of ytelse that loaded years use cannot leave: SA (2001, 2002). Registrations have it, also from before "
        "the series' start (see miniregister_tall). Leave them in (put them back into their "
        "file, sql/objects/arbsok/regler), or unload these years first, the last one first:"
        " make unload-year YEAR=2002. "
        "Nothing was changed."
    )
    assert fingerprint(years) == before


def by_program(connection: Connection) -> None:
    installation.upgrade(address(connection))


def by_script(connection: Connection) -> None:
    """Made without the database, whatever is in it."""
    script = here(settings.ROOT, "upgrade", f"{installation.newest_revision()}:head", "--sql")
    psql = str(server.binary("psql"))
    done = run(psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address(connection), to=None, input=script, check=False)
    if done.returncode:
        raise UserError(done.stderr)


Upgrade = Callable[[Connection], None]
both_ways = pytest.mark.parametrize("upgrade", [by_program, by_script])


@both_ways
def test_rows_leave_in_an_upgrade_and_come_back(postgresql: Connection, edit: Edit, upgrade: Upgrade) -> None:
    before = fingerprint(postgresql, without=("lagt_inn", "digest"))
    postgresql.rollback()
    stays = {"handling": 1}  # since status codes have it: test_what_a_handling_does_must_be_there
    for table in RULES.keys() - stays:
        edit(table, without(text(table), RULES[table].row))
    for _ in range(2):  # the second has nothing to take out
        upgrade(postgresql)
        assert gone(postgresql) == dict.fromkeys(RULES, 0) | stays
    for table in RULES:
        edit(table, text(table))
    upgrade(postgresql)
    assert fingerprint(postgresql, without=("lagt_inn", "digest")) == before


@both_ways
def test_an_upgrade_with_years_refuses_or_takes_out(years: Connection, edit: Edit, upgrade: Upgrade) -> None:
    edit("hoved_koding", without(text("hoved_koding"), RULES["hoved_koding"].row))
    with pytest.raises(UserError, match=r"cannot leave: FS VIKARBLED 1992-01-01 \(2001, 2002\)"):
        upgrade(years)
    assert set(gone(years).values()) == {1}
    for year in (2002, 2001):
        lasting.unload_year(years, year)
    years.commit()
    upgrade(years)
    assert gone(years)["hoved_koding"] == 0


@both_ways
def test_renumbered_tables_can_be_handed_over(postgresql: Connection, edit: Edit, upgrade: Upgrade) -> None:
    """In the upgrade's one transaction: a table with checks to come cannot get another owner (tilgang)."""
    given = orders(text("statuskode"))
    for table in ("statuskode", "kontroll"):
        postgresql.execute(f"ALTER TABLE {qualified(table)} OWNER TO CURRENT_USER")
        postgresql.execute(f"UPDATE {qualified(table)} SET rekkefolge = 100001 - rekkefolge")
    # Filled with the rights of whose it is
    postgresql.execute("ALTER MATERIALIZED VIEW arbsok_lasting.statusvalg OWNER TO CURRENT_USER")
    postgresql.execute("ALTER VIEW arbsok_lasting.statusvalg_utledet OWNER TO CURRENT_USER")
    postgresql.commit()
    edit("statuskode", without(text("statuskode"), RULES["statuskode"].row))
    upgrade(postgresql)
    found = dict(postgresql.execute("SELECT status, rekkefolge FROM trygdfob.statuskode").fetchall())
    assert found == {status: order for status, order in given.items() if status != "UI100"}


def test_a_control_that_is_taken_out_says_nothing_more(years: Connection, edit: Edit) -> None:
    """Neither `check` nor kontrollstatus, which report shows; what it once found can be read for ever."""
    name = "borte_og_tilbake"
    kept = "SELECT count(*) FROM kontroll.kontrollresultat WHERE kontroll = %s"
    shown = "SELECT array_agg(DISTINCT kontroll) FROM kontroll.kontrollstatus"
    assert database.scalar(years, kept, name) == 2
    assert name in database.scalar(years, shown)
    years.rollback()
    edit("kontroll", without(text("kontroll"), RULES["kontroll"].row))
    installation.upgrade(address(years))
    assert name not in database.scalar(years, shown)
    controls = {each.control for each in kontroll.check(years, 2001, "check")}
    assert controls == {key for key in orders(text("kontroll")) if key != name}
    assert name not in database.scalar(years, shown)
    assert database.scalar(years, kept, name) == 2


# ------------------------------------------------------------------------------------------------ from older revisions

#: What users had put in and changed there
OLD_ROWS = """
INSERT INTO trygdfob.arbeidssokerstatus VALUES ('3', '32', 'FS', 'ÅÅ', 'Ordinære tiltaksdeltakere', 'Mitt');
INSERT INTO trygdfob.ytelse VALUES ('ÅÅ', 'Mitt');
INSERT INTO trygdfob.hoved_koding VALUES ('FS', 'ÅÅ', '2001-01-01', '2002-09-30', '3');
UPDATE trygdfob.hoved_koding SET hoved = '3' WHERE tiltak = 'SK';
INSERT INTO trygdfob.offisiell_statistikk (aargang, hoved, offisiell) VALUES (2006, '1', 62000);
"""


@pytest.mark.parametrize("revision", ["0001", "0003", "0004", "0007"])
def test_rows_of_older_revisions_are_the_files_or_the_users(
    postgresql: Connection, empty: Connection, edit: Edit, revision: str
) -> None:
    """Those that the released files had leave with the file, from every revision; all others are the users'."""
    before = {table: content(postgresql, table) for table in RULES}
    here(settings.ROOT, "upgrade", revision, to=address(empty))
    for table in ("statuskode", "arbeidssokerstatus", "ytelse", "offisiell_statistikk", "hoved_koding"):
        columns = ", ".join(
            name
            for (name,) in empty.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [f"{qualified(table)}"]
            )
        )
        query = f"SELECT {columns} FROM {qualified(table)}"
        with (
            postgresql.cursor().copy(f"COPY ({query}) TO STDOUT") as rows,
            empty.cursor().copy(f"COPY {qualified(table)} ({columns}) FROM STDIN") as into,
        ):
            for block in rows:
                into.write(block)
    empty.execute(OLD_ROWS)
    empty.commit()
    for table in ("arbeidssokerstatus", "ytelse", "offisiell_statistikk", "hoved_koding"):
        edit(table, without(text(table), RULES[table].row))
    edit("hoved_koding", without(without(text("hoved_koding"), RULES["hoved_koding"].row), "('FS', 'SK', "))
    installation.upgrade(address(empty))
    for table, rules in RULES.items():
        if rules.own_key:
            assert count(empty, table, rules.key) == 0
            assert count(empty, table, rules.own_key) == 1
    assert count(empty, "hoved_koding", "tiltak = 'SK' AND hoved = '3' AND NOT fra_fil") == 1
    assert count(empty, "offisiell_statistikk", "aargang = 2006 AND kilde = 'satt inn for hånd'") == 1
    for table in ("arbeidssokerstatus", "ytelse"):
        assert count(empty, table, "NOT fra_fil") == 1
        assert count(empty, table, "fra_fil") == len(before[table]) - 1
    assert count(empty, "hoved_koding", "fra_fil") == len(before["hoved_koding"]) - 2
