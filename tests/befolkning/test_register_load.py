"""A population register is loaded whole or not at all: what refuses it, what sets a number aside, what is told."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from fdtrygd import befolkning, cli
from fdtrygd.befolkning.findings import FOUND, of_register
from fdtrygd.befolkning.folder import look
from fdtrygd.errors import UserError
from fdtrygd.screen import thousands
from typer.testing import CliRunner

from conftest import address
from loaded import Held, made, name_of
from logins import address_as
from population import CHANGES, FYLKER, KOMMUNER, Population

Connection = psycopg.Connection[Any]

#: Eleven digits that occur in no sentence
A, B, C, D = "15837010133", "01926510130", "15830410116", "01410100000"


def small() -> Population:
    """A register that nothing is wrong with."""
    return Population(
        person=[(A, "1", "1970-03-15"), (B, "1", "1965-12-01"), (C, "1", "1904-03-15")],
        bosted=[(A, "1990-01-01", "2002-03-31", "0301"), (A, "2002-04-01", "", "0101"), (B, "1994-01-01", "", "0718")],
        status=[(A, "1990-01-01", "", "bosatt"), (B, "1994-01-01", "2003-01-31", "1"), (B, "2003-02-01", "", "dod")],
        identitet=[(D, A, "2001-05-01")],
    )


@pytest.fixture(scope="module")
def original_register(three_years: str) -> Iterator[Connection]:
    """Three years with a register, for this module."""
    with made(three_years, f"{name_of(three_years)}_folkeregister", name_of(three_years)) as connection:
        yield connection


@pytest.fixture
def years(original_register: Connection) -> Iterator[Connection]:
    """Those years; what a test does to them is undone."""
    with original_register.transaction(force_rollback=True):
        yield original_register


#: What is found in a register that nothing is remarkable in
NOTHING = dict.fromkeys(FOUND, 0)
#: Where it is called otherwise than its file
TABLES = {"person": "befolkning.folkeregisterperson"}


def everything(connection: Connection) -> dict[str, list[Any]]:
    """The register's rows."""
    tables = (
        "person", "bosted", "status", "personlenke", "satt_til_side", "kommune", "fylke", "kommune_endring",
        "folkeregisterversjon",
    )  # fmt: skip
    return {
        name: connection.execute(
            f"SELECT t::text FROM {TABLES.get(name, f'befolkning.{name}')} AS t ORDER BY 1"
        ).fetchall()
        for name in tables
    }


# What is in it


def test_a_register_is_what_its_files_say(years: Connection, tmp_path: Path) -> None:
    done = befolkning.load(years, small().write(tmp_path / "r"))
    rows = {name: [fields_of(row) for (row,) in found] for name, found in everything(years).items()}
    assert rows["person"] == [(B, "1", "1965-12-01"), (C, "1", "1904-03-15"), (A, "1", "1970-03-15")]
    assert rows["bosted"] == [
        (B, "1994-01-01", "", "0718"), (A, "1990-01-01", "2002-03-31", "0301"), (A, "2002-04-01", "", "0101"),
    ]  # fmt: skip
    assert rows["status"] == [
        (B, "1994-01-01", "2003-01-31", "bosatt"), (B, "2003-02-01", "", "dod"), (A, "1990-01-01", "", "bosatt"),
    ]  # fmt: skip
    assert rows["personlenke"] == [(D, A, "2001-05-01"), (A, A, "")]
    assert rows["satt_til_side"] == []
    # validTo is the first day on which a code is no longer in force; 9999 and 99 are nobody's area
    assert [row[:3] for row in rows["kommune"]] == sorted(
        (code, begins, str(date.fromisoformat(ends) - timedelta(1)) if ends else "")
        for code, _, begins, ends, _ in KOMMUNER
        if code != "9999"
    )
    assert len(rows["fylke"]) == len(FYLKER) - 1
    assert len(rows["kommune_endring"]) == len(CHANGES)
    assert done.counts == {
        "personer": 3, "bosteder": 3, "statuser": 3, "numre_med_lenke": 2, "motsagte": 0, "satt_til_side": {},
        "funn": NOTHING,
    }  # fmt: skip
    assert done.warnings == []


@pytest.mark.parametrize(
    ("day", "fylker"),
    [("1972-01-01", 19), ("2005-12-31", 19), ("2018-01-01", 18), ("2020-01-01", 11), ("2024-01-01", 15)],
)
def test_norways_fylker_come_with_the_product(years: Connection, tmp_path: Path, day: str, fylker: int) -> None:
    folder = small().write(tmp_path / "r")
    (folder / "fylke.csv").unlink()
    version = befolkning.load(years, folder).version
    (found,) = years.execute(
        "SELECT count(*) FROM befolkning.fylke WHERE gyldig_fra <= %s AND (gyldig_til >= %s OR gyldig_til IS NULL)",
        [day, day],
    ).fetchall()
    assert found == (fylker,)
    (kept,) = years.execute(
        "SELECT filer #>> '{fylke,fil}' FROM befolkning.folkeregisterversjon WHERE folkeregisterversjon = %s", [version]
    ).fetchall()
    assert kept == ("fylke.csv of the product",)


def test_lists_as_klass_gives_them(years: Connection, tmp_path: Path) -> None:
    """Semicolons, quotation marks, Latin-1, columns that nobody asked for, and the days in those of the range."""
    befolkning.load(years, small().write(tmp_path / "own"))
    lists = ("kommune", "fylke", "kommune_endring")
    before = everything(years)
    folder = small().write(tmp_path / "klass")
    codes = '"code";"parentCode";"level";"name";"shortName";"validFrom";"validTo";"validFromInRequestedRange";"notes"'
    for name, rows in (("kommune", KOMMUNER), ("fylke", FYLKER)):
        text = [f'{codes};"validToInRequestedRange"']
        text += [f'"{row[0]}";"{"".join(row[4:])}";"1";"{row[1]}";"";"";"";"{row[2]}";"";"{row[3]}"' for row in rows]
        (folder / f"{name}.csv").write_bytes("\r\n".join(text).replace("áš", "as").encode("latin-1"))
    text = ['"oldCode";"oldName";"oldShortName";"newCode";"newName";"newShortName";"changeOccurred"']
    text += [f'"{old}";"";"";"{new}";"";"";"{day}"' for old, new, day in CHANGES]
    (folder / "kommune_endring.csv").write_bytes("\r\n".join(text).encode("latin-1"))
    befolkning.load(years, folder)
    after = everything(years)
    assert [row[0].replace("áš", "as") for row in before["kommune"]] == [row[0] for row in after["kommune"]]
    for name in lists[1:]:
        assert after[name] == before[name], name


def fields_of(text: str) -> tuple[str, ...]:
    """The fields of a row as PostgreSQL writes it; none has a comma."""
    return tuple(text.strip("()").split(","))


def test_what_the_version_keeps(years: Connection, tmp_path: Path) -> None:
    """Files with checksums, who, with what; a later register takes the rows' place, and the version stays."""
    first = befolkning.load(years, small().write(tmp_path / "one"))
    second = befolkning.load(years, small().write(tmp_path / "two", valid_to=date(2005, 1, 1)))
    versions = years.execute(
        "SELECT folkeregisterversjon, gjelder_til, syntetisk, bruker = session_user, filer -> 'person'"
        " FROM befolkning.folkeregisterversjon ORDER BY 1"
    ).fetchall()
    assert [row[:4] for row in versions] == [
        (first.version, date(2004, 6, 30), True, True),
        (second.version, date(2005, 1, 1), True, True),
    ]
    file = tmp_path / "one" / "person.csv"
    kept = versions[0][4]
    assert (kept["fil"], kept["bytes"], kept["rader"]) == ("person.csv", file.stat().st_size, 3)
    assert re.fullmatch("[0-9a-f]{64}", kept["sha256"])
    assert years.execute("SELECT count(*) FROM befolkning.folkeregisterperson").fetchone() == (3,)


def test_parquet_gives_the_same(years: Connection, tmp_path: Path) -> None:
    """Days as dates, and columns that nobody asked for."""
    befolkning.load(years, small().write(tmp_path / "csv"))
    before = {name: rows for name, rows in everything(years).items() if name != "folkeregisterversjon"}
    folder = small().write(tmp_path / "parquet")
    for name in ("person", "bosted", "status", "identitet"):
        text = {column: pa.string() for column in ("fnr", "fnr_gjeldende", "kjonn", "kommune", "regstatus")}
        table = pyarrow.csv.read_csv(
            folder / f"{name}.csv", convert_options=pyarrow.csv.ConvertOptions(column_types=text)
        )
        names = pa.array([None] * len(table), pa.string())
        pq.write_table(table.append_column("navn", names), folder / f"{name}.parquet")
        (folder / f"{name}.csv").unlink()
    befolkning.load(years, folder)
    after = {name: rows for name, rows in everything(years).items() if name != "folkeregisterversjon"}
    assert after == before


def test_without_identitet_and_with_other_columns(years: Connection, tmp_path: Path) -> None:
    register = small()
    register.identitet = []
    folder = register.write(tmp_path / "r")
    text = (folder / "person.csv").read_text()
    (folder / "person.csv").write_text("\n".join(f"x;{line.replace(',', ';')}" for line in text.splitlines()))
    done = befolkning.load(years, folder)
    assert (done.counts["personer"], done.counts["numre_med_lenke"]) == (3, 0)
    assert done.warnings == ["There is no file identitet: no numbers are linked, and whoever has two counts twice."]


# What differs without being wrong


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda r: r.person.__setitem__(0, (A, "2", "1970-03-15")), {"nummer_kjonn": 1}),
        (lambda r: r.person.__setitem__(0, (A, "1", "1970-03-16")), {"nummer_fodselsdato": 1}),
        (lambda r: r.person.__setitem__(0, (A, "1", "1970-04-15")), {"nummer_fodselsdato": 1}),
        (lambda r: r.person.__setitem__(0, (A, "1", "1971-03-15")), {"nummer_fodselsdato": 1}),
        (lambda r: r.identitet.append((C, A, "")), {"lenket_ulik": 1}),
        (lambda r: r.identitet.append((B, A, "")), {"lenket_ulik": 1}),
    ],
)
def test_a_difference_is_a_finding(
    years: Connection, tmp_path: Path, change: Callable[[Population], None], found: dict[str, int]
) -> None:
    register = small()
    change(register)
    done = befolkning.load(years, register.write(tmp_path / "r"))
    assert done.counts["funn"] == NOTHING | found


# What can be loaded, and cannot be true


def test_rows_of_numbers_that_are_not_in_person(years: Connection, tmp_path: Path) -> None:
    """A file of persons that was cut short, and those of residences and statuses that were not."""
    register = small()
    del register.person[:1]
    done = befolkning.load(years, register.write(tmp_path / "r"))
    assert done.counts["funn"] == NOTHING | {"bosted_uten_person": 2, "status_uten_person": 1}
    assert done.warnings == [
        "2 residences are of numbers that are not in person.",
        "1 record of status is of a number that is not in person.",
    ]
    found = years.execute(
        "SELECT funn, antall, av FROM befolkning.registerfunn WHERE mnddato IS NULL AND antall > 0 ORDER BY 1"
    ).fetchall()
    assert found == [("bosted_uten_person", 2, 3), ("status_uten_person", 1, 3)]


def test_who_is_set_aside_leaves_no_rows_of_nobody(years: Connection, tmp_path: Path) -> None:
    register = small()
    register.person.append(register.person[0])
    done = befolkning.load(years, register.write(tmp_path / "r"))
    assert done.counts["motsagte"] == 1
    assert done.warnings == []


@pytest.mark.parametrize(("days", "said"), [(0, False), (1, True)])
def test_a_register_does_not_know_tomorrow(years: Connection, tmp_path: Path, days: int, said: bool) -> None:
    day = date.today() + timedelta(days)
    done = befolkning.load(years, small().write(tmp_path / "r", valid_to=day))
    sentence = f"gjelder_til is {day}, and nobody knows that day yet: write the last day that is known."
    assert done.warnings == [sentence] * said


@pytest.mark.parametrize(("name", "words"), [("personer", "persons"), ("bosteder", "residences")])
def test_far_fewer_than_the_version_before(years: Connection, tmp_path: Path, name: str, words: str) -> None:
    """More than five per cent fewer, and at least five; what a still older version had does not matter."""
    folder = small().write(tmp_path / "r")
    older, before, now = (befolkning.load(years, folder) for _ in range(3))
    for then, count, said in ((100, 95, False), (100, 94, True), (10, 6, False), (10, 5, True), (5, 100, False)):
        for version, number in ((older.version, 1000), (before.version, then), (now.version, count)):
            years.execute(
                "UPDATE befolkning.folkeregisterversjon SET tall = tall || jsonb_build_object(%s::text, %s::integer)"
                " WHERE folkeregisterversjon = %s",
                [name, number, version],
            )
        sentence = f"{count} {words}, where version {before.version} had {then}: is a file cut short?"
        assert of_register(years, now.version, now.counts, look(folder)) == [sentence] * said


# What sets a number aside

Change = Callable[[Population], None]
ASIDE: dict[str, tuple[Change, set[tuple[str, str, str, int]]]] = {
    "a person twice": (
        lambda r: r.person.append((A, "1", "1970-03-15")),
        {(A, "person_to_ganger", "person", 5)},
    ),
    "a number that was given up, twice": (
        lambda r: r.person.extend([(D, "1", "1980-01-01"), (D, "1", "1981-01-01")]),
        {(D, "person_to_ganger", "person", 6)},
    ),
    "residences that overlap by a day": (
        lambda r: r.bosted.__setitem__(0, (A, "1990-01-01", "2002-04-01", "0301")),
        {(A, "bosted_overlapper", "bosted", 3)},
    ),
    "a residence within an open one": (
        lambda r: r.bosted.append((B, "1999-01-01", "1999-12-31", "0301")),
        {(B, "bosted_overlapper", "bosted", 5)},
    ),
    "two residences of one day": (
        lambda r: r.bosted.append((B, "1994-01-01", "", "0301")),
        {(B, "bosted_overlapper", "bosted", 5)},
    ),
    "a residence that ends before it begins": (
        lambda r: r.bosted.__setitem__(0, (A, "1990-01-02", "1990-01-01", "0301")),
        {(A, "slutt_foer_start", "bosted", 2)},
    ),
    "a residence after death": (
        lambda r: r.bosted.__setitem__(2, (B, "2003-02-02", "", "0716")),
        {(B, "bosted_etter_dod", "bosted", 4)},
    ),
    "statuses that overlap": (
        lambda r: r.status.append((A, "2001-01-01", "", "utvandret")),
        {(A, "status_overlapper", "status", 5)},
    ),
    "a status that ends before it begins": (
        lambda r: r.status.__setitem__(0, (A, "1990-01-02", "1990-01-01", "bosatt")),
        {(A, "slutt_foer_start", "status", 2)},
    ),
    "a status after death": (
        lambda r: r.status.append((B, "2004-01-01", "", "bosatt")),
        {(B, "status_etter_dod", "status", 5)},
    ),
    "a kommune the day after it ended": (
        lambda r: r.bosted.__setitem__(2, (B, "2002-01-01", "", "0718")),
        {(B, "kommune_ikke_i_kraft", "bosted", 4)},
    ),
    "a kommune the day before it began": (
        lambda r: r.bosted.__setitem__(2, (B, "2002-06-30", "", "1806")),
        {(B, "kommune_ikke_i_kraft", "bosted", 4)},
    ),
    "a kommune after it ended, where somebody lived rightly": (
        lambda r: r.bosted.__setitem__(1, (A, "2002-04-01", "", "0718")),
        {(A, "kommune_ikke_i_kraft", "bosted", 3)},
    ),
    "a kommune before it began, where somebody lives rightly": (
        lambda r: r.bosted.__setitem__(slice(1, 3), [(A, "2002-07-01", "", "1806"), (B, "2002-06-30", "", "1806")]),
        {(B, "kommune_ikke_i_kraft", "bosted", 4)},
    ),
    "two current numbers": (
        lambda r: r.identitet.append((D, B, "")),
        {(fnr, "to_gjeldende", "identitet", 3) for fnr in (A, B, D)},
    ),
    "numbers in a circle, and one that leads there": (
        lambda r: r.identitet.extend([(A, D, ""), (C, D, "")]),
        {(fnr, "sirkel", "identitet", 2) for fnr in (A, C, D)},
    ),
}
#: As near to a contradiction as can be.
NOT_ASIDE: dict[str, Change] = {
    "residences that meet": lambda r: None,
    "a residence of one day": lambda r: r.bosted.__setitem__(2, (B, "1994-01-01", "1994-01-01", "0718")),
    "a residence that begins on the day of death": lambda r: r.bosted.__setitem__(2, (B, "2003-02-01", "", "0716")),
    "a residence that goes on after death": lambda r: None,
    "a kommune on its last day": lambda r: r.bosted.__setitem__(2, (B, "2001-12-31", "", "0718")),
    "a kommune on its first day": lambda r: r.bosted.__setitem__(2, (B, "2002-07-01", "", "1806")),
    "a residence from before the lists": lambda r: r.bosted.__setitem__(2, (B, "1951-01-01", "", "0718")),
    "a code from before the lists": lambda r: r.bosted.append((C, "1951-01-01", "1993-12-31", "0401")),
    "the same link twice": lambda r: r.identitet.append((D, A, "2001-06-01")),
    "a number that leads to itself": lambda r: r.identitet.append((A, A, "")),
}


@pytest.mark.parametrize("case", ASIDE)
def test_who_contradicts_himself_is_set_aside(years: Connection, tmp_path: Path, case: str) -> None:
    """With the reason, file and line; nothing of the number is in the register, and the others are."""
    change, expected = ASIDE[case]
    register = small()
    change(register)
    done = befolkning.load(years, register.write(tmp_path / "r"))
    rows = years.execute("SELECT fnr, grunn, fil, linje FROM befolkning.satt_til_side").fetchall()
    assert set(rows) == {(fnr, reason, f"{file}.csv", line) for fnr, reason, file, line in expected}
    gone = {row[0] for row in expected}
    assert done.counts["motsagte"] == len(gone)
    left = {"person": {A, B, C}, "bosted": {A, B}, "status": {A, B}, "personlenke": {A, D}}
    for table, all_of_it in left.items():
        of_table = TABLES.get(table, f"befolkning.{table}")
        found = {fnr for (fnr,) in years.execute(f"SELECT fnr FROM {of_table}").fetchall()}
        by_link = any(file == "identitet" for _, _, file, _ in expected)
        assert found == (all_of_it - gone if table != "personlenke" or by_link else all_of_it), table


def test_keys_twice_in_a_database_that_publishes_all_tables(years: Connection, tmp_path: Path) -> None:
    """Of each table, which then tells its rows apart as before."""
    register = small()
    for rows in (register.person, register.bosted, register.status):
        rows.append(rows[0])
    years.execute("CREATE PUBLICATION alt FOR ALL TABLES")
    done = befolkning.load(years, register.write(tmp_path / "r"))
    assert done.counts["satt_til_side"] == {"person_to_ganger": 1, "bosted_overlapper": 1, "status_overlapper": 1}
    kinds = "SELECT relreplident FROM pg_class WHERE relnamespace = 'befolkning'::regnamespace AND relkind = 'r'"
    assert set(years.execute(kinds).fetchall()) == {("d",)}


@pytest.mark.parametrize("case", NOT_ASIDE)
def test_who_does_not_stays(years: Connection, tmp_path: Path, case: str) -> None:
    register = small()
    NOT_ASIDE[case](register)
    assert befolkning.load(years, register.write(tmp_path / "r")).counts["motsagte"] == 0


@pytest.mark.parametrize(("contradicting", "all_of_them", "refused"), [
    (10, 10_000, False), (10, 9_999, True), (9, 100, False), (10, 100, True),
])  # fmt: skip
def test_too_many_that_contradict_themselves_refuse_the_register(
    years: Connection, tmp_path: Path, contradicting: int, all_of_them: int, refused: bool
) -> None:
    """More than 0.1 per cent, and at least ten."""
    register = small()
    register.person = [(f"010180{number:05}", "1", "1980-01-01") for number in range(all_of_them)]
    register.identitet = []
    register.bosted = [(f"010180{number:05}", "2002-01-01", "", "0718") for number in range(contradicting)]
    folder = register.write(tmp_path / "r")
    if not refused:
        assert befolkning.load(years, folder).counts["motsagte"] == contradicting
        return
    with pytest.raises(UserError) as caught:
        befolkning.load(years, folder)
    assert str(caught.value) == (
        f"{contradicting} numbers contradict themselves, more than 0.1 per cent of the register's "
        f"{thousands(all_of_them)} persons.\n"
        "  kommune_ikke_i_kraft: 10, the first one in bosted.csv, line 2.\n"
        "The bound is a row of trygdfob.terskel: register_satt_til_side. Nothing was changed."
    )


# What refuses it


def put(name: str, content: str | bytes) -> Callable[[Path], None]:
    """A file with another content; without an ending it is a CSV file."""

    def change(folder: Path) -> None:
        (folder / (name if "." in name else f"{name}.csv")).write_bytes(
            content.encode() if isinstance(content, str) else content
        )

    return change


def line(name: str, number: int, content: str) -> Callable[[Path], None]:
    """A line of a file is another one."""

    def change(folder: Path) -> None:
        file = folder / f"{name}.csv"
        lines = file.read_text(encoding="utf-8").splitlines()
        lines[number - 1 : number] = [content]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def gone(*names: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return change


def many(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for each in changes:
            each(folder)

    return change


def parquet(name: str, **columns: Any) -> Callable[[Path], None]:
    """A file as Parquet, in the place of its CSV."""

    def change(folder: Path) -> None:
        (folder / f"{name}.csv").unlink()
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")

    return change


TOML = "folkeregister.toml"
LIKE = "It has one line"
#: The number of a line of kommune.csv, fylke.csv and kommune_endring.csv with that code, by its first field and its day
KOMMUNE = {(row[0], row[2]): number for number, row in enumerate(KOMMUNER, 2)}
FYLKE = {row[0]: number for number, row in enumerate(FYLKER, 2)}
CHANGE = {row[:2]: number for number, row in enumerate(CHANGES, 2)}

#: What is done to a folder in which nothing is wrong, and the sentence; {x} is a line that stands nowhere else.
REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "no person": (gone("person.csv"), "person.csv, or person.parquet, is missing."),
    "two files of it": (
        put("person.parquet", b"PAR1"), "person.csv and person.parquet are the same file. Remove one of them.",
    ),
    "no description": (gone(TOML), f"{TOML} is missing. It has one line, the last day that the register knows: "),
    "a description of something else": (put(TOML, "gjelder = 2006-01-31"), "2 things are wrong with the register in "),
    "a description that is none": (put(TOML, "gjelder_til: 2006"), f"{TOML} is no TOML in UTF-8. {LIKE}: "),
    "a day that is none": (put(TOML, 'gjelder_til = "2006-01-31"'), f"{TOML}: gjelder_til is no date. "),
    "a moment": (put(TOML, "gjelder_til = 2006-01-31T12:00:00"), f"{TOML}: gjelder_til is no date. "),
    "a key that nobody knows": (
        put(TOML, "gjelder_til = 2006-01-31\nkilde = 1"), f"{TOML}: kilde: nobody knows that key.",
    ),
    "a list without the others": (
        gone("kommune.csv", "kommune_endring.csv"), "2 things are wrong with the register in ",
    ),
    "a column that is missing": (line("person", 1, "fnr,kjønn,fodselsdato"), "person.csv lacks the column kjonn. "),
    "columns that are missing": (
        line("person", 1, "nummer,kjønn,fodselsdato"), "person.csv lacks the columns fnr, kjonn. ",
    ),
    "no records": (put("status", "fnr,fradato,tildato,regstatus\n"), "{status} has column names but no records. "),
    "an empty file": (put("person", b""), "person.csv is empty (0 bytes). Fetch the file again."),
    "UTF-16": (put("person", "fnr".encode("utf-16")), "person.csv is UTF-16 or UTF-32 text. Save it as UTF-8."),
    "too many fields": (line("bosted", 3, f"{A},2002-04-01,,0101,"), "bosted.csv, line 3: not the 4 fields that "),
    "a quotation mark": (line("bosted", 3, f'{A},2002-04-01,,"0101'), "bosted.csv, line 3: a quotation mark is "),
    "two files in one": (
        line("person", 3, "fnr,kjonn,fodselsdato"), "person.csv, line 3 repeats the names of the columns: ",
    ),
    "a short number": (line("person", 3, f"{B[1:]},1,1965-12-01"), "person.csv, line 3: fnr is not 11 digits."),
    "a long number": (line("bosted", 2, f"{A}0,1990-01-01,,0301"), "bosted.csv, line 2: fnr is not 11 digits."),
    "a number with a blank": (line("status", 2, f"{A} ,1990-01-01,,bosatt"), "{status}, line 2: fnr is not "),
    "a number with a letter": (line("person", 4, "1583O410116,1,1904-03-15"), "person.csv, line 4: fnr is not "),
    "no number": (line("person", 4, ",1,1904-03-15"), "person.csv, line 4: fnr is not 11 digits."),
    "a sex that is none": (line("person", 3, f"{B},K,1965-12-01"), "person.csv, line 3: kjonn is neither 1 nor 2."),
    "a column beside its place": (
        line("person", 3, f"1,{B},1965-12-01"),
        "2 things are wrong with the register.\n  person.csv, line 3: fnr is not 11 digits.\n"
        "  person.csv, line 3: kjonn is neither 1 nor 2.",
    ),
    "a birth that is no day": (
        line("person", 3, f"{B},1,1965-02-29"), "person.csv, line 3: fodselsdato is no date YYYY-MM-DD.",
    ),
    "a birth without its month": (
        line("person", 3, f"{B},1,1965"), "person.csv, line 3: fodselsdato is no date YYYY-MM-DD.",
    ),
    "a day without dashes": (
        many(line("bosted", 2, f"{A},19900101,,0301"), line("bosted", 4, f"{B},19940101,,0718")),
        "bosted.csv, line 2: fradato is no date YYYY-MM-DD; so it is in 2 rows.",
    ),
    "no first day": (line("bosted", 3, f"{A},,,0101"), "bosted.csv, line 3: fradato is no date YYYY-MM-DD."),
    "a day in two digits": (
        line("bosted", 3, f"{A},2002-04-01,  03-01-02,0101"),
        "bosted.csv, line 3: tildato is neither empty nor a date YYYY-MM-DD.",
    ),
    "a word for a day": (
        line("status", 2, f"{A},1990-01-01,infinity,bosatt"),
        "{status}, line 2: tildato is neither empty nor a date YYYY-MM-DD.",
    ),
    "an unknown kommune": (
        line("bosted", 3, f"{A},2002-04-01,,4321"),
        "bosted.csv, line 3: kommune is no code of kommune.csv, and table koderetting does not say what it stands for.",
    ),
    "a kommune without its first digit": (
        many(line("bosted", 3, f"{A},2002-04-01,,101"), line("bosted", 4, f"{B},1994-01-01,,101")),
        "bosted.csv, line 3: kommune is no code of kommune.csv, and table koderetting does not say what it stands for; "
        "so it is in 2 rows.",
    ),
    "an unknown status": (
        line("status", 3, f"{B},1994-01-01,2003-01-31,levende"),
        "{status}, line 3: regstatus is no status, and table koderetting does not say what it stands for.",
    ),
    "a current number that is none": (
        line("identitet", 2, f"{D},Ola,2001-05-01"), "identitet.csv, line 2: fnr_gjeldende is not 11 digits.",
    ),
    "a number that is a number": (
        parquet("person", fnr=[int(A)], kjonn=["1"], fodselsdato=["1970-03-15"]),
        "person.parquet: fnr is a number (int64), which loses leading zeros. Write it as text.",
    ),
    "a fault in Parquet": (
        parquet("person", fnr=[A, B], kjonn=[1, 3], fodselsdato=[date(1970, 3, 15), date(1965, 12, 1)]),
        "person.parquet, record 2: kjonn is neither 1 nor 2.",
    ),
    "no Parquet": (
        many(gone("person.csv"), put("person.parquet", b"PAR1 and nothing else")),
        "person.parquet is damaged, cut short or not a Parquet file. Fetch the file again.",
    ),
    "a code in force twice": (
        line("kommune", KOMMUNE["9999", "1994-01-01"], "0301,Oslo igjen,2000-01-01,,"),
        f"kommune.csv, line {KOMMUNE['9999', '1994-01-01']}: the code is in force already on that day.",
    ),
    "a code that becomes nothing": (
        line("kommune", KOMMUNE["0101", "1994-01-01"], "0101,Halden,1994-01-01,2003-01-01,"),
        f"kommune.csv, line {KOMMUNE['0101', '1994-01-01']}: the code ends, and kommune_endring does not say what it "
        "became.",
    ),
    "a code that ends before it begins": (
        line("fylke", FYLKE["99"], "99,Uoppgitt,1994-01-01,1994-01-01"),
        f"fylke.csv, line {FYLKE['99']}: validTo is not after validFrom.",
    ),
    "a fylke that is missing": (
        line("fylke", FYLKE["03"], "02,Akershus,1994-01-01,"),
        f"kommune.csv, line {KOMMUNE['0301', '1994-01-01']}: its fylke is not in force on that day, by fylke.csv.",
    ),
    "a change of nothing": (
        line("kommune_endring", CHANGE["0402", "0403"], "0400,0403,2002-11-01"),
        f"kommune_endring.csv, line {CHANGE['0402', '0403']}: the old code is not in force the day before, by "
        "kommune.csv.",
    ),
    "a change to nothing": (
        line("kommune_endring", CHANGE["0402", "0403"], "0402,0400,2002-11-01"),
        f"kommune_endring.csv, line {CHANGE['0402', '0403']}: the new code is not in force on that day, by "
        "kommune.csv.",
    ),
    "a change of no code": (
        line("kommune_endring", CHANGE["0402", "0403"], "402,0403,2002-11-01"),
        f"kommune_endring.csv, line {CHANGE['0402', '0403']}: oldCode is not 4 digits.",
    ),
    "a real register beside synthetic years": (
        gone("SYNTHETIC.json"),
        "The database holds years of synthetic data, and this population register is real: the two are never mixed.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(years: Connection, tmp_path: Path, case: str) -> None:
    """With a sentence that says where, and that quotes no number; what was there stays."""
    befolkning.load(years, small().write(tmp_path / "before"))
    before = everything(years)
    folder = small().write(tmp_path / "r")
    change, sentence = REFUSED[case]
    change(folder)
    with pytest.raises(UserError) as caught:
        befolkning.load(years, folder)
    said = str(caught.value)
    assert said.startswith(sentence.replace("{status}", "status" + ".csv")), said
    assert not re.search(r"\d{5}", said.replace(str(folder), ""))
    assert everything(years) == before


def test_no_folder(years: Connection, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no directory .*\. Give that of the population register"):
        befolkning.load(years, tmp_path / "nowhere")


def test_codes_of_one_s_own(years: Connection, tmp_path: Path) -> None:
    """What refuses a register is known once there is a row for it."""
    register = small()
    register.status[0] = (A, "1990-01-01", "", "99")
    register.bosted[1] = (A, "2002-04-01", "", "4321")
    years.execute(
        "INSERT INTO befolkning.koderetting (kodeliste, fra_kode, til_kode)"
        " VALUES ('regstatus', '99', 'forsvunnet'), ('kommune', '4321', '0101')"
    )
    befolkning.load(years, register.write(tmp_path / "r"))
    assert years.execute("SELECT regstatus FROM befolkning.status WHERE fnr = %s", [A]).fetchall() == [("forsvunnet",)]
    assert years.execute(
        "SELECT kommune FROM befolkning.bosted WHERE fnr = %s AND fradato = '2002-04-01'", [A]
    ).fetchall() == [("0101",)]


# Whoever loads, and what is left where he is ended


@pytest.fixture
def own(three_years: str) -> Iterator[Connection]:
    """The three years once more, for a test that leaves something."""
    with made(three_years, f"{name_of(three_years)}_register", name_of(three_years)) as connection:
        yield connection


def test_the_loader_loads_it_and_sees_no_person(
    own: Connection, logins: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small().write(tmp_path / "r")
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address_as(logins["laster"], own))
    done = CliRunner().invoke(cli.app, ["register", "load", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "The population register is loaded: version 1, which knows what was up to 2004-06-30." in done.output
    assert not re.search(r"\d{11}", done.output)
    assert own.execute("SELECT count(*) FROM befolkning.folkeregisterperson").fetchone() == (3,)
    with psycopg.connect(address_as(logins["laster"], own), autocommit=True) as loader:
        for table in ("folkeregisterperson", "bosted", "status", "personlenke", "satt_til_side", "kjennemerke"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                loader.execute(f"SELECT FROM befolkning.{table}")
        with loader.transaction():
            loader.execute("SELECT befolkning.begynn_register(true)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege), loader.transaction():
                loader.execute("SELECT FROM pg_temp.register_person")
            # A table of his own in its place is not taken for it
            with pytest.raises(psycopg.Error) as caught, loader.transaction():
                loader.execute("CREATE TEMPORARY TABLE register_kommune_endring (linje bigint)")
            assert caught.value.sqlstate == "42P07"
    with psycopg.connect(address_as(logins["laster"], own), autocommit=True) as loader, loader.transaction():
        for name in ("person", "bosted", "status", "identitet", "kommune", "fylke", "kommune_endring"):
            loader.execute(f"CREATE TEMPORARY TABLE register_{name} (linje bigint)")
        with pytest.raises(psycopg.Error, match="The register has not begun"), loader.transaction():
            loader.execute("SELECT befolkning.ta_inn_register('2006-01-31', true, '', '{}')")


@pytest.mark.parametrize("how", ["pg_terminate_backend", "pg_cancel_backend"])
@pytest.mark.parametrize("table", ["folkeregisterversjon", "kommune", "status"])
def test_ended_in_the_middle(own: Connection, tmp_path: Path, table: str, how: str) -> None:
    """Before the checks, its lists, its tables: what was there stays, and a load after it goes through."""
    befolkning.load(own, small().write(tmp_path / "before"))
    before = everything(own)
    register = small()
    register.person.append((D, "1", "1980-01-01"))
    folder = register.write(tmp_path / "r")
    with Held(address(own), table, lambda to: befolkning.load(to, folder)) as held:
        held.running(held.waiting)
        own.execute(f"SELECT {how}(%s)", [held.worker.info.backend_pid])
        held.thread.join()
    assert isinstance(held.error, UserError)
    assert str(held.error).endswith("Nothing was changed.")
    assert everything(own) == before
    assert befolkning.load(own, folder).counts["personer"] == 4
