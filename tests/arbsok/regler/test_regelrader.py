"""Rows of rules: a row that leaves its file leaves the database, unless loaded years use it; users' own rows stay.

The files are those of sql/objects that fill a table. Most tests apply one file again, changed, as an upgrade does;
those of test_regelrader_oppgradert.py upgrade.
"""

from collections.abc import Iterator

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from conftest import own_database, qualified
from rule_files import (
    FILES,
    RULES,
    Connection,
    apply_rules,
    changed,
    content,
    count,
    every,
    load_two_years,
    orders,
    refused,
    reordered,
    text,
    used,
    users,
    without,
)


def test_every_rules_file_is_tested_here() -> None:
    assert FILES.keys() == RULES.keys()


def test_every_table_with_rows_of_a_file_has_its_file(postgresql: Connection) -> None:
    """A file that is removed takes no rows along: its table goes in a migration (sql/README.md)."""
    marked = postgresql.execute(
        "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'fra_fil'"
    ).fetchall()
    assert {f"{qualified(table)}" for table in RULES} >= {table for (table,) in marked} > set()


@pytest.mark.parametrize("table", [table for table in FILES if "rekkefolge" in text(table) and orders(text(table))])
def test_orders_go_in_steps_of_ten(table: str) -> None:
    """But for a row that has found room between two others; in the file they stand in their order."""
    given = [*orders(text(table)).values()]
    assert given == sorted(set(given))
    assert len([order for order in given if order % 10 == 0]) > len(given) * 2 / 3


def test_ordered_files() -> None:
    assert {table for table in FILES if orders(text(table))} >= {"statuskode", "kontroll"}


@every
def test_no_row_carries_a_type_for_the_others(table: str) -> None:
    """Any row may leave, the first one too: what type a column has is said below the rows."""
    rows = text(table).partition("VALUES")[2].partition("\n),\n")[0]
    assert RULES[table].row in rows
    assert "::" not in rows


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
    "gruppering": "(gruppering, kjennemerke, tekst) VALUES ('bosatt', 'bosatt', 'Mitt')",
    "klasse": "(gruppering, kode, rekkefolge, tekst, i_alt) VALUES ('bosatt', '0', 20, 'Mitt', true)",
    "pakke": "(pakke, tittel, metode, terskel, minste_rettelse, finnes_eksakt)"
    " VALUES ('arbeidssokere', 'Mitt', 'avrunding', 3, 20, true)",
    "pakke_lag": "(pakke, lag, hoved, tekst) VALUES ('arbeidssokere', 'andre', '{2}', 'Mitt')",
    "pakke_base": "(pakke, lag, gruppering) VALUES ('arbeidssokere', 'andre', 'bosatt')",
    "tabell": "(tabell, rekkefolge, pakke, maal, lag, tittel, enhet, kontakt, gyldig_fra)"
    " VALUES ('ikke_bosatte_snitt', 160, 'arbeidssokere', 'beholdning', '{andre}', 'Mitt', 'Personer', 'x', now())",
    "dimensjon": "(tabell, plass, gruppering, tekst) VALUES ('ikke_bosatte', 1, 'kjonn', 'Mitt')",
    "note": "(note, rekkefolge, tekst) VALUES ('varighet_kjent', 50, 'Mitt')",
    "koderetting": "(kodeliste, fra_kode, til_kode) VALUES ('kommune', '2131', '0301')",
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
