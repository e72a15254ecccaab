"""One door for errors: whatever ends a command early is a sentence on stderr, and never a record's content.

`explained` turns what the server, SQLAlchemy, alembic or the operating system refuses into a UserError; `door` says it
and gives the exit status. `Change` knows what is known of a transaction that was cut short: no sentence says more.
Nothing but the standard library is imported here before it is needed: the door stands before all other imports.
"""

import errno
import io
import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

if TYPE_CHECKING:
    import psycopg

#: Set to anything, it has errors shown with their traceback, too. That may quote records.
TRACEBACK = "FDTRYGD_TRACEBACK"
#: Exit statuses: what the user, the server or the machine can mend; an error of the program; Ctrl-C.
REFUSED, PROGRAM, STOPPED = 1, 70, 130

#: What is known of a change that was cut short: before its COMMIT, or where the server says that it rolled back; in its
#: COMMIT, where the server cannot be asked what became of it.
NOTHING = "Nothing was changed."
UNKNOWN = (
    "It ended in the moment of the commit: whether what was done stands is not known. make status says what is loaded, "
    "as soon as the server answers; then run the command again if need be."
)
#: A transaction's number, and the server's timeline: after a failover another transaction may have that number.
NUMBER = "SELECT pg_current_xact_id()::text, left(pg_walfile_name(pg_current_wal_lsn()), 8)"
STATUS = "SELECT pg_xact_status(%s::xid8) WHERE left(pg_walfile_name(pg_current_wal_lsn()), 8) = %s"


class UserError(Exception):
    """What is wrong and what to do about it, in a sentence; never carries a fødselsnummer.

    The command line prints the message on stderr and exits with status 1.
    """


class Stopped(KeyboardInterrupt):
    """Ctrl-C, with what is known of the change that it came into."""


class Ended(Exception):
    """Carries what ended a command, as its cause, past typer, which has words of its own for some of it."""


# ------------------------------------------------------------------------------------------------ what is known


@contextmanager
def refusals(*states: str) -> Iterator[None]:
    """What the database refuses with one of these SQLSTATEs is a sentence for the user: its own, and its hint."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate not in states:
            raise
        text = error.diag.message_primary or ""
        joint = "\n" if "\n" in text else " "
        raise UserError(f"{text}{joint}{error.diag.message_hint or ''}".rstrip()) from None


class Change:
    """What is known of a transaction that changes the database, from before its first statement to after its COMMIT."""

    def __init__(self, done: str, nothing: str = NOTHING) -> None:
        #: For whoever is told of an error after the commit
        self.done = f"What it did stands: {done}."
        self.nothing = self.known = nothing

    @contextmanager
    def transaction(self, connection: "psycopg.Connection[Any]") -> Iterator[None]:
        """The transaction; what ends it early says what is known. Within another transaction it is a part of that."""
        from psycopg.pq import TransactionStatus

        outermost = connection.info.transaction_status == TransactionStatus.IDLE
        with self.said():
            with connection.transaction():
                yield
                if outermost:
                    self.committing(connection)
            if outermost:
                self.known = self.done

    def committing(self, connection: "psycopg.Connection[Any]") -> None:
        """COMMIT comes next: from here on only the server knows what becomes of the transaction."""
        self.number = connection.execute(NUMBER).fetchone()
        self.dsn, self.password = connection.info.dsn, connection.info.password
        self.known = UNKNOWN

    @contextmanager
    def said(self) -> Iterator[None]:
        """What ends it early says what is known."""
        try:
            yield
        except BaseException as error:
            if self.known == UNKNOWN:
                with suppress(KeyboardInterrupt):
                    self.known = self.nothing if answered(root(error)) else self.asked()
            end(error, self.known)

    def asked(self) -> str:
        """What became of a transaction whose COMMIT was not answered: the server knows, where it can be asked soon."""
        import psycopg

        from fdtrygd.db import database, locks

        deadline = time.monotonic() + locks.PATIENCE
        to = psycopg.conninfo.make_conninfo(self.dsn, connect_timeout=locks.PATIENCE)
        while True:
            try:
                with database.session(to, password=self.password) as connection:
                    (status,) = connection.execute(STATUS, self.number).fetchone() or ("",)
            except psycopg.errors.InvalidParameterValue:  # no such number, after a crash: it did not get to the disk
                status = "aborted"
            except psycopg.Error:  # the server is down, starts again, or has become a standby
                status = "in progress"
            if status != "in progress" or time.monotonic() > deadline:
                return {"committed": self.done, "aborted": self.nothing}.get(status, UNKNOWN)
            time.sleep(0.25)


def answered(error: BaseException) -> bool:
    """Whether the server has answered with this error, and the session goes on."""
    from psycopg import Error

    return (
        isinstance(error, Error)
        and error.sqlstate is not None
        and error.diag.severity_nonlocalized not in ("FATAL", "PANIC")
    )


# ----------------------------------------------------------------------------------------------- what is the matter

#: What the server says by SQLSTATE, or by its class: what that means, and what to do. {} is the server's own sentence.
SERVER = {
    "08": "The connection to the database was lost. See to the server, and run the command again.",
    "25006": "The database takes no changes: it is a standby, or read only (default_transaction_read_only). Name the "
    "primary server in FDTRYGD_DATABASE_URL, or let its administrator open it.",
    "25P03": "The server ended the session after its idle_in_transaction_session_timeout. docs/dba.md (Settings) says "
    "what the role needs.",
    "25P04": "The server ended the session after its transaction_timeout. docs/dba.md (Settings) says what the role "
    "needs.",
    "28": "The server does not let this user in: {}.",
    "2BP01": "Something of somebody's own uses what is to be dropped: {}. Save its definition, drop it, run the "
    "command again and make it anew (docs/dba.md, Upgrading).",
    "40001": "Another session changed the same rows at the same moment, or, on a standby, the server had to replay a "
    "change of what was being read. Run the command again.",
    "40P01": "This session and another one each waited for what the other one held, and the server ended this one. "
    "Run the command again; where it happens again, see who else writes to schema trygdfob.",
    "40": "The server gave the transaction up: {}. Run the command again.",
    "42501": "The role in FDTRYGD_DATABASE_URL may not do this. To load, check and report it must be a member of "
    "fdtrygd_laster; to upgrade, and to make and close projects, of fdtrygd_dba; to deliver, of fdtrygd_utlevering, "
    "with a list of persons also of fdtrygd_fnr; to install, it must also be allowed to create a schema in the "
    "database.",
    "53100": "The disk of the database server is full. Make room there, and run the command again.",
    "53200": "The database server has no memory left. Let its administrator see to it, or lower arbeidsminne_mb of "
    "trygdfob.innstilling or --jobs; then run the command again.",
    "53300": "The database server has no connection left (max_connections). A load takes one more than --jobs: wait, "
    "or give --jobs a lower number.",
    "53": "The database server has run out of something, or a limit of it was reached: {}. Let its administrator see "
    "to it, and run the command again.",
    "54": "A limit of the server was reached: {}.",
    "55000": "The server does not do this to the table as it stands: {}. Where a publication is the reason, "
    "docs/dba.md (Publishing and replicas) says which tables it can have.",
    "55006": "Somebody else is using it: {}. Run the command again when he has ended.",
    "55P03": "Another session holds what this needs, and lock_timeout is over. Run the command again when that one has "
    "ended; who it is, see docs/dba.md (A running load).",
    "57014": "Somebody cancelled it on the server, or a timeout there ended it: {}. A year takes minutes: docs/dba.md "
    "(Settings) says what the role needs. Then run the command again.",
    "57P01": "The session was ended on the server: somebody ended it, or the server is being stopped. Run the command "
    "again.",
    "57P02": "The database server ended all sessions, since one of its processes crashed. See to the server, and run "
    "the command again.",
    "57P03": "The database server takes no connections at the moment: it starts, recovers or stops. Wait, and run the "
    "command again.",
    "57P04": "The database was dropped.",
    "57P05": "The server ended the session after its idle_session_timeout. docs/dba.md (Settings) says what the role "
    "needs.",
    "57": "The server was told to end this: {}. Run the command again.",
    "58": "The database server cannot read or write its own files; its log says more. Let its administrator see to it.",
    "XX001": "The database server finds its data damaged; its log says more. Let its administrator see to it, before "
    "anything else is run.",
    "XX002": "The database server finds an index damaged; its log says more. Let its administrator see to it, before "
    "anything else is run.",
}  # fmt: skip
#: Classes of SQLSTATE whose messages name objects and settings; those of others (22, P0, XX …) may quote a value.
NAME_NO_VALUE = ("08", "0A", "23", "25", "28", "2B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58")


def root(error: BaseException) -> BaseException:
    """The error that others carry: typer's end of a command, SQLAlchemy's words around the driver's."""
    if isinstance(error, Ended) and error.__cause__ is not None:
        return root(error.__cause__)
    inner = getattr(error, "orig", None)
    found = inner if isinstance(inner, BaseException) else error
    if getattr(found, "sqlstate", "") is None and error.__context__:  # a rollback that failed hides why
        before = root(error.__context__)
        return before if getattr(before, "sqlstate", None) else found
    return found


@contextmanager
def sentences() -> Iterator[None]:
    """Errors that can be foreseen become UserError."""
    try:
        yield
    except Exception as error:
        end(error)


def end(error: BaseException, known: str = "") -> NoReturn:
    """Raises the error as the user should see it."""
    shown = explained(error, known)
    if shown is error:
        raise error
    raise shown from None  # what the driver says of it may quote a record


def explained(error: BaseException, known: str = "") -> BaseException:
    """The error as the user should see it, with what is known of the change that it ended.

    UserError, or Stopped, for all that can be foreseen; else the error itself, which the door knows to be the
    program's.
    """
    error = root(error)
    if isinstance(error, UserError | Stopped):
        return error
    if isinstance(error, KeyboardInterrupt):
        return Stopped(f"Stopped. {known}".rstrip())
    sentence = foreseen(error)
    if sentence is not None:
        return UserError(f"{sentence} {known}".rstrip())
    if known:
        error.add_note(known)
    return error


def foreseen(error: BaseException) -> str | None:
    """What the user, the server or the machine can cause, in a sentence; None for an error of the program."""
    psycopg_error = getattr(sys.modules.get("psycopg"), "Error", ())
    command_error = getattr(sys.modules.get("alembic.util"), "CommandError", ())
    if isinstance(error, psycopg_error):
        return of_server(error)
    if isinstance(error, command_error):
        return of_alembic(str(error))
    if isinstance(error, OSError):
        return of_system(error)
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("fdtrygd"):
        return (
            f"The program needs {error.name}, which is not installed. Any make target installs what is missing, once "
            ".venv/.ready is removed."
        )
    if isinstance(error, MemoryError):
        return "This machine has no memory left for the program. End something else, or give --jobs a lower number."
    if isinstance(error, EOFError):
        return "Standard input ended before there was an answer."
    return None


def of_server(error: "psycopg.Error") -> str:
    """What a database error says, without the values that it may quote."""
    state = error.sqlstate
    if state is None:  # the driver's own: there was no answer
        return "The connection to the database was lost. See to the server, and run the command again."
    if state.startswith("FD"):  # the schema's own refusals
        text = error.diag.message_primary or ""
        return f"{text}{chr(10) if chr(10) in text else ' '}{error.diag.message_hint or ''}".strip()
    message = (error.diag.message_primary or "").rstrip(".") if state.startswith(NAME_NO_VALUE) else ""
    if state == "2BP01":  # what hangs on it stands in the detail, a line each: names of objects, no values
        message = ", ".join((error.diag.message_detail or message).splitlines())
    words = SERVER.get(state) or SERVER.get(state[:2])
    if words is None:
        words = f"The database refused it: {{}}. ({TRACEBACK}=1 shows where, and perhaps a record with it.)"
    places = "".join(f"{place}: " for place in getattr(error, "__notes__", []))
    return f"{places}{words.format(message or type(error).__name__)} (SQLSTATE {state})"


def of_alembic(text: str) -> str:
    """What alembic refuses."""
    if unknown := re.search(r"Can't locate revision identified by '(\w+)'", text):
        return (
            f"This program knows no revision {unknown[1]}. Where the database has it, its tables are of a later "
            "version: use the program of that version."
        )
    return text if text.endswith(".") else f"{text}."


def of_system(error: OSError) -> str:
    """What the operating system refuses."""
    if isinstance(error, BrokenPipeError):
        return "Whoever read the output has stopped reading: the rest of it is not written."
    why = error.strerror or type(error).__name__
    if error.filename == Output.NAME:
        return f"The output cannot be written ({why}): it is not complete. What was done before stands."
    todo = {
        errno.ENOSPC: "Make room there",
        errno.EDQUOT: "Make room there",
        errno.EFBIG: "Let files be larger (ulimit -f)",
        errno.EACCES: "Run this as the user whose it is, or name another place",
        errno.EPERM: "Run this as the user whose it is, or name another place",
        errno.EROFS: "Name another place, or let it be written to",
        errno.EMFILE: "Let the program have more open files (ulimit -n), or give --jobs a lower number",
    }.get(error.errno or 0)
    where = f"{os.fsdecode(error.filename)}: " if error.filename is not None else "The operating system refuses: "
    return f"{where}{why}.{f' {todo}, and run the command again.' if todo else ''}"


# --------------------------------------------------------------------------------------------------------- the door


def door(program: Callable[[], object]) -> int:
    """Runs the program; says what ended it early, and returns the exit status."""
    try:
        program()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.__context__, BrokenPipeError):  # rich's way out, without a word
            status = tell(end.__context__)
    except BaseException as error:
        status = tell(error)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            status = status or tell(error)
            drain(stream)
    return status


def tell(error: BaseException) -> int:
    """The sentence, on stderr; returns the exit status."""
    shown = explained(error)
    if isinstance(shown, KeyboardInterrupt):
        sentence, status = str(shown) or "Stopped.", STOPPED
    elif isinstance(shown, UserError):
        sentence, status = str(shown), REFUSED
    else:
        notes = " ".join(getattr(shown, "__notes__", []))
        sentence, status = (
            (
                f"This is an error of the program, not of yours: {type(shown).__name__} {where(shown)}. {notes}"
                f"{' ' * bool(notes)}Please report it. {TRACEBACK}=1 before the command shows all of it, and perhaps "
                "records with it."
            ),
            PROGRAM,
        )
    with suppress(OSError):
        if os.environ.get(TRACEBACK):
            shown.__suppress_context__ = False
            traceback.print_exception(shown)
        say(f"fdtrygd: {sentence}")
    return status


def say(sentence: str) -> None:
    screen = sys.modules.get("fdtrygd.screen")
    if screen is None:  # it came before that, or into it
        print(sentence, file=sys.stderr, flush=True)
    else:
        screen.err.print(sentence, soft_wrap=True, markup=False)


def where(error: BaseException) -> str:
    """The program's own line that an error comes from; its text and its values are not said."""
    package = Path(__file__).parent
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(package)
    ]
    return f"in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "outside of its own files"


def drain(stream: TextIO) -> None:
    """What cannot be written goes nowhere: else Python tries again when it ends, and fails with words of its own."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class Output(io.FileIO):
    """Standard output, whose errors say that they are its own."""

    NAME = "standard output"

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except OSError as error:
            error.filename = self.NAME
            raise


def open_streams() -> None:
    """Standard streams that the caller has closed read nothing and write nowhere.

    Else the next file or connection would get their number, and what is written to stdout would go into it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest free number: this one
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 – for good
    encoding, terminal = sys.stdout.encoding, sys.stdout.isatty()
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(Output(1, "w", closefd=False)), encoding, "backslashreplace", line_buffering=terminal
    )
