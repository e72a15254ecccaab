"""Every command that works on the database, to be ended while another session holds what it waits for."""

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from fdtrygd import errors

from commands import said, start
from conftest import address, qualified
from loaded import SOON, Files

Connection = psycopg.Connection[Any]
FNR = "15855555555"


def sentence(*arguments: object, to: str | None, **options: Any) -> str:
    return said(start(*arguments, to=to, **options))


@contextlib.contextmanager
def locked(to: str, table: str) -> Iterator[Connection]:
    """The table locked by another session, for as long as it takes; a command that needs it waits."""
    with psycopg.connect(to) as other:
        other.execute(f"LOCK TABLE {qualified(table)} IN ACCESS EXCLUSIVE MODE")
        yield other
        other.rollback()


def until(watch: Connection, condition: str, *parameters: object) -> int:
    """Returns the process id as soon as a session of the program, not the test's own, is in such a state."""
    deadline = time.monotonic() + SOON
    while True:
        found = watch.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            f" AND application_name LIKE 'fdtrygd%%' AND {condition}",
            parameters,
        ).fetchone()
        if found:
            return int(found[0])
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)


@pytest.fixture
def to(clone: Connection) -> str:
    """The address of a loaded database of the test's own."""
    return address(clone)


@pytest.fixture
def data(files: Files) -> Path:
    """The folder of its month files, and of those of the year after."""
    return files[2001][1].path.parent


class Command(NamedTuple):
    """A command, and what is peculiar to it where it is ended."""

    arguments: list[str]
    #: a table that it comes to wait for where another session has locked it, and one that it writes when it commits
    waits: str
    writes: str
    #: what it says of its change when that has not come about
    known: str
    #: the years that are loaded when it has
    years: list[int]


NO_2003, NOTHING = "Nothing is left of the year 2003.", errors.NOTHING
COMMANDS = {
    "load-year": ("load-year 2003 --jobs 2 --data {folder}", "miniregister_tall", "lastet_aargang", NO_2003),
    "load-year alone": ("load-year 2003 --jobs 1 --data {folder}", "miniregister_tall", "lastet_aargang", NO_2003),
    "unload-year": ("unload-year 2002", "vrak_arbsok", "lastet_aargang", NOTHING),
    "official import": ("official import {tmp}/nav.csv", "offisiell_statistikk", "offisiell_statistikk", NOTHING),
    "db upgrade": ("db upgrade", "kontrollresultat", "objektversjon", NOTHING),
    "check-files": ("check-files 2003 --data {folder}", "terskel", "", ""),
    "status": ("status", "innstilling", "", ""),
    "check": ("check 2002", "kontrollkjoring", "", ""),
    "report": ("report 2002 --out {tmp}/report.html", "kontrollkjoring", "", ""),
    "forklar": (f"forklar {FNR}", "vrak_arbsok", "", ""),
}
CHANGES = {"load-year": [2001, 2002, 2003], "load-year alone": [2001, 2002, 2003], "unload-year": [2001]}


def command_of(name: str, clone: Connection, folder: Path, tmp: Path) -> Command:
    line, waits, writes, known = COMMANDS[name]
    (tmp / "nav.csv").write_text("aargang;hoved;offisiell\n2003;5;1\n")
    if name == "db upgrade":
        clone.execute("UPDATE trygdfob.objektversjon SET digest = 'older'")
    arguments = [word.format(folder=folder, tmp=tmp) for word in line.split()]
    return Command(arguments, waits, writes, known, CHANGES.get(name, [2001, 2002]))


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, clone: Connection, data: Path, tmp_path: Path) -> Command:
    """Every command that works on the database, one after the other."""
    return command_of(request.param, clone, data, tmp_path)


@pytest.fixture(params=["load-year", "load-year alone", "unload-year", "official import", "db upgrade"])
def change(request: pytest.FixtureRequest, clone: Connection, data: Path, tmp_path: Path) -> Command:
    """Those that change the database."""
    return command_of(request.param, clone, data, tmp_path)


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of its own at that place."""
    place.mkdir(exist_ok=True)
    for parent in (place, *place.parents):
        with contextlib.suppress(PermissionError):
            parent.chmod(parent.stat().st_mode | 0o011)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("This user may not mount a small disk.")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)
