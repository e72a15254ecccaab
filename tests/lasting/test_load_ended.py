"""Loads that are killed, stopped with Ctrl-C, or hang: nothing is left of the year, and the next load goes on."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting, synthetic
from fdtrygd.cli.load_year import load_year
from fdtrygd.db import locks

from commands import PATIENT
from conftest import offending, qualified
from contents import LOG, durable, fingerprint, left_in_work_tables, rows

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year that takes a moment to load."""
    path = tmp_path_factory.mktemp("large") / "files"
    synthetic.make(path, last=(2001, 12), persons=800)
    return path


def loading(large: Path, jobs: int) -> subprocess.Popen[str]:
    """A load of 2001, in a process of its own."""
    command = [*PATIENT, "load-year", "2001", "--data", large, "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def until(process: subprocess.Popen[str], phase: str) -> None:
    """Returns when the load has come to the phase."""
    assert process.stderr
    for line in process.stderr:
        if re.match(rf"2001: {phase}( – |$)", line.strip()):
            break
    if phase != lasting.PLACING:  # which is soon over
        time.sleep(0.02)


def stopped(connection: Connection, large: Path, jobs: int, moment: str, number: signal.Signals) -> tuple[int, str]:
    """Ends a load of 2001 by a signal in one of its phases, and waits until it has let go of the database: exit status,
    and what it said.

    Where the load was through before the signal came, on a busy machine, the year is taken back and loaded again.
    """
    for _ in range(20):
        with loading(large, jobs) as process:
            assert process.stderr
            until(process, moment)
            process.send_signal(number)
            said = process.stderr.read()
        with locks.alone(connection):
            if not lasting.loaded_years(connection):
                return process.returncode, said
            lasting.unload_year(connection, 2001)
            for table in LOG:
                connection.execute(f"TRUNCATE {qualified(table)} CASCADE")
    pytest.fail(f"the load was through with {moment} 20 times before the signal came")


@pytest.mark.parametrize(
    ("jobs", "moments"), [(1, (lasting.SPELLS,)), (3, lasting.PHASES)], ids=["one connection", "three connections"]
)
def test_killed(
    bare: Connection, large: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, moments: tuple[str, ...]
) -> None:
    """SIGKILL in each phase: no table that lasts has changed, and the next load empties what the dead one worked in."""
    monkeypatch.setattr(locks, "PATIENCE", 600)
    before = durable(bare)
    for moment in moments:
        status, _ = stopped(bare, large, jobs, moment, signal.SIGKILL)
        assert status == -signal.SIGKILL, moment
        assert durable(bare) == before, moment
    with loading(large, jobs) as process:
        until(process, lasting.MINIREGISTER)
        process.kill()
    load_year(2001, large, jobs)  # at once
    assert left_in_work_tables(bare) == {}
    disturbed = rows(bare)
    with locks.alone(bare):
        lasting.unload_year(bare, 2001)
    load_year(2001, large)
    assert rows(bare) == disturbed
    assert offending(bare) == {}


def test_stopped_with_ctrl_c(bare: Connection, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that nothing is left, and nothing is, in no table."""
    monkeypatch.setattr(locks, "PATIENCE", 600)
    before = fingerprint(bare)
    for jobs, moment in ((1, lasting.SPELLS), (3, lasting.READING), (3, lasting.SPELLS), (3, lasting.PLACING)):
        status, said = stopped(bare, large, jobs, moment, signal.SIGINT)
        assert status != 0, moment
        assert "Nothing is left of the year" in said, moment
        assert "Traceback" not in said, moment
        assert fingerprint(bare) == before, moment


#: `fdtrygd`, but June's file lies on a drive that does not answer: the reader waits for a lock that nobody will release
HANGING = """
import ctypes, sys
from fdtrygd import cli
from fdtrygd.files import csv
scan = csv._scan
def hang(file):
    if file.name == "arbsok_200106.csv":
        lock = ctypes.create_string_buffer(64)
        while True:
            try:
                print("hangs", file=sys.stderr, flush=True)
                ctypes.CDLL(None).pthread_mutex_lock(lock)
                ctypes.CDLL(None).pthread_mutex_lock(lock)
            except KeyboardInterrupt:  # too early
                pass
    return scan(file)
csv._scan = hang
cli.main()
"""


@pytest.mark.parametrize(
    "command",
    [
        "load-year 2001 --jobs 1 --data .",
        "load-year 2001 --jobs 3 --data .",
        "check-files 2001 --data .",
        "official import arbsok_200106.csv",
    ],
)
def test_a_drive_that_hangs_is_left_with_a_second_ctrl_c(bare: Connection, large: Path, command: str) -> None:
    before = durable(bare)
    program = [sys.executable, "-c", HANGING, *command.split()]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=large) as process:
        assert process.stderr
        for words in ("hangs", "Ctrl-C once more"):
            while words not in (line := process.stderr.readline()):
                assert line
            process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    # It may say that it hangs once more, before or after: the interrupt of the first Ctrl-C comes when it comes
    assert [line for line in said.splitlines() if line != "hangs"][-1].startswith("Left at once.")
    assert durable(bare) == before
    load_year(2001, large)
    assert left_in_work_tables(bare) == {}
