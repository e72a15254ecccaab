"""The program's session is its own: what a server, a database, a role, the environment or a URI sets does not change
what a command does or says.

Every command of the program runs in each of these tests: one that is new has to be put into `COMMANDS`.
"""
# ruff: noqa: F401, F811 – fixtures of test_roller.py, as arguments

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import typer
from fdtrygd import cli, database, runner, synthetic
from fdtrygd import input as month_files
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_postgresql.executors import NoopExecutor
from typer.testing import CliRunner

from conftest import Silent, address, own_database
from test_load import CLOCK, fingerprint
from test_roller import admin, logins

Connection = psycopg.Connection[Any]
FDTRYGD = Path(sys.executable).with_name("fdtrygd")

#: Every command, in an order in which they can follow each other; {…} is filled in by `Clone`. An unload comes last.
COMMANDS = {
    "load-year": ["load-year", "2002", "--data", "{files}", "--jobs", "2"],
    "status": ["status", "--verbose"],
    "check": ["check", "--jobs", "2"],
    "report": ["report", "2002", "--out", "{report}"],
    "forklar": ["forklar", "{fnr}"],
    "official import": ["official", "import", "{figures}"],
    "db upgrade": ["db", "upgrade"],
    "db psql": ["db", "psql", "-X", "-At", "-c", "select count(*) from tilfelle"],
    "unload-year": ["unload-year", "2002"],
}
#: These have nothing to do with a database.
WITHOUT_DATABASE = {"synthetic", "db stop", "db url"}
#: What is an administrator's; all else is the loader's.
OF_DBA = {"db upgrade"}

#: As the commands and the report write it
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|\d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d\.\d\d"
LOG = ("kjorelogg", "kontrollkjoring", "kontrollresultat", "kontrollfunn")


def commands(group: Any, *before: str) -> set[str]:
    """Every command that the program has, with the groups in front of its name."""
    return {
        name
        for key, command in group.commands.items()
        for name in (commands(command, *before, key) if hasattr(command, "commands") else {" ".join([*before, key])})
    }


def test_every_command_is_tried() -> None:
    assert commands(typer.main.get_command(cli.app)) == COMMANDS.keys() | WITHOUT_DATABASE


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("session") / "files"
    synthetic.make(path, last=(2002, 12), persons=60)
    return path


@pytest.fixture(scope="module")
def original(
    admin: Connection,
    logins: dict[str, str],
    postgresql_noproc: NoopExecutor,
    files: Path,
) -> Iterator[str]:
    """A database with 2001 of a small register; each test gets a copy. Its name."""
    with own_database(postgresql_noproc, "session") as connection:
        connection.autocommit = True
        year = month_files.find_month_files(files)[2001]
        runner.load_year(connection, 2001, year, synthetic=True, progress=Silent())
        admin.execute(f"GRANT fdtrygd_laster TO {logins['dba']}")
        name = str(connection.info.dbname)
        connection.close()
        yield name


class Clone:
    """A copy of that database, and the program on it."""

    def __init__(self, admin: Connection, name: str, users: dict[str, str], files: Path, path: Path) -> None:
        self.address = make_conninfo(address(admin), dbname=name)
        self.name, self.users, self.files, self.path = name, users, files, path

    def __enter__(self) -> "Clone":
        self.administrator = database.connect(self.address)
        return self

    def __exit__(self, *error: object) -> None:
        self.administrator.close()

    def as_user(self, role: str) -> str:
        """The URI for the member of a role."""
        parts = conninfo_to_dict(self.address) | {"user": self.users[role], "password": "prove"}
        parts = {key: str(value) for key, value in parts.items() if value}
        return "postgresql:///?" + "&".join(f"{key}={value.replace('/', '%2F')}" for key, value in parts.items())

    def run(self, name: str) -> str:
        """What a command says; it has to succeed."""
        (fnr,) = self.administrator.execute(
            "SELECT min(fnr) FROM trygdfob.f_arbsok WHERE kode = '2' AND aargang = 2001"
        ).fetchone() or ("",)
        figures = self.path / "nav.csv"
        figures.write_text("aargang,hoved,offisiell,filene\n2001,1,100,\n2001,2,..,7\n")
        report = self.path / "rapport.html"
        fill = {"files": self.files, "report": report, "fnr": fnr, "figures": figures}
        command = [part.format(**fill) for part in COMMANDS[name]]
        to = self.as_user("dba" if name in OF_DBA else "laster")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FDTRYGD_DATABASE_URL", to)
            if name == "db psql":  # it becomes psql
                done = subprocess.run([FDTRYGD, *command], check=False, capture_output=True, text=True)
                said, status = done.stdout + done.stderr, done.returncode
            else:
                result = CliRunner().invoke(cli.app, command, catch_exceptions=False)
                said, status = result.output, result.exit_code
        assert status == 0, (name, said)
        return report.read_text(encoding="utf-8") if name == "report" else said

    def round(self) -> dict[str, str]:
        """What every command says, without the times that things took and happened; and what the register is then."""
        said = {}
        for name in COMMANDS:
            if name == "unload-year":
                said["register"] = str(sorted(fingerprint(self.administrator, without=CLOCK, but=LOG).items()))
            text, _, _ = self.run(name).partition('<section id="kjorelogg"')
            text = re.sub(
                r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|\d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d\.\d\d", "(a moment)", text
            )
            said[name] = re.sub(r"\b\d+\.\d\b", "(seconds)", text) if name != "report" else text
        said["register before 2002"] = str(sorted(fingerprint(self.administrator, without=CLOCK, but=LOG).items()))
        return said


@pytest.fixture(scope="module")
def clone(
    admin: Connection,
    logins: dict[str, str],
    original: str,
    files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Clone]]:
    """Makes copies."""
    made: list[str] = []

    def make() -> Clone:
        made.append(f"{original}_{len(made)}")
        admin.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {original}")
        admin.execute(f"GRANT CREATE ON DATABASE {made[-1]} TO fdtrygd_dba")
        return Clone(admin, made[-1], logins, files, tmp_path_factory.mktemp("rapport"))

    yield make
    for name in made:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def usual(clone: Callable[[], Clone]) -> dict[str, str]:
    """What the commands say where nobody has set anything."""
    with clone() as copy:
        return copy.round()


# ------------------------------------------------------------------------------------------------------------ settings

#: Protection that somebody has put up, and what is a transaction's own: these are left alone.
LEFT = {"default_transaction_read_only", "transaction_read_only", "transaction_isolation", "transaction_deferrable"}
#: What has neither two values nor a list of them. The servers know no zone farther east.
ODD = {
    "client_encoding": "LATIN1",
    "datestyle": "German",
    "timezone": "Pacific/Kiritimati",
    "search_path": '"$user", public',
    "client_min_messages": "error",
    "extra_float_digits": "-15",
    "plpgsql.extra_errors": "all",
    "plpgsql.extra_warnings": "all",
    "idle_session_timeout": "50",
    "idle_in_transaction_session_timeout": "50",
    "from_collapse_limit": "1",
    "join_collapse_limit": "1",
    "temp_buffers": "100",
    "work_mem": "64",
    "cursor_tuple_fraction": "1",
}


def odd(connection: Connection, which: int) -> dict[str, str]:
    """Every setting that a user may have on or off, or that has a list of values, as it is not shipped; and `ODD`."""
    rows = connection.execute(
        "SELECT name, boot_val, CASE vartype WHEN 'bool' THEN '{on,off}'::text[] ELSE enumvals END FROM pg_settings"
        " WHERE context = 'user' AND vartype IN ('bool', 'enum') AND name <> ALL (%s)",
        [list(LEFT)],
    )
    others = {name: [value for value in values if value != shipped] for name, shipped, values in rows}
    found = {name: values[which] for name, values in others.items() if values}
    assert found["default_transaction_isolation"] != "read committed"
    assert found["standard_conforming_strings"] == found["enable_hashjoin"] == "off"
    assert len(found) > 50
    return found | ODD


def options(settings: dict[str, str]) -> str:
    """As libpq's `options` and PGOPTIONS take them."""
    return " ".join(
        f"-c {name}={value}".replace(" ", "\\ ").replace("-c\\ ", "-c ") for name, value in settings.items()
    )


@contextmanager
def as_set(copy: Clone, admin: Connection, where: str, settings: dict[str, str]) -> Iterator[None]:
    """These settings for everybody in the database, for the two roles, or in the environment."""
    if where == "environment":
        with pytest.MonkeyPatch.context() as patch:
            named = {"client_encoding": "PGCLIENTENCODING", "datestyle": "PGDATESTYLE", "timezone": "PGTZ"}
            for name, variable in named.items():
                if name in settings:
                    patch.setenv(variable, settings[name])
            patch.setenv("PGOPTIONS", options({k: v for k, v in settings.items() if k not in {*named, "search_path"}}))
            yield
        return
    whose = (
        [f"DATABASE {copy.name}"] if where == "database" else [f"ROLE {copy.users[role]}" for role in ("laster", "dba")]
    )
    for each in whose:
        for name, value in settings.items():
            said = sql.SQL(value if name == "search_path" else "{}").format(sql.Literal(value))
            admin.execute(sql.SQL("ALTER {} SET {} = {}").format(sql.SQL(each), sql.SQL(name), said))
    yield
    for each in whose:
        admin.execute(sql.SQL("ALTER {} RESET ALL").format(sql.SQL(each)))


@pytest.mark.parametrize(("where", "which"), [("database", 0), ("role", -1), ("environment", 0)])
def test_no_setting_changes_what_a_command_does_or_says(
    admin: Connection,
    clone: Callable[[], Clone],
    usual: dict[str, str],
    where: str,
    which: int,
) -> None:
    """All of them at once."""
    with clone() as copy, as_set(copy, admin, where, odd(admin, which)):
        assert copy.round() == usual


@pytest.mark.parametrize(
    "settings",
    [
        {"datestyle": "German"},
        {"datestyle": "SQL, DMY"},
        {"client_encoding": "LATIN1"},
        {"default_transaction_isolation": "repeatable read"},
        {"default_transaction_isolation": "serializable"},
        {"enable_partition_pruning": "off"},
        {"array_nulls": "off"},
        {"idle_session_timeout": "50"},
    ],
    ids=lambda settings: " ".join(settings.values()),
)
def test_nor_does_one_that_stopped_it_once(
    admin: Connection,
    clone: Callable[[], Clone],
    settings: dict[str, str],
) -> None:
    """Alone, so that none of them hides another one; the report is left out, since drawing it takes a second."""
    with clone() as copy, as_set(copy, admin, "database", settings):
        for name in ("load-year", "status", "official import", "unload-year"):
            copy.run(name)


def test_the_uris_options_are_kept_and_ours_win(clone: Callable[[], Clone]) -> None:
    """What protects the server stays; a load's further sessions have the same."""
    ours = {"search_path": "pg_catalog, pg_temp", "DateStyle": "ISO, YMD", "client_encoding": "UTF8", "TimeZone": "UTC"}
    theirs = {"statement_timeout": "70s", "lock_timeout": "80s", "default_transaction_read_only": "on"}
    said = {"search_path": "public", "datestyle": "German", "timezone": "Asia/Tokyo", **theirs}
    with clone() as copy:
        to = make_conninfo(copy.address, options=options(said), client_encoding="LATIN1")
        with database.connect(to) as first, database.another(first) as second:
            for connection in (first, second):
                found = {name: runner.scalar(connection, f"SHOW {name}") for name in ours | theirs}
                assert found == ours | theirs


def test_triggers_fire(clone: Callable[[], Clone]) -> None:
    """Also where a superuser has turned them off for his sessions: one of them guards the settings."""
    with clone() as copy:
        to = make_conninfo(copy.address, options="-c session_replication_role=replica")
        with database.connect(to) as connection, pytest.raises(psycopg.Error, match="a year is loaded"):
            connection.execute("UPDATE trygdfob.innstilling SET serie_start = '2002-01-01'")


def test_moments_are_those_of_the_clock_on_the_wall(
    clone: Callable[[], Clone], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the command runs, not where the server stands."""
    with clone() as copy:
        (loaded,) = copy.administrator.execute("SELECT lastet FROM trygdfob.lastet_aargang").fetchone() or (None,)
        assert isinstance(loaded, datetime)
        for zone in ("Asia/Tokyo", "America/Lima"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert f"{loaded.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" in copy.run("status")
            monkeypatch.undo()
            time.tzset()
