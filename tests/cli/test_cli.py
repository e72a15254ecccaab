"""The commands as one types them: what they say, their exit status, and what they change."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from fdtrygd import lasting, settings, synthetic
from fdtrygd.cli.given import NAMED
from fdtrygd.cli.make_synthetic import month as month_command
from fdtrygd.cli.make_synthetic import next_step
from fdtrygd.cli.unload_year import unload_year
from fdtrygd.db import database, installation
from fdtrygd.errors import UserError

from commands import load_year, typed
from conftest import address
from contents import CLOCK, LOG, fingerprint
from folders import Folder, month_records

Connection = psycopg.Connection[Any]
Command = Callable[..., subprocess.CompletedProcess[str]]
FDTRYGD = Path(sys.executable).with_name("fdtrygd")


@pytest.fixture
def fdtrygd(empty: Connection) -> Command:
    """The program on a database that has not even the schema."""
    return lambda *arguments, url=None: typed(*arguments, to=url or address(empty))


@pytest.fixture
def connection(empty: Connection) -> Iterator[Connection]:
    """A look at what the program has done."""
    with database.connect(address(empty)) as connection:
        yield connection


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of synthetic month files."""
    path = tmp_path_factory.mktemp("sample") / "files"
    synthetic.make(path, last=(2003, 12), persons=120)
    return path


@pytest.fixture
def commands(bare_connection: Connection) -> Connection:
    """For what needs no process of its own: the commands as functions, on a database with the schema."""
    return bare_connection


@pytest.fixture
def bare_connection(postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    with database.connect(address(postgresql)) as connection:
        yield connection


#: A line of progress: the year, of how many, the phase.
PROGRESS = re.compile(r"\d{4}( \(\d of \d\))?: ")


def one_sentence(result: subprocess.CompletedProcess[str], loaded: list[str] | None = None) -> str:
    """What an error says: one line on stderr, from the program, after those of progress; exit status 1.

    Nothing is on stdout, or only the closing table of the years `loaded` before the one that was refused; those may be
    warned of, too.
    """
    assert result.returncode == 1, result
    assert closing_table(result.stdout)["loaded"] == loaded if loaded else result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert last.startswith("fdtrygd: ")
    others = [line for line in result.stderr.splitlines()[:-1] if not PROGRESS.match(line)]
    assert [line for line in others if not (loaded and line.startswith("Warning: "))] == []
    return last


def closing_table(text: str) -> dict[str, list[str]]:
    """The rows of the table that load-year ends with, by their name."""
    rows = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if re.match(r"  +\S", line)]
    return {name: values for name, *values in rows}


def test_years(fdtrygd: Command, connection: Connection, sample: Path) -> None:
    """The life of a database: load, load again, status, check, unload."""
    first = fdtrygd("load-year", 2003, "--data", sample)
    assert first.returncode == 0, first.stderr
    assert lasting.loaded_years(connection) == [2001, 2002, 2003]
    versions = connection.execute("SELECT DISTINCT produktversjon FROM trygdfob.kjorelogg").fetchall()
    assert versions == [(fdtrygd("--version").stdout.strip(),)]
    table = closing_table(first.stdout)
    assert table["loaded"] == ["2001", "2002", "2003"]
    counted = {
        "records read": "SELECT sum(antall) FROM trygdfob.maanedsfil WHERE aargang = %s",
        "set aside: fnr not 11 digits": "SELECT count(*) FROM trygdfob.lagt_til_side"
        " WHERE grunn = 'ugyldig_fnr' AND aargang = %s",
        "set aside: duplicates": "SELECT count(*) FROM trygdfob.lagt_til_side WHERE grunn = 'dublett' AND aargang = %s",
        "without a number of days": "SELECT count(*) FROM trygdfob.miniregister"
        " WHERE henddato IS NULL AND mnddato >= '2001-05-01' AND aargang = %s",
        "in the miniregister": "SELECT count(*) FROM trygdfob.miniregister WHERE aargang = %s",
        "written to F_ARBSOK": "SELECT count(*) FROM trygdfob.f_arbsok WHERE aargang = %s",
        "changes": "SELECT count(*) FROM trygdfob.f_arbsok WHERE kode = '2' AND aargang = %s",
        "left-censored entries": "SELECT count(*) FROM trygdfob.f_arbsok WHERE kode IN ('3', '9') AND aargang = %s",
        "rejected (VRAK_ARBSOK)": "SELECT count(*) FROM trygdfob.vrak_arbsok WHERE aargang = %s",
    }
    for name, query in counted.items():
        numbers = [database.scalar(connection, query, year) for year in (2001, 2002, 2003)]
        assert [int(value.replace(" ", "")) for value in table[name]] == numbers, name
    assert first.stderr.splitlines()[0] == "2001 (1 of 3): reading files"
    unknown = connection.execute("SELECT aargang, variabel, verdi, antall FROM arbsok.ukjente_koder").fetchall()
    said = " ".join(first.stdout.split())
    assert unknown
    aside = dict(connection.execute("SELECT aargang, count(*) FROM trygdfob.lagt_til_side GROUP BY aargang").fetchall())
    numbers: dict[tuple[int, str], list[int]] = {}
    for year, variable, code, count in unknown:
        numbers.setdefault((year, variable), []).append(count)
        of_code = re.search(rf"{year}, {variable} in no code list \(records\): [^:]*\b{code} \((\d+)\)", said)
        if of_code:  # Those of the files: with the records that were set aside
            assert count <= int(of_code[1]) <= count + aside.get(year, 0), code
    for (year, variable), counts in numbers.items():
        listed = re.search(
            rf"{year}, {variable} in no code list \(records\): ((?:, |\w+ \(\d+\))+)( and \d+ more)?", said
        )
        assert listed, variable
        most = [int(number) for number in re.findall(r"\((\d+)\)", listed[1])]
        assert len(most) == min(len(counts), NAMED)
        assert most == sorted(most, reverse=True)
        assert most[-1] >= sorted(counts, reverse=True)[len(most) - 1]
        more = len(counts) - len(most)
        assert (listed[2] or "") == (f" and {more} more" if more else "")
    assert max(map(len, numbers.values())) > NAMED
    assert "see select * from arbsok.ukjente_koder" in said
    loaded = fingerprint(connection)

    again = fdtrygd("load-year", 2003, "--data", sample)
    assert (again.returncode, again.stderr) == (0, "")
    assert "2003 is already loaded" in again.stdout
    earlier = fdtrygd("load-year", 2001, "--data", sample)
    assert (earlier.returncode, earlier.stderr) == (0, "")
    assert "2001 is already loaded" in earlier.stdout
    assert fingerprint(connection) == loaded

    status = fdtrygd("status")
    assert (status.returncode, status.stderr) == (0, "")
    assert "Series start 2001-05-01" in status.stdout
    assert "Test persons' numbers count as valid" in status.stdout
    assert re.findall(r"^ +(2\d{3}) .* synthetic *$", status.stdout, re.MULTILINE) == ["2001", "2002", "2003"]
    assert "2003 is not final" in status.stdout

    check = fdtrygd("check", "--verbose")
    assert check.returncode == 0
    assert [line[:13] for line in check.stderr.splitlines()] == [
        f"{year} ({place} of 3)" for place, year in ((1, 2001), (2, 2002), (3, 2003))
    ]
    said = [line for line in check.stdout.splitlines() if not line.startswith(" ")]  # where to look is indented
    assert said.pop() == "In short"
    assert [line for line in said if re.fullmatch(r"\d{4}", line)] == ["2001", "2002", "2003"]
    catalogue = dict(connection.execute("SELECT kontroll, alvor FROM kontroll.kontroll").fetchall())
    marks = [line.split(":")[0].split() for line in said if not re.fullmatch(r"\d{4}", line)]
    assert sorted(control for _, control in marks) == sorted([*catalogue] * 3)
    assert {mark for mark, control in marks if catalogue[control] == "feil"} == {"ok"}
    assert {mark for mark, control in marks if catalogue[control] == "advarsel"} == {"ok", "warn"}
    assert fingerprint(connection, but=LOG) == {name: rows for name, rows in loaded.items() if name not in LOG}
    loaded = fingerprint(connection)

    assert "2002" in one_sentence(fdtrygd("unload-year", 2002))
    assert fingerprint(connection) == loaded
    unload = fdtrygd("unload-year", 2003)
    assert (unload.returncode, unload.stderr) == (0, "")
    assert "2003 is unloaded" in unload.stdout
    assert lasting.loaded_years(connection) == [2001, 2002]

    assert fdtrygd("load-year", 2003, "--data", sample).returncode == 0
    assert fingerprint(connection, without=CLOCK, but=LOG) == {
        name: rows
        for name, rows in fingerprint(connection, without=CLOCK, but=LOG).items()
        if name in ("lastet_aargang", "objektversjon", "folkeregisterversjon") or rows == loaded[name]
    }


def test_other_files_for_a_loaded_year(commands: Connection, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "files")
    folder.year(2001)
    load_year(2001, folder.path)
    before = fingerprint(commands, but=("avvikende_fil",))
    other = Folder(tmp_path / "other")
    other.year(2001)
    other.write(2001, 7, month_records(2001, 7)[1:])
    result = typed("load-year", 2001, "--data", other.path, to=commands.info.dsn)
    sentence = one_sentence(result)
    assert "already loaded" in sentence
    assert "arbsok_200107.csv" in sentence
    assert "arbsok_200106.csv" not in sentence
    assert "unload-year YEAR=2001" in sentence
    assert fingerprint(commands, but=("avvikende_fil",)) == before


def test_check_fails(commands: Connection, tmp_path: Path) -> None:
    """A control that finds something: exit status 1, and where to look."""
    folder = Folder(tmp_path / "files")
    folder.year(2001)
    load_year(2001, folder.path)
    commands.execute("DELETE FROM trygdfob.f_arbsok WHERE kode IN ('1', '3', '9')")
    result = typed("check", to=commands.info.dsn)
    assert (result.returncode, result.stderr) == (1, "2001: controls\n")
    assert "FAIL en_apning" in result.stdout
    assert (
        "select * from kontroll.arbsok_forlop_funn where kontrollert_aargang = 2001 and kontroll = 'en_apning';"
        in result.stdout
    )


def test_questions_install_nothing(fdtrygd: Command, connection: Connection) -> None:
    """Where there is nothing, a question says so and leaves it so: the database may be somebody else's."""
    for command in (["status"], ["check"], ["unload-year", 2001]):
        assert "There is nothing in this database yet" in one_sentence(fdtrygd(*command))
        assert installation.version(connection) is None
    fdtrygd("db", "upgrade")
    assert "No year is loaded." in fdtrygd("status").stdout
    assert "No year is loaded" in fdtrygd("check").stdout


def test_lost_leading_zeros_are_warned_of(fdtrygd: Command, sample: Path, tmp_path: Path) -> None:
    """What a spreadsheet does to a CSV file: the records identify nobody (T1), and that is said aloud."""
    shutil.copy(sample / synthetic.MARKER, tmp_path)
    for file in sample.glob("arbsok_2001*.csv"):
        text = file.read_text()
        shorter = re.sub(r"(?m)^0", "", text) if file.name == "arbsok_200107.csv" else text
        (tmp_path / file.name).write_text(shorter)
    result = fdtrygd("load-year", 2001, "--data", tmp_path)
    assert result.returncode == 0
    warnings = [line for line in result.stderr.splitlines() if line.startswith("Warning: mange_")]
    assert len(warnings) == 1
    assert re.match(
        r"Warning: mange_ugyldige_fnr: arbsok_200107.csv: \d+ of \d+ records set aside: no fnr of 11 digits",
        warnings[0],
    )


def test_a_role_without_rights(fdtrygd: Command, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    fdtrygd("db", "upgrade")
    role = f"leser_{os.getpid()}"
    connection.execute(f"CREATE ROLE {role}")
    connection.commit()
    try:
        monkeypatch.setenv("PGOPTIONS", f"-c role={role}")
        for command in (["status"], ["check"], ["load-year", 2001], ["unload-year", 2001], ["db", "upgrade"]):
            assert "may not do this" in one_sentence(fdtrygd(*command)), command
    finally:
        connection.execute(f"DROP ROLE {role}")
        connection.commit()


def test_addresses_that_are_none(fdtrygd: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence does not quote them: there may be a password in them."""
    for url in ("egne", "mysql://x/y", "postgresql://ola:hemm elig@localhost/x", "postgresql:///x?foo=bar"):
        result = fdtrygd("status", url=url)
        assert "is no libpq URI" in one_sentence(result), url
        assert "elig" not in result.stderr


def test_db(fdtrygd: Command, connection: Connection) -> None:
    upgrade = fdtrygd("db", "upgrade")
    assert (upgrade.returncode, upgrade.stderr) == (0, "")
    revision, digest = installation.version(connection) or ("", "")
    assert upgrade.stdout == f"The schema is at {revision}, objects {digest}.\n"
    psql = fdtrygd("db", "psql", "-X", "-At", "-c", "select count(*) from innstilling")
    assert (psql.returncode, psql.stdout, psql.stderr) == (0, "1\n", "")
    assert fdtrygd("db", "psql", "-c", "select 1/0").returncode == 1
    url = fdtrygd("db", "url", url="postgresql://ola:hemmelig@localhost:5432/x")
    assert (url.returncode, url.stdout, url.stderr) == (0, "postgresql://ola:***@localhost:5432/x\n", "")
    stop = fdtrygd("db", "stop")
    assert (stop.returncode, stop.stderr) == (0, "")
    assert "nothing to stop" in stop.stdout


def test_synthetic(fdtrygd: Command, tmp_path: Path) -> None:
    directory = tmp_path / "files"
    arguments = ("synthetic", directory, "--from", "2001-11", "--to", "2002-02", "--persons", 30, "--seed", 7)
    made = fdtrygd(*arguments)
    assert (made.returncode, made.stderr) == (0, "")
    assert f"synthetic records in {directory}" in made.stdout
    files = {file.name: file.read_bytes() for file in directory.iterdir()}
    months = ["arbsok_200111.csv", "arbsok_200112.csv", "arbsok_200201.csv", "arbsok_200202.csv"]
    assert sorted(files) == sorted([synthetic.MARKER, *months])
    assert "No year is complete" in made.stdout
    assert fdtrygd(*arguments).stdout == made.stdout
    assert {file.name: file.read_bytes() for file in directory.iterdir()} == files
    assert str(directory) in one_sentence(fdtrygd(*arguments[:-1], 8))
    wrong = fdtrygd("synthetic", tmp_path / "none", "--from", "2001-13")
    assert wrong.returncode == 2
    assert "YYYY-MM" in wrong.stderr
    assert not (tmp_path / "none").exists()
    for month in ("2001", "2001-00", "x-y", "2001-01-01"):
        with pytest.raises(typer.BadParameter, match="YYYY-MM"):
            month_command(month)


def test_never_mixed(commands: Connection, sample: Path, tmp_path: Path) -> None:
    """Synthetic years on others, and the reverse (see lasting.refuse_mixture)."""
    real = Folder(tmp_path / "real")
    for year in (2001, 2002):
        real.year(year)
    load_year(2001, real.path)
    before = fingerprint(commands)
    sentence = one_sentence(typed("load-year", 2002, "--data", sample, to=commands.info.dsn))
    assert "never mixed" in sentence
    assert fingerprint(commands) == before
    unload_year(2001)
    load_year(2001, sample)
    before = fingerprint(commands)
    with pytest.raises(UserError, match=r"synthetic.*never mixed"):
        load_year(2002, real.path)
    assert fingerprint(commands) == before


def test_test_numbers_follow_the_synthetic_years(commands: Connection, sample: Path, tmp_path: Path) -> None:
    """Accepted from the first synthetic year until it is taken back; else as the user has it."""

    def accepted() -> bool:
        return bool(database.scalar(commands, "SELECT testnumre FROM trygdfob.innstilling"))

    def marks(year: int) -> set[str]:
        query = "SELECT DISTINCT mrk_fnr FROM trygdfob.miniregister WHERE aargang = %s"
        return {mark for (mark,) in commands.execute(query, [year])}

    load_year(2001, sample)
    assert accepted()
    assert "0" in marks(2001)
    load_year(2002, sample)
    unload_year(2002)
    assert accepted()
    unload_year(2001)
    assert not accepted()

    real = Folder(tmp_path / "real")
    real.year(2001)
    load_year(2001, real.path)
    assert not accepted()
    assert marks(2001) == {"2"}
    unload_year(2001)
    assert not accepted()

    commands.execute("UPDATE trygdfob.innstilling SET testnumre = true")  # the user's own choice stays
    load_year(2001, sample)
    unload_year(2001)
    assert accepted()


def test_without_data_the_sample_is_made(
    commands: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No --data: the synthetic sample, made once, and again where its making was interrupted."""
    make, made = synthetic.make, []

    def small(directory: Path) -> int:
        made.append(directory)
        return make(directory, last=(2002, 12), persons=30)

    monkeypatch.setattr(synthetic, "make", small)
    sample = tmp_path / "sample"
    monkeypatch.setattr(settings, "SAMPLE", sample)
    sample.mkdir()
    (sample / "arbsok_200101.csv").write_text("half a file")
    load_year(2001)
    load_year(2002)
    assert made == [sample]
    assert str(sample) in capsys.readouterr().err.replace("\n", "")
    assert commands.execute("SELECT aargang, syntetisk FROM trygdfob.lastet_aargang ORDER BY 1").fetchall() == [
        (2001, True),
        (2002, True),
    ]


def test_the_next_step_after_synthetic() -> None:
    """The command that loads the files: the whole years, and a folder as a shell takes it."""
    step = "To load 2001 to 2005, into a database of its own: make load-year YEAR=2005 DATA=/tmp/files"
    assert next_step(Path("/tmp/files"), (2001, 1), (2005, 12)) == step
    assert next_step(Path("/tmp/files"), (2000, 2), (2006, 11)) == step
    step = "To load 2001, into a database of its own: make load-year YEAR=2001 DATA='/tmp/my files'"
    assert next_step(Path("/tmp/my files"), (2001, 1), (2001, 12)) == step
    assert "No year is complete" in next_step(Path("/tmp/files"), (2001, 2), (2002, 11))


# --------------------------------------------------------------------------------------------------- errors


def test_errors_are_sentences(fdtrygd: Command, sample: Path, tmp_path: Path) -> None:
    assert "no directory" in one_sentence(fdtrygd("load-year", 2001, "--data", tmp_path / "nothing"))
    assert "no month files for 2004" in one_sentence(fdtrygd("load-year", 2004, "--data", sample))
    assert "no month files for 2004, 2005 (" in one_sentence(fdtrygd("load-year", 2005, "--data", sample))
    gap = tmp_path / "gap"
    shutil.copytree(sample, gap)
    (gap / "arbsok_200206.csv").unlink()
    sentence = one_sentence(fdtrygd("load-year", 2002, "--data", gap))  # seen before the first year is loaded
    assert sentence.startswith("fdtrygd: 2002 is not complete: arbsok_200206 is missing.")
    (gap / "arbsok_200206.csv").touch()
    sentence = one_sentence(fdtrygd("load-year", 2002, "--data", gap), loaded=["2001"])
    assert sentence.startswith("fdtrygd: arbsok_200206.csv is empty")
    assert "2004 is not loaded" in one_sentence(fdtrygd("unload-year", 2004))
    assert "2000" in one_sentence(fdtrygd("load-year", 2000, "--data", sample))


def test_fields_are_never_quoted(commands: Connection, tmp_path: Path) -> None:
    """Whatever a bad file makes the server say, the person's number in it is not repeated."""
    folder = Folder(tmp_path / "files")
    folder.year(2001)
    good = folder.file(2001, 6).read_text()
    for bad in (good + good.splitlines()[1] + ",1\n", good.replace("HL", '"HL', 1)):
        folder.file(2001, 6).write_text(bad)
        sentence = one_sentence(typed("load-year", 2001, "--data", folder.path, to=commands.info.dsn))
        assert "arbsok_200106.csv, line " in sentence


def test_no_database(tmp_path: Path) -> None:
    """A database that does not answer, and the password that stays unsaid."""
    address = "postgresql://nobody:secret@127.0.0.1:1/nothing"
    sentence = one_sentence(typed("status", to=address))
    assert "FDTRYGD_DATABASE_URL" in sentence
    assert "secret" not in sentence


def test_wrong_usage(tmp_path: Path) -> None:
    """What cannot be a command: how it is used, and exit status 2."""
    for arguments in (("load-year", "99"), ("no-such-command",)):
        result = typed(*arguments, to="postgresql://nobody@127.0.0.1:1/nothing")
        assert result.returncode == 2, arguments
        assert "Usage: fdtrygd" in result.stderr
