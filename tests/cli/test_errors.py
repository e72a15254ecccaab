"""Errors are one sentence that says only what is known: of streams, disks, folders and what is not installed."""

import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fdtrygd import errors, lasting, rapport, settings
from fdtrygd.db import server

from commands import FDTRYGD, said, start
from ended import (
    FNR,
    Connection,
    sentence,
    small_disk,
)

OUTPUTS = {
    "status": ["status", "--verbose"],
    "check": ["check", "2001"],
    "help": ["--help"],
    "unload-year": ["unload-year", "2002"],
}


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_full_disk_for_the_output(clone: Connection, to: str, command: str) -> None:
    """What was done stands, and the sentence does not say otherwise."""
    with Path("/dev/full").open("w") as full:
        text = sentence(*OUTPUTS[command], to=to, stdout=full)
    assert text.startswith("The output cannot be written (No space left on device): it is not complete.")
    assert lasting.loaded_years(clone) == ([2001] if command == "unload-year" else [2001, 2002])


@pytest.mark.parametrize("command", OUTPUTS)
def test_nobody_reads_the_output(to: str, command: str) -> None:
    """As with `| head`, when head has seen enough."""
    process = start(*OUTPUTS[command], to=to)
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    assert said(process) == "Whoever read the output has stopped reading: the rest of it is not written."


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(to: str, tmp_path: Path, closed: str) -> None:
    """They read nothing and write nowhere; no connection and no file gets their number, and is written to."""
    shell = ["bash", "-c", f'"$0" "$@" {closed}', FDTRYGD]
    environment = {**os.environ, "FDTRYGD_DATABASE_URL": to}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*shell, *arguments], env=environment, capture_output=True, text=True, check=False)

    def quiet(*arguments: str) -> None:
        done = run(*arguments)
        assert done.returncode == 0, arguments
        if arguments[0] == "check" and "2>" not in closed:
            assert re.fullmatch("2001: controls( – .*)?\n", done.stderr)  # how far it has come
        else:
            assert done.stderr == "", arguments

    quiet("status")
    quiet("check", "2001")
    quiet("synthetic", str(tmp_path / "files"), "--to", "2001-01", "--persons", "10")
    if closed == "<&- >&- 2>&-":
        quiet("report", "2002", "--out", str(tmp_path / "report.html"))
    asked = run("forklar")
    assert asked.returncode == errors.REFUSED
    if "2>" not in closed:
        assert asked.stderr.startswith("fdtrygd: A fødselsnummer has 11 digits")


def test_files_that_may_not_grow(to: str, data: Path, tmp_path: Path) -> None:
    """A limit of the shell, or a full disk: no half file stays under the name that was asked for."""

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    report = tmp_path / "report.html"
    assert "File too large" in sentence("report", 2002, "--out", report, to=to, preexec_fn=small)
    assert list(tmp_path.iterdir()) == []
    assert "File too large" in sentence("synthetic", tmp_path / "files", "--persons", 100, to=to, preexec_fn=small)
    assert not list(tmp_path.glob("files/*.csv"))


def test_a_report_into_a_device_or_a_link(
    to: str, clone: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole or not at all means that a new file takes the name: neither that of a device, nor that of a link."""
    device = tmp_path / "device"
    os.mkfifo(device)
    assert sentence("report", 2002, "--out", device, to=to).startswith(f"{device} is no file but a device")
    assert device.is_fifo()
    assert f"{tmp_path} is a folder" in sentence("report", 2002, "--out", tmp_path, to=to)
    monkeypatch.setattr("fdtrygd.rapport.page.html", lambda *arguments: "a report")
    link, file = tmp_path / "link.html", tmp_path / "report.html"
    link.symlink_to(file)
    rapport.write(clone, 2002, link)
    assert (link.is_symlink(), file.read_text()) == (True, "a report")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a place of its own, with its own .fdtrygd."""
    place = tmp_path / "checkout"
    for part in ("fdtrygd", "sql", "migrations"):
        shutil.copytree(settings.ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def of_checkout(checkout: Path, *arguments: str) -> str:
    process = subprocess.Popen(
        [sys.executable, "-m", "fdtrygd", *arguments],
        cwd=checkout,
        env={name: value for name, value in os.environ.items() if name != "FDTRYGD_DATABASE_URL"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return said(process)


def test_a_full_disk_of_the_embedded_server(checkout: Path) -> None:
    with small_disk(checkout / ".fdtrygd", "1m"):
        text = of_checkout(checkout, "status")
    assert re.fullmatch(r"The embedded server could not make a database cluster: .*No space left on device\. .*", text)
    assert "UTC" not in text  # words of the server's log


def damage(state: Path, what: str) -> None:
    data = state / "postgres"
    if what == "a file":
        state.write_text("")
    elif what == "a link to itself":
        state.symlink_to(state.name)
    else:
        data.mkdir(parents=True, mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(data, *(server._account(data / "none").uid, server._account(data / "none").gid))
        name = what.split()[0]
        (data / "PG_VERSION").write_text("18\n")
        (data / name).write_bytes(b"\xff\xfe not\nthis\nhere\nat all\n\n")


@pytest.mark.parametrize("what", ["a file", "a link to itself", "PG_VERSION of rubbish", "postmaster.pid of rubbish"])
def test_a_damaged_state_folder(checkout: Path, what: str) -> None:
    damage(checkout / ".fdtrygd", what)
    assert f"{checkout}/.fdtrygd" in of_checkout(checkout, "status")


def test_an_error_of_the_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says whose fault it is, what and where; a value, only to who asks for the traceback."""

    def wrong(*arguments: Any) -> None:
        raise KeyError(FNR)

    monkeypatch.setattr(lasting, "loaded_years", wrong)
    assert errors.door(lambda: lasting.loaded_years(None)) == errors.PROGRAM
    _, err = capsys.readouterr()
    assert "an error of the program, not of yours: KeyError" in err
    assert errors.TRACEBACK in err
    assert FNR not in err
    monkeypatch.setenv(errors.TRACEBACK, "1")
    errors.door(lambda: lasting.loaded_years(None))
    assert FNR in capsys.readouterr().err


def test_numpy_is_for_whoever_makes_files(tmp_path: Path) -> None:
    """For the others a fifth of the time that they take to start."""
    (tmp_path / "numpy.py").write_text("raise SystemExit('numpy was imported')")
    environment = {"PYTHONPATH": str(tmp_path)}
    assert "does not answer" in sentence("status", to="postgresql:///?host=nowhere.invalid", environment=environment)


def test_what_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ModuleNotFoundError('gone', name='rich')")
    text = sentence("status", to="postgresql:///nothing", environment={"PYTHONPATH": str(tmp_path)})
    assert text.startswith("The program needs rich, which is not installed.")


def test_a_later_versions_database(clone: Connection, to: str) -> None:
    clone.execute("UPDATE trygdfob.alembic_version SET version_num = '0999'")
    for command in (["status"], ["unload-year", "2002"]):
        assert sentence(*command, to=to).endswith("its tables are of a later version. Use that one.")
    assert "knows no revision 0999. Where the database has it, its tables are of a later version" in sentence(
        "db", "upgrade", to=to
    )


def test_alembics_own_command_line(clone: Connection, to: str) -> None:
    """A DBA runs `alembic upgrade head`: its errors are sentences, too."""
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET default_transaction_read_only = on")
    for address_ in (to, "postgresql://nobody@127.0.0.1:1/nothing"):
        done = subprocess.run(
            [sys.executable, "-m", "alembic", "upgrade", "head"],
            cwd=settings.ROOT, env={**os.environ, "FDTRYGD_DATABASE_URL": address_},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode != 0
        assert "Traceback" not in done.stderr + done.stdout
        words = " ".join((done.stdout + done.stderr).split())
        assert ("it is a standby, or read only" if address_ == to else "does not answer") in words
