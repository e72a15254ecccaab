"""`fdtrygd check-files`, and what load-year says of the files of loaded years: a bad delivery is noticed before it is
loaded, and a corrected one is not passed over in silence (spec.md 2 and 6).
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from fdtrygd import files as month_files
from fdtrygd import kontroll, lasting, settings, synthetic
from fdtrygd.cli.check_files import check_files as check_files_command
from fdtrygd.cli.unload_year import unload_year
from fdtrygd.db import database, installation, locks
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo
from pytest_postgresql import factories

from commands import load_year, typed
from conftest import Silent, address, eventually, own_database
from contents import fingerprint, no_lock_is_held
from folders import JUNE, Folder, content, days, field, load_2001, month_records, nobody
from loaded import made, name_of

Connection = psycopg.Connection[Any]
Said = tuple[int, str, str]
Captured = pytest.CaptureFixture[str]

# As in tests/tools/folders.py, beside which it may run
loaded_noproc = factories.postgresql_noproc(dbname="fdtrygd_check_files", load=[load_2001])
loaded = factories.postgresql("loaded_noproc")


def check_files(connection: Connection, year: int, path: Path, captured: Captured) -> Said:
    """Exit status, stdout, stderr with the sentence of a refusal; the database is as it was."""
    before = fingerprint(connection)
    captured.readouterr()
    status, sentence = 0, ""
    try:
        check_files_command(year, path)
    except UserError as error:
        status, sentence = 1, str(error)
    except typer.Exit as ended:
        status = ended.exit_code
    out, err = captured.readouterr()
    assert fingerprint(connection) == before
    eventually(lambda: no_lock_is_held(connection))
    assert re.search(r"\b\d{11}\b", out + err + sentence) is None  # a digest may have as many in a row
    return status, out, err + sentence


# What is said of files that are to be loaded


def test_nothing_wrong(db: Connection, folder: Folder, capsys: Captured) -> None:
    folder.year(2002)
    folder.year(2003)
    status, out, _ = check_files(db, 2003, folder.path, capsys)
    assert status == 0
    records = {year: sum(len(month_records(year, month)) for month in range(1, 13)) for year in (2002, 2003)}
    assert f"2002: {records[2002]} records read" in out
    assert f"2003: {records[2003]} records read" in out
    assert "Nothing in these files refuses 2002 to 2003.\nWhat compares persons, months or years is said by " in out
    load_year(2003, folder.path)
    assert lasting.loaded_years(db) == [2001, 2002, 2003]


def test_all_errors_of_all_files_of_all_years(db: Connection, folder: Folder, capsys: Captured) -> None:
    """And load-year says what is wrong with the year that it comes to in the same words."""
    folder.year(2002)
    folder.year(2003)
    content(2, b"")(folder)
    field(3, as_stat="HL" + "X" * 11 + "DP")(folder)
    nobody(folder)
    days({9: None})(folder)
    folder.file(2003, 4).unlink()
    os.mkfifo(folder.file(2003, 4))
    folder.file(2003, 7).unlink()
    (folder.path / "arbsok_2003-07.csv").touch()
    folder.write(2003, 11, month_records(2003, 1))
    status, _, said = check_files(db, 2003, folder.path, capsys)
    assert status == 1
    expected = (
        "8 things are wrong with the files",
        "arbsok_2003-07.csv: a month file is named",
        "2003 is not complete: arbsok_200307 is missing",
        "arbsok_200304.csv is a pipe",
        "arbsok_200202.csv is empty",
        "arbsok_200203.csv, line 3: the field as_stat",
        f"{JUNE}: no record identifies a person",
        "arbsok_200209.csv: no record has a valid dagdato",
        "arbsok_200311.csv: its dagdato is 2003-01-31",
    )
    for words in expected:
        assert words in said
    lines = [line.strip() for line in said.splitlines()]
    (folder.path / "arbsok_2003-07.csv").unlink()
    folder.write(2003, 7)
    folder.file(2003, 4).unlink()
    folder.write(2003, 4)
    with pytest.raises(UserError) as caught:
        load_year(2003, folder.path)
    of_2002 = [line.strip() for line in str(caught.value).splitlines()[1:]]
    assert of_2002 == [line for line in lines if line.startswith("arbsok_2002")]
    assert len(of_2002) == 4


def test_a_year_is_held_against_the_one_before_it(db: Connection, folder: Folder, capsys: Captured) -> None:
    """Also where that one is not loaded either: its December's extraction date, right or not known."""
    folder.year(2002)
    folder.year(2003)
    late = [{**record, "dagdato": "030105"} for record in month_records(2002, 12)]
    early = [{**record, "dagdato": "030103"} for record in month_records(2003, 1)]
    folder.write(2002, 12, late)
    folder.write(2003, 1, early)
    status, _, said = check_files(db, 2003, folder.path, capsys)
    assert (status, "arbsok_200301.csv: its dagdato 2003-01-03 is not after that of the month before" in said) == (
        1,
        True,
    )
    folder.write(2002, 12, [{**record, "dagdato": ""} for record in late])
    status, _, said = check_files(db, 2003, folder.path, capsys)
    assert "arbsok_200212.csv: no record has a valid dagdato" in said
    assert "arbsok_200301.csv" not in said


def test_names_alone_before_the_series(bare: Connection, folder: Folder, capsys: Captured) -> None:
    """Of a folder in which no name is right there is no first year to tell."""
    (folder.path / "arbsok_2000-06.csv").touch()
    status, _, said = check_files(bare, 2000, folder.path, capsys)
    assert status == 1
    assert "arbsok_2000-06.csv: a month file is named" in said
    assert "There are no month files for 2000." in said


def test_years_and_data_that_cannot_be_loaded(db: Connection, folder: Folder, capsys: Captured, tmp_path: Path) -> None:
    folder.year(2000)
    (folder.path / "arbsok_200213.csv").touch()
    status, _, said = check_files(db, 2000, folder.path, capsys)
    assert status == 1
    assert "2000 cannot be loaded" in said
    assert "there is no month 13" in said
    synthetic.make(tmp_path / "synthetic", first=(2002, 1), last=(2002, 12), persons=30)
    status, out, said = check_files(db, 2002, tmp_path / "synthetic", capsys)
    assert status == 1
    assert "never mixed" in said
    assert "2002: " in out


def test_what_is_suspicious(bare: Connection, tmp_path: Path, capsys: Captured) -> None:
    """The warnings of the files, before anything is loaded, and without the way back that a loaded year would need."""
    path = tmp_path / "files"
    synthetic.make(path, last=(2002, 12), persons=400)
    status, _, said = check_files(bare, 2002, path, capsys)
    assert (status, "Warning" in said) == (0, False)
    damaged = path / "arbsok_200206.csv"
    head, *records = damaged.read_text().splitlines()
    columns = head.split(",")
    place = columns.index("ant_d_as")
    emptied = [line.split(",") for line in records]
    for fields in emptied:
        fields[place] = ""
    damaged.write_text("\n".join([head, *(",".join(fields) for fields in emptied)]) + "\n")
    short = path / "arbsok_200209.csv"
    head, *records = short.read_text().splitlines()
    short.write_text("\n".join([head, *records[: len(records) // 2]]) + "\n")
    status, _, said = check_files(bare, 2002, path, capsys)
    assert status == 0
    warnings = [line for line in said.splitlines() if line.startswith("Warning: ")]
    assert len(warnings) == 2
    assert re.match(r"Warning: maaned_for_liten: arbsok_200209\.csv: \d+ of the \d+ registrations", warnings[0])
    assert re.match(r"Warning: mange_uten_dager: arbsok_200206\.csv: \d+ of \d+ records had no whole", warnings[1])
    assert "take the year back" not in said
    load_year(2002, path)
    loaded = capsys.readouterr().err
    for warning in warnings:
        assert warning in loaded


def test_years_before_the_series(bare: Connection, folder: Folder, capsys: Captured) -> None:
    """They load, and give F_ARBSOK nothing: it is said of those that end before it starts, and of no other."""
    for year in (2001, 2002, 2003):
        folder.year(year)
    bare.execute("UPDATE trygdfob.innstilling SET serie_start = '2003-02-01'")
    sentence = (
        "Warning: 2001 to 2002 are before the series' start (2003-02-01): the miniregister and its controls have them, "
        "F_ARBSOK gets no record. For a series that begins earlier, set serie_start in trygdfob.innstilling while no "
        "year is loaded."
    )
    status, _, said = check_files(bare, 2003, folder.path, capsys)
    assert (status, sentence in said.splitlines()) == (0, True)
    load_year(2002, folder.path)
    assert sentence in capsys.readouterr().err.splitlines()
    assert database.scalar(bare, "SELECT count(*) FROM trygdfob.f_arbsok") == 0
    load_year(2003, folder.path)
    assert "before the series' start" not in capsys.readouterr().err
    assert database.scalar(bare, "SELECT count(*) FROM trygdfob.f_arbsok") > 0


def test_a_database_with_nothing_in_it(empty: Connection, folder: Folder) -> None:
    """Nothing is installed by a question; the sentence says how."""
    folder.year(2001)
    to = empty.info.dsn
    result = typed("check-files", 2001, "--data", folder.path, to=to)
    assert result.returncode == 1
    assert "make upgrade installs and loads nothing" in result.stderr
    with database.connect(to) as connection:
        assert installation.version(connection) is None
    typed("db", "upgrade", to=to)
    result = typed("check-files", 2001, "--data", folder.path, to=to)
    assert (result.returncode, "Nothing in these files refuses 2001." in result.stdout) == (0, True)


# Loaded years whose files have changed


@pytest.fixture(scope="module")
def three_years(postgresql_noproc: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a database with 2001 to 2003, and the folder that they were loaded from: each test has a copy."""
    folder = Folder(tmp_path_factory.mktemp("three-years") / "month files")
    for year in (2001, 2002, 2003):
        folder.year(year)
    with own_database(postgresql_noproc, "three_years") as connection:
        to = address(connection)
        connection.close()  # a template must have no sessions
        with database.connect(to) as connection:
            for year, files in month_files.find_month_files(folder.path).items():
                lasting.load_year(connection, year, files, synthetic=False, progress=Silent())
        yield to, folder.path


@pytest.fixture
def three(three_years: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """2001 to 2003, which the commands are pointed to."""
    to, _ = three_years
    with made(to, f"{name_of(to)}_copy", name_of(to)) as connection:
        monkeypatch.setenv("FDTRYGD_DATABASE_URL", make_conninfo(to, dbname=connection.info.dbname))
        yield connection


@pytest.fixture
def on_disk(three_years: tuple[str, Path], tmp_path: Path) -> Folder:
    """The files of `three`."""
    return Folder(shutil.copytree(three_years[1], tmp_path / "month files"))


def kept(connection: Connection) -> list[tuple[str, str]]:
    """What the database remembers of files that have changed."""
    rows = connection.execute("SELECT fil, sha256 FROM trygdfob.avvikende_fil ORDER BY mnddato").fetchall()
    return [(name, sha256) for name, sha256 in rows]


def found(connection: Connection, year: int) -> list[str]:
    """The sentences of the control fil_endret."""
    (control,) = [each for each in kontroll.check(connection, year, "check") if each.control == "fil_endret"]
    assert (control.severity, control.is_error) == ("advarsel", False)
    rows = connection.execute(
        "SELECT detalj FROM kontroll.kontrollfunn WHERE kjoring = %s AND kontroll = 'fil_endret' ORDER BY noekkel",
        [control.run],
    ).fetchall()
    assert sorted(rows) == sorted((detail,) for *_, detail in connection.execute(control.query))
    return [detail for (detail,) in rows]


def test_a_changed_file_of_any_loaded_year_is_noticed(three: Connection, on_disk: Folder, capsys: Captured) -> None:
    """Nothing to load: exit status 1, nothing changed but that it is remembered; the control finds it from then on."""
    before = fingerprint(three, but=("avvikende_fil",))
    old = on_disk.file(2001, 6).read_bytes()
    on_disk.write(2001, 6, month_records(2001, 6)[1:])
    on_disk.write(2003, 2, month_records(2003, 2)[1:])
    status, out, said = check_files(three, 2003, on_disk.path, capsys)
    assert (status, "2003 is loaded" in out) == (1, True)
    with pytest.raises(UserError) as caught:
        load_year(2003, on_disk.path)
    sentence = str(caught.value)
    assert sentence == (
        "2003 is already loaded, and nothing was changed. arbsok_200106.csv, arbsok_200302.csv: these files are not "
        "what was loaded. To load them, first take back 2003, then 2002, then 2001 (make unload-year YEAR=2003 and so "
        "on), then load again."
    )
    assert sentence.partition("changed. ")[2] in said
    assert fingerprint(three, but=("avvikende_fil",)) == before
    digests = [
        month_files.digest(month_files.MonthFile(on_disk.file(*month), *month))[1] for month in ((2001, 6), (2003, 2))
    ]
    assert kept(three) == list(zip(("arbsok_200106.csv", "arbsok_200302.csv"), digests, strict=True))
    (of_2001,) = found(three, 2001)
    assert re.match(r"arbsok_200106\.csv, seen on \d{4}-\d\d-\d\d, is not the file that was loaded", of_2001)
    assert "take back 2003, 2002, 2001, in this order (make unload-year YEAR=2003" in of_2001
    assert found(three, 2002) == []
    (of_2003,) = found(three, 2003)
    assert "take back 2003, in this order" in of_2003

    # Somewhere else, nothing is said and nothing forgotten
    elsewhere = Folder(on_disk.path / "elsewhere")
    elsewhere.year(2004)
    assert check_files(three, 2003, elsewhere.path, capsys)[0] == 0
    load_year(2003, elsewhere.path)
    assert len(kept(three)) == 2

    # The files of then, written anew
    on_disk.file(2001, 6).write_bytes(old)
    on_disk.write(2003, 2)
    load_year(2003, on_disk.path)
    assert kept(three) == []
    assert found(three, 2001) == []


def test_going_on_to_a_new_year(three: Connection, on_disk: Folder, capsys: Captured) -> None:
    """A warning, kept: the year is loaded on top of what is loaded."""
    on_disk.write(2001, 6, month_records(2001, 6)[1:])
    on_disk.year(2004)
    status, _, said = check_files(three, 2004, on_disk.path, capsys)
    assert status == 0
    assert "Warning: arbsok_200106.csv: this file is not what was loaded" in said
    load_year(2004, on_disk.path)
    said = capsys.readouterr().err
    assert (
        "Warning: arbsok_200106.csv: this file is not what was loaded. To load it, first take back 2003, then" in said
    )
    assert lasting.loaded_years(three) == [2001, 2002, 2003, 2004]
    assert "take back 2004, 2003, 2002, 2001" in found(three, 2001)[0]
    # Unloaded and loaded again, it is what is loaded
    for year in (2004, 2003, 2002, 2001):
        with locks.alone(three):
            lasting.unload_year(three, year)
    assert kept(three) == []
    load_year(2004, on_disk.path)
    assert kept(three) == []
    assert found(three, 2001) == []


def test_another_register_is_not_put_on_top(three: Connection, on_disk: Folder, capsys: Captured) -> None:
    """Where more than half of the loaded years' files are others, those are hardly corrections: no year is loaded."""
    on_disk.year(2004)
    others = [(year, month) for year in (2001, 2002) for month in range(1, 13)][:18]
    for month in others:
        on_disk.write(*month, month_records(*month)[1:])
    status, _, said = check_files(three, 2004, on_disk.path, capsys)  # 18 of 36
    assert status == 0
    on_disk.write(2003, 2, month_records(2003, 2)[1:])
    before = fingerprint(three, but=("avvikende_fil",))
    with pytest.raises(UserError) as caught:
        load_year(2004, on_disk.path)
    sentence = str(caught.value)
    assert sentence.startswith(
        "2004 is not loaded. 19 of the 36 files of the loaded years are not what was loaded: this is probably another "
        "register, and its years must not be put on top of these. Load it into a database of its own"
    )
    assert "first take back 2003, then 2002, then 2001 (make unload-year YEAR=2003 and so on)" in sentence
    assert fingerprint(three, but=("avvikende_fil",)) == before
    assert len(kept(three)) == 19
    status, _, said = check_files(three, 2004, on_disk.path, capsys)
    assert (status, sentence.partition("loaded. ")[2] in said) == (1, True)
    with pytest.raises(UserError, match=r"2003 is already loaded, and nothing was changed\. 19 of the 36"):
        load_year(2003, on_disk.path)


def test_only_files_that_were_touched_are_read(
    three: Connection, on_disk: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size and time of each file say that nobody has touched it; years loaded before that was kept are read."""
    read: list[str] = []
    digest = month_files.digest

    def look(file: month_files.MonthFile) -> tuple[int, str]:
        read.append(file.name)
        return digest(file)

    monkeypatch.setattr(month_files, "digest", look)
    load_year(2003, on_disk.path)
    assert read == []
    os.utime(on_disk.file(2002, 3), (1, 1))
    on_disk.file(2002, 4).touch()
    load_year(2003, on_disk.path)
    assert read == ["arbsok_200203.csv", "arbsok_200204.csv"]
    three.execute("UPDATE trygdfob.maanedsfil SET endringstid = NULL WHERE aargang = 2001")
    read.clear()
    load_year(2003, on_disk.path)
    assert len(read) == 12 + 2


def test_the_sample_is_compared_too(
    bare: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Without --data, where the sample is there and the database holds synthetic years; none is made for that."""
    sample = tmp_path / "sample"
    monkeypatch.setattr(settings, "SAMPLE", sample)
    real = Folder(tmp_path / "real")
    real.year(2001)
    load_year(2001, real.path)
    load_year(2001)  # nothing to compare with
    assert not sample.exists()
    synthetic.make(sample, last=(2001, 12), persons=30)
    load_year(2001)  # other data
    unload_year(2001)
    load_year(2001)
    load_year(2001)
    changed = sample / "arbsok_200105.csv"
    changed.write_text("".join(changed.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(UserError, match=r"arbsok_200105\.csv: this file is not what was loaded"):
        load_year(2001)


def test_what_cannot_be_compared_is_said(
    three: Connection, on_disk: Folder, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that could be loaded in a file's stead, and nothing to wait for: no error, but no silence either."""
    on_disk.file(2001, 6).unlink()
    os.mkfifo(on_disk.file(2001, 6))
    os.utime(on_disk.file(2002, 3), (1, 1))
    digest = month_files.digest

    def look(file: month_files.MonthFile) -> tuple[int, str]:
        if (file.year, file.month) == (2002, 3):
            raise month_files.BadFile(f"{file.name} cannot be read: permission is missing. Ask for it.")
        return digest(file)

    monkeypatch.setattr(month_files, "digest", look)
    warned = [
        f"Warning: Could not be compared with what was loaded: {words}"
        for words in (
            "arbsok_200106.csv is a pipe. Put the file in its place.",
            "arbsok_200203.csv cannot be read: permission is missing. Ask for it.",
        )
    ]
    status, _, said = check_files(three, 2003, on_disk.path, capsys)
    assert (status, said.splitlines()) == (0, warned)
    load_year(2003, on_disk.path)
    assert capsys.readouterr().err.splitlines() == warned
    on_disk.year(2004)
    load_year(2004, on_disk.path)
    said = capsys.readouterr().err
    assert [line for line in said.splitlines() if line.startswith("Warning: Could not")] == warned
    assert kept(three) == []
