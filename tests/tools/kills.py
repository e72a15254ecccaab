"""Kills loads and unloads at random moments, and holds that each was done whole or not at all. A program, no test.

    .venv/bin/python tests/tools/kills.py                       # 210 kills, some 15 minutes
    .venv/bin/python tests/tools/kills.py --kills 20 --seed 7   # fewer, at other moments

It makes a small register on an embedded server of its own, and goes round: a first load of a year, unloading it, and a
load after that. Each is killed once, in the phase that has been hit least often so far, at a random moment of it: the
client (SIGKILL), one of its sessions (pg_terminate_backend), a process of the server (SIGKILL, so that all of it
recovers), or the server (immediate stop, or SIGKILL). Every second time an analyst keeps a snapshot open beside it, and
must see the same at its end. Afterwards every table that lasts has what it had before the command, or what it has after
it; the same command, run again, gives the latter; and nothing else is left, no table and no row in a work table. It
kills nothing but what it has started itself.

The table at the end goes to stdout, and the exit status is 1 where any of this did not hold.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from fdtrygd import lasting, synthetic
from fdtrygd.db import server
from psycopg import sql

Connection = psycopg.Connection[Any]
Contents = dict[str, tuple[int, str]]

#: Where the server's folder lies in memory, which makes recoveries quick: nothing here takes the machine itself away
MEMORY = Path("/dev/shm")
PRODUCT = Path(sys.executable).with_name("fdtrygd")
YEAR = 2003
#: Seconds that anything may take: a command, a recovery, sessions of a dead client
PATIENCE = 300
#: So much that is wrong, and it is given up
ENOUGH = 10
CLIENT, SESSION, PROCESS, STOPPED, KILLED = KINDS = (
    "client SIGKILL", "session terminated", "server process SIGKILL", "server stopped at once", "server SIGKILL",
)  # fmt: skip
#: What ends a server that has to be started again
OF_THE_SERVER = {STOPPED: signal.SIGQUIT, KILLED: signal.SIGKILL}
#: Segments of a command that are no phase: before it says anything, while it unloads, and after the last phase
START, UNLOADING, END = "start", "unloading", "commit and exit"
LOAD, UNLOAD, AGAIN = COMMANDS = ("load", "unload", "load after unload")

# What is in a database

#: The tables that last and views in their place, but for the history of loads and controls, which no load takes back.
#: What F_ARBSOK is made of, where it is a view, holds what is not to be seen; a table whose name has a year in it is a
#: part of another one, or is to become one.
LASTING = r"""
    SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.oid IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname !~ '_[0-9]{4}(_|$)' AND c.relname !~ '^kontroll(kjoring|resultat|funn)$|^kjorelogg$'
        AND (n.nspname <> 'arbsok_lasting' OR c.relname ~ '_tall$')
        AND c.relname <> 'forlopsdel'
    UNION SELECT 'trygdfob', 'f_arbsok'
    ORDER BY 1, 2
"""
#: Columns that say when a row was written, or by which load
CLOCK = "{lastet,lagt_inn,lasting}"
#: Tables by name, numbers left out of it: those of a year and a load have theirs in their names. How many partitions
#: F_ARBSOK has depends on the runs before: each drops what those have left
TABLES = """
    SELECT regexp_replace(relname, '[0-9]+', '#', 'g'), count(*) FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND relnamespace <> ALL ('{pg_catalog,pg_toast,information_schema}'::regnamespace[])
        AND oid NOT IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'trygdfob.forlopsdel'::regclass)
    GROUP BY 1
"""
WORK_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.oid IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind = 'r' AND c.relpersistence = 'u'
"""
SESSIONS = """
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (application_name LIKE 'fdtrygd%' OR backend_type = 'parallel worker')
"""


#: What an analyst reads
SEEN = "SELECT count(*), count(regtom), sum(dager) FROM arbsok.periode"


def contents(connection: Connection) -> Contents:
    """Each table that lasts: number of rows, and a digest over them in any order."""
    found = {}
    for schema, table in connection.execute(LASTING).fetchall():
        row = connection.execute(
            sql.SQL(
                "SELECT count(*), md5(string_agg(r, '' ORDER BY r COLLATE \"C\"))"
                " FROM (SELECT md5((to_jsonb(t) - {}::text[])::text) AS r FROM {} AS t) AS t"
            ).format(sql.Literal(CLOCK), sql.Identifier(schema, table))
        ).fetchone()
        assert row
        found[f"{schema}.{table}"] = row
    return found


def left(connection: Connection) -> Counter[str]:
    """What there is beside the rows that last: tables by name, and rows of the work tables."""
    found = Counter({name: int(count) for name, count in connection.execute(TABLES)})
    for schema, table in connection.execute(WORK_TABLES).fetchall():
        count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        (rows,) = connection.execute(count).fetchone() or (0,)
        found[f"rows of {re.sub('[0-9]+', '#', table)}"] += rows
    return +found


# The server and the commands


class Server:
    """The embedded server that this program has started, and its databases."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.start()

    def start(self) -> None:
        self.address = server.start(self.data)
        self.postmaster = int((self.data / "postmaster.pid").read_text().split()[0])

    def url(self, name: str) -> str:
        return self.address.replace(f"///{server.NAME}?", f"///{name}?")

    def connect(self, name: str) -> Connection:
        """A session, as soon as the server takes one: it may be recovering."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return psycopg.connect(self.url(name), autocommit=True, application_name="kills")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def clone(self, template: str, name: str) -> None:
        """A copy of the database, file by file.

        By way of the WAL, the other strategy, PostgreSQL copies a sequence together with what it has in stock, so that
        a crash soon afterwards takes back numbers which are used already.
        """
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))

    def kill(self, pid: int, number: signal.Signals) -> None:
        """A signal to the server itself, or to a process that is a child of it."""
        status = Path(f"/proc/{pid}/status").read_text()
        if pid != self.postmaster and f"\nPPid:\t{self.postmaster}\n" not in status:
            raise SystemExit(f"process {pid} is none of this server's")
        os.kill(pid, number)

    def down(self) -> None:
        """Returns when the server that was killed has gone."""
        deadline = time.monotonic() + PATIENCE
        while Path(f"/proc/{self.postmaster}/cmdline").exists() and os.fsencode(self.data) in (
            Path(f"/proc/{self.postmaster}/cmdline").read_bytes()
        ):
            if time.monotonic() > deadline:
                raise SystemExit("the server does not end")
            time.sleep(0.01)


class Command:
    """A command of the program on the database, and the segments that it has come to, with the moment of each."""

    def __init__(self, of: Server, database: str, what: str, files: Path) -> None:
        words = ["unload-year", str(YEAR)] if what == UNLOAD else ["load-year", str(YEAR), "--data", str(files)]
        self.watch = of.connect(database) if what == UNLOAD else None
        self.said: list[str] = []
        self.began = time.monotonic()
        self.segments: dict[str, float] = {START: 0.0}
        self.process = subprocess.Popen(
            [PRODUCT, *words],
            env={**os.environ, "FDTRYGD_DATABASE_URL": of.url(database)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.threads = [threading.Thread(target=each, daemon=True) for each in (self.read, self.look)]
        for thread in self.threads:
            thread.start()

    def now(self) -> float:
        return time.monotonic() - self.began

    def read(self) -> None:
        """What it says of its phases."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line)
            for phase in lasting.PHASES:
                if re.match(rf"{YEAR}: {re.escape(phase)}( – |$)", line.strip()):
                    self.segments.setdefault(phase, self.now())

    def look(self) -> None:
        """An unload says nothing; its session does."""
        with suppress(psycopg.Error):
            while self.watch and self.process.poll() is None and UNLOADING not in self.segments:
                if self.watch.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                    " AND starts_with(application_name, 'fdtrygd unload')"
                ).fetchone():
                    self.segments[UNLOADING] = self.now()
                time.sleep(0.002)

    def wait(self) -> int:
        """Its exit status."""
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("a command does not end; it said:\n" + "".join(self.said)) from None
        for thread in self.threads:
            thread.join()
        if self.watch:
            self.watch.close()
        return status


@dataclass
class Timeline:
    """The segments of a command: after which one it comes, how long after that one began, and how long it takes."""

    segments: dict[str, tuple[str, float, float]]

    @classmethod
    def of(cls, command: Command, ended: float, last: float) -> "Timeline":
        """As a run that nobody disturbed took; `last` says how many seconds its last phase itself took."""
        names = list(command.segments)
        ends = [*(command.segments[name] for name in names[1:]), ended]
        segments = {name: (name, 0.0, until - command.segments[name]) for name, until in zip(names, ends, strict=True)}
        after, _, whole = segments[names[-1]]
        segments[names[-1]] = (after, 0.0, last)
        segments[END] = (after, last, max((whole - last) / 3, 0.02))  # its exit takes most of the rest
        return cls(segments)

    def moment(self, command: Command, segment: str) -> bool:
        """Waits for a random moment of the segment; False where the command ended before."""
        after, delay, seconds = self.segments[segment]
        while after not in command.segments:
            if command.process.poll() is not None:
                return False
            time.sleep(0.001)
        until = command.segments[after] + delay + random.random() * seconds
        while command.now() < until:
            if command.process.poll() is not None:
                return False
            time.sleep(0.001)
        return True


# Killing


@dataclass
class Outcomes:
    """What came of it: kills by command, segment, kind and the state that they left; and everything that is wrong."""

    kills: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    late: int = 0  # commands that were through before they could be killed

    def least(self, command: str, segments: list[str]) -> tuple[str, str]:
        """The segment and the kind that were hit least often so far; any of them."""
        counts: Counter[tuple[str, str]] = Counter()
        for (of, segment, kind, _), number in self.kills.items():
            if of == command:
                counts[segment, kind] += number
        every = [(segment, kind) for segment in segments for kind in KINDS]
        random.shuffle(every)
        of_segment = {each: sum(counts[each, kind] for kind in KINDS) for each in segments}
        of_kind = Counter({each: sum(n for key, n in self.kills.items() if each in key) for each in KINDS})
        return min(every, key=lambda each: (of_segment[each[0]], counts[each], of_kind[each[1]]))

    def table(self) -> list[str]:
        """In Markdown: a row for each segment, a column for each kind, and the states that were found."""
        rows = sorted({(command, segment) for command, segment, _, _ in self.kills}, key=lambda row: order(*row))
        lines = [
            "| command | killed in | " + " | ".join(KINDS) + " | as before | as after | in between |",
            "|---|---|" + "--:|" * (len(KINDS) + 3),
        ]

        def count(*which: str) -> int:
            """Kills that have all of these: a command, a segment, a kind, a state."""
            return sum(number for key, number in self.kills.items() if all(each in key for each in which))

        for command, segment in rows:
            cells = [
                sum(n for (c, s, k, o), n in self.kills.items() if (c, s) == (command, segment) and each in (k, o))
                for each in (*KINDS, "before", "after", "between")
            ]
            lines.append(f"| {command} | {segment} | " + " | ".join(map(str, cells)) + " |")
        totals = [count(each) for each in (*KINDS, "before", "after", "between")]
        return [*lines, f"| all, {sum(self.kills.values())} kills | | " + " | ".join(map(str, totals)) + " |"]


def order(command: str, segment: str) -> tuple[int, int]:
    """Where a row of the table stands."""
    segments = [START, *lasting.PHASES, UNLOADING, END]
    return COMMANDS.index(command), segments.index(segment)


def strike(of: Server, session: Connection, command: Command, kind: str) -> bool:
    """Kills; False where there is nothing left to be killed. Everything that was killed has then gone."""
    if kind == CLIENT:
        command.process.kill()
    elif kind in OF_THE_SERVER:
        of.kill(of.postmaster, OF_THE_SERVER[kind])
        of.down()
    else:
        while not (pids := [pid for (pid,) in session.execute(SESSIONS)]):
            if command.process.poll() is not None:
                return False
            time.sleep(0.005)
        pid = random.choice(pids)
        if kind == SESSION:
            session.execute("SELECT pg_terminate_backend(%s)", [pid])
        else:
            with suppress(FileNotFoundError, ProcessLookupError):
                of.kill(pid, signal.SIGKILL)
    status = command.wait()
    if kind in OF_THE_SERVER:
        of.start()
    elif kind == PROCESS:
        time.sleep(0.1)  # until the server has seen it
    return kind != CLIENT or status == -signal.SIGKILL


def alone(of: Server, database: str) -> Connection:
    """A session, when those of the dead command have ended."""
    connection = of.connect(database)
    deadline = time.monotonic() + PATIENCE
    while connection.execute(SESSIONS).fetchone():
        if time.monotonic() > deadline:
            raise SystemExit("sessions of a command that was killed do not end")
        time.sleep(0.01)
    return connection


class Register:
    """The small register: its databases, its states, and how long the commands take."""

    def __init__(self, of: Server, folder: Path, persons: int) -> None:
        self.of = of
        self.files = folder / "files"
        synthetic.make(self.files, last=(YEAR, 12), persons=persons)
        of.clone("template1", "before")
        environment = {**os.environ, "FDTRYGD_DATABASE_URL": of.url("before")}
        words = ["load-year", str(YEAR - 1), "--data", str(self.files)]
        subprocess.run([PRODUCT, *words], env=environment, check=True, capture_output=True)
        self.timelines: dict[str, Timeline] = {}
        self.states: dict[str, Contents] = {}
        self.beside: dict[str, Counter[str]] = {}
        of.clone("before", "work")
        with of.connect("work") as connection:
            before = contents(connection)
        for what in COMMANDS:
            command = Command(of, "work", what, self.files)
            if command.wait():
                raise SystemExit("a command that nobody disturbed failed:\n" + "".join(command.said))
            self.timelines[what] = Timeline.of(command, command.now(), self.last(what))
            with alone(of, "work") as connection:
                self.states[what], self.beside[what] = contents(connection), left(connection)
        if self.states[LOAD] != self.states[AGAIN] or self.states[UNLOAD] != before or self.states[LOAD] == before:
            raise SystemExit("loading and unloading do not lead from one state to another and back: nothing to measure")

    def last(self, what: str) -> float:
        """How many seconds the last phase of the command that ended last took."""
        with self.of.connect("work") as connection:
            (seconds,) = connection.execute(
                "SELECT sekunder FROM trygdfob.kjorelogg ORDER BY kjoring DESC LIMIT 1"
            ).fetchone() or ({},)
        return float(seconds[UNLOADING if what == UNLOAD else lasting.PHASES[-1]])

    def run(self, what: str) -> list[str]:
        """The command, undisturbed; what is wrong then."""
        command = Command(self.of, "work", what, self.files)
        status = command.wait()
        with alone(self.of, "work") as connection:
            found, beside = contents(connection), left(connection)
        wrong = [f"exit status {status}: {''.join(command.said)[-300:]}"] if status else []
        wrong += different(found, self.states[what])
        surplus = beside - self.beside[what]
        return wrong + [f"left over: {dict(surplus)}"] * bool(surplus)


def different(found: Contents, expected: Contents) -> list[str]:
    """The tables that are not as expected."""
    names = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    return [f"differing: {', '.join(names)}"] if names else []


def kill_once(register: Register, what: str, outcomes: Outcomes) -> bool:
    """Kills the command, judges what it left, and runs it again; whether all of it is as it should be.

    Where the command was through already, it is not counted.
    """
    of, timeline = register.of, register.timelines[what]
    segment, kind = outcomes.least(what, list(timeline.segments))
    before, after = register.states[LOAD if what == UNLOAD else UNLOAD], register.states[what]
    session, reader = of.connect("work"), of.connect("work")
    reading = random.random() < 0.5
    if reading:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    seen = reader.execute(SEEN).fetchone()
    command = Command(of, "work", what, register.files)
    struck = timeline.moment(command, segment) and strike(of, session, command, kind)
    command.wait()
    with suppress(psycopg.OperationalError):  # which ends with the server
        if reading and reader.execute(SEEN).fetchone() != seen:
            outcomes.wrong.append(f"{what}, {segment}, {kind}: an analyst's snapshot has changed")
    session.close()
    reader.close()
    with alone(of, "work") as connection:
        found = contents(connection)
    outcome = "before" if found == before else "after" if found == after else "between"
    if struck:
        outcomes.kills[what, segment, kind, outcome] += 1
    else:
        outcomes.late += 1
    wrong = [] if outcome != "between" else different(found, before) + different(found, after)
    if what != UNLOAD or outcome != "after":  # a year that is out cannot be taken out again
        wrong += register.run(what)
    told = f"{what}, {segment}, {kind}: as {outcome}{'' if struck else ', through before it was killed'}"
    print(f"{time.strftime('%H:%M:%S')} {sum(outcomes.kills.values())} {told}", file=sys.stderr, flush=True)
    if wrong:
        outcomes.wrong.append(f"{told}; {'; '.join(wrong)}")
        print(outcomes.wrong[-1], file=sys.stderr, flush=True)
    return not wrong


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Kills loads and unloads at random moments.")
    parser.add_argument("--kills", type=int, default=210, help="how many")
    parser.add_argument("--persons", type=int, default=300, help="registered in a month")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="of the moments")
    given = parser.parse_args()
    random.seed(given.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is below cleans up
    free = shutil.disk_usage(MEMORY).free if MEMORY.is_dir() else 0
    with tempfile.TemporaryDirectory(prefix="fdtrygd-kills-", dir=MEMORY if free > 4 << 30 else None) as folder:
        sys.exit(go_round(Path(folder), given.persons, given.kills, given.seed))


def go_round(folder: Path, persons: int, kills: int, seed: int) -> int:
    """The whole of it, in that folder; prints what came of it, and returns the exit status."""
    of = Server(folder / "server")
    outcomes = Outcomes()
    began = time.monotonic()
    try:
        register = Register(of, folder, persons)
        while sum(outcomes.kills.values()) < kills:
            of.clone("before", "work")
            # Where something is wrong, what comes next would start from there
            all(kill_once(register, what, outcomes) for what in COMMANDS)
            if len(outcomes.wrong) == ENOUGH:
                break
        checked = subprocess.run(
            [PRODUCT, "check"],
            env={**os.environ, "FDTRYGD_DATABASE_URL": of.url("work")},
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if checked.returncode:
            outcomes.wrong.append("the controls find something wrong in the end")
    finally:
        server.stop(of.data)
    print(*outcomes.table(), sep="\n")
    minutes = (time.monotonic() - began) / 60
    print(f"\nSeed {seed}, {minutes:.1f} minutes; {outcomes.late} commands were through before they were killed.")
    for each in outcomes.wrong:
        print(f"WRONG: {each}")
    return bool(outcomes.wrong)


if __name__ == "__main__":
    main()
