"""Loads that are refused, with a sentence and nothing changed: files at fault, years out of turn, two loads at once."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting
from fdtrygd.cli.unload_year import unload_year
from fdtrygd.db import database, locks
from fdtrygd.errors import UserError

from commands import PATIENT, load_year
from conftest import RAW, Silent, eventually, instead_of_waiting
from contents import fingerprint, no_lock_is_held, rows
from folders import JUNE, SAS, Folder, Record, content, days, field, month_records, nobody
from strategies import FILLERS, PERSONS

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def shared(loaded_noproc: Any) -> Iterator[str]:
    """The address of a database like that of `db`, for tests that each find it, and must leave it, unchanged."""
    names = ("host", "port", "user", "password")
    server = {name: value for name in names if (value := getattr(loaded_noproc, name))}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as connection:
        connection.execute(f"CREATE DATABASE fdtrygd_shared TEMPLATE {loaded_noproc.template_dbname}")
        yield psycopg.conninfo.make_conninfo(dbname="fdtrygd_shared", **server)
        connection.execute("DROP DATABASE fdtrygd_shared WITH (FORCE)")


def refused(connection: Connection, year: int, folder: Folder, *words: str) -> str:
    """`fdtrygd load-year` is refused with these words, without a fødselsnummer, and every table is as before."""
    before = fingerprint(connection)
    with pytest.raises(UserError) as caught:
        load_year(year, folder.path)
    sentence = str(caught.value)
    assert [word for word in words if word not in sentence] == [], sentence
    assert re.search(r"\d{11}", sentence) is None, sentence
    assert sentence.endswith((".", "'")), sentence
    assert fingerprint(connection) == before  # the work tables are empty, too
    eventually(lambda: no_lock_is_held(connection))
    return sentence


# ------------------------------------------------------------------------------------------- files at fault


def beside_the_longest(**too_long: str) -> Callable[[Folder], None]:
    """October's third record has a field that is too long; those of the two before it are as long as they may be."""

    def change(folder: Folder) -> None:
        records = month_records(2002, 10)
        records[0] |= {"as_stat": "HLPRAKSKJERMID", "as_gr": "15", "as_f": "101"}
        records[0] |= {"dagdato": "00000000021031", "ant_d_as": "00000000099999", "mnd": "00000000000010"}
        records[1] |= {"fnr": "01234567890123", "ant_d_as": "0000099999.000"}
        records[2] |= too_long
        folder.write(2002, 10, records)

    return change


def lacking(month: int, column: str) -> Callable[[Folder], None]:
    """A month without a column."""
    return lambda folder: folder.write(2002, month, columns=tuple(name for name in RAW if name != column))


def directory(folder: Folder) -> None:
    folder.file(2002, 6).unlink()
    folder.file(2002, 6).mkdir()


def replaced(by: Callable[[Path], object]) -> Callable[[Folder], None]:
    """June is something that has no content to read."""

    def change(folder: Folder) -> None:
        folder.file(2002, 6).unlink()
        by(folder.file(2002, 6))

    return change


def nobody_and_too_long(folder: Folder) -> None:
    records = [{**record, "fnr": str(record["fnr"])[1:]} for record in month_records(2002, 6)]
    records[1] |= {"as_stat": "HL" + "X" * 13, "ant_d_as": "100000"}
    records[2] |= {"as_stat": "HL" + "X" * 13}
    folder.write(2002, 6, records)


def of_another_year(folder: Folder) -> None:
    folder.write(2002, 6, month_records(2003, 6))


def shifted_year(folder: Folder) -> None:
    for month in range(1, 13):
        folder.write(2002, month, month_records(2003, month))


def broken_parquet(folder: Folder) -> None:
    pq.write_table(pa.Table.from_pylist(month_records(2002, 6)), folder.file(2002, 6, "parquet"))
    whole = folder.file(2002, 6, "parquet").read_bytes()
    content(6, whole[: len(whole) // 2], "parquet")(folder)


def too_long_in_parquet(folder: Folder) -> None:
    records = month_records(2002, 6)
    records[1]["as_stat"] = "HL" + "X" * 13
    folder.file(2002, 6).unlink()
    pq.write_table(pa.Table.from_pylist(records), folder.file(2002, 6, "parquet"))


NOT_TEXT = b"\xd0\xcf\x11\xe0 no month file"
FAULTS: dict[str, tuple[Callable[[Folder], None], tuple[str, ...]]] = {
    "month missing": (lambda folder: folder.file(2002, 6).unlink(), ("arbsok_200206", "missing")),
    "another year's month": (of_another_year, (JUNE, "2003-06-30")),
    "another year's months": (shifted_year, ("arbsok_200201.csv", "2003-01-31")),
    "another month's records": (
        lambda folder: folder.write(2002, 6, month_records(2002, 3)),
        (JUNE, "2002-03-31"),
    ),
    "11 days late": (days({6: date(2002, 7, 11)}), (JUNE, "2002-07-11", "10 days outside")),
    # May before it, so that nothing else is wrong with it
    "11 days early": (
        days({5: date(2002, 5, 20), 6: date(2002, 5, 21)}),
        (JUNE, "2002-05-21", "10 days outside"),
    ),
    "same date as the month before": (
        days({5: date(2002, 6, 3), 6: date(2002, 6, 3)}),
        (JUNE, "2002-06-03"),
    ),
    "date before the month before's": (
        days({5: date(2002, 6, 9), 6: date(2002, 6, 3)}),
        (JUNE, "2002-06-03", "2002-06-09"),
    ),
    "not after the year before": (days({1: date(2001, 12, 31)}), ("arbsok_200201.csv", "2001-12-31")),
    "no date": (days({6: None}), (JUNE, "dagdato")),
    "no valid date": (days({6: "20020630"}), (JUNE, "dagdato")),
    "no such month": (days({6: "021330"}), (JUNE, "dagdato")),
    **{f"{column} missing": (lacking(6, column), (JUNE, column)) for column in RAW if column not in ("as_gr", "as_f")},
    "as_gr missing from October": (lacking(10, "as_gr"), ("arbsok_200210.csv", "as_gr")),
    "as_f missing from October": (lacking(12, "as_f"), ("arbsok_200212.csv", "as_f")),
    "empty": (content(6, b""), (JUNE, "empty")),
    "header only": (content(6, lambda text: text.partition(b"\n")[0] + b"\n"), (JUNE, "no records")),
    "records without a header": (content(6, lambda text: text.partition(b"\n")[2]), (JUNE, "fnr", "first line")),
    "directory": (directory, (JUNE, "directory")),
    "pipe": (replaced(os.mkfifo), (JUNE, "is a pipe")),
    "device": (replaced(lambda path: path.symlink_to("/dev/zero")), (JUNE, "is a device")),
    "dangling link": (replaced(lambda path: path.symlink_to("nowhere")), (JUNE, "link to a file that is not there")),
    "looping link": (replaced(lambda path: path.symlink_to(path)), (JUNE, "link that leads back to itself")),
    "nobody": (nobody, (f"{JUNE}: no record identifies a person", "11 digits")),
    "nobody, as a spreadsheet writes large numbers": (
        lambda folder: folder.write(2002, 6, [{**record, "fnr": "1,58E+10"} for record in month_records(2002, 6)]),
        (f"{JUNE}: no record identifies a person", "numbers that a spreadsheet has written as 1,23E+10"),
    ),
    "as_stat too long, in Parquet": (too_long_in_parquet, ("arbsok_200206.parquet, record 2: the field as_stat",)),
    "nobody, and fields too long": (
        nobody_and_too_long,
        (
            f"{JUNE}, line 3: the field ant_d_as is longer than the format allows; line 3: the field as_stat is "
            "longer than the format allows (and in 1 more); no record identifies a person",
        ),
    ),
    "fnr too long": (field(6, fnr="015855" * 2 + "123"), (JUNE, "line 3", "fnr")),
    "as_stat too long": (field(6, as_stat="HL" + "X" * 11 + "DP"), (JUNE, "line 3", "as_stat")),
    "dagdato too long": (field(6, dagdato="000000000020630"), (JUNE, "line 3", "dagdato")),
    "ant_d_as too large": (field(6, ant_d_as="100000"), (JUNE, "line 3", "ant_d_as")),
    "ant_d_as too large, with decimals": (field(6, ant_d_as="100000.00"), (JUNE, "line 3", "ant_d_as")),
    "ant_d_as too long": (field(6, ant_d_as="1" * 15), (JUNE, "line 3", "ant_d_as")),
    "as_gr too long": (field(10, as_gr="123"), ("arbsok_200210.csv", "line 3", "as_gr")),
    "as_gr too long where optional": (field(6, as_gr="123"), (JUNE, "line 3", "as_gr")),
    "as_f too long": (field(10, as_f="1234"), ("arbsok_200210.csv", "line 3", "as_f")),
    "mnd too long": (field(6, mnd="0" * 15), (JUNE, "line 3", "mnd")),
    **{
        f"{column} too long beside the longest": (beside_the_longest(**{column: text}), ("line 4", column))
        for column, text in (
            ("fnr", "1" * 15),
            ("as_stat", "X" * 15),
            ("mnd", "0" * 15),
            ("as_gr", "123"),
            ("as_f", "1234"),
        )
    },
    "field missing": (
        content(6, lambda text: text + f"{PERSONS[0]},HLIPDP\n".encode()),
        (JUNE, f"line {len(month_records(2002, 6)) + 2}"),
    ),
    "field too many": (
        content(6, lambda text: text + f"{PERSONS[0]},,,,,,,\n".encode()),
        (JUNE, f"line {len(month_records(2002, 6)) + 2}"),
    ),
    "quotation mark": (
        content(6, lambda text: text.replace(b"HLIPDP", b'"HLIPDP', 1)),
        (JUNE, "line 2", "quotation mark"),
    ),
    "NUL": (content(6, lambda text: text.replace(b"HL", b"H\0", 1)), (JUNE, "line 2", "NUL")),
    "UTF-16": (content(6, lambda text: text.decode().encode("utf-16")), (JUNE, "UTF-16")),
    "neither UTF-8 nor Latin-1": (
        content(6, lambda text: text.replace(b"HL", b"\x80\xff", 1)),
        (JUNE, "UTF-8", "line 2"),
    ),
    "not text": (content(6, NOT_TEXT), (JUNE,)),
    "broken Parquet": (broken_parquet, ("arbsok_200206.parquet", "damaged")),
    "not Parquet": (content(6, NOT_TEXT, "parquet"), ("arbsok_200206.parquet", "damaged")),
    "broken SAS": (
        content(6, SAS.read_bytes()[: SAS.stat().st_size // 2], "sas7bdat"),
        ("arbsok_200206.sas7bdat", "damaged"),
    ),
    "not SAS": (content(6, NOT_TEXT, "sas7bdat"), ("arbsok_200206.sas7bdat", "damaged")),
    "month twice": (
        lambda folder: shutil.copy(folder.file(2002, 6), folder.file(2002, 6, "parquet")) and None,
        (JUNE, "arbsok_200206.parquet", "same month"),
    ),
}


@pytest.mark.parametrize(("spoil", "words"), FAULTS.values(), ids=FAULTS)
def test_refused(
    shared: str,
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Folder], None],
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", shared)
    folder.year(2002)
    spoil(folder)
    with database.connect() as connection:
        assert lasting.loaded_years(connection) == [2001]
        refused(connection, 2002, folder, *words)


@pytest.mark.parametrize(("may", "at_fault"), [(date(2002, 6, 10), "06"), (date(2002, 6, 11), "05")])
def test_not_after_the_month_before(
    shared: str, folder: Folder, monkeypatch: pytest.MonkeyPatch, may: date, at_fault: str
) -> None:
    """June's file is blamed where May's date can be right, and May's where it cannot."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", shared)
    folder.year(2002)
    days({5: may, 6: date(2002, 6, 9)})(folder)
    with pytest.raises(UserError) as caught:
        load_year(2002, folder.path)
    assert set(re.findall(r"arbsok_2002(\d\d)", str(caught.value))) == {at_fault}


@pytest.mark.parametrize("jobs", [1, 3])
def test_everything_that_is_wrong_is_said_at_once(db: Connection, folder: Folder, jobs: int) -> None:
    """The errors of all files of a year, in the order of the months; and nobody is blamed for another file's fault."""
    folder.year(2002)
    content(2, b"")(folder)
    field(3, as_stat="HL" + "X" * 11 + "DP")(folder)
    nobody(folder)
    days({8: date(2003, 8, 31), 11: date(2002, 11, 9), 10: date(2002, 11, 9), 12: None})(folder)
    before = fingerprint(db)
    with pytest.raises(UserError) as caught:
        load_year(2002, folder.path, jobs=jobs)
    first, *lines = str(caught.value).splitlines()
    assert first == "6 things are wrong with the files; nothing of them is loaded."
    assert [line.strip().split(".csv")[0] for line in lines] == [
        f"arbsok_2002{month:02}" for month in (2, 3, 6, 8, 11, 12)
    ]
    for line, words in zip(
        lines,
        (
            "is empty",
            "line 3: the field as_stat",
            "no record identifies",
            "2003-08-31",
            "not after that",
            "no record has",
        ),
        strict=True,
    ):
        assert words in line
    assert fingerprint(db) == before
    eventually(lambda: no_lock_is_held(db))


def test_what_names_and_months_are_wrong_is_said_at_once(db: Connection, folder: Folder) -> None:
    """Before any file is read, of every year that is to be loaded."""
    folder.year(2002)
    folder.year(2003)
    folder.file(2002, 6).unlink()
    folder.file(2003, 2).unlink()
    os.mkfifo(folder.file(2003, 2))
    folder.file(2003, 7).unlink()
    before = fingerprint(db)
    with pytest.raises(UserError) as caught:
        load_year(2003, folder.path)
    for words in ("3 things", "arbsok_200206 is missing", "arbsok_200302.csv is a pipe", "arbsok_200307 is missing"):
        assert words in str(caught.value)
    for name in ("arbsok_2002-06.csv", "arbsok_200213.csv", "arbsok_200206.txt"):
        (folder.path / name).touch()
    with pytest.raises(UserError) as caught:
        load_year(2003, folder.path)
    for name in ("arbsok_2002-06.csv", "arbsok_200213.csv", "arbsok_200206.txt"):
        assert f"{name}: " in str(caught.value)
    assert "arbsok_200302.csv is a pipe" in str(caught.value)
    command = f"make check-files YEAR=2003 DATA='{folder.path}'"
    assert f"{command} says all that is wrong with the files." in str(caught.value)
    assert fingerprint(db) == before


def test_as_gr_and_as_f_may_be_absent_before_october_2002(db: Connection, folder: Folder) -> None:
    folder.year(2002)
    for month in range(1, 10):
        lacking(month, "as_gr")(folder)
    folder.write(2002, 9, columns=tuple(name for name in RAW if name not in ("as_gr", "as_f")))
    load_year(2002, folder.path)
    groups = db.execute(
        "SELECT DISTINCT extract(month FROM mnddato), as_gr IS NULL, as_f IS NULL FROM trygdfob.miniregister"
        " WHERE aargang = 2002 AND fnr = %s ORDER BY 1",
        [FILLERS[0]],
    ).fetchall()
    assert groups == [(m, m < 10, m == 9) for m in range(1, 13)]


def test_a_field_may_be_as_long_as_the_format_says(db: Connection, folder: Folder) -> None:
    folder.year(2002)
    field(10, as_stat="HLPRAKSKJERMID", ant_d_as="99999", as_gr="15", as_f="101")(folder)
    load_year(2002, folder.path)
    assert db.execute(
        "SELECT hovedarbstat, tiltak, ytelse, ant_d_as_n, as_gr, as_f FROM trygdfob.miniregister"
        " WHERE fnr = %s AND mnddato = '2002-10-01'",
        [FILLERS[1]],
    ).fetchall() == [("HL", "PRAKSKJERM", "ID", 99999, "15", "101")]


def test_extraction_ten_days_outside_its_month(db: Connection, folder: Folder) -> None:
    folder.year(2002)
    days({5: date(2002, 4, 30), 4: date(2002, 4, 22), 6: date(2002, 5, 22), 7: date(2002, 8, 10)})(folder)
    load_year(2002, folder.path)
    assert lasting.loaded_years(db) == [2001, 2002]


def test_extraction_the_day_after_that_of_the_month_before(db: Connection, folder: Folder) -> None:
    """Also over the turn of the year: 2001's last one is of its last day."""
    folder.year(2002)
    days({1: date(2002, 1, 1), 5: date(2002, 6, 2), 6: date(2002, 6, 3)})(folder)
    load_year(2002, folder.path)
    assert lasting.loaded_years(db) == [2001, 2002]


# ------------------------------------------------------------------------------------------- years out of turn


def test_first_year_later_than_the_start(bare: Connection, folder: Folder) -> None:
    folder.year(2002)
    refused(bare, 2002, folder, "2001", "arbsok_200101")
    files = month_files.find_month_files(folder.path)[2002]
    with pytest.raises(UserError, match=r"cannot be 2002.* 2001"):
        lasting.load_year(bare, 2002, files, synthetic=False, progress=Silent())
    assert lasting.loaded_years(bare) == []


def test_before_the_first_year(db: Connection, folder: Folder) -> None:
    folder.year(2000)
    refused(db, 2000, folder, "2000", "2001", "chronological")


def test_a_year_left_out(db: Connection, folder: Folder) -> None:
    folder.year(2003)
    refused(db, 2003, folder, "2002", "arbsok_200201")
    files = month_files.find_month_files(folder.path)[2003]
    before = fingerprint(db)
    with pytest.raises(UserError, match=r"2003 cannot be loaded after 2001.* 2002"):
        lasting.load_year(db, 2003, files, synthetic=False, progress=Silent())
    assert fingerprint(db) == before


def test_already_loaded(db: Connection, folder: Folder) -> None:
    folder.year(2001)
    before = fingerprint(db)
    load_year(2001, folder.path)  # the same files: nothing to do
    assert fingerprint(db) == before
    files = month_files.find_month_files(folder.path)[2001]
    with pytest.raises(UserError, match=r"2001 is already loaded.*unload-year YEAR=2001"):
        lasting.load_year(db, 2001, files, synthetic=False, progress=Silent())
    assert fingerprint(db) == before
    folder.write(2001, 6, month_records(2001, 6)[1:])
    with pytest.raises(UserError, match=r"2001 is already loaded.*arbsok_200106\.csv.*unload-year YEAR=2001"):
        load_year(2001, folder.path)
    remembered = ("avvikende_fil",)  # tests/files/test_check_files.py
    assert fingerprint(db, but=remembered) == {name: rows for name, rows in before.items() if name not in remembered}


def test_no_files(bare: Connection, folder: Folder) -> None:
    refused(bare, 2001, folder, "no month files")
    folder.path.rmdir()
    refused(bare, 2001, folder, "no directory")


def test_start_month_extracted_before_the_start(bare: Connection, folder: Folder) -> None:
    """T9"""
    bare.execute("UPDATE trygdfob.innstilling SET serie_start = '2001-05-15'")

    def on_the(day: date) -> Callable[[int, list[Record]], None]:
        def change(month: int, records: list[Record]) -> None:
            for record in records if month == 5 else ():
                record["dagdato"] = f"{day:%y%m%d}"

        return change

    folder.year(2001, on_the(date(2001, 5, 14)))
    refused(bare, 2001, folder, "arbsok_200105.csv", "2001-05-14", "2001-05-15")
    folder.year(2001, on_the(date(2001, 5, 15)))
    load_year(2001, folder.path)
    assert lasting.loaded_years(bare) == [2001]


def test_good_years_before_a_bad_one_stay(bare: Connection, folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.year(2001)
    folder.year(2002)
    load_year(2001, folder.path)
    good = rows(bare)
    with database.connect() as connection, locks.alone(connection):
        lasting.unload_year(connection, 2001)
    folder.file(2002, 6).write_bytes(b"")
    with pytest.raises(UserError, match=JUNE):
        load_year(2002, folder.path)
    assert lasting.loaded_years(bare) == [2001]
    assert rows(bare) == good
    folder.write(2002, 6)
    load_year(2002, folder.path)
    assert lasting.loaded_years(bare) == [2001, 2002]


# ------------------------------------------------------------------------------------------- two loads at once


def test_refused_while_another_load_runs(db: Connection, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.3)
    folder.year(2002)
    before = fingerprint(db)
    with database.connect() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [locks.LOCK])
        with pytest.raises(UserError, match="Another load"):
            load_year(2002, folder.path)
        with pytest.raises(UserError, match="Another load"):
            unload_year(2001)
        assert fingerprint(db) == before
        other.execute("SELECT pg_advisory_unlock_all()")
    load_year(2002, folder.path)
    assert lasting.loaded_years(db) == [2001, 2002]


def test_waits_for_a_load_that_ends(db: Connection, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one ends when this one has found the lock taken."""
    folder.year(2002)
    with database.connect() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [locks.LOCK])
        waits = instead_of_waiting(monkeypatch, lambda: other.execute("SELECT pg_advisory_unlock_all()"))
        load_year(2002, folder.path)
    assert len(waits) == 1
    assert lasting.loaded_years(db) == [2001, 2002]


def test_two_loads_at_once(db: Connection, folder: Folder) -> None:
    """The second one waits, and finds that there is nothing left to do."""
    folder.year(2002)
    folder.year(2003)
    command = [*PATIENT, "load-year", "2003", "--data", folder.path]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("nothing to do" in text for text in said) == 1
    assert lasting.loaded_years(db) == [2001, 2002, 2003]
    assert db.execute("SELECT aargang FROM trygdfob.kjorelogg ORDER BY kjoring").fetchall() == [
        (2001,),
        (2002,),
        (2003,),
    ]
