"""One door for errors: whatever ends a command early is a sentence that says only what is known, and an exit status.

The server, the machine and the user do here what they do in life: timeouts, full disks, ended sessions, Ctrl-C.
"""

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from fdtrygd import cli, errors, lasting, rapport, settings
from fdtrygd.db import database, locks, objects, server
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo

from commands import FDTRYGD, said, start
from conftest import address, qualified
from contents import durable, fingerprint
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
def folder(files: Files) -> Path:
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
def command(request: pytest.FixtureRequest, clone: Connection, folder: Path, tmp_path: Path) -> Command:
    """Every command that works on the database, one after the other."""
    return command_of(request.param, clone, folder, tmp_path)


@pytest.fixture(params=["load-year", "load-year alone", "unload-year", "official import", "db upgrade"])
def change(request: pytest.FixtureRequest, clone: Connection, folder: Path, tmp_path: Path) -> Command:
    """Those that change the database."""
    return command_of(request.param, clone, folder, tmp_path)


# ----------------------------------------------------------------------------------------------------- the server


def test_a_timeout_on_the_server(clone: Connection, to: str, folder: Path) -> None:
    """statement_timeout of the database's own."""
    before = fingerprint(clone)
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET statement_timeout = '3s'")
    with locked(to, "miniregister_tall"):
        text = sentence("load-year", 2003, "--data", folder, to=to)
    assert "statement timeout" in text
    assert "docs/dba.md (Settings)" in text
    assert text.endswith(NO_2003)
    assert fingerprint(clone) == before


@pytest.mark.parametrize("how", ["cancel", "terminate"])
def test_ended_on_the_server(clone: Connection, to: str, command: Command, how: str) -> None:
    """A statement that is cancelled, as by a timeout, or a session that is ended: what was about to change is as it
    was, and the command says so."""
    before = durable(clone)
    with locked(to, command.waits):
        process = start(*command.arguments, to=to)
        pid = until(clone, "wait_event_type = 'Lock'")
        clone.execute(f"SELECT pg_{how}_backend(%s)", [pid])
        text = said(process)
    words, state = {
        "cancel": ("Somebody cancelled it on the server", "57014"),
        "terminate": ("The session was ended on the server", "57P01"),
    }[how]
    assert words in text
    assert text.endswith(command.known or f"(SQLSTATE {state})")
    assert durable(clone) == before


def test_read_only(clone: Connection, to: str, command: Command) -> None:
    """A standby, or a database that its administrator has closed: what only reads works, the rest says why not."""
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET default_transaction_read_only = on")
    process = start(*command.arguments, to=to)
    if command.arguments[0] in ("status", "report"):
        process.communicate()
        assert process.returncode == 0
    elif command.arguments[0] == "forklar":
        assert "No registration of this person" in said(process)
    else:
        assert "it is a standby, or read only" in said(process)


def test_no_connection_left(
    clone: Connection, to: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The load gets its first connection, and no further one: what it has got is not enough, and nothing is left."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", to)
    before = fingerprint(clone)
    session = database.session

    def full(*arguments: Any, **options: Any) -> Connection:
        if "password" in options:  # a further one
            raise psycopg.OperationalError("FATAL:  sorry, too many clients already")
        return session(*arguments, **options)

    monkeypatch.setattr(database, "session", full)
    assert errors.door(lambda: cli.app(["load-year", "2003", "--data", str(folder), "--jobs", "2"])) == errors.REFUSED
    assert "gives no further connection: FATAL: sorry, too many clients already." in capsys.readouterr().err
    assert fingerprint(clone) == before


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


def test_a_full_disk_of_the_server(clone: Connection, to: str, folder: Path, tmp_path: Path) -> None:
    """A tablespace on a disk of 128 kB, for all that the load makes."""
    with small_disk(tmp_path / "small", "128k"):
        disk = tmp_path / "small" / "disk"
        disk.mkdir(mode=0o700)
        owner = Path(f"/proc/{clone.info.backend_pid}").stat()
        os.chown(disk, owner.st_uid, owner.st_gid)
        clone.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        try:
            clone.execute("GRANT CREATE ON TABLESPACE small TO fdtrygd_dba")
            before = fingerprint(clone)
            clone.execute(f"ALTER DATABASE {clone.info.dbname} SET default_tablespace = 'small'")
            for jobs in (1, 2):
                text = sentence("load-year", 2003, "--data", folder, "--jobs", jobs, to=to)
                assert text == (
                    "The disk of the database server is full. Make room there, and run the command again. "
                    "(SQLSTATE 53100) Nothing is left of the year 2003."
                )
            assert fingerprint(clone) == before
        finally:
            clone.execute("DROP TABLESPACE small")


#: What a server says, and what the sentence has of it. The message holds a number: it may be a record's.
REFUSALS = {
    "40001": "Another session changed the same rows",
    "40P01": "the server ended this one",
    "55P03": "lock_timeout is over",
    "55000": "Publishing and replicas",
    "57P02": "one of its processes crashed",
    "57P03": "takes no connections at the moment",
    "53100": "disk of the database server is full",
    "53200": "no memory left",
    "53300": "no connection left",
    "53400": "has run out of something",
    "58030": "cannot read or write its own files",
    "XX001": "finds its data damaged",
    "08006": "connection to the database was lost",
    "22P02": "The database refused it: InvalidTextRepresentation",
    "23514": "The database refused it",
    "P0001": "The database refused it: RaiseException",
}


@pytest.mark.parametrize("state", REFUSALS)
def test_what_the_server_says(shared: Connection, state: str) -> None:
    shared.rollback()
    value = "" if state.startswith(errors.NAME_NO_VALUE) else FNR
    with pytest.raises(UserError) as refused, errors.sentences():
        shared.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = 'No {value}'; END $$")
    shared.rollback()
    assert REFUSALS[state] in str(refused.value)
    assert f"(SQLSTATE {state})" in str(refused.value)
    assert FNR not in str(refused.value)
    assert errors.NOTHING not in str(refused.value)  # nobody knows here


def test_a_deadlock(clone: Connection, to: str, folder: Path) -> None:
    """A real one, of an unload with somebody who locks in the other order."""
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET deadlock_timeout = '200ms'")
    with psycopg.connect(to) as other:
        other.execute("SET deadlock_timeout = '1h'")
        other.execute("LOCK TABLE trygdfob.vrak_arbsok IN ACCESS EXCLUSIVE MODE")
        process = start("unload-year", 2002, to=to)
        until(clone, "wait_event_type = 'Lock'")
        other.execute("LOCK TABLE trygdfob.f_arbsok IN ACCESS EXCLUSIVE MODE")  # waits until the unload has given way
        text = said(process)
    assert "each waited for what the other one held" in text
    assert text.endswith(errors.NOTHING)


# ------------------------------------------------------------------------------------------------- what is known


def in_commit(connection: Connection, table: str, does: str) -> None:
    """From now on the COMMIT of whoever writes to the table does this before it commits."""
    connection.execute(
        "CREATE FUNCTION public.vent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
        f" $$ BEGIN {does}; RETURN NULL; END $$;"
        f"CREATE CONSTRAINT TRIGGER vent AFTER INSERT OR UPDATE OR DELETE ON {qualified(table)}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.vent()"
    )


# An upgrade has its constraints checked before its COMMIT, which waits for nothing here
@pytest.mark.parametrize("change", ["load-year", "load-year alone", "unload-year", "official import"], indirect=True)
@pytest.mark.parametrize("how", ["terminate", "cancel", "Ctrl-C"])
def test_ended_in_the_commit(clone: Connection, to: str, change: Command, how: str) -> None:
    """COMMIT is under way: the server has answered that it rolled back, or is asked and says so."""
    before = durable(clone)
    in_commit(clone, change.writes, "PERFORM pg_catalog.pg_advisory_xact_lock(77)")
    with psycopg.connect(to, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(77)")
        process = start(*change.arguments, to=to)
        pid = until(clone, "wait_event = 'advisory' AND query = 'COMMIT'")
        if how == "Ctrl-C":
            process.send_signal(signal.SIGINT)
        else:
            clone.execute(f"SELECT pg_{how}_backend(%s)", [pid])
        text = said(process, errors.STOPPED if how == "Ctrl-C" else errors.REFUSED)
    assert text.endswith(f" {change.known}")
    clone.execute("DROP FUNCTION public.vent() CASCADE")
    assert durable(clone) == before


def test_committed_and_never_told(clone: Connection, to: str, change: Command) -> None:
    """The session is ended when its COMMIT stands and only waits for a standby: the server knows that it is done."""
    if not database.scalar(clone, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        pytest.skip("Only a superuser has commits wait for a standby.")
    before = durable(clone)
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET synchronous_commit = local")
    in_commit(clone, change.writes, "SET LOCAL synchronous_commit = on")
    try:
        clone.execute("SET synchronous_commit = local")
        clone.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        clone.execute("SELECT pg_reload_conf()")
        process = start(*change.arguments, to=to)
        pid = until(clone, "wait_event = 'SyncRep'")
        clone.execute("SELECT pg_terminate_backend(%s)", [pid])
        text = said(process)
    finally:
        clone.execute("ALTER SYSTEM RESET synchronous_standby_names")
        clone.execute("SELECT pg_reload_conf()")
    assert durable(clone) != before
    assert lasting.loaded_years(clone) == change.years
    assert re.search(r" What it did stands: [^.]+\.$", text)


#: What the server has of a transaction whose COMMIT was not answered, and what is known then
ASKED = {
    "it is down": (errors.NUMBER, errors.UNKNOWN),
    "another server has taken over": ("SELECT pg_current_xact_id()::text, '0000000A'", errors.UNKNOWN),
    "it crashed before anything was on disk": (errors.NUMBER.replace("()::", "()::text::bigint + 1000)::", 1).replace(
        "SELECT pg", "SELECT (pg", 1), NOTHING),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
def test_what_the_server_can_say_of_a_commit(
    clone: Connection, to: str, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The session ends in its COMMIT; where nobody knows what became of it, the sentence says how to see."""
    number, known = ASKED[what]
    monkeypatch.setattr(locks, "PATIENCE", 0)
    monkeypatch.setattr(errors, "NUMBER", number)
    in_commit(clone, "lastet_aargang", "PERFORM pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())")
    allowed = f"ALTER DATABASE {clone.info.dbname} ALLOW_CONNECTIONS"
    with database.connect(to) as connection, database.connect(make_conninfo(to, dbname="postgres")) as administrator:
        administrator.execute(f"{allowed} {what != 'it is down'}")
        with pytest.raises(UserError) as refused:
            lasting.unload_year(connection, 2002)
        administrator.execute(f"{allowed} true")
    assert str(refused.value).endswith(f"(SQLSTATE 57P01) {known}")


def test_nothing_is_said_of_what_another_command_did(
    clone: Connection, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits for another load in vain may have upgraded the schema first: 'nothing was changed' would be untrue."""
    monkeypatch.setattr(locks, "PATIENCE", 0)
    with locks.alone(clone), database.connect(to) as other, pytest.raises(UserError) as refused, locks.alone(other):
        pass
    assert "nothing" not in str(refused.value).lower()


def test_an_object_that_is_no_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.sql").write_bytes("SELECT 'æ';".encode("latin-1"))
    monkeypatch.setattr(objects, "DIRECTORY", tmp_path)
    monkeypatch.setattr(objects, "files", lambda: [tmp_path / "odd.sql"])
    with pytest.raises(UserError, match=r"^sql/objects/odd\.sql is no UTF-8"):
        objects.statements()


def test_an_unload_that_waited_for_another(clone: Connection, to: str) -> None:
    """What is the last year when it gets its turn is not what was the last one when it was asked."""
    with database.connect(to) as other:
        with locks.alone(other):
            process = start("unload-year", 2001, to=to)
            until(clone, "pid <> %s AND query LIKE '%%pg_try_advisory_lock%%'", other.info.backend_pid)
            lasting.unload_year(other, 2002)
        text = said(process)
    assert text.startswith("Years were loaded or taken back while this waited")
    assert lasting.loaded_years(clone) == [2001]


# --------------------------------------------------------------------------------------------------------- Ctrl-C


def test_ctrl_c(clone: Connection, to: str, tmp_path: Path, command: Command) -> None:
    before = fingerprint(clone)
    with locked(to, command.waits):
        process = start(*command.arguments, to=to)
        until(clone, "wait_event_type = 'Lock'")
        process.send_signal(signal.SIGINT)
        text = said(process, errors.STOPPED)  # while the lock is held: else the statement would get it
    assert text == f"Stopped. {command.known}".rstrip()
    assert fingerprint(clone) == before
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize(
    ("module", "command"),
    [("typer", "status"), ("psycopg", "status"), ("rich", "status"), ("numpy", "synthetic files")],
)
def test_ctrl_c_during_imports(tmp_path: Path, module: str, command: str) -> None:
    """A module that says when its import has begun, and then takes its time."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / f"{module}.py").write_text(f"import time\nopen({str(pipe)!r}, 'w').close()\ntime.sleep(600)\n")
    process = start(
        *command.split(), to="postgresql:///nothing", environment={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path
    )
    pipe.read_bytes()
    process.send_signal(signal.SIGINT)
    assert said(process, errors.STOPPED) == "Stopped."


def test_ctrl_c_while_files_are_made(tmp_path: Path) -> None:
    process = start("synthetic", tmp_path / "files", to="postgresql:///nothing")
    deadline = time.monotonic() + SOON
    while not list(tmp_path.glob("files/*")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert said(process, errors.STOPPED) == "Stopped."


# ------------------------------------------------------------------------------------------ the operating system


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


def test_files_that_may_not_grow(to: str, folder: Path, tmp_path: Path) -> None:
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


# ---------------------------------------------------------------------------------------- errors of the program


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


# ------------------------------------------------------------------------------------------------------- upgrades


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
