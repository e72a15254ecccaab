"""fdtrygd db backup and restore: with the right programs, whole or not at all, and the same register afterwards."""

import os
import resource
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import errors
from fdtrygd.db import backup, database
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo

from commands import said, start
from conftest import address
from contents import content, dump, rows, spelled_alike
from loaded import SOON, Files, load, made, name_of

Connection = psycopg.Connection[Any]
#: How many sessions of PostgreSQL's program there are
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"


def run(*arguments: object, to: str, **options: Any) -> str:
    process = start("db", *arguments, to=to, **options)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, "")
    return out


def test_a_backup_that_is_restored(original: str, tmp_path: Path, files: Files) -> None:
    """Every row, the key of the person numbers, grants and comments; the next year loads with the same result."""
    file = tmp_path / "a backup.dump"
    assert str(file) in run("backup", file, to=original)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    before = file.read_bytes()
    assert "no backup is overwritten" in said(start("db", "backup", file, to=original))
    assert file.read_bytes() == before

    with made(original, f"{name_of(original)}_restored", "template0") as restored:
        to = address(restored)
        run("restore", file, to=to)
        with psycopg.connect(original) as source:
            assert content(source) == content(restored)
            assert spelled_alike(dump(source)) == spelled_alike(dump(restored))
        assert "schema trygdfob: a backup goes into a database without it" in said(start("db", "restore", file, to=to))
        status = start("status", to=to)
        assert "2002 is not final" in status.communicate()[0]
        checked = start("check", to=to)
        assert "all hold" in checked.communicate()[0] or checked.returncode == 0
        assert database.scalar(
            restored, "SELECT reltuples > 0 FROM pg_class WHERE oid = 'trygdfob.forlop_2002_01'::regclass"
        )
        load(restored, 2003, files)
        with made(original, f"{name_of(original)}_next", name_of(original)) as beside:
            load(beside, 2003, files)
            assert rows(restored) == rows(beside)


def test_what_is_no_backup(original: str, tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish"
    rubbish.write_text("15855555555\n")
    with made(original, f"{name_of(original)}_empty", "template0") as restored:
        to = address(restored)
        assert "nothing in this database" in said(start("db", "backup", tmp_path / "new", to=to))
        assert "pg_restore has failed" in said(start("db", "restore", rubbish, to=to))
        assert "is no file" in said(start("db", "restore", tmp_path / "none", to=to))
        schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'trygdfob'"
        assert database.scalar(restored, schemas) == 0


def test_a_dump_of_more_and_of_something_else(original: str, tmp_path: Path) -> None:
    """The schema alone is restored; a file without it is refused."""
    with made(original, f"{name_of(original)}_more", name_of(original)) as more:
        more.execute("CREATE TABLE public.andres AS SELECT 1 AS x")
        pg_dump = backup.client("pg_dump", more.info.server_version // 10000)
        backup.run(pg_dump, "--format=custom", f"--file={tmp_path / 'all'}", to=address(more))
        backup.run(pg_dump, "--format=custom", "--schema=public", f"--file={tmp_path / 'other'}", to=address(more))
        before = content(more)
    with made(original, f"{name_of(original)}_again", "template0") as restored:
        to = address(restored)
        assert "has no schema trygdfob" in said(start("db", "restore", tmp_path / "other", to=to))
        restored.execute("CREATE SCHEMA arbsok")  # somebody's own
        assert "has schema arbsok" in said(start("db", "restore", tmp_path / "all", to=to))
        restored.execute("DROP SCHEMA arbsok")
        run("restore", tmp_path / "all", to=to)
        assert content(restored) == before
        assert database.scalar(restored, "SELECT to_regclass('public.andres') IS NULL")


def test_an_archive_of_a_newer_version(tmp_path: Path) -> None:
    old = tmp_path / "pg_restore"
    old.write_text('#!/bin/sh\necho "pg_restore: error: unsupported version (1.16) in file header" >&2; exit 1\n')
    old.chmod(0o755)
    with pytest.raises(UserError, match="made by pg_dump of PostgreSQL 17 or 18"):
        backup.listed(old, tmp_path / "file")


def test_half_a_backup_is_none(original: str, tmp_path: Path) -> None:
    """A full disk, or a limit: no file is left, under no name."""
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))}
    assert "pg_dump has failed" in said(start("db", "backup", tmp_path / "new", to=original, **limit))
    assert list(tmp_path.iterdir()) == []
    nowhere = tmp_path / "nowhere" / "new"
    text = said(start("db", "backup", nowhere, to=original))
    assert text == f"{nowhere.parent}: No such file or directory."


def waiting(watch: Connection, program: str, holder: Connection) -> bool:
    """Whether a session of PostgreSQL's program waits for what the holder has locked."""
    return bool(
        database.scalar(
            watch,
            "SELECT count(*) FROM pg_stat_activity AS a"
            " WHERE a.application_name = %s AND %s = ANY (pg_blocking_pids(a.pid))",
            program,
            holder.info.backend_pid,
        )
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_backup_ended_in_the_midst(original: str, tmp_path: Path, number: signal.Signals) -> None:
    """As Ctrl-C: neither a part of the file nor pg_dump is left."""
    with database.connect(original) as watch, psycopg.connect(original) as holder:
        holder.execute("LOCK TABLE trygdfob.f_arbsok IN ACCESS EXCLUSIVE MODE")
        process = start("db", "backup", tmp_path / "new", to=original)
        poll(lambda: waiting(watch, "pg_dump", holder))
        process.send_signal(number)
        assert said(process, errors.STOPPED) == "Stopped."
        poll(lambda: database.scalar(watch, RUNNING, "pg_dump") == 0)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_restore_ended_in_the_midst(original: str, tmp_path: Path, number: signal.Signals) -> None:
    """Neither a part of the schema nor pg_restore is left; then it goes as if nothing had been."""
    file = tmp_path / "new"
    run("backup", file, to=original)
    with made(original, f"{name_of(original)}_ended", "template0") as restored:
        to = make_conninfo(original, dbname=restored.info.dbname)  # in which the session has the name of pg_restore
        with psycopg.connect(to) as holder:
            holder.execute("CREATE SCHEMA trygdfob")  # not committed: pg_restore waits for what becomes of it
            process = start("db", "restore", file, to=to)
            poll(lambda: waiting(restored, "pg_restore", holder))
            process.send_signal(number)
            assert said(process, errors.STOPPED) == "Stopped."
            poll(lambda: database.scalar(restored, RUNNING, "pg_restore") == 0)
            holder.rollback()
        assert database.scalar(restored, "SELECT count(*) FROM pg_namespace WHERE nspname = 'trygdfob'") == 0
        if number == signal.SIGINT:
            run("restore", file, to=to)


def test_who_may_not(original: str, tmp_path: Path) -> None:
    """To back up takes whoever may read everything, to restore whoever may make a schema; nobody may by default."""
    role, file = f"noen_{os.getpid()}", tmp_path / "new"
    with made(original, f"{name_of(original)}_rights", "template0") as restored:
        restored.execute(f"CREATE ROLE {role}; GRANT {role} TO CURRENT_USER")
        try:
            theirs, into = (make_conninfo(to, options=f"-c role={role}") for to in (original, address(restored)))
            text = said(start("db", "backup", file, to=theirs))
            assert "it takes a member of fdtrygd_dba, or of PostgreSQL's pg_read_all_data" in text
            assert list(tmp_path.iterdir()) == []
            restored.execute(f"GRANT pg_read_all_data TO {role}")
            run("backup", file, to=theirs)
            text = said(start("db", "restore", file, to=into))
            assert f'GRANT CREATE ON DATABASE "{restored.info.dbname}" TO "{role}"; then restore again.' in text
            assert database.scalar(restored, "SELECT count(*) FROM pg_namespace WHERE nspname = 'trygdfob'") == 0
        finally:
            restored.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_where_to(original: str, tmp_path: Path) -> None:
    """A folder or a device is no place for a backup, and stays what it is."""
    assert f"{tmp_path} is a folder. Name a file in it" in said(start("db", "backup", tmp_path, to=original))
    os.mkfifo(device := tmp_path / "device")
    assert f"{device} is no file but a device" in said(start("db", "backup", device, to=original))
    assert device.is_fifo()
    with Path("/dev/full").open("w") as full:
        text = said(start("db", "backup", tmp_path / "new", to=original, stdout=full))
    assert text.endswith("it is not complete. What was done before stands.")
    assert {file.name for file in tmp_path.iterdir()} == {"new", "device"}


def poll(condition: Callable[[], bool]) -> None:
    """Returns when it has come true."""
    deadline = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_programs_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own version where it is here, else the next newer one; never an older one, which cannot."""

    def program(version: int) -> Path:
        place = tmp_path / str(version) / "pg_dump"
        place.parent.mkdir()
        place.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3'\n")
        place.chmod(0o755)
        return place

    old, new = program(90), program(93)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    monkeypatch.setattr(backup.server, "binary", lambda name: new)
    assert backup.client("pg_dump", 90) == old
    assert backup.client("pg_dump", 91) == new
    with pytest.raises(UserError, match="no pg_dump of that version or a newer one"):
        backup.client("pg_dump", 94)
    # What a newer pg_restore sets, servers up to 16 do not know
    monkeypatch.setattr(backup.shutil, "which", lambda name: None)
    monkeypatch.setattr(backup.Path, "glob", lambda place, pattern: iter(()))
    assert backup.client("pg_restore", 17) == new
    with pytest.raises(UserError, match="no pg_restore of that version or a newer one up to 16"):
        backup.client("pg_restore", 16)


def test_the_password_is_not_in_the_command_line(tmp_path: Path) -> None:
    tell = tmp_path / "pg_dump"
    tell.write_text('#!/bin/sh\nprintf "%s\\n" "error: $* $PGPASSWORD" >&2\nexit 1\n')
    tell.chmod(0o755)
    with pytest.raises(UserError) as refused:
        backup.run(tell, to="postgresql://kari:hemmelig@localhost/x")
    assert str(refused.value).count("hemmelig") == 1  # what the environment has
    assert str(refused.value).endswith("hemmelig.")
