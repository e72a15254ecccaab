"""Commands that are ended, on the server or with Ctrl-C: what is known of the change is said, and nothing else."""

import os
import re
import signal
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli, errors, lasting
from fdtrygd.db import database, locks, objects
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo

from commands import said, start
from conftest import qualified
from contents import durable, fingerprint
from ended import (
    FNR,
    NO_2003,
    NOTHING,
    Command,
    Connection,
    locked,
    sentence,
    small_disk,
    until,
)
from loaded import SOON


def test_a_timeout_on_the_server(clone: Connection, to: str, data: Path) -> None:
    """statement_timeout of the database's own."""
    before = fingerprint(clone)
    clone.execute(f"ALTER DATABASE {clone.info.dbname} SET statement_timeout = '3s'")
    with locked(to, "miniregister_tall"):
        text = sentence("load-year", 2003, "--data", data, to=to)
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
    clone: Connection, to: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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
    assert errors.door(lambda: cli.app(["load-year", "2003", "--data", str(data), "--jobs", "2"])) == errors.REFUSED
    assert "gives no further connection: FATAL: sorry, too many clients already." in capsys.readouterr().err
    assert fingerprint(clone) == before


def test_a_full_disk_of_the_server(clone: Connection, to: str, data: Path, tmp_path: Path) -> None:
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
                text = sentence("load-year", 2003, "--data", data, "--jobs", jobs, to=to)
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


def test_a_deadlock(clone: Connection, to: str, data: Path) -> None:
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
